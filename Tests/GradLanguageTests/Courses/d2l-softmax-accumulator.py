# d2l: softmax regression from scratch with Accumulator
import torch
torch.set_default_dtype(torch.float64)
class Accumulator:
    """For accumulating sums over `n` variables."""
    def __init__(self, n):
        self.data = [0.0] * n
    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]
    def reset(self):
        self.data = [0.0] * len(self.data)
    def __getitem__(self, idx):
        return self.data[idx]
def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition
def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])
def accuracy(y_hat, y):
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    cmp = y_hat.type(y.dtype) == y
    return float(cmp.type(y.dtype).sum())
W = torch.tensor([[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]], requires_grad=True)
b = torch.zeros(3, requires_grad=True)
X = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
labels = torch.tensor([0, 2])
y_hat = softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)
metric = Accumulator(2)
metric.add(accuracy(y_hat, labels), labels.numel())
acc = metric[0] / metric[1]
y = cross_entropy(y_hat, labels).mean()
y.backward()
