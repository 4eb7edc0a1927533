import numpy as np

class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=4, num_classes=3, reg=0.1, weight_scale=0.5, dtype=np.float64):
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.params = {}
        dims = [input_dim] + hidden_dims + [num_classes]
        for i in range(self.num_layers):
            self.params[f"W{i + 1}"] = weight_scale * np.random.randn(dims[i], dims[i + 1])
            self.params[f"b{i + 1}"] = np.zeros(dims[i + 1])
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        out = X
        for i in range(1, self.num_layers):
            out = np.maximum(0, out.dot(self.params["W%d" % i]) + self.params["b%d" % i])
        L = self.num_layers
        scores = out @ self.params["W{}".format(L)] + self.params["b{}".format(L)]
        if y is None:
            return scores
        shifted = scores - scores.max(axis=1, keepdims=True)
        logp = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        loss = -np.mean(logp[range(len(y)), y])
        for i in range(L):
            W = self.params[f"W{i+1}"]
            loss += 0.5 * self.reg * np.sum(W ** 2)
        return loss

np.random.seed(5)
model = FullyConnectedNet([5, 4], reg=0.02)
X = np.random.randn(6, 4)
y = np.array([0, 1, 2, 2, 1, 0])
loss = model.loss(X, y)
