import numpy as np
# Softmax regression with mini-batches; notebook prints and asserts; SGD schedule
np.random.seed(5)
N, D, K = 6, 3, 3
X = np.random.rand(N, D).astype(np.float64)
t = np.random.randint(0, K, size=N)
onehot = np.eye(K)[t]
W = 0.01 * np.random.randn(D, K)
b = np.zeros((1, K))
def forward(X, W, b):
    scores = X @ W + b
    scores -= scores.max(axis=1, keepdims=True)
    exp = np.exp(scores)
    return exp / exp.sum(axis=1, keepdims=True)
probs = forward(X, W, b)
assert np.allclose(probs.sum(axis=1), 1)
data_loss = -np.log(probs[range(N), t]).mean()
reg = 0.5 * 1e-2 * np.sum(W ** 2)
loss = data_loss + reg
dscores = probs.copy()
dscores[range(N), t] -= 1
dscores /= N
dW = X.T @ dscores + 1e-2 * W
db = dscores.sum(axis=0, keepdims=True)
numeric = np.zeros_like(W)
h = 1e-5
for i in range(D):
    for j in range(K):
        old = W[i, j]
        Wp = W.copy(); Wp[i, j] = old + h
        Wm = W.copy(); Wm[i, j] = old - h
        lp = -np.log(forward(X, Wp, b)[range(N), t]).mean() + 0.5 * 1e-2 * np.sum(Wp ** 2)
        lm = -np.log(forward(X, Wm, b)[range(N), t]).mean() + 0.5 * 1e-2 * np.sum(Wm ** 2)
        numeric[i, j] = (lp - lm) / (2 * h)
rel = np.max(np.abs(numeric - dW) / np.maximum(1e-8, np.abs(numeric) + np.abs(dW)))
print('max relative error: %e' % rel)
