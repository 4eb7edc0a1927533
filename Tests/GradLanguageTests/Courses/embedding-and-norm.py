import torch
import torch.nn as nn
emb = nn.Embedding(4, 3)
emb.weight.data = torch.arange(12.).reshape(4, 3) / 10
norm = nn.LayerNorm(3)
layers = nn.ModuleList([nn.Linear(3, 3) for _ in range(2)])
for i, l in enumerate(layers):
    l.weight.data.fill_(0.1 * (i + 1))
    l.bias.data.zero_()
act = nn.GELU()
h = emb(torch.tensor([0, 2, 2]))
for l in layers:
    h = act(l(norm(h)))
loss = nn.BCEWithLogitsLoss(reduction='sum')(h.mean(dim=1), torch.tensor([1., 0., 1.]))
loss.backward()
