# Lagrange multiplier / optimisation notebook: golden section, Simpson, Fourier series
import numpy as np
f = lambda x: np.sin(x) * np.exp(-x / 5)
def simpson(f, a, b, n=10):
    h = (b - a) / n
    s = f(a) + f(b)
    s += 4 * sum(f(a + i * h) for i in range(1, n, 2))
    s += 2 * sum(f(a + i * h) for i in range(2, n, 2))
    return s * h / 3
I = simpson(f, 0.0, np.pi)
phi = (np.sqrt(5) - 1) / 2
a, b = 0.0, 3.0
while abs(b - a) > 1e-3:
    c, d = b - phi * (b - a), a + phi * (b - a)
    if f(c) > f(d):
        b = d
    else:
        a = c
xmax = (a + b) / 2
n = np.arange(1, 6)
x = np.linspace(0, 1, 5)
coeffs = 2 * (1 - (-1.0) ** n) / (n * np.pi)
series = (coeffs[:, None] * np.sin(np.outer(n, np.pi * x))).sum(axis=0)
rms = np.sqrt(np.mean((series - 1) ** 2))
y = I + xmax + rms
