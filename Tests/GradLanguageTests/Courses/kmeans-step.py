import numpy as np
X = np.array([[1.0, 2.0], [1.5, 1.8], [5.0, 8.0], [8.0, 8.0], [1.0, 0.6], [9.0, 11.0]])
C = np.array([[1.0, 1.0], [6.0, 7.0]])
d = np.linalg.norm(X[:, None] - C[None], axis=2)
a = np.argmin(d, axis=1)
newC = np.array([X[a == k].mean(axis=0) for k in range(len(C))])
J = np.sum((X - newC[a])**2)/X.shape[0]
med = np.median(X, axis=0)
J = J + np.sum(np.abs(X - med))
