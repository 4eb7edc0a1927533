import torch
import torch.nn.functional as F
import numpy as np
np.random.seed(7)
n = 6
hpreact0 = torch.tensor(np.random.randn(n, 4))
bngain = torch.tensor(np.random.randn(1, 4)*0.1 + 1.0, requires_grad=True)
bnbias = torch.tensor(np.random.randn(1, 4)*0.1, requires_grad=True)
W2 = torch.tensor(np.random.randn(4, 3)*0.1, requires_grad=True)
b2 = torch.tensor(np.random.randn(3)*0.1, requires_grad=True)
hprebn = (hpreact0*1.0).requires_grad_()
Yb = torch.tensor([0, 2, 1, 1, 0, 2])
bnmeani = 1/n*hprebn.sum(0, keepdim=True)
bndiff = hprebn - bnmeani
bndiff2 = bndiff**2
bnvar = 1/(n-1)*(bndiff2).sum(0, keepdim=True)
bnvar_inv = (bnvar + 1e-5)**-0.5
bnraw = bndiff * bnvar_inv
hpreact = bngain * bnraw + bnbias
h = torch.tanh(hpreact)
logits = h @ W2 + b2
logit_maxes = logits.max(1, keepdim=True).values
norm_logits = logits - logit_maxes
counts = norm_logits.exp()
counts_sum = counts.sum(1, keepdims=True)
counts_sum_inv = counts_sum**-1
probs = counts * counts_sum_inv
logprobs = probs.log()
loss = -logprobs[range(n), Yb].mean()
loss.backward()
