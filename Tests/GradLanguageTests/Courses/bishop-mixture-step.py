# Bishop: Gaussian mixture log likelihood and one EM step
import numpy as np
X = np.array([[0.1, 0.2], [0.0, -0.1], [2.1, 1.9], [1.8, 2.2]])
K = 2
mu = np.array([[0.0, 0.0], [2.0, 2.0]])
Sigma = [np.eye(2) * 0.5 for _ in range(K)]
pi = np.ones(K) / K
def gaussian(x, mu, S):
    d = x.shape[-1]
    diff = x - mu
    inv = np.linalg.inv(S)
    norm = 1 / np.sqrt((2 * np.pi) ** d * np.linalg.det(S))
    return norm * np.exp(-0.5 * np.sum(diff @ inv * diff, axis=-1))
resp = np.zeros((X.shape[0], K))
for k in range(K):
    resp[:, k] = pi[k] * gaussian(X, mu[k], Sigma[k])
ll_each = resp.sum(axis=1)
resp = resp / resp.sum(axis=1, keepdims=True)
Nk = resp.sum(axis=0)
mu_new = (resp.T @ X) / Nk[:, np.newaxis]
for k in range(K):
    diff = X - mu_new[k]
    Sigma[k] = (resp[:, k, None] * diff).T @ diff / Nk[k]
pi_new = Nk / len(X)
y = np.log(ll_each).sum() + mu_new.sum() + Sigma[0][0, 1] + pi_new[0]
