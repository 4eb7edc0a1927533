import torch
import torch.nn.functional as F
anchor = torch.tensor([[0.1, 0.2], [0.5, 0.5]], requires_grad=True)
positive = torch.tensor([[0.2, 0.1], [0.4, 0.7]], requires_grad=True)
negative = torch.tensor([[0.9, -0.3], [-0.5, 0.1]], requires_grad=True)
def triplet_loss(a, p, n, margin=1.0):
    d_ap = (a - p).pow(2).sum(1)
    d_an = (a - n).pow(2).sum(1)
    losses = F.relu(d_ap - d_an + margin)
    return losses.mean()
cos = F.cosine_similarity(anchor, positive, dim=1)
loss = triplet_loss(anchor, positive, negative) + (1 - cos).mean()
loss.backward()
