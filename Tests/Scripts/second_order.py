"""Holds second derivatives of random programs, and of programs with arrays, against PyTorch in float64.

    pip install torch
    python3 Tests/Scripts/second_order.py PATH/TO/graphviz-grad [COUNT] [SEED]

The programs are those of `random_programs_vs_pytorch.py`: operators, functions, conditions, and kinks at
which operands tie. The second derivative by every input must agree to 1e-10, relative to the largest
entry of the Hessian that it is of. PyTorch takes the derivative of x**y by x for 0 wherever y is 0, and so
loses a part of the second one; there it is asked for exp(y*log(x)).
"""

import ast
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import torch
from torch.overrides import TorchFunctionMode

from common import seed_of_programs
from random_programs_vs_pytorch import FUNCTIONS, by_pytorch, number, program, tensor

TOLERANCE = 1e-10

# Programs with arrays: how ours is written, and PyTorch's.
ARRAYS = [
    (
        "mean(square(tanh(X @ W)))",
        lambda X, W: torch.tanh(X @ W).square().mean(),
    ),
    (
        "sum(exp(sin(X @ W)) * X[:, :1])",
        lambda X, W: (torch.exp(torch.sin(X @ W)) * X[:, :1]).sum(),
    ),
    (
        "-mean(log_softmax(X @ W, axis=1)[:, 0])",
        lambda X, W: -torch.log_softmax(X @ W, 1)[:, 0].mean(),
    ),
    (
        "sum(softmax(X @ W, axis=1) * (X @ W))",
        lambda X, W: (torch.softmax(X @ W, 1) * (X @ W)).sum(),
    ),
    (
        "sum(sigmoid(W.T @ X.T) / (2 + sin(X @ W).T))",
        lambda X, W: (torch.sigmoid(W.T @ X.T) / (2 + torch.sin(X @ W).T)).sum(),
    ),
    ("mean(relu(X @ W) ** 3)", lambda X, W: (torch.relu(X @ W) ** 3).mean()),
    ("sum(np.var(X @ W, axis=0))", lambda X, W: (X @ W).var(0, correction=0).sum()),
    ("sum(np.std(X @ W, axis=0))", lambda X, W: (X @ W).std(0, correction=0).sum()),
    ("np.linalg.norm(X @ W)", lambda X, W: torch.linalg.norm(X @ W)),
    (
        "sum(square(np.cumsum(sin(W), axis=0)))",
        lambda X, W: torch.cumsum(torch.sin(W), 0).square().sum(),
    ),
    (
        "sum(np.concatenate([W, W[:2] * W[:2]]) ** 3)",
        lambda X, W: (torch.cat([W, W[:2] * W[:2]]) ** 3).sum(),
    ),
    (
        "sum(np.where(X @ W > 0, exp(X @ W), square(X @ W)))",
        lambda X, W: torch.where(X @ W > 0, torch.exp(X @ W), (X @ W).square()).sum(),
    ),
    (
        "sum(np.einsum('ij,jk->ik', X, W) ** 2)",
        lambda X, W: (torch.einsum("ij,jk->ik", X, W) ** 2).sum(),
    ),
    ("sum(W[[0, 1, 0]] * W[[2, 1, 2]])", lambda X, W: (W[[0, 1, 0]] * W[[2, 1, 2]]).sum()),
    ("sum(np.max(X @ W, axis=1) ** 2)", lambda X, W: ((X @ W).amax(1) ** 2).sum()),
    ("sum(np.prod(2 + sin(W), axis=0))", lambda X, W: (2 + torch.sin(W)).prod(0).sum()),
]


class ExactPowers(TorchFunctionMode):
    """Computes powers with a computed exponent of 0 so that their second derivatives are whole."""

    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function.__name__ in ("pow", "__pow__", "__rpow__") and len(args) == 2:
            x, y = args if function.__name__ != "__rpow__" else args[::-1]
            if isinstance(y, torch.Tensor) and y.requires_grad and y.detach() == 0 and x > 0:
                return torch.exp(y * torch.log(tensor(x)))
        return function(*args, **(kwargs or {}))


def hessian_by_pytorch(text):
    """The Hessian by the inputs, which are the first lines, and their names."""
    lines, inputs = text.splitlines(), []
    while lines[len(inputs)].startswith(f"x{len(inputs)} = "):
        inputs.append(f"x{len(inputs)}")
    scope = dict(FUNCTIONS)
    exec("\n".join(lines[: len(inputs)]), scope)
    leaves = [tensor(scope[name]).detach().clone().requires_grad_() for name in inputs]
    scope |= dict(zip(inputs, leaves))
    tree = ast.parse("\n".join(lines[len(inputs) :]))
    for index, line in enumerate(tree.body):
        if isinstance(line, ast.AugAssign):
            # A new version of the name, rather than another number in the same tensor.
            old = ast.Name(line.target.id, ast.Load())
            tree.body[index] = ast.Assign([line.target], ast.BinOp(old, line.op, line.value))
    with ExactPowers():
        exec(compile(ast.fix_missing_locations(tree), "program", "exec"), scope)
    if not scope["out"].requires_grad:
        return inputs, [[0.0] * len(leaves)] * len(leaves)
    slopes = torch.autograd.grad(scope["out"], leaves, create_graph=True, allow_unused=True)
    rows = []
    for slope in slopes:
        if slope is None or not slope.requires_grad:
            rows.append([0.0] * len(leaves))
            continue
        row = torch.autograd.grad(slope, leaves, retain_graph=True, allow_unused=True)
        rows.append([0.0 if entry is None else entry.item() for entry in row])
    return inputs, rows


def higher(tool, texts, *options):
    """The second derivatives by the ids of inputs, of each program."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for index, text in enumerate(texts):
            file = pathlib.Path(folder) / f"p{index}.grad"
            file.write_text(text)
            files.append(str(file))
        run = subprocess.run(
            [tool, "eval", "--order", "2", "--format", "json", *options, *files],
            capture_output=True,
            text=True,
        )
    if run.returncode != 0:
        sys.exit(run.stderr)
    output, decoder, position, found = run.stdout, json.JSONDecoder(), 0, []
    for _ in texts:
        trace, position = decoder.raw_decode(output, position)
        position += len(output[position:]) - len(output[position:].lstrip())
        found.append({entry["input"]: entry["derivative"] for entry in trace["higher"]})
    return found


def agree(found, wanted, largest):
    return abs(number(found) - wanted) <= TOLERANCE * max(1, largest)


def hold_numbers(tool, rng, count):
    """How many numbers were compared, and what is wrong."""
    programs, hessians = [], []
    while len(programs) < count:
        text = program(rng)
        numbers = by_pytorch(text)
        names, rows = hessian_by_pytorch(text)
        # The sine of a large number, or a long way there, magnifies rounding beyond the tolerance.
        if all(abs(value) < 100 and abs(slope) < 1e4 for value, slope in numbers.values()) and all(
            abs(entry) < 1e6 for row in rows for entry in row
        ):
            programs.append(text)
            hessians.append((names, rows))
    compared, wrong = 0, []
    for text, (names, rows), found in zip(programs, hessians, higher(tool, programs)):
        largest = max(abs(entry) for row in rows for entry in row)
        for place, name in enumerate(names):
            compared += 1
            if not agree(found[name], rows[place][place], largest):
                wrong.append(f"{text}{name}: {found[name]!r}, PyTorch says {rows[place][place]!r}")
    return compared, wrong


def hold_arrays(tool, rng):
    torch.manual_seed(rng.randrange(2**32))
    X = torch.randn(4, 3, dtype=torch.float64)
    W = torch.randn(3, 2, dtype=torch.float64)
    head = f"X = np.array({X.tolist()})\nW = np.array({W.tolist()})\n"
    texts = [f"{head}out = {ours}\n" for ours, _ in ARRAYS]
    compared, wrong = 0, []
    for text, (_, theirs), found in zip(texts, ARRAYS, higher(tool, texts, "--wrt", "W")):
        expected = torch.func.hessian(lambda W: theirs(X, W))(W).reshape(6, 6)
        flat = [entry for row in found["W"] for entry in row]
        for place, entry in enumerate(flat):
            compared += 1
            wanted = expected[place, place].item()
            if not agree(entry, wanted, expected.abs().max().item()):
                wrong.append(f"{text}entry {place}: {entry!r}, PyTorch says {wanted!r}")
    return compared, wrong


def main():
    tool = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    seed = seed_of_programs(3)
    rng = random.Random(seed)
    numbers, failures = hold_numbers(tool, rng, count)
    entries, wrong = hold_arrays(tool, rng)
    failures += wrong
    for failure in failures[:5]:
        print(failure, end="\n\n")
    print(
        f"{numbers} second derivatives of {count} programs and {entries} of {len(ARRAYS)} with arrays, "
        f"{len(failures)} disagree with PyTorch"
    )
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
