import torch
from torch import nn

torch.manual_seed(8)

class ODEFunc(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2))
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, mean=0, std=0.1)
                nn.init.constant_(m.bias, val=0)

    def forward(self, t, y):
        return self.net(y ** 3)

func = ODEFunc()
y = torch.tensor([[2.0, 0.0]])
h = 0.1
for step in range(2):
    k1 = func(0, y)
    k2 = func(0, y + h / 2 * k1)
    y = y + h * k2
target = torch.tensor([[1.9, 0.2]])
loss = torch.mean(torch.abs(y - target))
loss.backward()
