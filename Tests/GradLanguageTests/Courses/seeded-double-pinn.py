import torch
import torch.nn as nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(1234)
net = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
x = torch.linspace(0, 1, 5).reshape(-1, 1)
noise = torch.randn(5, 1)
u = net(x)
data_loss = ((u - torch.sin(3 * x) - 0.01 * noise) ** 2).mean()
reg = sum((p ** 2).sum() for p in net.parameters())
loss = data_loss + 1e-3 * reg
loss.backward()
