import numpy as np
# finite element / heat equation explicit step and conservation
nx, nt, alpha = 6, 5, 0.2
dx = 1.0 / (nx - 1)
dt = 0.4 * dx ** 2 / alpha
u = np.zeros(nx)
u[1:4] = [0.5, 1.0, 0.5]
for n in range(nt):
    un = u.copy()
    for i in range(1, nx - 1):
        u[i] = un[i] + alpha * dt / dx ** 2 * (un[i + 1] - 2 * un[i] + un[i - 1])
    u[0], u[-1] = 0, 0
energy = np.sum(u ** 2) * dx
