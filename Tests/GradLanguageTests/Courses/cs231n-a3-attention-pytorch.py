import torch
import torch.nn as nn
from torch.nn import functional as F
import math

class MultiHeadAttention(nn.Module):
    def __init__(self, embed_dim, num_heads, dropout=0.1):
        super().__init__()
        assert embed_dim % num_heads == 0
        self.key = nn.Linear(embed_dim, embed_dim)
        self.query = nn.Linear(embed_dim, embed_dim)
        self.value = nn.Linear(embed_dim, embed_dim)
        self.proj = nn.Linear(embed_dim, embed_dim)
        self.attn_drop = nn.Dropout(dropout)
        self.n_head = num_heads
        self.emd_dim = embed_dim
        self.head_dim = self.emd_dim // self.n_head
        for layer in (self.key, self.query, self.value, self.proj):
            layer.weight.data = torch.linspace(-0.5, 0.7, embed_dim * embed_dim).view(embed_dim, embed_dim)
            nn.init.zeros_(layer.bias)

    def forward(self, query, key, value, attn_mask=None):
        N, S, E = query.shape
        N, T, E = value.shape
        output = torch.empty((N, S, E))
        H = self.n_head
        q = self.query(query).view(N, S, H, E // H).moveaxis(1, 2)
        k = self.key(key).view(N, T, H, E // H).moveaxis(1, 2)
        v = self.value(value).view(N, T, H, E // H).moveaxis(1, 2)
        scores = q @ k.transpose(2, 3) / math.sqrt(E / H)
        if attn_mask is not None:
            scores = scores.masked_fill(attn_mask == 0, float("-inf"))
        attn = self.attn_drop(F.softmax(scores, dim=-1))
        output = self.proj((attn @ v).moveaxis(1, 2).reshape(N, S, E))
        return output

batch_size, sequence_length, embed_dim = 1, 3, 4
attn = MultiHeadAttention(embed_dim, num_heads=2, dropout=0.0)
data = torch.arange(12.0).reshape(batch_size, sequence_length, embed_dim) / 10
data.requires_grad_(True)
mask = torch.tril(torch.ones(sequence_length, sequence_length)) != 0
output = attn(query=data, key=data, value=data, attn_mask=mask)
loss = output.pow(2).mean()
loss.backward()
print(data.grad)
