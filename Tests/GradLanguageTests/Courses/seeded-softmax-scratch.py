import torch

torch.manual_seed(0)
num_inputs, num_outputs = 4, 3
W = torch.normal(0, 0.01, size=(num_inputs, num_outputs), requires_grad=True)
b = torch.zeros(num_outputs, requires_grad=True)

def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition

def net(X):
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)

def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])

X = torch.rand(5, 2, 2)
y = torch.randint(0, 3, (5,))
y_hat = net(X)
l = cross_entropy(y_hat, y).mean()
l.backward()
with torch.no_grad():
    W -= 0.1 * W.grad
