#!/usr/bin/env python3
"""Runs the programs of Tests/GradLanguageTests/Courses as they stand, under NumPy and PyTorch in float64,
and compares what graphviz-grad says of their names: values, and derivatives by parameters.

usage: courses.py TOOL [--record] [FILE...]

A program that differentiates is run up to its first `backward`. A program that computes its derivatives by
hand is compared with what it says: the first line `# by hand: x dx, w dw` names the pairs. With --record the
numbers are written beside the programs, where the tests of Swift read them.
"""
import contextlib
import importlib.machinery
import io
import json
import os
import re
import subprocess
import sys
import types
from unittest.mock import MagicMock

import numpy as np
import torch

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "GradLanguageTests", "Courses")


# A run makes all types that of double precision.
SINGLE = torch.float32
set_default_dtype = torch.set_default_dtype
# Whether a program draws in double precision itself.
drawn_double = False


def note_default(_):
    global drawn_double
    drawn_double = True


class Stop(Exception):
    pass


# Modules that programs import and that need not be here: those that only show, and three that differentiate,
# which stand on PyTorch.

class Value:
    """A number of micrograd."""

    def __init__(self, data, label=""):
        self.tensor = data if isinstance(data, torch.Tensor) else torch.tensor(float(data), requires_grad=True)

    data = property(lambda self: self.tensor.item(), lambda self, value: None)
    grad = property(lambda self: self.tensor.grad.item() if self.tensor.grad is not None else 0.0,
                    lambda self, value: None)

    def _with(self, other, function):
        return Value(function(self.tensor, other.tensor if isinstance(other, Value) else torch.tensor(float(other))))

    def __add__(self, other):
        return self._with(other, torch.add)

    def __mul__(self, other):
        return self._with(other, torch.mul)

    def __sub__(self, other):
        return self._with(other, torch.sub)

    def __pow__(self, other):
        return self._with(other, torch.pow)

    __radd__, __rmul__ = __add__, __mul__

    def tanh(self):
        return Value(torch.tanh(self.tensor))

    def backward(self):
        self.tensor.backward()


class Tape:
    def __init__(self, persistent=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def gradient(self, value, sources):
        many = isinstance(sources, (list, tuple))
        found = torch.autograd.grad(value, sources if many else [sources])
        return list(found) if many else found[0]


def module(name, **members):
    made = types.ModuleType(name)
    made.__spec__ = importlib.machinery.ModuleSpec(name, None)
    for member, value in members.items():
        setattr(made, member, value)
    sys.modules[name] = made
    return made


def leaves(value):
    if isinstance(value, (list, tuple)):
        return type(value)(leaves(part) for part in value)
    if isinstance(value, dict):
        return {key: leaves(part) for key, part in value.items()}
    return torch.as_tensor(value, dtype=torch.float64).clone().requires_grad_()


def flat(value):
    if isinstance(value, dict):
        value = list(value.values())
    return [leaf for part in value for leaf in flat(part)] if isinstance(value, (list, tuple)) else [value]


def alike(value, found):
    if isinstance(value, dict):
        return {key: alike(part, found) for key, part in value.items()}
    return type(value)(alike(part, found) for part in value) if isinstance(value, (list, tuple)) else next(found)


def value_and_grad(function, argnums=0):
    def both(*arguments):
        places = argnums if isinstance(argnums, tuple) else (argnums,)
        own = [leaves(value) if place in places else value for place, value in enumerate(arguments)]
        value = function(*own)
        wanted = [own[place] for place in places]
        found = alike(wanted, iter(torch.autograd.grad(value, flat(wanted))))
        return value, tuple(found) if isinstance(argnums, tuple) else found[0]
    return both


def stand_in():
    pyplot = module("matplotlib.pyplot")
    pyplot.__getattr__ = lambda name: MagicMock()
    module("matplotlib", pyplot=pyplot)
    engine = module("micrograd.engine", Value=Value)
    module("micrograd", engine=engine)

    def variable(value, name=None, dtype=None):
        return torch.as_tensor(value, dtype=torch.float64).clone().requires_grad_()

    torch.Tensor.assign_sub = lambda self, other: None
    module("tensorflow", Module=object, matmul=torch.matmul, nn=types.SimpleNamespace(relu=torch.relu),
           constant=torch.tensor, Variable=variable, GradientTape=Tape, zeros=torch.zeros,
           reduce_mean=torch.mean, square=torch.square, float32=torch.float64)

    def array(value):
        value = torch.tensor(value)
        return value if value.dtype.is_floating_point else value.double()

    jnp = module("jax.numpy", array=array, dot=lambda a, b: a @ b, tanh=torch.tanh, sum=torch.sum, log=torch.log,
                 mean=torch.mean)
    module("jax", numpy=jnp, value_and_grad=value_and_grad, jit=lambda function: function,
           grad=lambda function, argnums=0: lambda *a: value_and_grad(function, argnums)(*a)[1])


def draw_single(owner, name):
    """Makes a function of PyTorch draw as it does in single precision, and give numbers of double precision."""
    drawn = getattr(owner, name)

    def draw(*arguments, **keywords):
        if drawn_double:
            return drawn(*arguments, **keywords)
        if owner is torch.Tensor:
            own = arguments[0].detach().to(SINGLE)
            drawn(own, *arguments[1:], **keywords)
            arguments[0].data.copy_(own)
            return arguments[0]
        if keywords.get("dtype"):
            return drawn(*arguments, **keywords)
        needs = keywords.pop("requires_grad", False)
        single = [value.to(SINGLE) if isinstance(value, torch.Tensor) and value.is_floating_point() else value
                  for value in arguments]
        set_default_dtype(SINGLE)
        try:
            value = drawn(*single, **keywords)
        finally:
            set_default_dtype(torch.float64)
        return (value.double() if value.is_floating_point() else value).requires_grad_(needs)

    setattr(owner, name, draw)


def draw_as_published():
    """Programs run in double precision here, while what they draw is what they draw where they were published."""
    for name in ["rand", "randn", "rand_like", "randn_like", "normal", "bernoulli", "multinomial"]:
        draw_single(torch, name)
    torch.set_default_dtype = note_default
    for name in ["normal_", "uniform_", "exponential_"]:
        draw_single(torch.Tensor, name)


def run(path):
    """The names of the program when it first differentiates, or at its end."""
    global drawn_double
    drawn_double = False
    set_default_dtype(torch.float64)
    saved = torch.float32, torch.float, torch.Tensor.backward, torch.Tensor.float

    def backward(self, *arguments, **names):
        saved[2](self, *arguments, **names)
        raise Stop

    names = {"__name__": "__main__"}
    folder = os.getcwd()
    try:
        torch.float32 = torch.float = torch.float64
        torch.Tensor.backward, torch.Tensor.float = backward, torch.Tensor.double
        os.chdir(os.path.dirname(path))
        with open(path) as file, contextlib.redirect_stdout(io.StringIO()):
            text = re.sub(r"np\.float32", "np.float64", file.read())
            with contextlib.suppress(Stop):
                exec(compile(text, path, "exec"), names)
    finally:
        torch.float32, torch.float, torch.Tensor.backward, torch.Tensor.float = saved
        os.chdir(folder)
    return names


def numbers(value):
    """A value as an array; None for what is no array of numbers."""
    if isinstance(value, Value):
        value = value.tensor
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    if isinstance(value, (bool, str)) or not isinstance(value, (int, float, np.ndarray, np.generic)):
        return None
    try:
        return np.asarray(value).astype(float)
    except (TypeError, ValueError):
        return None


def compare(tool, path, record):
    result = subprocess.run([tool, "eval", path, "--format", "json"], capture_output=True, text=True)
    if result.returncode:
        return [result.stderr.strip()], 0
    trace = json.loads(result.stdout)
    versions = {}
    for node in trace["nodes"]:
        if node["name"] and "#" not in node["id"]:
            versions.setdefault(node["name"], []).append(node)
    names = run(path)
    with open(path) as file:
        text = file.read()
    head = re.match(r"# by hand: (.*)", text)
    # What a loop goes through has no node of its own, and another one may have had its name.
    loops = set(re.findall(r"\w+", " ".join(re.findall(r"\bfor (.*?) in\b", text))))
    pairs = dict(pair.split() for pair in head.group(1).split(",")) if head else {}
    expected = {"output": trace["nodes"][[n["id"] for n in trace["nodes"]].index(trace["output"])]["name"],
                "values": {}, "derivatives": {}}
    wrong = []

    def is_same(own, theirs):
        own = np.array(own, dtype=float) if own is not None else None
        return own is not None and own.shape == theirs.shape and np.allclose(own, theirs, rtol=1e-10, atol=1e-12)

    def check(kind, name, own, theirs):
        if not is_same(own, theirs):
            own = np.array(own, dtype=float) if own is not None else None
            wrong.append(f"{kind} of {name}: {None if own is None else own.tolist()}, not {theirs.tolist()}"[:600])
        expected[kind + "s"][name] = theirs.tolist()

    for name, nodes in versions.items():
        first, node = nodes[0], nodes[-1]
        try:
            value = eval(name, names)
        except Exception:
            continue
        theirs = numbers(value)
        if theirs is None or name in loops or isinstance(node.get("value"), dict):
            continue
        # A function that returns no number is part of what is around it, and so are its own names.
        if is_same(node.get("value"), theirs) or not any(is_same(each.get("value"), theirs) for each in nodes):
            check("value", name, node.get("value"), theirs)
        tensor = value.tensor if isinstance(value, Value) else value
        if isinstance(tensor, torch.Tensor) and tensor.grad_fn is None and tensor.grad is not None:
            check("derivative", name, first.get("derivative"), tensor.grad.numpy())
        if name in pairs:
            check("derivative", name, first.get("derivative"), numbers(eval(pairs[name], names)))
    count = len(expected["values"]) + len(expected["derivatives"])
    if expected["output"] not in expected["values"] and numbers(names.get(expected["output"])) is not None:
        wrong.append(f"the output {expected['output']} is no name of the program")
    if record and not wrong:
        with open(path[:-3] + ".json", "w") as file:
            for kind in ("values", "derivatives"):
                lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in expected[kind].items()]
                expected[kind] = "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"
            file.write(f"{{\n \"output\": {json.dumps(expected['output'])},\n \"values\": {expected['values']},\n"
                       f" \"derivatives\": {expected['derivatives']}\n}}\n")
    return wrong, count


def main():
    words = [word for word in sys.argv[2:] if word != "--record"]
    files = words or [os.path.join(FOLDER, name) for name in sorted(os.listdir(FOLDER)) if name.endswith(".py")]
    stand_in()
    draw_as_published()
    failures = 0
    for path in files:
        wrong, count = compare(sys.argv[1], os.path.abspath(path), "--record" in sys.argv)
        print(f"{'ok' if not wrong else 'WRONG'} {os.path.basename(path)}: {count} numbers and arrays")
        for line in wrong:
            print("   " + line)
        failures += bool(wrong)
    print(f"{len(files)} programs, {failures} wrong")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
