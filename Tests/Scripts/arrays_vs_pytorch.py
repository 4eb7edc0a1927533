"""Holds every operation on arrays against PyTorch and NumPy: values and derivatives, on random shapes.

    python3 Tests/Scripts/arrays_vs_pytorch.py GRAPHVIZ_GRAD [SEED]

Each case is a program that Python runs as it stands; both results must agree to 1e-11.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from common import check, finish, seed_of_programs

torch.set_default_dtype(torch.float64)

ELEMENTWISE = ["x + y", "x - y", "x * y", "x / y", "torch.maximum(x, y)", "torch.minimum(x, y)",
               "torch.atan2(x, y)", "torch.hypot(x, y)", "torch.where(x > y, x * y, x - y)", "x**2 * y",
               "torch.clamp(x, -0.5, 0.5) + y"]
BROADCASTS = [((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((4, 1, 3), (2, 1)), ((3,), ()), ((), (2, 2))]
UNARY = ["torch.exp(x)", "torch.sin(x)", "torch.cos(x)", "torch.tanh(x)", "torch.sigmoid(x)", "torch.relu(x)",
         "torch.log(x**2 + 1)", "torch.sqrt(x**2 + 1)", "torch.abs(x)", "F.softplus(x)", "F.gelu(x)", "F.silu(x)",
         "F.elu(x)", "F.leaky_relu(x)", "torch.erf(x)", "torch.expm1(x)", "F.logsigmoid(x)", "-x", "x**3", "2**x",
         "1 / (1 + x**2)", "x.T", "x.flatten()", "x.reshape(-1)", "torch.cumsum(x, dim=0)", "torch.cumsum(x, dim=1)",
         "F.softmax(x, dim=1)", "F.softmax(x, dim=0)", "F.log_softmax(x, dim=-1)", "x[0]", "x[:, 1]", "x[-1, 0]",
         "x[:, ::2]", "x[None, :, 1:]", "x[..., 0]", "x[[1, 0, 1]]", "x[[0, 1], [2, 2]]", "x.unsqueeze(1)",
         "x.unsqueeze(0).squeeze(0)", "torch.stack([x, 2*x], dim=1)", "torch.cat([x, x**2], dim=1)",
         "torch.tril(x)", "torch.triu(x, diagonal=1)", "x.transpose(0, 1)", "x.permute(1, 0)", "x.repeat(2, 1)",
         "torch.flip(x, [0])", "torch.roll(x, 1, 1)", "F.pad(x, (1, 2))", "x.expand(4, 2, 3)", "x.view(3, 2)",
         "torch.var(x, dim=1)", "torch.std(x, dim=0)", "torch.var(x, dim=1, unbiased=False)"]
REDUCTIONS = ["sum", "mean", "prod", "amax", "amin", "logsumexp", "norm"]
PRODUCTS = [("x @ y", (2, 3), (3, 4)), ("x @ y", (3,), (3,)), ("x @ y", (2, 3), (3,)), ("x @ y", (3,), (3, 2)),
            ("x @ y", (5, 2, 3), (3, 4)), ("torch.matmul(x, y)", (2, 1, 2, 3), (4, 3, 2)),
            ("torch.bmm(x, y)", (2, 2, 3), (2, 3, 2)), ("torch.mm(x, y)", (40, 30), (30, 50)),
            ("torch.mv(x, y)", (2, 3), (3,)), ("torch.dot(x, y)", (4,), (4,)), ("torch.outer(x, y)", (2,), (3,)),
            ("torch.linalg.solve(x, y)", (3, 3), (3,)), ("torch.linalg.solve(x, y)", (3, 3), (3, 2)),
            ("torch.linalg.solve(x, y)", (2, 3, 3), (2, 3, 2)), ("torch.linalg.solve(x, y)", (2, 2), (4, 2, 1)),
            ("torch.einsum('ij,jk->ik', x, y)", (2, 3), (3, 2)), ("torch.einsum('bij,bkj->bik', x, y)", (2, 2, 3), (2, 4, 3)),
            ("torch.einsum('i,j->ij', x, y)", (2,), (3,)), ("F.linear(x, y)", (4, 3), (2, 3)),
            ("F.mse_loss(x, y)", (2, 3), (2, 3)), ("F.l1_loss(x, y)", (2, 3), (2, 3)),
            ("F.huber_loss(x, y)", (2, 3), (2, 3)), ("F.smooth_l1_loss(x, y)", (4,), (4,)),
            ("F.binary_cross_entropy(torch.sigmoid(x), torch.sigmoid(y))", (2, 3), (2, 3)),
            ("F.binary_cross_entropy_with_logits(x, torch.sigmoid(y))", (2, 3), (2, 3)),
            ("F.cross_entropy(x, F.softmax(y, dim=1))", (4, 3), (4, 3)),
            ("F.scaled_dot_product_attention(x, y, 2*y)", (4, 3), (5, 3)),
            ("F.conv1d(x, y)", (2, 2, 7), (3, 2, 3)), ("F.conv1d(x, y, stride=2, padding=1)", (1, 2, 8), (3, 2, 3)),
            ("F.conv2d(x, y)", (2, 2, 5, 6), (3, 2, 2, 3)), ("F.conv2d(x, y, stride=2, padding=1)", (1, 1, 5, 5), (2, 1, 3, 3))]
SINGLE = [("F.cross_entropy(x, torch.tensor([0, 2, 1, 2]))", (4, 3)), ("F.nll_loss(F.log_softmax(x, dim=1), torch.tensor([0, 1]))", (2, 3)),
          ("F.cross_entropy(x, torch.tensor([0, 2]), reduction='sum')", (2, 3)),
          ("F.layer_norm(x, (4,))", (3, 4)), ("F.batch_norm(x, None, None, training=True)", (5, 3)),
          ("F.max_pool2d(x, 2)", (1, 2, 4, 5)), ("F.avg_pool2d(x, 2, stride=1, padding=1)", (1, 1, 4, 4)),
          ("F.max_pool1d(x, 3, stride=1, padding=1)", (1, 2, 6)), ("F.embedding(torch.tensor([1, 3, 1]), x)", (5, 2)),
          ("torch.diag(x)", (3,)), ("torch.diag(x)", (3, 3)), ("torch.trace(x)", (3, 3)), ("F.dropout(x, p=0)", (3,)),
          ("torch.softmax(x * 300, dim=0)", (4,)), ("torch.logsumexp(x * 300, dim=0)", (4,)),
          ("x.max(dim=1).values", (3, 4)), ("torch.max(x)", (3, 4)), ("x.min(dim=0)[0]", (3, 4)),
          ("torch.linalg.inv(x)", (3, 3)), ("x.inverse()", (2, 4, 4)), ("torch.det(x)", (4, 4)), ("torch.linalg.det(x)", (2, 3, 3)),
          ("torch.linalg.slogdet(x)[1]", (5, 5)), ("torch.linalg.slogdet(x).logabsdet", (2, 3, 3)), ("torch.logdet(x @ x.T)", (3, 3)),
          ("torch.linalg.pinv(x)", (5, 3)), ("torch.linalg.pinv(x)", (2, 4)), ("torch.linalg.matrix_power(x, 3)", (3, 3)),
          ("torch.linalg.matrix_power(x, -2)", (3, 3)), ("torch.median(x)", (3, 4)), ("torch.median(x, dim=1)[0]", (3, 4)),
          ("x.median(dim=0).values", (5, 2)), ("torch.cdist(x, x[:2] + 1)", (4, 3)), ("torch.dist(x, x**2)", (2, 3)),
          ("torch.linalg.norm(x)", (3, 2)), ("x.norm()", (4,)), ("x.mean((0, 2))", (2, 3, 4))]


def literal(array):
    return json.dumps(np.asarray(array).tolist())


def program(formula, shapes, numbers):
    names = "xyz"[: len(shapes)]
    lines = [f"{name} = torch.tensor({literal(numbers.normal(size=shape))}, requires_grad=True)"
             for name, shape in zip(names, shapes)]
    scope = {"torch": torch, "F": F}
    exec("\n".join(lines), scope)
    own = eval(formula, scope)
    weights = numbers.normal(size=tuple(own.shape))
    lines.append(f"z = {formula}")
    lines.append(f"J = (z * torch.tensor({literal(weights)})).sum()" if own.dim() else "J = 3*z")
    return "import torch\nimport torch.nn.functional as F\n" + "\n".join(lines) + "\nJ.backward()\n", names


def close(own, expected):
    own, expected = np.asarray(own, dtype=float), np.asarray(expected, dtype=float)
    return own.shape == expected.shape and np.allclose(own, expected, rtol=1e-11, atol=1e-11)


def run(tool, text, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.grad"
        path.write_text(text)
        done = subprocess.run([tool, "eval", str(path), "--format", "json"], capture_output=True, text=True)
    check(done.returncode == 0, f"{name}: {done.stderr[:400]}")
    return {node["name"]: node for node in json.loads(done.stdout)["nodes"] if node["name"]}


def compare(tool, formula, shapes, numbers):
    text, names = program(formula, shapes, numbers)
    scope = {}
    exec(text, scope)
    nodes = run(tool, text, formula)
    where = f"{formula} of {shapes}"
    check(close(nodes["z"]["value"], scope["z"].detach()), f"{where}: value {nodes['z']['value']} {scope['z']}")
    for name in names:
        derivative = scope[name].grad
        derivative = torch.zeros_like(scope[name]) if derivative is None else derivative
        check(close(nodes[name]["derivative"], derivative), f"{where}: d{name} {nodes[name]['derivative']} {derivative}")


def compare_random(tool, seed):
    """NumPy's legacy random numbers, bit for bit."""
    lines = ["import numpy as np", f"np.random.seed({seed})"]
    draws = ["np.random.rand(2, 3)", "np.random.randn(3)", "np.random.uniform(-1, 2, size=(2, 2))",
             "np.random.normal(1, 2, 3)", "np.random.randint(0, 7, (2, 2))", "np.random.permutation(6)",
             "np.random.random((2,))", "np.random.standard_normal(3)", "np.random.random_sample(2)", "np.random.randn()"]
    for place, draw in enumerate(draws):
        lines.append(f"a{place} = {draw}")
    text = "\n".join(lines) + "\nJ = " + " + ".join(f"np.sum(a{place})" for place in range(len(draws))) + "\n"
    scope = {}
    exec(text, scope)
    nodes = run(tool, text, "random numbers")
    for place, draw in enumerate(draws):
        own = np.asarray(nodes[f"a{place}"]["value"], dtype=float)
        check(np.array_equal(own, np.asarray(scope[f"a{place}"], dtype=float)), f"{draw} after seed {seed}: {own}")


def main():
    tool, seed = sys.argv[1], seed_of_programs(2)
    numbers = np.random.RandomState(seed)
    for formula in ELEMENTWISE:
        for shapes in BROADCASTS:
            compare(tool, formula, shapes, numbers)
    for formula in UNARY:
        compare(tool, formula, [(2, 3)], numbers)
    for name in REDUCTIONS:
        for arguments in ["dim=0", "dim=1", "dim=(0, 2)", "dim=-1, keepdim=True"]:
            if name == "prod" and "(" in arguments:
                continue
            compare(tool, f"torch.{name}(x, {arguments})", [(2, 3, 4)], numbers)
    for name in ["sum", "mean", "prod", "norm"]:
        compare(tool, f"x.{name}()", [(2, 3)], numbers)
    for formula, *shapes in PRODUCTS:
        compare(tool, formula, shapes, numbers)
    for formula, shape in SINGLE:
        compare(tool, formula, [shape], numbers)
    for number in [seed, 0, 7, 42]:
        compare_random(tool, number)
    finish("arrays beside PyTorch and NumPy")


if __name__ == "__main__":
    main()
