# by hand: W grad
import numpy as np
def svm_loss_vectorized(W, X, y, reg):
    loss = 0.0
    num_train = X.shape[0]
    scores = X.dot(W)
    correct_class_scores = scores[np.arange(num_train), y].reshape(num_train, 1)
    margin = np.maximum(0, scores - correct_class_scores + 1)
    margin[np.arange(num_train), y] = 0 # do not consider correct class in loss
    loss = margin.sum() / num_train
    # Add regularization to the loss.
    loss += reg * np.sum(W * W)
    # Compute gradient
    mask = np.zeros(margin.shape)
    mask[margin > 0] = 1
    valid_margin_count = mask.sum(axis=1)
    mask[np.arange(num_train), y] -= valid_margin_count
    dW = X.T.dot(mask) / num_train
    dW = dW + reg * 2 * W
    return loss, dW
rng = np.random.RandomState(5)
W = rng.randn(4, 3) * 0.1
X_dev = rng.randn(6, 4)
y_dev = np.array([0, 2, 1, 1, 0, 2])
loss, grad = svm_loss_vectorized(W, X_dev, y_dev, 0.000005)
