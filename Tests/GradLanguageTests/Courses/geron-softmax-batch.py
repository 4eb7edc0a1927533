# by hand: Theta gradients
import numpy as np
np.random.seed(42)
X_with_bias = np.c_[np.ones(6), np.random.rand(6, 2)]
y = np.array([0, 2, 1, 1, 0, 2])
def to_one_hot(y):
    return np.diag(np.ones(y.max() + 1))[y]
def softmax(logits):
    exps = np.exp(logits)
    exp_sums = exps.sum(axis=1, keepdims=True)
    return exps / exp_sums
Y_train_one_hot = to_one_hot(y)
n_inputs = X_with_bias.shape[1]  # == 3 (2 features plus the bias term)
n_outputs = len(np.unique(y))  # == 3 (there are 3 iris classes)
eta = 0.5
epsilon = 1e-5
C = 100  # regularization hyperparameter
Theta = np.random.randn(n_inputs, n_outputs)
Y_proba = softmax(X_with_bias @ Theta)
error = Y_proba - Y_train_one_hot
gradients = 1 / 6 * X_with_bias.T @ error
gradients += np.r_[np.zeros([1, n_outputs]), 1 / C * Theta[1:]]
xentropy_losses = -(Y_train_one_hot * np.log(Y_proba + 0 * epsilon))
l2_loss = 1 / 2 * (Theta[1:] ** 2).sum()
total_loss = xentropy_losses.sum(axis=1).mean() + 1 / C * l2_loss
