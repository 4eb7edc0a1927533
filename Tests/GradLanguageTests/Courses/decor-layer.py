import functools
import torch
calls = []
def counted(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        wrapper.n += 1
        return fn(*args, **kwargs)
    wrapper.n = 0
    return wrapper
def residual(fn):
    def inner(x, *args):
        return x + fn(x, *args)
    return inner
@residual
def block(x, w):
    return torch.tanh(x @ w)
x = torch.tensor([[1.0, 2.0]], requires_grad=True)
w = torch.tensor([[0.5, -0.1], [0.3, 0.2]], requires_grad=True)
y = block(block(x, w), w)
loss = (y**2).sum()
loss.backward()
