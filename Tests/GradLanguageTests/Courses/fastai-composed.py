# fast.ai: simple net with functional layers and dict config
import torch, torch.nn as nn, torch.nn.functional as F
from functools import partial
torch.set_default_dtype(torch.float64)
def compose(x, funcs, *args, order_key='_order', **kwargs):
    key = lambda o: getattr(o, order_key, 0)
    for f in sorted(list(funcs), key=key): x = f(x, **kwargs)
    return x
def lin(x, w, b): return x @ w + b
class GeneralRelu:
    def __init__(self, leak=None, sub=None, maxv=None):
        self.leak, self.sub, self.maxv = leak, sub, maxv
    def __call__(self, x):
        x = F.leaky_relu(x, self.leak) if self.leak is not None else F.relu(x)
        if self.sub is not None: x = x - self.sub
        if self.maxv is not None: x = x.clamp_max(self.maxv)
        return x
class MSE:
    def __call__(self, inp, targ):
        self.inp, self.targ = inp, targ
        return (inp.squeeze() - targ).pow(2).mean()
x = torch.tensor([[0.5, -1.2, 3.0], [1.5, 0.3, -0.7]])
t = torch.tensor([1.0, -2.0])
w1 = torch.tensor([[0.1, 0.2], [-0.3, 0.4], [0.5, -0.6]], requires_grad=True)
b1 = torch.zeros(2, requires_grad=True)
w2 = torch.tensor([[0.7], [-0.8]], requires_grad=True)
b2 = torch.zeros(1, requires_grad=True)
act = GeneralRelu(leak=0.1, sub=0.4, maxv=6.)
layers = [partial(lin, w=w1, b=b1), act, partial(lin, w=w2, b=b2)]
out = compose(x, layers)
loss = MSE()(out, t)
loss.backward()
