# UFLDL-ish autoencoder sparse cost
import numpy as np
def sigmoid(z): return 1.0 / (1.0 + np.exp(-z))
rng = np.random.RandomState(3)
visible, hidden, lam, rho, beta = 4, 2, 1e-3, 0.05, 3.0
r = np.sqrt(6) / np.sqrt(hidden + visible + 1)
W1 = rng.rand(hidden, visible) * 2 * r - r
W2 = rng.rand(visible, hidden) * 2 * r - r
b1 = np.zeros((hidden, 1)); b2 = np.zeros((visible, 1))
theta = np.concatenate((W1.reshape(-1), W2.reshape(-1), b1.ravel(), b2.ravel()))
data = rng.rand(visible, 5)
w1 = theta[:hidden * visible].reshape(hidden, visible)
w2 = theta[hidden * visible:2 * hidden * visible].reshape(visible, hidden)
m = data.shape[1]
a2 = sigmoid(w1 @ data + b1)
a3 = sigmoid(w2.dot(a2) + b2)
rho_hat = np.sum(a2, axis=1, keepdims=True) / m
kl = rho * np.log(rho / rho_hat) + (1 - rho) * np.log((1 - rho) / (1 - rho_hat))
cost = 0.5 * np.sum((a3 - data) ** 2) / m + lam / 2 * (np.sum(w1 ** 2) + np.sum(w2 ** 2)) + beta * np.sum(kl)
