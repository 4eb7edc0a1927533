import torch
import torch.nn as nn

torch.manual_seed(31)
model = nn.Sequential(nn.Linear(3, 4), nn.GELU(), nn.LayerNorm(4), nn.Linear(4, 2))
x = torch.randn(4, 3)
y = torch.tensor([0, 1, 1, 0])
lam = 0.7
index = torch.randperm(x.size(0))
mixed_x = lam * x + (1 - lam) * x[index]
y_a, y_b = y, y[index]
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
pred = model(mixed_x)
loss = lam * criterion(pred, y_a) + (1 - lam) * criterion(pred, y_b)
loss.backward()
