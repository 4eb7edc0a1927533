import numpy as np
def pool_forward(x, f, stride, mode="max"):
    n_H = 1 + (x.shape[0] - f) // stride
    n_W = 1 + (x.shape[1] - f) // stride
    A = np.zeros((n_H, n_W))
    for i in range(n_H):
        for j in range(n_W):
            window = x[i*stride:i*stride+f, j*stride:j*stride+f]
            if mode == "max":
                A[i, j] = np.max(window)
            else:
                A[i, j] = np.mean(window)
    return A
image = np.array([[1.0, 2.0, 0.5, 0.1], [0.3, 0.8, 3.0, 1.1], [2.2, 0.2, 0.7, 0.9], [0.4, 1.5, 0.6, 0.05]])
K = np.array([[1.0, -1.0], [0.5, 0.25]])
out = np.zeros((3, 3))
for r in range(3):
    for c in range(3):
        out[r, c] = (image[r:r+2, c:c+2] * K).sum()
act = np.maximum(out, 0)
pooled = pool_forward(act, 2, 1)
s = pooled.sum()
