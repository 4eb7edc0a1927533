import torch
from torch import nn

torch.manual_seed(42)

def get_params(sizes):
    params = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        W = torch.randn(m, n, requires_grad=True)
        b = torch.randn(n, requires_grad=True)
        params.append((W, b))
    return params

def forward(params, x):
    for W, b in params[:-1]:
        x = torch.sigmoid(x @ W + b)
    W, b = params[-1]
    return x @ W + b

params = get_params([2, 3, 1])
batch = torch.rand((4, 2))
target = batch.sum(dim=1, keepdim=True) > 1
pred = forward(params, batch)
loss = nn.functional.binary_cross_entropy_with_logits(pred, target.float())
loss.backward()
