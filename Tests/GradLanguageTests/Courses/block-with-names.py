import torch
from collections import OrderedDict
import torch.nn as nn
class Block(nn.Module):
    def __init__(self, d, act=nn.ReLU):
        super().__init__()
        self.norm = nn.BatchNorm1d(d)
        self.net = nn.Sequential(OrderedDict([('lin', nn.Linear(d, d)), ('act', act())]))
        self.scale = nn.Parameter(torch.ones(d) * 0.5)
    def forward(self, x):
        return x + self.scale * self.net(self.norm(x))
blk = Block(2, act=nn.Sigmoid).double()
blk.net.lin.weight = nn.Parameter(torch.tensor([[1.0, 0.5], [-0.5, 1.0]]))
blk.net[0].bias.data = torch.tensor([0.1, 0.2])
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
blk = blk.to(device)
blk.train()
x = torch.tensor([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]]).to(device)
y = blk(x)
loss = y.pow(2).mean()
loss.backward()
for name, p in blk.named_parameters():
    print(name, p.grad)
