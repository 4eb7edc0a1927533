import torch
import torch.nn as nn
class MF(nn.Module):
    def __init__(self, num_users, num_items, emb_size=2):
        super(MF, self).__init__()
        self.user_emb = nn.Embedding(num_users, emb_size)
        self.user_bias = nn.Embedding(num_users, 1)
        self.item_emb = nn.Embedding(num_items, emb_size)
        self.item_bias = nn.Embedding(num_items, 1)
        self.user_emb.weight.data.fill_(0.05)
        self.item_emb.weight.data.fill_(0.07)
        self.user_bias.weight.data.fill_(0.01)
        self.item_bias.weight.data.fill_(-0.01)
    def forward(self, u, v):
        U = self.user_emb(u)
        V = self.item_emb(v)
        b_u = self.user_bias(u).squeeze()
        b_v = self.item_bias(v).squeeze()
        return (U*V).sum(1) + b_u + b_v
model = MF(3, 4)
u = torch.LongTensor([0, 1, 2, 0])
v = torch.LongTensor([1, 3, 2, 0])
r = torch.tensor([4.0, 3.0, 5.0, 1.0])
y_hat = model(u, v)
import torch.nn.functional as F
loss = F.mse_loss(y_hat, r)
loss.backward()
