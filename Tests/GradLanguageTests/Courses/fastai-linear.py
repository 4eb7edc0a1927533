import torch
from torch import tensor
import numpy as np
t_indep = tensor([[22., 1., 0.], [38., 0., 1.], [26., 1., 0.], [35., 0., 0.]])
t_dep = tensor([0., 1., 1., 0.])
vals, indices = t_indep.max(dim=0)
t_indep = t_indep / vals
coeffs = tensor([-0.4629, 0.1386, 0.2409]).requires_grad_()
def calc_preds(coeffs, indeps): return torch.sigmoid((indeps*coeffs).sum(axis=1))
def calc_loss(coeffs, indeps, deps): return torch.abs(calc_preds(coeffs, indeps)-deps).mean()
loss = calc_loss(coeffs, t_indep, t_dep)
loss.backward()
with torch.no_grad():
    coeffs.sub_(coeffs.grad * 0.1)
    coeffs.grad.zero_()
    print(calc_loss(coeffs, t_indep, t_dep))
