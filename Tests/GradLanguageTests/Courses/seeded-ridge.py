# by hand: w grad
import numpy as np

np.random.seed(7)
n, d = 12, 3
X = np.random.randn(n, d)
true_w = np.array([1.5, -2.0, 0.5])
y = X @ true_w + 0.1 * np.random.randn(n)
lam = 0.3
w = np.random.uniform(-0.5, 0.5, size=d)
residual = X.dot(w) - y
cost = residual @ residual / n + lam * np.sum(w ** 2)
grad = 2 * X.T @ residual / n + 2 * lam * w
