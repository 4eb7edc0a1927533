# by hand: W1 gradients['dW1'], W2 gradients['dW2'], b1 gradients['db1']
import numpy as np
np.random.seed(1)
X_assess = np.random.randn(3, 5)
Y_assess = np.array([[1, 1, 0, 1, 0]])
W1 = np.random.randn(2, 3)
b1 = np.random.randn(2, 1)
W2 = np.random.randn(1, 2)
b2 = np.random.randn(1, 1)

def compute_cost(a3, Y):
    m = Y.shape[1]
    logprobs = np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y)
    cost = 1./m * np.nansum(logprobs)
    return cost

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cross_entropy_cost = compute_cost(A3, Y)
    L2_regularization_cost = lambd / (2 * m) * sum(np.sum(np.square(parameters[k])) for k in parameters if k.startswith("W"))
    return cross_entropy_cost + L2_regularization_cost

Z1 = W1.dot(X_assess) + b1
A1 = np.maximum(0, Z1)
A2 = 1 / (1 + np.exp(-(W2.dot(A1) + b2)))
cost = compute_cost_with_regularization(A2, Y_assess, dict(W1=W1, b1=b1, W2=W2, b2=b2), lambd=0.1)
m = X_assess.shape[1]
dZ2 = A2 - Y_assess
dZ1 = np.dot(W2.T, dZ2) * np.int64(A1 > 0)
gradients = {"dW1": 1./m * np.dot(dZ1, X_assess.T) + 0.1 * W1 / m,
             "dW2": 1./m * np.dot(dZ2, A1.T) + (0.1 * W2) / m,
             "db1": 1./m * np.sum(dZ1, axis=1, keepdims=True)}
