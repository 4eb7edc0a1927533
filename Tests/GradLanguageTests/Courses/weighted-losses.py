import torch
import torch.nn as nn
import torch.nn.functional as F

scores = torch.tensor([[1.0, 2.0, 0.5], [0.1, 0.2, 0.3], [0.5, -0.4, 0.1]], requires_grad=True)
labels = torch.tensor([1, -100, 2])
weight = torch.tensor([1.0, 2.0, 0.5])
shares = torch.tensor([[0.2, 0.8, 0.0], [0.5, 0.25, 0.25], [0.0, 0.0, 1.0]])
a = nn.CrossEntropyLoss(weight=weight, label_smoothing=0.2)(scores, labels)
b = F.cross_entropy(scores, labels, ignore_index=-100, reduction="none").sum()
c = nn.CrossEntropyLoss(weight, reduction="sum")(scores, labels)
d = F.cross_entropy(scores, shares, weight=weight, label_smoothing=0.1)
e = nn.NLLLoss(weight=weight)(F.log_softmax(scores, dim=1), labels)
f = F.kl_div(F.log_softmax(scores, dim=1), shares, reduction="batchmean")
z = torch.tensor([1.0, -2.0, 0.3], requires_grad=True)
t = torch.tensor([1.0, 0.0, 1.0])
g = F.binary_cross_entropy_with_logits(z, t, weight=weight, pos_weight=torch.tensor(3.0))
h = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([2.0, 1.0, 0.5]))(z, t)
i = F.binary_cross_entropy(torch.sigmoid(z), t, weight=weight)
loss = a + b + c + d + e + f + g + h + i
loss.backward()
