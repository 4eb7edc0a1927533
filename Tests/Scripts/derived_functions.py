"""Holds derivatives of functions as values against JAX and PyTorch: `vmap(grad(f))`, `jacrev(f)`, `hessian(f)`.

    python3 Tests/Scripts/derived_functions.py GRAPHVIZ_GRAD

Each program runs as it stands in Python too; its last number must be the same to 1e-11, and so must the
derivatives by what its last line says.
"""

import json
import sys
import tempfile
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import torch

from common import check, finish, run

jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)

JAX = """import jax
import jax.numpy as jnp
from jax import grad, hessian, jacfwd, jacrev, jit, jvp, vjp, vmap, value_and_grad
"""

TORCH = """import torch
from torch.func import grad, hessian, jacfwd, jacrev, jvp, vjp, vmap
"""

# The Autodiff Cookbook and "Automatic vectorization" of JAX's documentation, and what courses make of them:
# the program, and the inputs by which its last number is differentiated.
PROGRAMS_OF_JAX = {
    "per-example gradients": ("""def predict(w, b, x):
    return 0.5 * (jnp.tanh((jnp.dot(x, w) + b) / 2) + 1)
def loss(w, b, x, y):
    p = predict(w, b, x)
    return -jnp.log(y * p + (1 - y) * (1 - p))
X = jnp.array([[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30]])
Y = jnp.array([1.0, 0.0, 1.0])
w = jnp.array([0.1, 0.2, -0.3])
b = 0.5
g = jax.vmap(jax.grad(loss), in_axes=(None, None, 0, 0))(w, b, X, Y)
J = jnp.sum(g**2)
""", "wb"),
    "a dictionary of parameters": ("""def loss(params, x, y):
    return (jnp.dot(x, params['w']) + params['b'] - y)**2
w = jnp.array([0.5, -1.0])
b = 0.25
X = jnp.array([[1.0, 2.0], [3.0, -1.0]])
Y = jnp.array([0.5, 2.0])
params = {'w': w, 'b': b}
g = vmap(grad(loss), in_axes=(None, 0, 0))(params, X, Y)
J = jnp.sum(g['w']**2) + jnp.sum(jnp.abs(g['b']))
""", "wb"),
    "the residual of a differential equation": ("""def u(x, w):
    return jnp.sum(w * jnp.tanh(w * x))
x = jnp.array([0.1, 0.5, 0.9])
w = jnp.array([0.3, -0.8])
u_x = vmap(grad(u), (0, None))(x, w)
u_xx = vmap(grad(grad(u)), in_axes=(0, None))(x, w)
J = jnp.mean((u_xx + u_x)**2)
""", "xw"),
    "a derivative with a name": ("""def f(x):
    return jnp.sin(x) * x**2
df = grad(f)
x = jnp.array([0.1, 0.5, -1.0])
J = jnp.sum(vmap(df)(x)**2)
""", "x"),
    "values and gradients": ("""def f(x, a):
    return jnp.sum(a * x**3)
X = jnp.array([[1.0, 2.0], [0.5, -1.0]])
a = jnp.array([2.0, 3.0])
values, gradients = vmap(value_and_grad(f), in_axes=(0, None))(X, a)
J = jnp.sum(values) + jnp.sum(gradients**2)
""", "Xa"),
    "vmap along other axes": ("""X = jnp.array([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])
f = lambda v: v / jnp.sum(v**2)
Z = vmap(f, in_axes=1, out_axes=1)(X)
C = jnp.array([[1.0, 2.0, -1.0], [3.0, 0.5, 1.0]])
J = jnp.sum(C * Z)
""", "X"),
    "jacfwd and jacrev": ("""def f(W):
    return jnp.tanh(jnp.dot(A, W))
A = jnp.array([[0.52, 1.12, 0.77], [0.88, -1.08, 0.15]])
W = jnp.array([0.1, 0.2, -0.3])
F = jacfwd(f)(W)
R = jacrev(f)(W)
C = jnp.array([[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0]])
J = jnp.sum(C * F) + jnp.sum(C * R**2)
""", ""),
    "a Hessian by hand": ("""def hessian(f):
    return jacfwd(jacrev(f))
def f(x):
    return x[0]**2 * x[1] + jnp.sin(x[1]) * x[2]
x = jnp.array([1.0, 2.0, 0.5])
H = hessian(f)(x)
C = jnp.array([[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0], [1.0, 1.0, 4.0]])
J = jnp.sum(C * H)
""", ""),
    "the Hessian": ("""def f(x, y):
    return jnp.sum(x**3) * y + jnp.prod(x)
x = jnp.array([1.0, 2.0])
y = 3.0
H = jax.hessian(f)(x, y)
G = jax.jacfwd(jax.grad(lambda v: f(v, 2.0)))(x)
J = jnp.sum(H * jnp.array([[1.0, 2.0], [3.0, 4.0]])) + jnp.sum(G**2)
""", ""),
    "several arguments": ("""def f(W, b):
    return jnp.tanh(W * b)
W = jnp.array([0.1, 0.2, -0.3])
b = 0.7
JW, Jb = jacrev(f, argnums=(0, 1))(W, b)
J = jnp.sum(JW**2) + jnp.sum(Jb**3)
""", ""),
    "Jacobians times vectors": ("""def f(W):
    return jnp.tanh(jnp.dot(A, W))
A = jnp.array([[0.52, 1.12, 0.77], [0.88, -1.08, 0.15]])
W = jnp.array([0.1, 0.2, -0.3])
v = jnp.array([1.0, -1.0, 2.0])
y, u = jvp(f, (W,), (v,))
z, f_vjp = vjp(f, W)
back, = f_vjp(jnp.array([2.0, -1.0]))
J = jnp.sum(y * u) + jnp.sum(z) + jnp.sum(back**2)
""", ""),
    "a Hessian times a vector": ("""def f(x):
    return jnp.sum(x**4) + x[0] * x[1]
def hvp(f, x, v):
    return grad(lambda x: jnp.vdot(grad(f)(x), v))(x)
x = jnp.array([1.0, 2.0])
v = jnp.array([0.5, -1.0])
p = jvp(grad(f), (x,), (v,))[1]
J = jnp.sum(p**2)
""", ""),
}

PROGRAMS_OF_TORCH = {
    "per-example gradients": ("""def loss(w, x, y):
    return (x @ w - y)**2
w = torch.tensor([1.0, -1.0], requires_grad=True)
X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
Y = torch.tensor([0.5, -0.5])
g = vmap(grad(loss), in_dims=(None, 0, 0))(w, X, Y)
J = (g**2).sum()
""", "w"),
    "torch.func": ("""def f(x):
    return torch.sum(torch.sin(x) * x**2)
x = torch.tensor([1.0, 2.0, -0.5])
H = hessian(f)(x)
R = jacrev(lambda x: torch.sin(x) * x)(x)
value, move = jvp(f, (x,), (torch.tensor([1.0, 0.5, 2.0]),))
out, back = vjp(lambda x: x**2, x)
g, = back(torch.tensor([1.0, 2.0, 3.0]))
C = torch.tensor([[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0], [1.0, 1.0, 4.0]])
J = (C * H).sum() + (C * R**2).sum() + move * value + (g**2).sum()
""", ""),
    "torch.autograd.functional": ("""def f(x):
    return (x**3).sum() * x[0]
x = torch.tensor([1.0, 2.0])
H = torch.autograd.functional.hessian(f, x)
R = torch.autograd.functional.jacobian(lambda x: x**2, x)
J = (H * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum() + (R**2).sum()
""", ""),
}


def evaluate(tool, text, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.py"
        path.write_text(text)
        found = json.loads(run(tool, "eval", path, "--of", "J", "--format", "json"))
    return {node["name"]: node for node in found["nodes"] if node["name"]}


def derivative_in_jax(head, text, name):
    """dJ/dname, where the line that gives the name its value gives another one."""
    lines = text.splitlines()
    place = next(index for index, line in enumerate(lines) if line.startswith(f"{name} = "))

    def function(value):
        scope = {name: value}
        exec(head + "\n".join(lines[:place] + lines[place + 1:]), scope)
        return scope["J"]

    scope = {}
    exec(head + lines[place], scope)
    return jax.grad(function)(jnp.asarray(scope[name]))


def close(own, expected):
    return np.allclose(np.asarray(own, dtype=float), np.asarray(expected), rtol=1e-11, atol=1e-11)


def main():
    tool = sys.argv[1]
    for head, programs in [(JAX, PROGRAMS_OF_JAX), (TORCH, PROGRAMS_OF_TORCH)]:
        for name, (text, inputs) in programs.items():
            scope = {}
            exec(head + text, scope)
            nodes = evaluate(tool, head + text, name)
            expected = scope["J"].detach() if head is TORCH else scope["J"]
            check(close(nodes["J"]["value"], expected), f"{name}: {nodes['J']['value']} {expected}")
            if head is TORCH and inputs:
                scope["J"].backward()
            for source in inputs:
                wanted = scope[source].grad if head is TORCH else derivative_in_jax(head, text, source)
                own = nodes[source]["derivative"]
                check(close(own, wanted), f"{name}: by {source} {own} {wanted}")
    finish("derivatives of functions beside JAX and PyTorch")


if __name__ == "__main__":
    main()
