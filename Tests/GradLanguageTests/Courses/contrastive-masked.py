# contrastive / InfoNCE with normalisation
import torch, torch.nn.functional as F
torch.set_default_dtype(torch.float64)
z1 = torch.tensor([[0.5, -1.0, 2.0], [1.0, 0.3, -0.2]], requires_grad=True)
z2 = torch.tensor([[0.4, -0.8, 1.7], [0.9, 0.1, -0.5]], requires_grad=True)
def nt_xent(z1, z2, temperature=0.5):
    z = F.normalize(torch.cat([z1, z2], dim=0), dim=1)
    sim = z @ z.T / temperature
    n = z1.size(0)
    mask = torch.eye(2 * n, dtype=torch.bool)
    sim = sim.masked_fill(mask, float("-inf"))
    targets = torch.cat([torch.arange(n, 2 * n), torch.arange(0, n)])
    return F.cross_entropy(sim, targets)
loss = nt_xent(z1, z2)
loss.backward()
