import numpy as np
def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    num_classes = W.shape[1]
    num_train = X.shape[0]
    for i in range(num_train):
        scores = X[i].dot(W)
        # compute the probabilities in numerically stable way
        scores -= np.max(scores)
        p = np.exp(scores)
        p /= p.sum()  # normalize
        logp = np.log(p)
        loss -= logp[y[i]]  # negative log probability is the loss
    # normalized hinge loss plus regularization
    loss = loss / num_train + reg * np.sum(W * W)
    return loss
np.random.seed(7)
W = np.random.randn(3, 4) * 0.1
X = np.random.randn(5, 3)
y = np.random.randint(4, size=5)
loss = softmax_loss_naive(W, X, y, 0.1)
