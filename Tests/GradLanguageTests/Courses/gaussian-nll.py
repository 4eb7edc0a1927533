import math
import torch
mu = torch.tensor([0.5, -0.2], requires_grad=True)
log_sigma = torch.tensor([0.1, 0.3], requires_grad=True)
x = torch.tensor([[0.4, 0.0], [1.2, -0.7], [0.1, 0.2]])
sigma = log_sigma.exp()
nll = 0.5 * ((x - mu) / sigma) ** 2 + log_sigma + 0.5 * math.log(2 * math.pi)
loss = nll.sum(dim=1).mean(dim=0)
grads = torch.autograd.grad(loss, [mu, log_sigma])
