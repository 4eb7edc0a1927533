import numpy as np
np.random.seed(0)
X = np.c_[np.ones((6, 1)), np.random.randn(6, 2)]
y = np.random.randn(6, 1)
theta = np.linalg.pinv(X.T @ X) @ X.T @ y
theta2 = np.linalg.solve(X.T.dot(X) + 0.1*np.eye(3), X.T.dot(y))
J = np.sum((X @ theta - y)**2)/(2*len(y)) + np.sum((X @ theta2 - y)**2)
