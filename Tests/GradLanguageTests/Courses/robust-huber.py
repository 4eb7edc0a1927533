import torch
def huber(e, delta=1.0):
    quad = torch.clamp(e.abs(), max=delta)
    lin = e.abs() - quad
    return 0.5*quad**2 + delta*lin
x = torch.tensor([0.5, -2.0, 3.0, 0.1])
w = torch.tensor(0.7, requires_grad=True)
b = torch.tensor(-0.1, requires_grad=True)
y = torch.tensor([1.0, -1.0, 4.0, 0.0])
loss = huber(w*x + b - y).mean()
loss.backward()
