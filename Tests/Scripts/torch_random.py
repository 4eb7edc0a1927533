"""Holds what is drawn after `torch.manual_seed(n)` against PyTorch, bit for bit, and that of JAX's keys.

    python3 Tests/Scripts/torch_random.py GRAPHVIZ_GRAD [SEED]

Programs draw in a random order from one stream, as the later numbers depend on how many the earlier ones took;
then come layers, the functions of nn.init, and what is dropped, chosen and put in order.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

from common import check, finish, seed_of_programs

HEAD = """import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import TensorDataset, DataLoader
from torch.distributions import Normal, Categorical, Bernoulli
"""

SHAPES = ["3", "2, 3", "(4, 4)", "1", "15", "16", "17", "5, 7", "33", "2, 3, 4", "100", "size=(3, 2)", "()"]
KEYWORDS = ["", ", generator=g", ", dtype=torch.float32", ", dtype=torch.float64"]
SINGLE, MIXED, DOUBLE = range(3)


def draw(dice, precision):
    shape = dice.choice(SHAPES)
    bare = shape.replace("size=", "")
    size = f"({bare},)" if bare.isdigit() else bare if bare.startswith("(") else f"({bare})"
    keywords = dice.choice(KEYWORDS[:-1] if precision == SINGLE else KEYWORDS)
    generator = dice.choice(["", ", generator=g"])
    if shape == "()":
        # A number of a generator is a plain one, and no node.
        keywords = generator = ""
    filled = "(1,)" if shape == "()" else size
    low, high = dice.uniform(-2, 0), dice.uniform(0.1, 2)
    # Of these PyTorch takes the type of another array, which has to be that of all.
    alike = [] if precision == MIXED else [
        f"torch.normal(torch.full({filled}, {low}), {high}{generator})",
        f"torch.normal(torch.full({filled}, {low}), torch.full({filled}, {high}))",
        f"torch.normal({low}, torch.full({filled}, {high}))", f"torch.randn_like(torch.ones({filled}))",
        f"torch.bernoulli(torch.full({filled}, {high / 3}))"]
    return dice.choice(alike + [
        f"torch.rand({shape}{keywords})", f"torch.randn({shape}{keywords})",
        f"torch.randn({shape}{keywords})", f"torch.normal({low}, {high}, {size}{generator})",
        f"torch.normal(mean={low}, std={high}, size={size})",
        f"torch.randint({dice.randint(1, 9)}, {size}{generator})", f"torch.randint(-3, {dice.randint(1, 2**33)}, {size})",
        f"torch.randint(low=0, high=4, size={size})", f"torch.randperm({dice.randint(1, 20)}{generator})",
        f"torch.empty{filled}.uniform_({low}, {high}{generator})",
        f"torch.zeros{filled}.normal_({low}, {high}{generator})",
        f"torch.empty{filled}.exponential_()",
        f"torch.empty{filled}.bernoulli_({high / 3})",
        f"torch.zeros{filled}.random_(2, 7)",
        f"torch.rand_like(torch.ones({filled}), dtype=torch.float32)",
        f"torch.randn_like(torch.ones({filled}){KEYWORDS[2 if precision == SINGLE else 3]})",
        f"torch.bernoulli(torch.full({filled}, {high / 3}), p={high / 3})",
        f"torch.multinomial(torch.tensor([0.1, 0.5, 0.4]), {dice.randint(1, 3)}{generator})",
        f"torch.multinomial(torch.tensor([[0.1, 0.5, 0.4], [1.0, 2.0, 0.0]]), {dice.randint(1, 30)}, replacement=True)",
    ])


LAYERS = ["nn.Linear(3, 2)", "nn.Linear(20, 5, bias=False)", "nn.Linear(3, 2, dtype=torch.float64)",
          "nn.Conv1d(2, 3, 4)", "nn.Conv2d(1, 4, 3)", "nn.Conv2d(2, 3, (2, 3), bias=False)", "nn.Embedding(7, 3)",
          "nn.Embedding(3, 2)", "nn.RNNCell(3, 2)", "nn.GRUCell(3, 2, bias=False)", "nn.LSTMCell(2, 3)",
          "nn.RNN(2, 3)", "nn.LSTM(2, 3, num_layers=2, bidirectional=True)", "nn.GRU(3, 4, num_layers=2)",
          "nn.MultiheadAttention(4, 2)", "nn.TransformerEncoderLayer(4, 2, dim_feedforward=8)", "nn.LayerNorm(3)",
          "nn.BatchNorm1d(3)", "nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))"]

STARTS = ["nn.init.xavier_uniform_(w)", "nn.init.xavier_normal_(w, gain=2.0)", "nn.init.kaiming_uniform_(w)",
          "nn.init.kaiming_normal_(w, nonlinearity='relu')", "nn.init.kaiming_normal_(w, mode='fan_out')",
          "nn.init.kaiming_uniform_(w, a=0.3)", "nn.init.uniform_(w, -0.1, 0.2)", "nn.init.normal_(w, 0.5, 0.01)",
          "nn.init.trunc_normal_(w, std=0.02)", "nn.init.trunc_normal_(w, 0.5, 2.0, -1.0, 1.5)",
          "nn.init.normal_(w, std=0.02)", "nn.init.xavier_uniform_(w, gain=nn.init.calculate_gain('tanh'))",
          "w.normal_(0, 0.1)", "w.uniform_(-0.3, 0.4)", "w.data.normal_(0, 0.1)", "w.data.uniform_(-1, 1)"]


def numbers(tool, text):
    """The values of a program's names, and what PyTorch has for them."""
    scope = {}
    exec(text, scope)
    torch.set_default_dtype(torch.float32)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.py"
        path.write_text(text)
        done = subprocess.run([tool, "eval", str(path), "--format", "json"], capture_output=True, text=True)
    check(done.returncode == 0, f"{text}\n{done.stderr[:600]}")
    if done.returncode:
        return {}, scope
    return {node["name"]: node["value"] for node in json.loads(done.stdout)["nodes"] if node["name"]}, scope


def same(own, theirs):
    theirs = theirs.detach().double().numpy()
    return own is not None and np.array_equal(np.array(own, dtype=float).reshape(theirs.shape), theirs)


def compare_draws(tool, seed, precision):
    dice = random.Random(seed)
    lines = ["torch.set_default_dtype(torch.float64)"] if precision == DOUBLE else []
    lines += ["g = torch.Generator().manual_seed(2147483647)", f"torch.manual_seed({seed})"]
    draws = [draw(dice, precision) for _ in range(12)]
    lines += [f"a{place} = {text}" for place, text in enumerate(draws)]
    lines.append("J = " + " + ".join(f"(1.0 * a{place}).sum()" for place in range(len(draws))))
    found, scope = numbers(tool, HEAD + "\n".join(lines) + "\n")
    for place, text in enumerate(draws):
        check(same(found.get(f"a{place}"), scope[f"a{place}"]),
              f"{text} after seed {seed}, number {place}: {found.get(f'a{place}')} {scope[f'a{place}']}")


def compare_layer(tool, layer, seed):
    # What PyTorch draws after the layer says how many numbers it took.
    text = HEAD + f"torch.manual_seed({seed})\nlayer = {layer}\nafter = torch.rand(2)\nJ = after.sum()\n"
    lines = []
    scope = {}
    exec(text, scope)
    for name, _ in scope["layer"].named_parameters():
        path = name.replace("0.", "[0].", 1) if name[0] == "0" else name.replace("2.", "[2].", 1) if name[0] == "2" else "." + name
        lines.append(f"J = J + layer{path}.sum()")
    found, scope = numbers(tool, text + "\n".join(lines) + "\n")
    check(same(found.get("after"), scope["after"]), f"{layer} takes other numbers: {found.get('after')} {scope['after']}")
    for name, value in scope["layer"].named_parameters():
        path = "layer." + name
        for number in "02":
            path = path.replace(f"layer.{number}.", f"layer[{number}].")
        check(same(found.get(path), value), f"{layer}, {path}: {found.get(path)} {value}")


def compare_start(tool, start, seed):
    shapes = [("nn.Linear(4, 5)", "w.weight"), ("nn.Conv2d(2, 3, 2)", "w.weight"), ("nn.Linear(3, 2)", "w.weight")]
    for layer, name in shapes:
        text = HEAD + f"torch.manual_seed({seed})\nw = {layer}\nwith torch.no_grad():\n    {start.replace('w', name, 1) if start[0] == 'w' else start.replace('(w', '(' + name)}\nafter = torch.rand(2)\n"
        found, scope = numbers(tool, text + f"J = {name}.sum() + after.sum()\n")
        check(same(found.get(name), scope["w"].weight), f"{start} of {layer}: {found.get(name)} {scope['w'].weight}")
        check(same(found.get("after"), scope["after"]), f"after {start} of {layer}")
    for shape in ["(4, 5)", "(2, 3)"]:
        text = HEAD + (f"torch.manual_seed({seed})\nw = nn.Parameter(torch.empty{shape})\nwith torch.no_grad():\n    {start}\n"
                       "after = torch.rand(2)\nJ = w.sum() + after.sum()\n")
        found, scope = numbers(tool, text)
        check(same(found.get("w"), scope["w"]), f"{start} of a parameter: {found.get('w')} {scope['w']}")
        check(same(found.get("after"), scope["after"]), f"after {start}")


def compare_rest(tool, seed):
    """Dropout, and the order of examples."""
    lines = [f"torch.manual_seed({seed})", "x = torch.arange(1.0, 21.0)", "a = F.dropout(x, 0.25)",
             "drop = nn.Dropout(0.5)", "b = drop(x)", "X = torch.arange(10.0).reshape(10, 1)",
             "loader = DataLoader(TensorDataset(X, 2 * X), batch_size=4, shuffle=True)",
             "xb, yb = next(iter(loader))", "c = xb + yb", "d = torch.rand(3)", "e = Normal(torch.tensor([0.5, -1.0]), 2.0).sample((3,))", "f = Normal(0.25, torch.tensor([0.5, 1.0])).rsample()",
             "g = Categorical(torch.tensor([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])).sample((4,))",
             "h = Bernoulli(torch.tensor([0.3, 0.6])).sample((3,))", "i = Categorical(logits=torch.tensor([0.5, 1.0, -2.0])).sample([5])",
             "J = a.sum() + b.sum() + c.sum() + d.sum() + (1.0*e).sum() + f.sum() + (1.0*g).sum() + (1.0*h).sum() + (1.0*i).sum()"]
    found, scope = numbers(tool, HEAD + "\n".join(lines) + "\n")
    for name in "abcdefghi":
        check(same(found.get(name), scope[name]) or np.allclose(found.get(name), scope[name], rtol=1e-6),
              f"{name} of dropout, batches and distributions: {found.get(name)} {scope[name]}")


def compare_transformer(tool, settings, seed):
    """What a layer of a transformer drops: of its shares, of what it adds, and within."""
    text = HEAD + (f"torch.manual_seed({seed})\nlayer = nn.TransformerEncoderLayer(4, 2, dim_feedforward=8, {settings})\n"
                   "x = torch.randn(3, 5, 4)\ny = layer(x)\nafter = torch.rand(2)\nJ = (y**2).sum() + after.sum()\n")
    found, scope = numbers(tool, text)
    check(same(found.get("after"), scope["after"]), f"after a layer of a transformer with {settings}")
    check(np.allclose(found.get("y"), scope["y"].detach(), atol=1e-5),
          f"a layer of a transformer with {settings}: {found.get('y')} {scope['y']}")


def compare_jax(tool):
    """The functions of jax.random, to within the last bit; what chooses gives the very choices."""
    draws = ["jax.random.choice(k, 7, (5,))", "jax.random.choice(k, jnp.array([2.0, 3.0, 5.0]), (2, 2))",
             "jax.random.choice(k, 9, (4,), replace=False)",
             "jax.random.choice(k, 3, (6,), p=jnp.array([0.2, 0.5, 0.3]))", "jax.random.gumbel(k, (4,))",
             "jax.random.categorical(k, jnp.array([0.5, 1.0, -1.0]), shape=(8,))",
             "jax.random.categorical(k, jnp.array([[0.5, 1.0, -1.0], [2.0, 0.0, 0.0]]))",
             "jax.random.exponential(k, (5,))", "jax.random.rademacher(k, (6,))",
             "jax.random.truncated_normal(k, -2.0, 2.0, (3, 3))", "jax.random.truncated_normal(k, -0.5, 1.0, (5,))"]
    lines = ["import jax", "import jax.numpy as jnp"]
    for place, draw in enumerate(draws):
        lines += [f"k{place} = jax.random.key({place})", f"a{place} = 1.0 * {draw.replace('(k', f'(k{place}')}"]
    lines.append("J = " + " + ".join(f"jnp.sum(a{place})" for place in range(len(draws))))
    found, scope = numbers(tool, "\n".join(lines) + "\n")
    for place, draw in enumerate(draws):
        own, theirs = np.array(found.get(f"a{place}"), dtype=float), np.asarray(scope[f"a{place}"], dtype=float)
        check(own.shape == theirs.shape and np.allclose(own, theirs, rtol=3e-6, atol=1e-6), f"{draw}: {own} {theirs}")


def main():
    tool, seed = sys.argv[1], seed_of_programs(2)
    for number in [0, 1, 42, 1337, 2**40 + 3] + list(range(seed, seed + 25)):
        compare_draws(tool, number, number % 3)
    for layer in LAYERS:
        compare_layer(tool, layer, seed)
    for start in STARTS:
        compare_start(tool, start, seed)
    compare_rest(tool, seed)
    for settings in ["batch_first=True", "dropout=0.3", "batch_first=True, norm_first=True, dropout=0.25"]:
        compare_transformer(tool, settings, seed)
    compare_jax(tool)
    finish("random numbers of PyTorch")


if __name__ == "__main__":
    main()
