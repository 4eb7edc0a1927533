import numpy as np
np.random.seed(123)
n = 12
x1 = np.random.normal(size=n)
x2 = np.random.normal(2, 0.5, size=n)
eps = np.random.normal(scale=0.3, size=n)
y = 1 + 2*x1 - 0.5*x2 + eps
X = np.column_stack((np.ones(n), x1, x2))
beta_hat = np.linalg.solve(X.T @ X, X.T @ y)
resid = y - X @ beta_hat
rss = resid @ resid
tss = ((y - y.mean())**2).sum()
r2 = 1 - rss/tss
sigma2 = rss/(n - X.shape[1])
se = np.sqrt(np.diag(sigma2*np.linalg.inv(X.T @ X)))
t_stat = beta_hat/se
llf = -n/2*np.log(2*np.pi) - n/2*np.log(rss/n) - n/2
aic = -2*llf + 2*X.shape[1]
