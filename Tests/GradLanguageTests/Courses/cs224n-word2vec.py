# by hand: centerWordVec gradCenterVec, outsideVectors gradOutsideVecs
import numpy as np
def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s
def softmax(x):
    orig_shape = x.shape
    if len(x.shape) > 1:
        tmp = np.max(x, axis=1)
        x -= tmp.reshape((x.shape[0], 1))
        x = np.exp(x)
        tmp = np.sum(x, axis=1)
        x /= tmp.reshape((x.shape[0], 1))
    else:
        tmp = np.max(x)
        x = x - tmp
        x = np.exp(x)
        tmp = np.sum(x)
        x = x / tmp
    assert x.shape == orig_shape
    return x
def naiveSoftmaxLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors):
    y_hat = softmax(np.dot(outsideVectors, centerWordVec))
    loss = -np.log(y_hat[outsideWordIdx])
    delta = y_hat.copy()
    delta[outsideWordIdx] -= 1
    gradCenterVec = outsideVectors.T @ delta
    gradOutsideVecs = np.outer(delta, centerWordVec)
    return loss, gradCenterVec, gradOutsideVecs
np.random.seed(9)
centerWordVec = np.random.randn(3)
outsideVectors = np.random.randn(5, 3)
loss, gradCenterVec, gradOutsideVecs = naiveSoftmaxLossAndGradient(centerWordVec, 2, outsideVectors)
