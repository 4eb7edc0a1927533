# by hand: W dW
import numpy as np

def softmax_loss(W, X, y, reg):
    num_train = X.shape[0]
    scores = X.dot(W)
    scores -= np.max(scores, axis=1, keepdims=True)
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    loss = np.sum(-np.log(probs[np.arange(num_train), y])) / num_train
    loss += reg * np.sum(W * W)
    dscores = probs.copy()
    dscores[np.arange(num_train), y] -= 1
    dscores /= num_train
    dW = X.T.dot(dscores) + 2 * reg * W
    return loss, dW

np.random.seed(0)
W = np.random.randn(4, 3) * 0.1
X = np.random.randn(5, 4)
y = np.array([0, 2, 1, 1, 0])
loss, dW = softmax_loss(W, X, y, 0.05)
