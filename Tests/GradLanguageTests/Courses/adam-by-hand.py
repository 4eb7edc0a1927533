# Hand-written Adam & momentum loops, dict of lists (course assignment)
import numpy as np
def rosen(p):
    x, y = p
    return (1 - x) ** 2 + 100 * (y - x ** 2) ** 2
def rosen_grad(p):
    x, y = p
    return np.array([-2 * (1 - x) - 400 * x * (y - x ** 2), 200 * (y - x ** 2)])
def adam(p, steps, lr=0.05, betas=(0.9, 0.999), eps=1e-8):
    m = np.zeros_like(p)
    v = np.zeros_like(p)
    history = {"loss": [], "norm": []}
    for t in range(1, steps + 1):
        g = rosen_grad(p)
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g ** 2
        m_hat = m / (1 - betas[0] ** t)
        v_hat = v / (1 - betas[1] ** t)
        p = p - lr * m_hat / (np.sqrt(v_hat) + eps)
        history["loss"].append(rosen(p))
        history["norm"].append(np.linalg.norm(g))
    return p, history
p, hist = adam(np.array([-1.0, 1.0]), 8)
final = hist["loss"][-1]
best = min(hist["loss"])
y = final + hist["norm"][0]
