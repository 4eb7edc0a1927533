import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = torch.tensor([0.5, 2.5, 1.0])
z = x * 2
large = z[z > 100].sum()
count = len(z[z > 100])
hinge = (z[y > 9] - y[y > 9]).sum()
chosen = z[torch.where(z > 50)[0]].sum()
h = z.clone()
h[h < 0] = 0.0
h[h < 2.5] = 0.0
loss = (h ** 2).sum() + large + hinge + chosen + count
loss.backward()
