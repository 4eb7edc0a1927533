"""Programs of PyTorch that the tests record; their names and calls are looked for there."""

from collections import namedtuple

import torch
import torch.utils.checkpoint
from torch import nn
from torch.nn import functional as F


class Case(nn.Module):
    """A published example whose inputs are parameters and buffers."""

    def __init__(self, function, inputs, constants):
        super().__init__()
        self.function, self.names = function, list(inputs)
        for name, value in inputs.items():
            tensor = torch.tensor(value, dtype=torch.float64)
            if name in constants:
                self.register_buffer(name, tensor)
            else:
                self.register_parameter(name, nn.Parameter(tensor))

    def forward(self):
        return self.function(*(getattr(self, name) for name in self.names))


class Network(nn.Module):
    def __init__(self, sizes=(3, 4, 2)):
        super().__init__()
        self.fc1 = nn.Linear(sizes[0], sizes[1])
        self.fc2 = nn.Linear(sizes[1], sizes[2])

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        return self.fc2(h)


def two_layers():
    net, x, y = Network(), torch.randn(2, 3), torch.tensor([0, 1])
    logits = net(x)
    loss = F.cross_entropy(logits, y)
    loss.backward()
    return net


def same_twice():
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    loss = (y * x).sum()
    loss.backward()
    return x


def in_place():
    a, v = torch.randn(3, 3, requires_grad=True), torch.randn(3, requires_grad=True)
    x = a * 2
    row = x[1]
    x += 1
    x[0] = v * 3
    turned = x.transpose(0, 1)
    turned.mul_(2)
    x.relu_()
    s = (row * x.sum()).sum()
    F.relu(s, inplace=False)
    loss = s + (x * x).mean()
    loss.backward()
    return a, v


def lstm_cell():
    cell, x = nn.LSTMCell(4, 3), torch.randn(2, 4)
    h, c = torch.zeros(2, 3), torch.zeros(2, 3)
    for _ in range(2):
        h, c = cell(x, (h, c))
    loss = (h * c).sum()
    loss.backward()
    return cell


def gru_cell():
    cell, x, h = nn.GRUCell(4, 3), torch.randn(2, 4), torch.randn(2, 3)
    h = cell(x, h)
    loss = (h * h).sum()
    loss.backward()
    return cell


def lstm():
    net, x = nn.LSTM(4, 3, 2, batch_first=True, bidirectional=True), torch.randn(2, 5, 4)
    out, (h, c) = net(x)
    loss = out.sum() + h.pow(2).sum()
    loss.backward()
    return net


def encoder_layer():
    layer, x = nn.TransformerEncoderLayer(8, 2, 16, 0.0, batch_first=True), torch.randn(2, 5, 8)
    y = layer(x)
    loss = y.square().mean()
    loss.backward()
    return layer


def encoder_layer_eval():
    layer, x = nn.TransformerEncoderLayer(8, 2, 16, 0.1, batch_first=True).eval(), torch.randn(2, 5, 8)
    loss = layer(x).square().mean()
    loss.backward()
    return layer


def attention():
    x = torch.randn(1, 2, 4, 4, requires_grad=True)
    y = F.scaled_dot_product_attention(x, x, x)
    loss = (y * y).sum()
    loss.backward()
    return x


def many():
    x = torch.randn(4, 6, requires_grad=True)
    a, b, c = x.split(2, 1)
    most, places = x.max(1)
    loss = (a * b).sum() + most.sum() + F.cross_entropy(x, torch.tensor([0, 1, 2, 3]))
    loss = loss + F.layer_norm(x, (6,)).pow(3).sum() + F.embedding(torch.tensor([1, 1, 2]), x).sum()
    loss = loss + x[torch.tensor([0, 0]), 1:3].sum() + torch.stack([c, a]).unbind(0)[0].exp().sum()
    loss = loss + torch.einsum("ij,kj->ik", x, x).mean() + x.cumsum(0).std() + (2 / x.exp() - 1).sum()
    q, r = torch.linalg.qr(x[:3, :3])
    loss = loss + (q * r).sum() + F.softplus(x).mean() + x.where(x > 0, x * 3).sum()
    loss.backward()
    return x


def convolutions():
    x = torch.randn(2, 1, 8, 8)
    first, second = nn.Conv2d(1, 3, 3, padding=1, bias=False), nn.Conv2d(3, 2, 3)
    norm = nn.BatchNorm2d(3)
    h = F.max_pool2d(F.relu(norm(first(x))), 2)
    h = F.dropout(second(h), 0.5)
    loss = h.mean()
    loss.backward()
    return first, second, norm


def without_gradient():
    x = torch.randn(3, requires_grad=True)
    y = x.detach() * 2
    with torch.no_grad():
        z = x * 3
    loss = (x * y + z).sum()
    loss.backward()
    return x


def checkpointed():
    net, x = Network(), torch.randn(2, 3)
    y = torch.utils.checkpoint.checkpoint(net, x, use_reentrant=False)
    loss = y.square().sum()
    loss.backward()
    return net


def checkpointed_late():
    """What runs again on the way back reads the factor that the loop has last."""
    x = torch.randn(3, requires_grad=True)
    y = x
    for factor in (2.0, 3.0):
        y = torch.utils.checkpoint.checkpoint(lambda v: torch.sin(v * factor), y, use_reentrant=False)
    y.sum().backward()


def checkpointed_reentrant():
    net, x = Network(), torch.randn(2, 3, requires_grad=True)
    y = torch.utils.checkpoint.checkpoint(net, x, use_reentrant=True)
    y.square().sum().backward()


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return 2 * x * gradient


def own_function():
    x = torch.randn(3, requires_grad=True)
    y = Square.apply(x)
    loss = (y * x).sum()
    loss.backward()
    return x


def functions():
    def f(a):
        return a * a + 1

    def g(a, b):
        u = f(a)
        return u * f(b)

    x, w = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
    L = g(x, w)
    L.backward()
    return x


def calls_within_calls():
    class Inner(nn.Module):
        def __init__(self):
            super().__init__()
            self.lin = nn.Linear(2, 2)

        def forward(self, x):
            return squashed(self.lin(x))

    class Outer(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = Inner()

        def forward(self, x):
            return twice(self.inner, x)

    def squashed(u):
        v = torch.tanh(u)
        return v

    def twice(module, x):
        return module(module(x))

    net, x = Outer(), torch.randn(1, 2)
    loss = net(x).sum()
    loss.backward()
    return net


def two_losses():
    net, x = Network(), torch.randn(2, 3)
    out = net(x)
    first = out.sum()
    second = (out * out).sum()
    first.backward(retain_graph=True)
    second.backward()
    return net


def mixed_precision():
    net, x = Network().float(), torch.randn(2, 3, dtype=torch.float32)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = net(x)
        loss = out.square().mean()
    loss.backward()
    return net


def padded_words():
    table, words = nn.Embedding(7, 3, padding_idx=0), torch.tensor([[0, 3, 3], [1, 0, 5]])
    loss = table(words).square().sum()
    loss.backward()
    return table


def changed_views():
    x = torch.randn(4, 4, requires_grad=True)
    y = x * 1
    y[1:3, :2] += x[:2, :2]
    y[:, 0].mul_(2)
    y.t()[2] = x[0]
    flat = y.view(-1)
    flat.clamp_(min=-1)
    loss = (flat * flat).sum()
    loss.backward()
    return x


def batched():
    w, x = torch.randn(3, requires_grad=True), torch.randn(4, 3)
    y = torch.func.vmap(lambda row: (row * w).sum().tanh())(x)
    loss = y.square().sum()
    loss.backward()
    return w


class Sampled(nn.Module):
    """An encoder as that of a variational autoencoder, whose results have names."""

    def __init__(self):
        super().__init__()
        self.both = nn.Linear(3, 4)

    def forward(self, x):
        mean, spread = self.both(x).chunk(2, 1)
        return Latent(mean, spread * 0.5)


Latent = namedtuple("Latent", "mean spread")


class Words(nn.Module):
    def forward(self, x):
        return {"a": x * 2, "b": [x.exp(), x.sin()]}, None


def named_parts():
    encode, words, x = Sampled(), Words(), torch.randn(2, 3)
    out = encode(x)
    z, _ = words(out.mean + torch.exp(out.spread))
    total = sum([z["a"].sum(), z["b"][1].mean(), out.mean.max(1).values.sum()])
    loss = total.view(()) * 1.5
    loss.backward()
    return encode


def hooked():
    w = torch.randn(3, requires_grad=True)
    w.register_hook(lambda gradient: gradient * 3)
    h = w.tanh()
    h.register_hook(lambda gradient: gradient * 2)
    loss = (h * h).sum()
    loss.backward()
    return w


# Those whose derivatives have to be the same as those of `retain_grad`, and whose contributions have to sum.
EXACT = [
    two_layers, same_twice, in_place, lstm_cell, gru_cell, lstm, encoder_layer, encoder_layer_eval, attention, many,
    convolutions, without_gradient, checkpointed, own_function, functions, calls_within_calls, padded_words,
    changed_views, batched, named_parts,
]
