# Physics: gravitational N-body energy gradient
import torch
torch.set_default_dtype(torch.float64)
G = 1.0
masses = torch.tensor([1.0, 2.0, 0.5])
pos = torch.tensor([[0.0, 0.0], [1.0, 0.5], [-0.7, 1.2]], requires_grad=True)
def potential(pos, masses, eps=1e-3):
    n = len(masses)
    U = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            r = torch.sqrt(((pos[i] - pos[j]) ** 2).sum() + eps ** 2)
            U = U - G * masses[i] * masses[j] / r
    return U
U = potential(pos, masses)
U.backward()
forces = -pos.grad
