"""Holds tangents of arrays against torch.func.jvp and jax.jvp: every operation, by one entry of an input.

    python3 Tests/Scripts/arrays_forward.py GRAPHVIZ_GRAD [SEED]

`table --mode forward --wrt 'x[0, 1]'` writes every tangent in full; both results must agree to 1e-11. Then
comes a network whose every step is looked at.
"""

import csv
import io
import json
import sys
import tempfile
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import torch
import torch.nn.functional as F

from arrays_vs_pytorch import (BROADCASTS, ELEMENTWISE, PRODUCTS, REDUCTIONS, SINGLE, UNARY, close, literal,
                               program)
from common import check, finish, run, seed_of_programs

jax.config.update("jax_enable_x64", True)

NETWORK = """X = {X}
W1 = {W1}
b1 = {b1}
W2 = {W2}
H = tanh(X @ W1 + b1)
P = softmax(H @ W2, axis=1)
L = -log(P[:, 0])
J = mean(L) + 0.01 * sum(W1**2)
"""


def tangents(tool, text, place, name):
    """The tangent of each named node by a number of the program."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.grad"
        path.write_text(text)
        written = run(tool, "table", path, "--mode", "forward", "--wrt", place, "-T", "csv")
    rows = csv.DictReader(io.StringIO(written))
    # Large arrays are told by their shapes.
    return {row["name"]: json.loads(row["tangent"]) for row in rows if not row["tangent"].startswith("array")}


def direction(shape, numbers):
    """One entry of a shape: as it is written behind a name, and as an array that is 1 there and 0 elsewhere."""
    unit = np.zeros(shape)
    place = tuple(int(numbers.randint(size)) for size in shape)
    unit[place] = 1
    return f"[{', '.join(map(str, place))}]" if shape else "", unit


def compare(tool, formula, shapes, numbers):
    text, names = program(formula, shapes, numbers)
    scope = {}
    exec(text, scope)
    for name, shape in zip(names, shapes):
        indices, unit = direction(shape, numbers)

        def function(value):
            return eval(formula, {**scope, **{other: scope[other].detach() for other in names}, name: value})

        _, expected = torch.func.jvp(function, (scope[name].detach(),), (torch.tensor(unit),))
        found = tangents(tool, text, name + indices, formula)
        output = eval(text.splitlines()[-2].partition(" = ")[2], {**scope, "z": expected})
        for step, tangent in [("z", expected), ("J", output)]:
            check(step not in found and step == "z" or close(found[step], tangent),
                  f"{formula} of {shapes}, {step} by {name}{indices}: {found.get(step)} {tangent}")


def compare_network(tool, numbers):
    given = {"X": (5, 3), "W1": (3, 4), "b1": (4,), "W2": (4, 2)}
    given = {name: numbers.normal(size=shape) for name, shape in given.items()}

    def steps(given):
        H = jnp.tanh(given["X"] @ given["W1"] + given["b1"])
        P = jax.nn.softmax(H @ given["W2"], axis=1)
        L = -jnp.log(P[:, 0])
        return {"H": H, "P": P, "L": L, "J": jnp.mean(L) + 0.01 * jnp.sum(given["W1"]**2)}

    text = NETWORK.format(**{name: literal(value) for name, value in given.items()})
    for name, value in given.items():
        indices, unit = direction(value.shape, numbers)
        moves = {other: np.zeros_like(given[other]) for other in given} | {name: unit}
        _, expected = jax.jvp(steps, (given,), (moves,))
        found = tangents(tool, text, name + indices, name)
        for step, tangent in {**expected, **moves}.items():
            check(close(found[step], tangent), f"{step} by {name}{indices}: {found[step]} {tangent}")


def main():
    tool, seed = sys.argv[1], seed_of_programs(2)
    numbers = np.random.RandomState(seed)
    for formula in ELEMENTWISE:
        for shapes in BROADCASTS:
            compare(tool, formula, shapes, numbers)
    for formula in UNARY:
        compare(tool, formula, [(2, 3)], numbers)
    for name in REDUCTIONS:
        for arguments in ["dim=0", "dim=-1, keepdim=True"]:
            compare(tool, f"torch.{name}(x, {arguments})", [(2, 3, 4)], numbers)
    for formula, *shapes in PRODUCTS:
        compare(tool, formula, shapes, numbers)
    for formula, shape in SINGLE:
        # PyTorch has no forward mode of it.
        if "cdist" in formula:
            continue
        compare(tool, formula, [shape], numbers)
    for _ in range(3):
        compare_network(tool, numbers)
    finish("tangents of arrays beside PyTorch and JAX")


if __name__ == "__main__":
    main()
