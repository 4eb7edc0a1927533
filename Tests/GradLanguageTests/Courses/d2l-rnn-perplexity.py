import math
import torch
from torch.nn import functional as F

def get_params(vocab_size, num_hiddens):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.cos(torch.arange(shape[0] * shape[1], dtype=torch.float32)).reshape(shape) * 0.3

    # Hidden layer parameters
    W_xh = normal((num_inputs, num_hiddens))
    W_hh = normal((num_hiddens, num_hiddens))
    b_h = torch.zeros(num_hiddens)
    # Output layer parameters
    W_hq = normal((num_hiddens, num_outputs))
    b_q = torch.zeros(num_outputs)
    # Attach gradients
    params = [W_xh, W_hh, b_h, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params

def init_rnn_state(batch_size, num_hiddens, device=None):
    return (torch.zeros((batch_size, num_hiddens), device=device), )

def rnn(inputs, state, params):
    # Here `inputs` shape: (`num_steps`, `batch_size`, `vocab_size`)
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    # Shape of `X`: (`batch_size`, `vocab_size`)
    for X in inputs:
        H = torch.tanh(torch.mm(X, W_xh) + torch.mm(H, W_hh) + b_h)
        Y = torch.mm(H, W_hq) + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H,)

class RNNModelScratch:  #@save
    """A RNN Model implemented from scratch."""
    def __init__(self, vocab_size, num_hiddens, get_params, init_state, forward_fn):
        self.vocab_size, self.num_hiddens = vocab_size, num_hiddens
        self.params = get_params(vocab_size, num_hiddens)
        self.init_state, self.forward_fn = init_state, forward_fn

    def __call__(self, X, state):
        X = F.one_hot(X.T, self.vocab_size).type(torch.float32)
        return self.forward_fn(X, state, self.params)

    def begin_state(self, batch_size, device=None):
        return self.init_state(batch_size, self.num_hiddens, device)

X = torch.arange(6).reshape((2, 3))
Y = (X + 1) % 7
net = RNNModelScratch(7, 4, get_params, init_rnn_state, rnn)
state = net.begin_state(X.shape[0])
y_hat, new_state = net(X, state)
y_hat.shape, len(new_state), new_state[0].shape
y = Y.T.reshape(-1)
l = torch.nn.CrossEntropyLoss()(y_hat, y.long()).mean()
perplexity = math.exp(l.item())
l.backward()
norm = torch.sqrt(sum(torch.sum((p.grad ** 2)) for p in net.params))
