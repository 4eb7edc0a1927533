# Finance: Monte Carlo option price pathwise with numpy seed
import numpy as np
np.random.seed(42)
S0, K, T, r, sigma = 100., 105., 1., 0.05, 0.2
n_paths, n_steps = 8, 4
dt = T / n_steps
Z = np.random.standard_normal((n_steps, n_paths))
paths = np.zeros((n_steps + 1, n_paths))
paths[0] = S0
for t in range(1, n_steps + 1):
    paths[t] = paths[t - 1] * np.exp((r - 0.5 * sigma ** 2) * dt + sigma * np.sqrt(dt) * Z[t - 1])
payoff = np.maximum(paths[-1] - K, 0)
price = np.exp(-r * T) * np.mean(payoff)
stderr = np.std(payoff, ddof=1) / np.sqrt(n_paths)
print("European call: {:.4f} ± {:.4f}".format(price, 1.96 * stderr))
