import torch
torch.set_default_dtype(torch.float64)
X = torch.tensor([0.1, 0.7, 1.3, 2.2])
y = torch.tensor([0.5, -0.3, 0.8, 1.1])
log_l = torch.tensor(0.1, requires_grad=True)
log_s = torch.tensor(-1.0, requires_grad=True)
def kernel(a, b):
    return torch.exp(-0.5 * (a[:, None] - b[None, :])**2 / torch.exp(log_l)**2)
K = kernel(X, X) + torch.exp(log_s) * torch.eye(len(X))
alpha = torch.linalg.solve(K, y)
nll = 0.5 * y @ alpha + 0.5 * torch.logdet(K) + 0.5 * len(X) * torch.log(torch.tensor(2 * torch.pi))
nll.backward()
