import torch

x = torch.tensor(2.0, requires_grad=True)
y = x ** 3
grads = torch.autograd.grad(y, x, create_graph=True)
dy_dx = grads[0]
d2y_dx2 = torch.autograd.grad(dy_dx, x, create_graph=True)[0]
print(dy_dx, d2y_dx2)
z = dy_dx ** 2 + d2y_dx2
z.backward()

