import numpy as np
X = np.array([[1.0, 2.0], [2.0, 1.5], [0.5, 0.8], [3.0, 2.2]])
mu = X.mean(axis=0)
Sigma = (X - mu).T @ (X - mu)/X.shape[0]
d = X.shape[1]
diff = X - mu
inv = np.linalg.inv(Sigma)
quad = np.sum((diff @ inv) * diff, axis=1)
logp = -0.5*(d*np.log(2*np.pi) + np.linalg.slogdet(Sigma)[1] + quad)
nll = -np.sum(logp)
