# fast.ai style mean shift / titanic linear model
import torch
from torch import tensor
torch.set_default_dtype(torch.float64)
def calc_preds(coeffs, indeps): return torch.sigmoid((indeps * coeffs).sum(axis=1))
def calc_loss(coeffs, indeps, deps): return torch.abs(calc_preds(coeffs, indeps) - deps).mean()
def update_coeffs(coeffs, lr):
    coeffs.sub_(coeffs.grad * lr)
    coeffs.grad.zero_()
t_indep = tensor([[22.0, 1, 0], [38.0, 1, 1], [26.0, 0, 1], [35.0, 1, 0]])
t_dep = tensor([0.0, 1, 1, 0])
vals, indices = t_indep.max(dim=0)
t_indep = t_indep / vals
n_coeff = t_indep.shape[1]
coeffs = tensor([0.1, -0.2, 0.3]).requires_grad_()
y = calc_loss(coeffs, t_indep, t_dep)
y.backward()
with torch.no_grad():
    update_coeffs(coeffs, lr=0.1)
