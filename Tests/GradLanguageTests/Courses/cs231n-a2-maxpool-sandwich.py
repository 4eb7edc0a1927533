# by hand: x dx
import numpy as np

def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    pool_height = pool_param['pool_height']
    pool_width = pool_param['pool_width']
    stride = pool_param['stride']
    H_out = int(1 + (H - pool_height) / stride)
    W_out = int(1 + (W - pool_width) / stride)
    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = x[:, :, i * stride: i * stride + pool_height, j * stride: j * stride + pool_width]
            out[:, :, i, j] = np.max(window, axis=(2, 3))
    cache = (x, pool_param)
    return out, cache

def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    N, C, H, W = x.shape
    stride = pool_param['stride']
    ph, pw = pool_param['pool_height'], pool_param['pool_width']
    dx = np.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    window = x[n, c, i*stride:i*stride+ph, j*stride:j*stride+pw]
                    r, s = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, i*stride + r, j*stride + s] += dout[n, c, i, j]
    return dx

np.random.seed(231)
x = np.random.randn(2, 1, 4, 4)
dout = np.random.randn(2, 1, 2, 2)
pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}
out, cache = max_pool_forward_naive(x, pool_param)
dx = max_pool_backward_naive(dout, cache)
loss = np.sum(out * dout)
