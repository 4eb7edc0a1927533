# by hand: v gc, U go
import numpy as np
def softmax(x):
    x = x - np.max(x, axis=-1, keepdims=True)
    return np.exp(x) / np.exp(x).sum(-1, keepdims=True)
def naive(v, o, U):
    y_hat = softmax(U @ v)
    loss = -np.log(y_hat)[o]
    d = np.array(y_hat); d[o] -= 1.0
    return loss, d @ U, np.outer(d, v)
np.random.seed(314)
U, v = np.random.rand(4, 3), np.random.rand(3)
loss, gc, go = naive(v, 2, U)
