import torch
from torch import nn

torch.manual_seed(10)

def batch_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(dim=0, keepdim=True)
    var = ((X - mean) ** 2).mean(dim=0, keepdim=True)
    X_hat = (X - mean) / torch.sqrt(var + eps)
    return gamma * X_hat + beta

class BatchNorm(nn.Module):
    def __init__(self, num_features):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(1, num_features))
        self.beta = nn.Parameter(torch.zeros(1, num_features))

    def forward(self, X):
        return batch_norm(X, self.gamma, self.beta)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(3, 4)
        self.bn = BatchNorm(4)
        self.fc2 = nn.Linear(4, 1)
        self.reset_parameters()

    def reset_parameters(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.fc2(torch.sigmoid(self.bn(self.fc1(x))))

X = torch.randn(6, 3)
y = torch.rand(6, 1)
model = Net()
out = model(X)
mse = ((out - y) ** 2).mean()
mse.backward()
