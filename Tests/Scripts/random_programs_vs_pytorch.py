"""Holds random programs of the language against PyTorch in float64.

    pip install torch
    python3 Tests/Scripts/random_programs_vs_pytorch.py PATH/TO/graphviz-grad [COUNT] [SEED]

Every value and every derivative of every named node must agree to 1e-11, relative to the largest number
of its program: where the rest cancels, what is left is rounding, and PyTorch's √2 is one too low. The programs have operators, functions, keywords, reassignments, functions of their
own, conditions, and kinks at which operands tie. They are legal Python, so PyTorch runs the same text.
"""

import ast
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

import torch
import torch.nn.functional as F

from common import seed_of_programs

TOLERANCE = 1e-11

# Functions with the arguments that keep them finite; A, B and C are any expressions. Arguments of tanh
# stay small, for PyTorch loses digits where it is flat; bounds of clip, L and U, are met by no other
# number, for PyTorch's derivative there differs from version to version.
CALLS = """
exp(sin(A)) expm1(sin(A)) log(1.5 + sin(A)) log1p(square(A)) log2(2 + cos(A)) log10(3 + sin(A))
sqrt(1 + square(A)) cbrt(2 + sin(A)) square(sin(A)) abs(A) sin(A) cos(A) tan(sin(A)) asin(sin(A)/2)
acos(cos(A)/3) atan(A) atan2(A, 2 + cos(B)) sinh(sin(A)) cosh(sin(A)) tanh(2*sin(A)) asinh(A)
acosh(2 + square(sin(A))) atanh(sin(A)/2) sigmoid(A) logsigmoid(3*sin(A)) softplus(3*sin(A)) relu(A)
leaky_relu(A) leaky_relu(A, negative_slope=0.2) elu(A) elu(A, alpha=0.5) gelu(2*sin(A)) silu(A)
pow(1.5 + sin(A), sin(B)) max(A, B) min(A, B) max(A, B, C) min(A, B, C) maximum(A, B) minimum(A, B)
clip(A, L, U) clip(A, min=L, max=U) where(A > B, A, B) where(A <= B, A*B, C) hypot(A, 1 + square(B))
erf(A) stop_gradient(A) sign(A)*A np.exp(-abs(A)) math.tanh(sin(A)) torch.sigmoid(A) arctan(A) ln(2 + sin(A))
max(A, A) min(A, A*1) max(A, A, A + 0) relu(A - A) abs(A - A) max(A, B, A)
""".replace("\n", " ")
OPERATORS = """A + B|A - B|A * B|A / (1.5 + sin(B))|-A|+A|A**2|A**3|(2 + sin(A))**-1|(1.2 + sin(A))**sin(B)|2**sin(A)
A * A|(A if B > C else B)|(A*B if A <= 0.5 else A - B)|A - 3|0.5 * A|1 / (1 + square(A))|A * 1_0.5e-1"""


def templates():
    calls, depth, word = [], 0, ""
    for letter in CALLS:
        depth += (letter == "(") - (letter == ")")
        if letter == " " and depth == 0:
            calls += [word] if word else []
            word = ""
        else:
            word += letter
    return calls, OPERATORS.replace("\n", "|").split("|")


CALL_TEMPLATES, OPERATOR_TEMPLATES = templates()


def expression(rng, names, depth):
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(names) if rng.random() < 0.85 else f"{rng.uniform(0.1, 3):.3g}"
    template = rng.choice(CALL_TEMPLATES if rng.random() < 0.55 else OPERATOR_TEMPLATES)
    parts = {letter: f"({expression(rng, names, depth - 1)})" for letter in "ABC"}
    parts |= {"L": f"{rng.uniform(-1, -0.1):.9f}", "U": f"{rng.uniform(0.1, 1):.9f}"}
    return "".join(parts.get(letter, letter) for letter in template)


def program(rng):
    lines, names = [], []
    for index in range(rng.randint(1, 4)):
        name = f"x{index}"
        closed = [f"{rng.uniform(-3, 3):.6g}", str(rng.randint(-3, 3)), "1/3", "2*pi", "sqrt(2)", "-e/2"]
        lines.append(f"{name} = {rng.choice(closed)}")
        names.append(name)
    functions = []
    for index in range(rng.randint(0, 2)):
        name = f"f{index}"
        if rng.random() < 0.5:
            lines.append(f"def {name}(p, q): return {expression(rng, ['p', 'q'], 2)}")
        else:
            lines += [
                f"def {name}(p, q):",
                f"    r = {expression(rng, ['p', 'q'], 1)}",
                f"    p = r * {expression(rng, ['p', 'r'], 1)}",
                f"    return {expression(rng, ['p', 'q', 'r'], 2)}",
            ]
        functions.append(name)
    for index in range(rng.randint(1, 6)):
        kind = rng.random()
        if functions and kind < 0.25:
            text = f"{rng.choice(functions)}({expression(rng, names, 1)}, {expression(rng, names, 1)})"
        else:
            text = expression(rng, names, rng.randint(1, 3))
        # A right-hand side without names would be one more input.
        text = f"{text} + 0*{rng.choice(names)}" if not any(n in text for n in names) else text
        if kind > 0.9:
            lines.append(f"{rng.choice(names)} {rng.choice(['+=', '-=', '*='])} {text}")
        elif kind > 0.8:
            lines.append(f"{rng.choice(names)} = {text}")
        else:
            lines.append(f"y{index} = {text}")
            names.append(f"y{index}")
    lines.append("out = " + " + ".join(f"sin({name})" for name in names))
    return "\n".join(lines) + "\n"


def tensor(x):
    return x if isinstance(x, torch.Tensor) else torch.tensor(float(x), dtype=torch.float64)


def on_tensors(function):
    return lambda *args, **keywords: function(*map(tensor, args), **keywords)


def among(extreme):
    """The largest or the smallest of operands. Those that tie share the derivative, but what holds literals
    alone takes all of it."""

    def chosen(*operands):
        tensors = [tensor(x) for x in operands]
        found = extreme(torch.stack(tensors), 0)
        for x in tensors:
            if not x.requires_grad and not hasattr(x, "is_held"):
                found = torch.where(found == x, found.detach(), found)
        return found

    return chosen


def held(x):
    """Marks what is held fixed, which is no literal."""
    x.is_held = True
    return x


class Namespace:
    """Stands for `math`, `np` and `torch`, whose functions are those of the language."""

    def __getattr__(self, name):
        return FUNCTIONS[name]


FUNCTIONS = {
    name: on_tensors(getattr(torch, name))
    for name in "exp expm1 log log1p log2 log10 sqrt square abs sign sin cos tan asin acos atan atan2 "
    "sinh cosh tanh asinh acosh atanh sigmoid relu pow hypot erf arctan".split()
}
FUNCTIONS |= {
    "cbrt": on_tensors(lambda x: x ** (1 / 3)),
    "ln": on_tensors(torch.log),
    "logsigmoid": on_tensors(F.logsigmoid),
    "softplus": on_tensors(F.softplus),
    "leaky_relu": on_tensors(F.leaky_relu),
    "elu": on_tensors(F.elu),
    "gelu": on_tensors(F.gelu),
    "silu": on_tensors(F.silu),
    "max": among(torch.amax),
    "min": among(torch.amin),
    "maximum": among(torch.amax),
    "minimum": among(torch.amin),
    "clip": lambda x, low=None, high=None, min=None, max=None: torch.clamp(
        tensor(x), low if min is None else min, high if max is None else max
    ),
    "where": lambda condition, x, y: torch.where(torch.as_tensor(condition), tensor(x), tensor(y)),
    "stop_gradient": lambda x: held(tensor(x).detach()),
    "pi": math.pi,
    "e": math.e,
}
FUNCTIONS |= {word: Namespace() for word in ("math", "np", "torch")}


def by_pytorch(text):
    """The value and the derivative of every version of every name, by its id in a trace."""
    kept, versions = {}, {}

    def keep(name, x):
        x = tensor(x)
        x = x.clone() if x.requires_grad else x.detach().clone().requires_grad_()
        x.retain_grad()
        versions[name] = versions.get(name, 0) + 1
        kept[name if versions[name] == 1 else f"{name}@{versions[name]}"] = x
        return x

    tree = ast.parse(text)
    for index, line in enumerate(tree.body):
        if isinstance(line, ast.AugAssign):
            old = ast.Name(line.target.id, ast.Load())
            line = ast.Assign([line.target], ast.BinOp(old, line.op, line.value))
            tree.body[index] = line
        if isinstance(line, ast.Assign):
            name = ast.Constant(line.targets[0].id)
            line.value = ast.Call(ast.Name("keep", ast.Load()), [name, line.value], [])
    scope = FUNCTIONS | {"keep": keep}
    exec(compile(ast.fix_missing_locations(tree), "program", "exec"), scope)
    scope["out"].backward()
    return {
        name: (x.item(), 0.0 if x.grad is None else x.grad.item()) for name, x in kept.items()
    }


def number(x):
    """A number of JSON; what comes from a constant exponent is null and counts for nothing."""
    if x is None:
        return 0.0
    return float(x.replace("Infinity", "inf")) if isinstance(x, str) else x


def mismatches(trace, expected):
    """What differs by more than rounding beside the largest number of the program."""
    nodes = {node["id"]: node for node in trace["nodes"]}
    tolerance = TOLERANCE * max(1, *(abs(x) for pair in expected.values() for x in pair))
    for name, pair in expected.items():
        if name not in nodes:
            yield f"{name} is missing"
            continue
        for key, wanted in zip(("value", "derivative"), pair):
            found = number(nodes[name][key])
            if not abs(found - wanted) <= tolerance:
                yield f"{key} of {name}: {found!r}, PyTorch says {wanted!r}"


def main():
    tool = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    seed = seed_of_programs(3)
    rng = random.Random(seed)
    programs, expected = [], []
    while len(programs) < count:
        text = program(rng)
        numbers = by_pytorch(text)
        # The sine of a large number, or a long way there, magnifies rounding beyond the tolerance.
        if all(abs(value) < 100 and abs(slope) < 1e4 for value, slope in numbers.values()):
            programs.append(text)
            expected.append(numbers)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for index, text in enumerate(programs):
            file = pathlib.Path(folder) / f"p{index}.grad"
            file.write_text(text)
            files.append(str(file))
        run = subprocess.run(
            [tool, "eval", "--format", "json", *files], capture_output=True, text=True
        )
        if run.returncode != 0:
            sys.exit(run.stderr)
    output, decoder, position, failures = run.stdout, json.JSONDecoder(), 0, 0
    for text, numbers in zip(programs, expected):
        trace, position = decoder.raw_decode(output, position)
        position += len(output[position:]) - len(output[position:].lstrip())
        found = list(mismatches(trace, numbers))
        if found:
            failures += 1
            print(f"\n{text}", *found, sep="\n")
    nodes = sum(map(len, expected))
    print(f"{count} programs, {nodes} named nodes, {failures} programs disagree with PyTorch")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
