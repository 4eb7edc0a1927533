import math
from collections import defaultdict, namedtuple
from dataclasses import dataclass
from functools import partial, reduce

import torch

Layer = namedtuple("Layer", ["w", "b"])


@dataclass
class Config:
    rate: float
    steps: int = 2


class Batches:
    def __init__(self, xs, size):
        self.xs = xs
        self.size = size

    def __len__(self):
        return len(self.xs)

    def __getitem__(self, i):
        return self.xs[i], self.xs[i] * 2

    @property
    def scale(self):
        return 1.0 / self.size

    @classmethod
    def of(cls, *xs):
        return cls(list(xs), 2)

    @staticmethod
    def square(v):
        return v * v


def pairs(n, *, start=0):
    for i in range(start, n):
        yield i, i + 1


@torch.no_grad()
def frozen(v):
    return v * 3


x = torch.tensor(1.5, requires_grad=True)
w = torch.tensor(-0.5, requires_grad=True)
config = Config(0.25)
layer = Layer(w * 2, b=x + 1)
data = Batches.of(1.0, 2.0, 3.0)

table = {}
table[0, 1] = x * w
table.update({"bias": layer.b}, gain=2.0)
table.setdefault("gain", 7.0)
seen = set()
counts = defaultdict(float)
for key in [3, 1, 3, 2]:
    if key in seen:
        continue
    seen.add(key)
    counts["sum"] += key * x
total = table[(0, 1)] * table["gain"] + table["bias"] + counts["sum"]
for i in range(len(data)):
    a, b = data[i]
    total = total + (layer.w * a - b) ** 2 * data.scale
for i, j in pairs(3, start=1):
    total = total + Batches.square(x) * i / j
order = sorted([3.0, 1.0, 2.0], reverse=True)
words = sorted([("b", 2.0), ("a", 5.0)], key=lambda p: p[1])
longest = max(words, key=lambda p: p[1])[1]
kept = reduce(lambda u, v: u * v, filter(lambda v: v > 1, order))
scaled = partial(lambda k, v: k * v, 0.5)
first, second = next(iter([(1.0, 4.0), (2.0, 8.0)]))
rounded = round(2.675, 2) + round(0.5) + math.floor(-1.5) + math.ceil(1.2)
loss = total * config.rate + scaled(w) * order[0] * kept + frozen(w) * x + longest * rounded * x + second * w
loss.backward()
