import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.tensor([-4.0, -3.0, -0.5, 0.0, 0.3, 2.0, 3.0, 6.0], requires_grad=True)
smooth = F.mish(x) + F.softsign(x) + F.tanhshrink(x) + F.selu(x) + F.celu(x, alpha=0.5)
hard = F.relu6(x) + F.hardtanh(x, -2.0, 2.5) + F.hardswish(x) + nn.Hardtanh()(x)
bent = F.gelu(x, approximate="tanh") + nn.GELU(approximate="tanh")(x) + F.gelu(x)
gated = F.glu(x.view(2, 4), dim=1)
shares = F.softmin(x, dim=0)
steps = torch.floor(x) * x + torch.round(x * 10) / 10
loss = (smooth * 0.1 + hard + bent).sum() + (gated ** 2).sum() + (shares * x).sum() + steps.sum()
loss.backward()
