import numpy as np
# image kernels: conv2d loops, padding, edge detection, pooling
img = np.array([[0, 0, 1, 2, 0], [1, 2, 3, 1, 0], [0, 1, 4, 2, 1], [2, 0, 1, 3, 1], [0, 1, 0, 1, 2]], dtype=float)
sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
def conv2d(image, kernel, pad=1, stride=1):
    k = kernel.shape[0]
    padded = np.pad(image, pad, mode="constant")
    oh = (image.shape[0] + 2 * pad - k) // stride + 1
    ow = (image.shape[1] + 2 * pad - k) // stride + 1
    out = np.empty((oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = (padded[i * stride:i * stride + k, j * stride:j * stride + k] * kernel).sum()
    return out
gx = conv2d(img, sobel)
gy = conv2d(img, sobel.T, stride=1)
mag = np.hypot(gx, gy)
mag = mag / mag.max() * 255
edges = mag > 100
pooled = mag[:4, :4].reshape(2, 2, 2, 2).max(axis=(1, 3))
y = mag.mean() + edges.sum() + pooled.sum()
