import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(21)

class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(4, 3), nn.ELU(), nn.Linear(3, 2))

    def forward_once(self, x):
        return F.normalize(self.fc(x), dim=1)

    def forward(self, a, b):
        return self.forward_once(a), self.forward_once(b)

net = Siamese()
a, b = torch.randn(3, 4), torch.randn(3, 4)
same = torch.bernoulli(torch.full((3,), 0.5))
za, zb = net(a, b)
d = torch.sqrt(((za - zb) ** 2).sum(1) + 1e-9)
margin = 1.0
loss = (same * d**2 + (1 - same) * torch.clamp(margin - d, min=0.0)**2).mean()
loss.backward()
