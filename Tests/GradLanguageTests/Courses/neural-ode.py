import numpy as np
def f(h, W):
    return np.tanh(W @ h)
W = np.array([[0.1, -0.5], [0.7, 0.2]])
h = np.array([1.0, 0.5])
dt = 0.1
steps = 5
trajectory = [h]
for _ in range(steps):
    k1 = f(h, W)
    k2 = f(h + 0.5 * dt * k1, W)
    k3 = f(h + 0.5 * dt * k2, W)
    k4 = f(h + dt * k3, W)
    h = h + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    trajectory.append(h)
target = np.array([0.0, 1.0])
L = np.sum((trajectory[-1] - target) ** 2)
