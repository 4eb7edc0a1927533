"""Models of other kinds whose recordings the tests compare with PyTorch: each computes a loss, goes back, and returns
what has to live on."""

import torch
from torch import nn
from torch.nn import functional as F


def variational_autoencoder():
    encode, decode, x = nn.Linear(4, 6), nn.Linear(3, 4), torch.rand(2, 4)
    mean, spread = encode(x).chunk(2, dim=-1)
    z = mean + torch.randn_like(spread) * torch.exp(0.5 * spread)
    fit = F.binary_cross_entropy_with_logits(decode(z), x, reduction="sum")
    divergence = -0.5 * torch.sum(1 + spread - mean.pow(2) - spread.exp())
    loss = fit + divergence
    loss.backward()
    return encode, decode


def generator_step():
    generator, critic = nn.Sequential(nn.Linear(2, 3), nn.Tanh()), nn.Sequential(nn.Linear(3, 4), nn.LeakyReLU(0.2), nn.Linear(4, 1))
    real, false = torch.randn(2, 3), generator(torch.randn(2, 2))
    of_real, of_false = critic(real), critic(false.detach())
    critic_loss = F.softplus(-of_real).mean() + F.softplus(of_false).mean()
    critic_loss.backward()
    with torch.no_grad():
        for parameter in critic.parameters():
            parameter -= 0.1 * parameter.grad
            parameter.grad = None
    loss = F.softplus(-critic(false)).mean()
    loss.backward()
    return generator, critic


def packed_sequences():
    rnn, head = nn.GRU(3, 4, batch_first=True), nn.Linear(4, 2)
    padded = torch.randn(2, 5, 3, requires_grad=True)
    packed = nn.utils.rnn.pack_padded_sequence(padded, torch.tensor([5, 3]), batch_first=True)
    output, last = rnn(packed)
    unpacked, lengths = nn.utils.rnn.pad_packed_sequence(output, batch_first=True)
    loss = F.cross_entropy(head(last[-1]), torch.tensor([0, 1])) + unpacked.mean()
    loss.backward()
    return padded, rnn, head


class Block(nn.Module):
    """A block of a vision transformer, with the cutting into patches before it."""

    def __init__(self, width=4, heads=2):
        super().__init__()
        self.heads, self.patches = heads, nn.Conv2d(1, width, 2, 2)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.places = nn.Parameter(0.1 * torch.randn(1, 5, width))
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, image):
        x = self.patches(image).flatten(2).transpose(1, 2)
        x = torch.cat((self.token.expand(len(x), -1, -1), x), dim=1) + self.places
        b, n, width = x.shape
        q, k, v = self.qkv(self.before(x)).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-2, -1) / (width // self.heads) ** 0.5).softmax(dim=-1)
        x = x + self.proj((weights @ v).transpose(1, 2).reshape(b, n, width))
        x = x + self.mlp(self.after(x))
        return x[:, 0]


def vision_transformer():
    block = Block()
    loss = F.cross_entropy(block(torch.randn(2, 1, 4, 4)), torch.tensor([1, 3]))
    loss.backward()
    return block


def contrastive():
    encode = nn.Linear(5, 3)
    first, second = F.normalize(encode(torch.randn(3, 5)), dim=1), F.normalize(encode(torch.randn(3, 5)), dim=1)
    both = torch.cat([first, second])
    likeness = both @ both.T / 0.5
    likeness = likeness.masked_fill(torch.eye(6, dtype=torch.bool), -1e9)
    loss = F.cross_entropy(likeness, torch.arange(6).roll(3))
    loss.backward()
    return encode


class Rounded(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, scale):
        ctx.save_for_backward(x, scale)
        return torch.round(x / scale) * scale, (x / scale).abs()

    @staticmethod
    def backward(ctx, of_rounded, of_size):
        x, scale = ctx.saved_tensors
        return of_rounded + of_size * torch.sign(x) / scale, (of_rounded * 0.5).sum().reshape(scale.shape)


def straight_through():
    x, scale = torch.randn(4, requires_grad=True), torch.tensor(0.3, requires_grad=True)
    rounded, size = Rounded.apply(x * 2, scale.exp())
    loss = (rounded**2).sum() + size.mean()
    loss.backward()
    return x, scale


def scheduled():
    w, x = torch.randn(3, requires_grad=True), torch.randn(4, 3)
    optimizer = torch.optim.AdamW([w], lr=0.1)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 3)
    for _ in range(3):
        optimizer.zero_grad()
        prediction = torch.sigmoid(x @ w)
        loss = F.binary_cross_entropy(prediction, torch.ones(4))
        loss.backward()
        optimizer.step()
        scheduler.step()
    return w, optimizer


class LowRank(nn.Module):
    def __init__(self, base, rank=2):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.A = nn.Parameter(torch.randn(rank, base.in_features))
        self.B = nn.Parameter(torch.randn(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + 0.5 * (x @ self.A.T @ self.B.T)


def low_rank():
    net = nn.Sequential(LowRank(nn.Linear(3, 4)), nn.ReLU(), LowRank(nn.Linear(4, 2)))
    loss = net(torch.randn(2, 3)).square().mean()
    loss.backward()
    return net


def messages_on_a_graph():
    x, source, target = torch.randn(4, 3, requires_grad=True), torch.tensor([0, 1, 2, 3, 0]), torch.tensor([1, 2, 3, 0, 2])
    layer = nn.Linear(3, 2)
    messages = layer(x)[source]
    degree = torch.zeros(4).scatter_add(0, target, torch.ones(5)).clamp(min=1)
    gathered = torch.zeros(4, 2).index_add(0, target, messages) / degree.unsqueeze(-1)
    spread = torch.zeros(4, 2).scatter_add(0, target.unsqueeze(-1).expand(-1, 2), messages.tanh())
    loss = (gathered.relu() * spread).logsumexp(0).sum()
    loss.backward()
    return x, layer


def cast_automatically():
    net, x = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)).float(), torch.randn(2, 3, dtype=torch.float32)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = F.mse_loss(net(x), torch.zeros(2, 2))
    loss.backward()
    return net


# Those with one pass.
MODELS = [
    variational_autoencoder, packed_sequences, vision_transformer, contrastive, straight_through, low_rank,
    messages_on_a_graph,
]
