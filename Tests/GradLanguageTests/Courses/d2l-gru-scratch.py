import torch
import numpy as np
np.random.seed(10)
num_inputs, num_hiddens = 2, 3
init = lambda *shape: torch.tensor(np.random.randn(*shape)*0.5, requires_grad=True)
triple = lambda: (init(num_inputs, num_hiddens), init(num_hiddens, num_hiddens), torch.zeros(num_hiddens, requires_grad=True))
W_xz, W_hz, b_z = triple()
W_xr, W_hr, b_r = triple()
W_xh, W_hh, b_h = triple()
def forward(inputs, H=None):
    if H is None:
        H = torch.zeros((inputs.shape[1], num_hiddens))
    outputs = []
    for X in inputs:
        Z = torch.sigmoid(torch.matmul(X, W_xz) + torch.matmul(H, W_hz) + b_z)
        R = torch.sigmoid(torch.matmul(X, W_xr) + torch.matmul(H, W_hr) + b_r)
        H_tilde = torch.tanh(torch.matmul(X, W_xh) + torch.matmul(R * H, W_hh) + b_h)
        H = Z * H + (1 - Z) * H_tilde
        outputs.append(H)
    return outputs, H
inputs = torch.tensor(np.random.randn(3, 2, num_inputs))
outputs, state = forward(inputs)
loss = torch.stack(outputs).pow(2).sum() + state.mean()
loss.backward()
