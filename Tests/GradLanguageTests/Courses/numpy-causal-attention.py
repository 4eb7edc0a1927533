# transformer-ish with einsum & rotary (jax-like in numpy)
import numpy as np
np.random.seed(3)
T, D, H = 3, 4, 2
x = np.random.randn(T, D)
Wq, Wk, Wv = (np.random.randn(D, D) / np.sqrt(D) for _ in range(3))
def split(h): return h.reshape(T, H, D // H).transpose(1, 0, 2)
q, k, v = map(split, (x @ Wq, x @ Wk, x @ Wv))
scores = np.einsum('htd,hsd->hts', q, k) / np.sqrt(D // H)
mask = np.triu(np.full((T, T), -1e9), k=1)
scores = scores + mask
att = np.exp(scores - scores.max(-1, keepdims=True))
att /= att.sum(-1, keepdims=True)
out = np.einsum('hts,hsd->htd', att, v).transpose(1, 0, 2).reshape(T, D)
loss = np.mean(out ** 2)
