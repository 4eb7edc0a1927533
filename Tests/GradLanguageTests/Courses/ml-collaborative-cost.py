# Collaborative filtering cost, vectorised & loops (ML specialization)
import numpy as np
Y = np.array([[5.0, 0.0, 3.0], [4.0, 2.0, 0.0], [0.0, 1.0, 5.0], [3.0, 0.0, 4.0]])
R = np.array([[1, 0, 1], [1, 1, 0], [0, 1, 1], [1, 0, 1]])
X = np.array([[1.0, 0.5], [0.3, -0.2], [0.8, 1.1], [-0.4, 0.9]])
W = np.array([[0.2, 0.7], [1.0, -0.3], [0.5, 0.5]])
b = np.array([[0.1, -0.2, 0.3]])
def cofi_cost_func(X, W, b, Y, R, lambda_):
    nm, nu = Y.shape
    J = 0
    for j in range(nu):
        w = W[j, :]
        b_j = b[0, j]
        for i in range(nm):
            x = X[i, :]
            y = Y[i, j]
            r = R[i, j]
            J += np.square(r * (np.dot(w, x) + b_j - y))
    J = J / 2
    J += (lambda_ / 2) * (np.sum(np.square(W)) + np.sum(np.square(X)))
    return J
J = cofi_cost_func(X, W, b, Y, R, 1.5)
print(f"Cost: {J:0.2f}")
