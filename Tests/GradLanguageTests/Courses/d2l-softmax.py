import torch
num_inputs = 4
num_outputs = 3
W = torch.linspace(-0.1, 0.1, 12).reshape(num_inputs, num_outputs).clone().requires_grad_()
b = torch.zeros(num_outputs, requires_grad=True)

def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition  # The broadcasting mechanism is applied here

def net(X):
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)

def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])

X = torch.tensor([[[0.1, 0.2], [0.3, 0.4]], [[1.0, -1.0], [0.5, -0.5]]])
y = torch.tensor([0, 2])
l = cross_entropy(net(X), y)
l.mean().backward()
