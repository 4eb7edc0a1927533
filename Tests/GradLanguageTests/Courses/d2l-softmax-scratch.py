import torch
import numpy as np
np.random.seed(6)
def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition
def cross_entropy(y_hat, y):
    return -torch.log(y_hat[list(range(len(y_hat))), y]).mean()
class SoftmaxRegressionScratch:
    def __init__(self, W, num_outputs):
        self.W = torch.tensor(W, requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)
    def parameters(self):
        return [self.W, self.b]
    def forward(self, X):
        X = X.reshape((-1, self.W.shape[0]))
        return softmax(torch.matmul(X, self.W) + self.b)
model = SoftmaxRegressionScratch(np.random.randn(4, 3), 3)
X = torch.tensor(np.random.rand(2, 2, 2))
y = torch.tensor([0, 2])
loss = cross_entropy(model.forward(X), y)
loss.backward()
