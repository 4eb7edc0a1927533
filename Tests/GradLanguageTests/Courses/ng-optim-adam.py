import numpy as np
np.random.seed(2)
W = np.random.randn(2, 3)
x = np.random.randn(3, 4)
t = np.random.randn(2, 4)
def forward(W):
    return W @ x
v = {"dW": np.zeros_like(W)}
s = {"dW": np.zeros_like(W)}
dW = 2*(forward(W) - t) @ x.T / 8
v["dW"] = 0.9*v["dW"] + 0.1*dW
s["dW"] = 0.999*s["dW"] + 0.001*dW**2
W2 = W - 0.01*(v["dW"]/(1 - 0.9))/(np.sqrt(s["dW"]/(1 - 0.999)) + 1e-8)
cost = np.mean((forward(W2) - t)**2)
