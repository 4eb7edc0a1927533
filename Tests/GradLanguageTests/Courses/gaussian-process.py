# GP regression, RBF kernel, log marginal likelihood (torch)
import torch
torch.set_default_dtype(torch.float64)
X = torch.tensor([[0.0], [0.7], [1.5], [2.2]])
y = torch.sin(X).squeeze()
log_ls = torch.tensor(0.1, requires_grad=True)
log_sf = torch.tensor(-0.2, requires_grad=True)
log_noise = torch.tensor(-2.0, requires_grad=True)
def kernel(A, B):
    sq = (A ** 2).sum(1)[:, None] + (B ** 2).sum(1)[None, :] - 2 * A @ B.T
    return torch.exp(2 * log_sf) * torch.exp(-0.5 * sq / torch.exp(2 * log_ls))
K = kernel(X, X) + torch.exp(2 * log_noise) * torch.eye(len(X))
alpha = torch.linalg.solve(K, y)
nll = 0.5 * y @ alpha + 0.5 * torch.logdet(K) + 0.5 * len(X) * torch.log(torch.tensor(2 * torch.pi))
nll.backward()
