"""What Python's own operators give: the operand that settles 'and' and 'or', rests, orders and shared lists."""
from __future__ import annotations
import math
from collections import Counter
from typing import Callable, List

import numpy as np

Vector = List[float]
Matrix = List[List[float]]
Loss = Callable[[Vector, Vector], float]

x = 2.0


def scaled(value: float, k: float | None = None) -> float:
    k = k or 4
    return value * k


def first_above(values: Vector, bound: float) -> float:
    return next(v for v in values if v > bound)


weights: Vector = [0.5, 3.0, 7.0]
chosen = scaled(x) + scaled(x, 3) + x * (None or 7) + x * (5 and 6)
rests = x * (1 // 0.1) + x * (1 % 0.1) + x * (-7 // 2) + x * (-7.5 % 2) + x * divmod(7, -2)[1]
found = x * first_above(weights, 2.5)
counts = Counter("abracadabra")
letter = max(counts, key=counts.get)
common = x * counts[letter] * len(letter)
prob, state = max((x * p, s) for p, s in [(0.2, 'sunny'), (0.7, 'rainy'), (0.1, 'foggy')])
order = [x * k for k in set([3, 1, 2, 1])]
letters = x * (ord("c") - ord("a")) + x * len(chr(104) + chr(105))
grid = np.array(["left", "right"])
moves = x * len(grid) if grid[1] == "right" else x
gammas = x * math.lgamma(4.5) + x * math.gamma(5) + x * math.fmod(-7, 3)
close = x * math.isclose(0.1 + 0.2, 0.3) + x * np.allclose([1.0, 2.0], [1.0, 2.0 + 1e-9])
a = b = np.zeros(2)
c = a + 1
total = chosen + rests + found + common + prob + order[0] - order[2] + letters + moves + gammas + close + c.sum()
