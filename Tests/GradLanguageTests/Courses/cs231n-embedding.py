# by hand: W dW
import numpy as np

# cs231n/rnn_layers.py
def word_embedding_forward(x, W):
    """Forward pass for word embeddings."""
    out, cache = None, None
    out = W[x]
    cache = x, W
    return out, cache

def word_embedding_backward(dout, cache):
    dW = None
    x, W = cache
    dW = np.zeros_like(W)
    np.add.at(dW, x, dout)
    return dW

np.random.seed(231)
N, T, V, D = 2, 3, 5, 2
x = np.random.randint(V, size=(N, T))
W = np.random.randn(V, D)
out, cache = word_embedding_forward(x, W)
dout = np.random.randn(*out.shape)
loss = np.sum(out * dout)
dW = word_embedding_backward(dout, cache)
