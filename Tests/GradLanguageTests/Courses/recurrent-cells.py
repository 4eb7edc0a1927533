import torch
import torch.nn as nn
torch.manual_seed(0)
cell = nn.LSTMCell(2, 3)
w = torch.linspace(-0.5, 0.5, 24).reshape(12, 2)
u = torch.linspace(0.3, -0.4, 36).reshape(12, 3)
with torch.no_grad():
    cell.weight_ih.copy_(w)
    cell.weight_hh.copy_(u)
    cell.bias_ih.zero_()
    cell.bias_hh.fill_(0.1)
gru = nn.GRUCell(3, 2)
for p in gru.parameters():
    nn.init.constant_(p, 0.2)
xs = torch.tensor([[[1.0, 2.0]], [[-1.0, 0.5]], [[0.3, 0.2]]])
h, c = torch.zeros(1, 3), torch.zeros(1, 3)
g = torch.zeros(1, 2)
for x in xs:
    h, c = cell(x, (h, c))
    g = gru(h, g)
loss = (g ** 2).sum() + h.sum()
loss.backward()
