import numpy as np
# Perceptron with history, class labels +-1, early stop
X = np.array([[2, 1], [1, 3], [-1, -2], [-2, -1]])
labels = np.array([1, 1, -1, -1])
w = np.zeros(2)
b = 0
errors = []
for epoch in range(5):
    err = 0
    for xi, target in zip(X, labels):
        update = 0.1 * (target - np.where(np.dot(xi, w) + b >= 0.0, 1, -1))
        w += update * xi
        b += update
        err += int(update != 0.0)
    errors.append(err)
    if err == 0:
        break
margin = np.min(labels * (X @ w + b)) / np.linalg.norm(w)
