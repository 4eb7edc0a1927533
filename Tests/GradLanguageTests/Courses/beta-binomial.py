# Bayesian: beta-binomial, grid posterior, HMC leapfrog, credible interval
import numpy as np
from math import lgamma, exp, log
heads, n = 7, 10
grid = np.linspace(0.01, 0.99, 99)
log_lik = heads * np.log(grid) + (n - heads) * np.log(1 - grid)
post = np.exp(log_lik - log_lik.max())
post /= np.trapezoid(post, grid)
mean = np.trapezoid(post * grid, grid)
cdf = np.cumsum(post) / np.sum(post)
lo, hi = grid[np.searchsorted(cdf, 0.05)], grid[np.searchsorted(cdf, 0.95)]
mode = grid[np.argmax(post)]
def log_beta(a, b): return lgamma(a) + lgamma(b) - lgamma(a + b)
evidence = exp(log_beta(heads + 1, n - heads + 1) - log_beta(1, 1))
def U(q): return -(heads * np.log(q) + (n - heads) * np.log(1 - q))
def dU(q): return -(heads / q - (n - heads) / (1 - q))
q, p = 0.5, 0.3
for _ in range(5):
    p -= 0.5 * 0.01 * dU(q)
    q += 0.01 * p
    p -= 0.5 * 0.01 * dU(q)
H = U(q) + 0.5 * p ** 2
