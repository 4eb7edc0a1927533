import torch

x = torch.tensor([1.0, -2.0, 3.0, 0.5], requires_grad=True)
label = torch.tensor([0, 2, 1, 2])
length = torch.tensor([2, 3])
pad = torch.arange(4)[None, :] >= length[:, None]
inside = (x > 0) & (x < 2)
flat = (~pad).reshape(-1)[:4]
odd = label % 2 == 1
known = torch.tensor([True, False, True, True])
listed = torch.tensor([v > 0.4 for v in [0.1, 0.9, 0.5, 0.2]])
u = x[inside]
v = x[flat].sum() + x[odd].prod()
w = x[known][0] + x[listed].mean()
z = torch.stack([x, x * x]).masked_fill(pad, 0.0)
k = x.gt(0) | x.lt(-1)
s = torch.where(k.bool(), x, -x).sum()
n = (x > 0).float() + (x > 0.7).double()
r = x[torch.cat([known[:2], ~known[2:]])].sum() + x[torch.logical_xor(inside, known)].sum()
t = x[torch.zeros(4, dtype=torch.bool) | (label == 2)].sum()
loss = u.sum() + v * w + z.sum() + s + (n * x).sum() + r * t
loss.backward()
