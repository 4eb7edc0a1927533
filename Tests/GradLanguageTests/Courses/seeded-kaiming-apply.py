import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(7)

def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.kaiming_normal_(m.weight, nonlinearity='relu')
        m.bias.data.fill_(0.01)

net = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3))
net.apply(init_weights)
x = torch.randn(5, 4)
t = torch.randint(high=3, size=(5,))
log_probs = F.log_softmax(net(x), dim=1)
loss = F.nll_loss(log_probs, t) + 0.01 * sum(p.pow(2).sum() for p in net.parameters())
loss.backward()
