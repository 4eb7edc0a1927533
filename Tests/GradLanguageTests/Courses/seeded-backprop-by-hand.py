# by hand: W1 dW1, b1 db1, W2 dW2, b2 db2
import torch

torch.manual_seed(123)
x = torch.randn(5, 3)
t = torch.randint(0, 2, (5, 1)).float()
W1 = torch.randn(3, 4) * 0.5
b1 = torch.zeros(4)
W2 = torch.randn(4, 1) * 0.5
b2 = torch.zeros(1)
z1 = x @ W1 + b1
a1 = torch.relu(z1)
z2 = a1 @ W2 + b2
p = torch.sigmoid(z2)
loss = -(t * torch.log(p) + (1 - t) * torch.log(1 - p)).mean()
dz2 = (p - t) / 5
dW2 = a1.T @ dz2
db2 = dz2.sum(0)
da1 = dz2 @ W2.T
dz1 = da1 * (z1 > 0)
dW1 = x.T @ dz1
db1 = dz1.sum(0)
