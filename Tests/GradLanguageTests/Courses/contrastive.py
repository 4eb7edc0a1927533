import torch
import torch.nn.functional as F
def info_nce(z1, z2, temperature=0.5):
    z1 = F.normalize(z1, dim=1)
    z2 = F.normalize(z2, dim=1)
    logits = z1 @ z2.t() / temperature
    labels = torch.arange(z1.size(0))
    return F.cross_entropy(logits, labels)
z_a = torch.tensor([[1.0, 0.5, -0.2], [0.3, -0.7, 0.9]], requires_grad=True)
z_b = torch.tensor([[0.9, 0.4, 0.1], [0.2, -0.5, 1.1]], requires_grad=True)
loss = (info_nce(z_a, z_b) + info_nce(z_b, z_a)) / 2
loss.backward()
