import numpy as np
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([0, 1, 1, 0])
W = np.array([[1.0, 1.0], [1.0, 1.0]])
c = np.array([0.0, -1.0])
w = np.array([1.0, -2.0])
b = 0.0
h = np.maximum(0, X @ W + c)
f = h @ w + b
J = 0.25*np.sum((y - f - 0.1)**2)
