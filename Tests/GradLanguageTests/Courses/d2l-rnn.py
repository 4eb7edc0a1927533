import torch
from torch.nn import functional as F
vocab_size, num_hiddens, batch_size = 4, 3, 2
def get_params(vocab_size, num_hiddens, device=None):
    num_inputs = num_outputs = vocab_size
    def normal(shape, k):
        n = shape[0] * shape[1]
        return torch.linspace(-k, k, n).reshape(shape)
    W_xh = normal((num_inputs, num_hiddens), 0.3)
    W_hh = normal((num_hiddens, num_hiddens), 0.2)
    b_h = torch.zeros(num_hiddens)
    W_hq = normal((num_hiddens, num_outputs), 0.5)
    b_q = torch.zeros(num_outputs)
    params = [W_xh, W_hh, b_h, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params

def init_rnn_state(batch_size, num_hiddens, device=None):
    return (torch.zeros((batch_size, num_hiddens), device=device), )

def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(torch.mm(X, W_xh) + torch.mm(H, W_hh) + b_h)
        Y = torch.mm(H, W_hq) + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H,)

params = get_params(vocab_size, num_hiddens)
state = init_rnn_state(batch_size, num_hiddens)
X = torch.tensor([[0, 1, 2], [3, 2, 1]])
Y = torch.tensor([[1, 2, 3], [2, 1, 0]])
inputs = F.one_hot(X.T, vocab_size).type(torch.float32)
y_hat, state = rnn(inputs, state, params)
y = Y.T.reshape(-1)
l = F.cross_entropy(y_hat, y.long()).mean()
l.backward()
