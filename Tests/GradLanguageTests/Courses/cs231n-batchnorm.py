# by hand: x dx, gamma dgamma, beta dbeta
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == "train":
        mu = x.mean(axis=0)
        var = x.var(axis=0)
        std = np.sqrt(var + eps)
        xhat = (x - mu) / std
        out = gamma * xhat + beta
        running_mean = momentum * running_mean + (1 - momentum) * mu
        cache = (xhat, gamma, std)
    elif mode == "test":
        out = gamma * (x - running_mean) + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param["running_mean"] = running_mean
    return out, cache

def batchnorm_backward_alt(dout, cache):
    xhat, gamma, std = cache
    dbeta = dout.sum(axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    dx = (dxhat - dxhat.mean(axis=0) - xhat * np.mean(dxhat * xhat, axis=0)) / std
    return dx, dgamma, dbeta

np.random.seed(3)
x = np.random.randn(5, 3) * 4 + 10
gamma = np.random.randn(3)
beta = np.random.randn(3)
weight = np.random.randn(5, 3)
out, cache = batchnorm_forward(x, gamma, beta, {"mode": "train"})
L = np.sum(out * weight)
dx, dgamma, dbeta = batchnorm_backward_alt(weight, cache)
