"""Holds Jacobians, Hessians and their products with vectors against torch.func in float64.

    python3 Tests/Scripts/hessians.py GRAPHVIZ_GRAD [COUNT] [SEED]

Known programs, random ones of numbers, and operations on arrays; both sides agree to 1e-10, relative to the
largest number of the matrix. Random programs have no ties, at whose kinks second derivatives are a convention.
"""

import ast
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

from arrays_vs_pytorch import ELEMENTWISE, SINGLE, PRODUCTS, UNARY, literal
from common import check, finish, seed_of_programs
import random_programs_vs_pytorch as programs

TOLERANCE = 1e-10

KNOWN = [
    "x = 2\ny = x**4 - 2*x**2", "x = 0\ny = 2\nf = 100*(y - x**2)**2 + (1 - x)**2", "x = 1.5\ny = x*x*x",
    "x = 0.7\ny = -0.4\nf = sin(x)*exp(y)", "x = 1\ny = tanh(x)", "a = 5\nb = 3\nc = 2\nJ = 3*(a + b*c)",
    "w1 = 0.3\nw2 = -0.8\nv1 = 1.2\nv2 = 0.5\nh1 = tanh(w1*0.7)\nh2 = tanh(w2*0.7)\n"
    "p = sigmoid(v1*h1 + v2*h2)\nL = (p - 1)**2",
]
# Two operands that are equal tie; an `if` is no program for torch.func.
TIES = ["max(A, A", "min(A, A", "relu(A - A)", "abs(A - A)", "max(A, B, A)", "if"]


def ask(tool, text, *arguments):
    """The matrix that the command writes, with the names of its columns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.grad"
        path.write_text(text + "\n")
        done = subprocess.run(
            [tool, arguments[0], str(path), "-T", "json", *arguments[1:]], capture_output=True, text=True)
    if done.returncode != 0:
        return None, done.stderr
    document = json.loads(done.stdout)
    entries = [[float(str(x).replace("Infinity", "inf")) for x in row] for row in document["entries"]]
    return np.array(entries), document


def agree(own, expected, where):
    expected = expected.detach().numpy().reshape(own.shape)
    scale = max(1.0, np.abs(expected).max())
    error = np.abs(own - expected).max() / scale
    check(error <= TOLERANCE, f"{where}: off by {error}\n{own}\n{expected}")


def split(text):
    """The inputs of a program, and the rest of it."""
    lines = text.split("\n")
    inputs = []
    while lines and re.fullmatch(r"[a-z]\w* = [^a-dg-z]*(pi|sqrt\(2\))?[^a-dg-z]*", lines[0]):
        inputs.append(lines.pop(0).split(" = "))
    return inputs, "\n".join(lines)


class Powers(ast.NodeTransformer):
    """Writes powers with exponents that vary by exp and log: PyTorch loses a part of the second derivatives of
    `x**y` where y is 0. All bases are positive."""

    def visit_BinOp(self, node):
        self.generic_visit(node)
        is_fixed = not any(isinstance(part, ast.Name) for part in ast.walk(node.right))
        if not isinstance(node.op, ast.Pow) or is_fixed:
            return node
        return ast.Call(ast.Name("pow", ast.Load()), [node.left, node.right], [])


def power(x, y):
    return torch.exp(programs.tensor(y) * torch.log(programs.tensor(x)))


def without_augmented(text):
    """The program with `x = x + y` for `x += y`, which changes a tensor in its place."""
    tree = Powers().visit(ast.parse(text))
    for index, line in enumerate(tree.body):
        if isinstance(line, ast.AugAssign):
            old = ast.Name(line.target.id, ast.Load())
            tree.body[index] = ast.Assign([line.target], ast.BinOp(old, line.op, line.value))
    return ast.fix_missing_locations(tree)


def numbers_case(tool, text, rng, where, largest=None):
    inputs, rest = split(text)
    names = [name for name, _ in inputs]
    values = [float(eval(value, dict(programs.FUNCTIONS))) for _, value in inputs]
    code = compile(without_augmented(rest), "program", "exec")
    outputs = list(dict.fromkeys(re.findall(r"(?m)^(y\d+|[a-zA-Z]\w*) = ", rest)))

    def outcome(x):
        scope = dict(programs.FUNCTIONS) | {"pow": power} | {name: x[place] for place, name in enumerate(names)}
        exec(code, scope)
        return torch.stack([programs.tensor(scope[name]) for name in outputs])

    point = torch.tensor(values, dtype=torch.float64)
    jacobian = torch.func.jacrev(outcome)(point)
    hessian = torch.func.hessian(lambda x: outcome(x)[-1])(point)
    sizes = [matrix.abs().max() for matrix in (jacobian, hessian)]
    if largest is not None and not all(size < largest for size in sizes):
        return False
    own, said = ask(tool, text, "hessian")
    check(own is not None, f"{where}\n{text}\n{said}")
    check(said["columns"] == names, f"{said['columns']} are not {names}\n{text}")
    check((own == own.T).all(), f"not symmetric\n{text}\n{own}")
    check(not np.signbit(own[own == 0]).any(), f"−0\n{text}\n{own}")
    agree(own, hessian, f"{where}: hessian\n{text}")
    agree(np.array(said["gradient"]), jacobian[-1], f"{where}: gradient\n{text}")
    own, said = ask(tool, text, "jacobian", "--of", ",".join(outputs))
    check(own is not None, f"{where}\n{text}\n{said}")
    # A name that is assigned twice is its last value, as it is in Python.
    agree(own, jacobian, f"{where}: jacobian of {outputs}\n{text}")
    vector = [round(rng.uniform(-1, 1), 3) for _ in names]
    own, said = ask(tool, text, "hessian", "--direction-vector", ",".join(map(str, vector)))
    check(own is not None, f"{where}\n{text}\n{said}")
    agree(own[:, 0], hessian @ torch.tensor(vector, dtype=torch.float64), f"{where}: H·v\n{text}")
    return True


def random_programs(tool, count, rng):
    for templates in (programs.CALL_TEMPLATES, programs.OPERATOR_TEMPLATES):
        templates[:] = [one for one in templates if not any(tie in one for tie in TIES)]
    done = 0
    while done < count:
        text = programs.program(rng).rstrip("\n")
        # The sine of a large number, or a long way there, magnifies rounding beyond the tolerance.
        try:
            values = programs.by_pytorch(text)
        except ValueError:
            continue
        if not all(abs(value) < 100 and abs(slope) < 1e4 for value, slope in values.values()):
            continue
        done += numbers_case(tool, text, rng, f"program {done}", largest=1e6)


def array_case(tool, formula, shapes, numbers, refused):
    names = "xyz"[: len(shapes)]
    values = [numbers.normal(size=shape) for shape in shapes]
    lines = [f"{name} = torch.tensor({literal(value)}, requires_grad=True)" for name, value in zip(names, values)]
    scope = {"torch": torch, "F": torch.nn.functional}

    def own_value(*arrays):
        return eval(formula, scope | dict(zip(names, arrays)))

    tensors = [torch.tensor(value) for value in values]
    shape = tuple(own_value(*tensors).shape)
    weights = numbers.normal(size=shape)
    lines.append(f"z = {formula}")
    # The square makes linear operations bend too.
    lines.append(f"J = (z * z * torch.tensor({literal(weights)})).sum()" if shape else "J = 3*z*z")
    text = "import torch\nimport torch.nn.functional as F\n" + "\n".join(lines)
    sizes = [value.size for value in values]
    total, rows = sum(sizes), int(np.prod(shape))

    def flat(vector):
        return own_value(*[part.reshape(value.shape) for part, value in zip(vector.split(sizes), values)])

    def loss(vector):
        z = flat(vector)
        return (z * z * torch.tensor(weights)).sum() if shape else 3 * z * z

    point = torch.cat([tensor.reshape(-1) for tensor in tensors])
    where = f"{formula} of {shapes}"
    if rows * total <= 400:
        own, said = ask(tool, text, "jacobian", "--of", "z")
        check(own is not None, f"{where}: {said}")
        agree(own, torch.autograd.functional.jacobian(flat, point).reshape(rows, total), f"{where}: jacobian")
    hessian = torch.autograd.functional.hessian(loss, point)
    vector = np.round(numbers.normal(size=total), 3)
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/v.npy", vector)
        own, said = ask(tool, text, "hessian", "--direction-vector", f"@{folder}/v.npy")
    if own is None:
        refused.append(f"{where}: {said.splitlines()[0]}")
        return
    agree(own[:, 0], hessian @ torch.tensor(vector), f"{where}: H·v")
    if total * total <= 400:
        own, said = ask(tool, text, "hessian")
        check(own is not None, f"{where}: {said}")
        check((own == own.T).all(), f"{where}: not symmetric")
        agree(own, hessian, f"{where}: hessian")


def main():
    tool = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    seed = seed_of_programs(3)
    rng = random.Random(seed)
    for text in KNOWN:
        numbers_case(tool, text, rng, "known program")
    numbers = np.random.RandomState(seed)
    refused = []
    for formula in ELEMENTWISE:
        for shapes in [((2, 3), (2, 3)), ((2, 1), (3,)), ((3,), ())]:
            array_case(tool, formula, shapes, numbers, refused)
    for formula in UNARY:
        array_case(tool, formula, [(2, 3)], numbers, refused)
    for formula in ["x.sum(dim=0)", "x.mean(dim=1)", "x.prod(dim=1)", "torch.amax(x, dim=1)",
                    "torch.logsumexp(x, dim=0)", "torch.norm(x, dim=1)"]:
        array_case(tool, formula, [(2, 3)], numbers, refused)
    for formula, *shapes in PRODUCTS + SINGLE:
        if sum(int(np.prod(shape)) for shape in shapes) <= 60:
            array_case(tool, formula, shapes, numbers, refused)
    for line in refused:
        print(f"refused: {line}")
    check(len(refused) <= 12, f"{len(refused)} operations are refused")
    random_programs(tool, count, rng)
    finish(f"Jacobians and Hessians of {count} random programs, and of operations on arrays")


main()
