import torch
from torch import nn
class AdditiveAttention(nn.Module):
    def __init__(self, num_hiddens, **kwargs):
        super(AdditiveAttention, self).__init__(**kwargs)
        self.W_k = nn.Linear(2, num_hiddens, bias=False)
        self.W_q = nn.Linear(3, num_hiddens, bias=False)
        self.w_v = nn.Linear(num_hiddens, 1, bias=False)
    def forward(self, queries, keys, values):
        queries, keys = self.W_q(queries), self.W_k(keys)
        features = queries.unsqueeze(2) + keys.unsqueeze(1)
        features = torch.tanh(features)
        scores = self.w_v(features).squeeze(-1)
        self.attention_weights = nn.functional.softmax(scores, dim=-1)
        return torch.bmm(self.attention_weights, values)
att = AdditiveAttention(4)
for p in att.parameters():
    nn.init.constant_(p, 0.3)
q = torch.tensor([[[0.1, 0.2, 0.3]]])
k = torch.tensor([[[1.0, 2.0], [0.5, -0.5], [-1.0, 0.0]]])
v = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]])
out = att(q, k, v)
loss = (out ** 2).sum()
loss.backward()
