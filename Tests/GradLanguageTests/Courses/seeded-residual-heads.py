import math
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(1)

class Head(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.W = nn.Parameter(torch.randn(d, d) / math.sqrt(d))
        self.b = nn.Parameter(torch.zeros(d))

    def forward(self, x):
        return torch.tanh(x @ self.W + self.b)

class Net(nn.Module):
    def __init__(self, d=2, n=3):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(n)])
        self.heads = nn.ModuleList([Head(d) for _ in range(2)])
        self.out = nn.Linear(d, 1)

    def forward(self, x):
        for layer in self.layers:
            x = F.relu(layer(x)) + x
        for head in self.heads:
            x = head(x)
        return self.out(x)

xs = [torch.rand(2) for _ in range(3)]
x = torch.stack(xs)
print(torch.randn(1))
net = Net()
y = net(x)
loss = (y**2).mean()
loss.backward()
