import torch
from torch import nn
def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.normal_(m.weight, std=0.01)
net = nn.Sequential(nn.Flatten(), nn.Linear(2, 1))
net.apply(init_weights)
net[1].weight.data = torch.tensor([[2.0, -3.4]])
net[1].bias.data.fill_(0)
l2 = sum(p.pow(2.0).sum() for p in net.parameters())
X = torch.tensor([[1., 2.], [3., 4.]])
loss = nn.MSELoss(reduction='none')
trainer = torch.optim.SGD(net.parameters(), lr=0.03)
l = loss(net(X), torch.tensor([[0.1], [0.3]])).mean() + 0.01 * l2
trainer.zero_grad()
l.backward()
trainer.step()
