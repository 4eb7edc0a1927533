import torch
import torch.nn.functional as F
from torch.distributions import Normal, kl_divergence

# reparameterised ELBO with given noise
enc_w = torch.tensor([[0.2, -0.3], [0.5, 0.1], [-0.4, 0.6], [0.3, 0.2]], requires_grad=True)
dec_w = torch.tensor([[0.7, -0.2, 0.1, 0.4], [-0.5, 0.3, 0.8, -0.1]], requires_grad=True)
log_std = torch.full((2,), -0.5, requires_grad=True)
x = torch.tensor([[1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
eps = torch.tensor([[0.3, -1.1], [0.8, 0.2]])

mu = x @ enc_w
q = Normal(mu, log_std.exp().expand_as(mu))
z = q.loc + q.scale * eps
logits = z @ dec_w
recon = F.binary_cross_entropy_with_logits(logits, x, reduction='none').sum(-1)
kl = kl_divergence(q, Normal(torch.zeros_like(mu), torch.ones_like(mu))).sum(-1)
elbo = -(recon + kl).mean()
loss = -elbo
loss.backward()
