# physics: RK4 pendulum energy
import numpy as np
def f(state, t, g=9.81, L=1.0):
    theta, omega = state
    return np.array([omega, -g / L * np.sin(theta)])
def rk4_step(f, state, t, dt):
    k1 = f(state, t)
    k2 = f(state + dt * k1 / 2, t + dt / 2)
    k3 = f(state + dt * k2 / 2, t + dt / 2)
    k4 = f(state + dt * k3, t + dt)
    return state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
state = np.array([0.5, 0.0])
t, dt = 0.0, 0.05
history = [state.copy()]
while t < 0.5 - 1e-12:
    state = rk4_step(f, state, t, dt)
    history.append(state)
    t += dt
history = np.array(history)
energy = 0.5 * history[:, 1] ** 2 + 9.81 * (1 - np.cos(history[:, 0]))
y = energy[-1]
print(f"relative drift {abs(energy[-1] - energy[0]) / energy[0]:.2e}")
