import numpy as np
# bootstrapping & portfolio: Sharpe, covariance, min variance weights
returns = np.array([[0.01, 0.02, -0.01], [0.03, -0.01, 0.00], [-0.02, 0.01, 0.02], [0.015, 0.005, 0.01]])
mu = returns.mean(axis=0)
cov = np.cov(returns, rowvar=False)
corr = np.corrcoef(returns.T)
ones = np.ones(len(mu))
inv = np.linalg.inv(cov)
w = inv @ ones / (ones @ inv @ ones)
vol = np.sqrt(w @ cov @ w)
sharpe = (mu @ w - 0.001) / vol * np.sqrt(252)
print(f"{'asset':<8}{'weight':>10}")
for name, wi in zip("ABC", w):
    print(f"{name:<8}{wi:>10.2%}")
var95 = np.percentile(returns @ w, 5)
