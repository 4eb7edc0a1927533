import numpy as np
np.random.seed(1)
X = np.random.randn(3, 5)
Y = (np.random.rand(1, 5) > 0.5).astype(int)
W1 = np.random.randn(4, 3)
b1 = np.zeros((4, 1))
W2 = np.random.randn(1, 4)
b2 = np.zeros((1, 1))
keep_prob = 0.7
lambd = 0.1
Z1 = np.dot(W1, X) + b1
A1 = np.tanh(Z1)
D1 = np.random.rand(A1.shape[0], A1.shape[1])
D1 = (D1 < keep_prob).astype(int)
A1 = A1 * D1
A1 /= keep_prob
Z2 = np.dot(W2, A1) + b2
A2 = 1 / (1 + np.exp(-Z2))
m = Y.shape[1]
logprobs = np.multiply(-np.log(A2), Y) + np.multiply(-np.log(1 - A2), 1 - Y)
cross_entropy_cost = 1. / m * np.nansum(logprobs)
L2_regularization_cost = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
cost = cross_entropy_cost + L2_regularization_cost
