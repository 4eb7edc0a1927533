import torch
import numpy as np

class SyntheticRegressionData:
    def __init__(self, w, b, noise=0.01, num_train=6, batch_size=3):
        self.w, self.b, self.batch_size = w, b, batch_size
        rng = np.random.RandomState(0)
        self.X = torch.tensor(rng.randn(num_train, len(w)))
        eps = torch.tensor(rng.randn(num_train, 1)) * noise
        self.y = torch.matmul(self.X, w.reshape((-1, 1))) + b + eps

    def batches(self):
        for i in range(0, len(self.X), self.batch_size):
            yield self.X[i:i+self.batch_size], self.y[i:i+self.batch_size]

class LinearRegressionScratch:
    def __init__(self, num_inputs, lr, sigma=0.01):
        self.lr = lr
        self.w = torch.full((num_inputs, 1), 0.3, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        l = (y_hat - y) ** 2 / 2
        return l.mean()

data = SyntheticRegressionData(w=torch.tensor([2, -3.4]), b=4.2)
model = LinearRegressionScratch(2, lr=0.03)
total = 0.0
for X, y in data.batches():
    total = total + model.loss(model.forward(X), y)
total.backward()
