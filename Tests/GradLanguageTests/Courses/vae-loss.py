# Variational autoencoder loss pieces
import torch
import torch.nn.functional as F
torch.set_default_dtype(torch.float64)
mu = torch.tensor([[0.2, -0.1]], requires_grad=True)
logvar = torch.tensor([[-0.3, 0.4]], requires_grad=True)
eps = torch.tensor([[0.5, -1.3]])
W = torch.tensor([[0.3, -0.2, 0.8], [0.1, 0.9, -0.5]], requires_grad=True)
x = torch.tensor([[1.0, 0.0, 1.0]])
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + eps * std
z = reparameterize(mu, logvar)
recon_x = torch.sigmoid(z @ W)
BCE = F.binary_cross_entropy(recon_x, x, reduction='sum')
KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
loss = BCE + KLD
loss.backward()
