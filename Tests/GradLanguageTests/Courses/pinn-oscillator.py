import torch
import torch.nn as nn
import numpy as np
import matplotlib.pyplot as plt

# Physics-informed network of the damped oscillator  m u'' + mu u' + k u = 0
d, w0 = 2, 20
mu, k = 2*d, w0**2

class FCN(nn.Module):
    "Defines a fully-connected network"
    def __init__(self, N_INPUT, N_OUTPUT, N_HIDDEN, N_LAYERS):
        super().__init__()
        activation = nn.Tanh
        self.fcs = nn.Sequential(*[nn.Linear(N_INPUT, N_HIDDEN), activation()])
        self.fch = nn.Sequential(*[nn.Sequential(*[nn.Linear(N_HIDDEN, N_HIDDEN), activation()]) for _ in range(N_LAYERS-1)])
        self.fce = nn.Linear(N_HIDDEN, N_OUTPUT)
    def forward(self, x):
        x = self.fcs(x)
        x = self.fch(x)
        x = self.fce(x)
        return x

pinn = FCN(1, 1, 3, 2)
with torch.no_grad():
    pinn.fcs[0].weight.copy_(torch.tensor([[0.5], [-0.3], [0.8]]))
    pinn.fcs[0].bias.copy_(torch.tensor([0.1, 0.2, -0.1]))
    pinn.fch[0][0].weight.copy_(torch.tensor([[0.3, 0.1, -0.2], [0.5, -0.4, 0.2], [0.1, 0.6, 0.3]]))
    pinn.fch[0][0].bias.copy_(torch.tensor([0.0, 0.1, -0.1]))
    pinn.fce.weight.copy_(torch.tensor([[0.7, -0.5, 0.4]]))
    pinn.fce.bias.copy_(torch.tensor([0.2]))

t_boundary = torch.tensor(0.).view(-1,1).requires_grad_(True)
t_physics = torch.linspace(0,1,5).view(-1,1).requires_grad_(True)
lambda1, lambda2 = 1e-1, 1e-4

# compute boundary loss
u = pinn(t_boundary)
loss1 = (torch.squeeze(u) - 1)**2
dudt = torch.autograd.grad(u, t_boundary, torch.ones_like(u), create_graph=True)[0]
loss2 = (torch.squeeze(dudt) - 0)**2

# compute physics loss
u = pinn(t_physics)
dudt = torch.autograd.grad(u, t_physics, torch.ones_like(u), create_graph=True)[0]
d2udt2 = torch.autograd.grad(dudt, t_physics, torch.ones_like(dudt), create_graph=True)[0]
loss3 = torch.mean((d2udt2 + mu*dudt + k*u)**2)

# backpropagate joint loss, take optimiser step
loss = loss1 + lambda1*loss2 + lambda2*loss3
loss.backward()
