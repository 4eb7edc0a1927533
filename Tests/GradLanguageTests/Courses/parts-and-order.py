import torch

x = torch.tensor([[3.0, 1.0, 2.0, 5.0, 4.0], [0.5, 2.5, 1.5, 3.5, 4.5]], requires_grad=True)
a, b = x.split([2, 3], dim=1)
c = torch.split(x, 2, dim=1)[1]
d = torch.chunk(x, 2, dim=-1)[0]
e = torch.tensor_split(x, 3, dim=1)[0]
f, places = torch.sort(x, dim=1, descending=True)
g, best = x.topk(2)
h = x.gather(1, torch.argsort(x, dim=1)[:, :1])
u, v = x.unbind()
k = torch.movedim(x.reshape(1, 2, 5), 0, -1)
w = torch.nonzero(x > 4)
loss = (a ** 2).sum() + b.prod() + (c * d[:, :2]).sum() + e.sum() * f[:, 1].sum() + g[0, 1] * h[1, 0]
loss = loss + (u * v).sum() + k.mean() + x[w[0, 0], w[0, 1]] ** 2 + (places.double() * x).sum()
loss.backward()
