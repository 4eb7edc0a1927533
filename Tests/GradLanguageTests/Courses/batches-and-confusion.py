# batch iterator generator, shuffling with seed, accuracy, confusion matrix
import numpy as np
np.random.seed(10)
X = np.random.randn(7, 2)
t = (X[:, 0] + X[:, 1] > 0).astype(int)
def batches(X, t, size=3, shuffle=True):
    idx = np.arange(len(X))
    if shuffle:
        np.random.shuffle(idx)
    for start in range(0, len(X), size):
        b = idx[start:start + size]
        yield X[b], t[b]
w = np.array([0.5, -0.2]); b = 0.1
losses = []
for xb, tb in batches(X, t):
    p = 1 / (1 + np.exp(-(xb @ w + b)))
    losses.append(-np.mean(tb * np.log(p) + (1 - tb) * np.log(1 - p)))
pred = (1 / (1 + np.exp(-(X @ w + b))) > 0.5).astype(int)
cm = np.zeros((2, 2), dtype=int)
for a, q in zip(t, pred):
    cm[a][q] += 1
acc = np.trace(cm) / cm.sum()
precision = cm[1, 1] / max(1, cm[:, 1].sum())
y = np.mean(losses) + acc + precision
