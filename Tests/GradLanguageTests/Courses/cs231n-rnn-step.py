# by hand: x dx, Wx dWx, Wh dWh, b db
import numpy as np
def rnn_step_forward(x, prev_h, Wx, Wh, b):
    next_h = np.tanh(x.dot(Wx) + prev_h.dot(Wh) + b)
    cache = next_h, x, prev_h, Wx, Wh
    return next_h, cache
def rnn_step_backward(dnext_h, cache):
    next_h, x, prev_h, Wx, Wh = cache
    dz = (1 - next_h**2)*dnext_h
    return dz.dot(Wx.T), dz.dot(Wh.T), x.T.dot(dz), prev_h.T.dot(dz), dz.sum(axis=0)
np.random.seed(1)
N, D, H = 2, 3, 4
x = np.linspace(-0.4, 0.7, num=N*D).reshape(N, D)
h0 = np.linspace(-0.2, 0.5, num=N*H).reshape(N, H)
Wx = np.linspace(-0.1, 0.9, num=D*H).reshape(D, H)
Wh = np.linspace(-0.3, 0.7, num=H*H).reshape(H, H)
b = np.linspace(-0.2, 0.4, num=H)
h, cache = rnn_step_forward(x, h0, Wx, Wh, b)
g = np.random.randn(*h.shape)
L = np.sum(h*g)
dx, dh, dWx, dWh, db = rnn_step_backward(g, cache)
