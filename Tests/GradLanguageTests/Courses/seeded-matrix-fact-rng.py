# by hand: P dP, Q dQ
import numpy as np

rng = np.random.default_rng(42)
R = np.array([[5.0, 3.0, 0.0], [4.0, 0.0, 1.0], [1.0, 1.0, 5.0]])
mask = R > 0
P = rng.normal(scale=0.1, size=(3, 2))
Q = rng.normal(scale=0.1, size=(3, 2))
E = np.where(mask, R - P @ Q.T, 0)
reg = 0.02
J = 0.5 * np.sum(E ** 2) + 0.5 * reg * (np.sum(P ** 2) + np.sum(Q ** 2))
dP = -E @ Q + reg * P
dQ = -E.T @ P + reg * Q
