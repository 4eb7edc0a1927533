"""Programs of more kinds, as people have them, that the tests record."""

import math
import threading

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import parametrizations
from torch.utils.checkpoint import checkpoint_sequential


class Decoder(nn.Module):
    """A block of a language model that goes on from the keys and values of the words before."""

    def __init__(self, width=8, heads=2):
        super().__init__()
        self.heads, self.norm = heads, nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x, past=None):
        batch, length, width = x.shape
        q, k, v = (
            part.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in self.qkv(self.norm(x)).chunk(3, dim=-1))
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        scores = q @ k.transpose(-2, -1) / math.sqrt(k.size(-1))
        mask = torch.tril(torch.ones(k.size(2), k.size(2), dtype=torch.bool))[-length:]
        weights = scores.masked_fill(~mask, float("-inf")).softmax(-1)
        y = (weights @ v).transpose(1, 2).reshape(batch, length, width)
        return x + self.out(y), (k, v)


def decoder_with_cache():
    words, block, ids = nn.Embedding(11, 8), Decoder(), torch.randint(0, 11, (2, 5))
    x, past = block(words(ids[:, :3]))
    y, past = block(words(ids[:, 3:]), past)
    logits = torch.cat([x, y], 1) @ words.weight.T
    loss = F.cross_entropy(logits.view(-1, 11), ids.view(-1), ignore_index=3)
    loss.backward()
    return block


def variational():
    encoder, decoder, x = nn.Linear(6, 4), nn.Linear(2, 6), torch.rand(3, 6)
    to_mu, to_logvar, h = nn.Linear(4, 2), nn.Linear(4, 2), F.silu(encoder(x))
    mu, logvar = to_mu(h), to_logvar(h)
    kept = logvar.clamp(-4, 4)
    std = torch.exp(kept / 2)
    scale = std.clamp(min=0.1)
    y = decoder(mu + scale * torch.randn_like(std))
    loss = F.mse_loss(y, x) - torch.sum(1 + kept - mu.pow(2) - kept.exp()) / 2
    loss.backward()
    return encoder, decoder


def policy():
    actor, critic, s, R = nn.Linear(4, 3), nn.Linear(4, 1), torch.randn(6, 4), torch.randn(6)
    choice = torch.distributions.Categorical(logits=actor(s))
    v, a = critic(s).squeeze(-1), choice.sample()
    gain, logp = (R - v).detach(), choice.log_prob(a)
    ratio = (logp - logp.detach()).exp()
    surrogate = torch.min(ratio * gain, ratio.clamp(0.8, 1.2) * gain)
    loss = -surrogate.mean() + F.mse_loss(v, R) / 2 - choice.entropy().mean() / 100
    loss.backward()
    return actor, critic


def mixture_of_experts():
    experts, gate, x = nn.ModuleList(nn.Linear(4, 4) for _ in range(3)), nn.Linear(4, 3), torch.randn(6, 4)
    w, chosen = gate(x).softmax(-1).topk(2)
    w, out = w / w.sum(-1, keepdim=True), torch.zeros_like(x)
    for number, expert in enumerate(experts):
        token, slot = (chosen == number).nonzero(as_tuple=True)
        out.index_add_(0, token, w[token, slot, None] * expert(x[token]))
    loss = out.pow(2).mean()
    loss.backward()
    return experts, gate


def rotated():
    q, k = torch.randn(1, 4, 6, requires_grad=True), torch.randn(1, 4, 6, requires_grad=True)
    angles = torch.outer(torch.arange(4.0), 1 / 10_000 ** (torch.arange(0, 6, 2) / 6))
    cos, sin = angles.cos(), angles.sin()

    def turned(x):
        even, odd = x[..., ::2], x[..., 1::2]
        return torch.stack([even * cos - odd * sin, even * sin + odd * cos], -1).flatten(-2)

    loss = F.scaled_dot_product_attention(turned(q), turned(k), k, is_causal=True).sum()
    loss.backward()
    return q, k


def parametrized():
    net = nn.Sequential(
        parametrizations.weight_norm(nn.Linear(4, 5)), nn.ELU(), parametrizations.spectral_norm(nn.Linear(5, 3)),
        parametrizations.orthogonal(nn.Linear(3, 3)))
    loss = net(torch.randn(2, 4)).pow(2).sum()
    loss.backward()
    return net


def checkpointed_parts():
    net, x = nn.Sequential(*[nn.Sequential(nn.Linear(4, 4), nn.Tanh()) for _ in range(4)]), torch.randn(2, 4)
    y = checkpoint_sequential(net, 2, x.requires_grad_(), use_reentrant=False)
    loss = y.square().mean()
    loss.backward()
    return net


def linear_algebra():
    A, b = torch.randn(3, 3, requires_grad=True), torch.randn(3, requires_grad=True)
    S = A @ A.T + 3 * torch.eye(3)
    values, vectors = torch.linalg.eigh(S)
    y = torch.linalg.solve(S, b)
    loss = values[0] * vectors[0].pow(2)[1] + torch.linalg.svdvals(A).sum() + torch.logdet(S) + y.norm()
    loss.backward()
    return A, b


def other_threads():
    x, found = torch.randn(3, requires_grad=True), [None, None]

    def work(number):
        found[number] = (x * (number + 1)).sin().sum()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for one in threads:
        one.start()
        one.join()
    loss = found[0] + found[1]
    loss.backward()
    return x


def weighed():
    """Sums whose second operand is weighed, quotients that are rounded, and what is taken from something."""
    a, b, c = (torch.rand(3, requires_grad=True) for _ in range(3))
    t = torch.add(a, b, alpha=3) * torch.sub(a, b, alpha=0.5)
    t.add_(c, alpha=2)
    u = torch.rsub(t, c) + torch.rsub(a, 2) + torch.rsub(a, b, alpha=4)
    v = torch.addmm(u, a[:, None], b[None], beta=2, alpha=3) + torch.addmv(u, a[:, None] * c, b, beta=0.5)
    w = v * torch.div(a * 5, b, rounding_mode="floor") + torch.div(c * 5, 2, rounding_mode="trunc") * b
    nothing = a.masked_select(a < 0).pow(2).sum()
    loss = w.square().mean() + nothing
    loss.backward()
    return a, b, c


def hooked():
    """A module with a hook on its gradients, whose result has another."""
    net, x = nn.Linear(3, 2), torch.randn(4, 3)
    net.register_full_backward_hook(lambda module, given, taken: None)
    h = net(x)
    h.register_hook(lambda gradient: 2 * gradient)
    loss = h.square().mean()
    loss.backward()
    return net.weight, net.bias


KINDS = [
    weighed,
    decoder_with_cache, variational, policy, mixture_of_experts, rotated, parametrized, checkpointed_parts, linear_algebra,
    other_threads]
