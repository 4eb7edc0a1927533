import torch
import torch.nn as nn

torch.manual_seed(12)
embed_dim, num_heads = 4, 2
attn = nn.MultiheadAttention(embed_dim, num_heads, batch_first=True)
norm = nn.LayerNorm(embed_dim)
ff = nn.Sequential(nn.Linear(embed_dim, 6), nn.SiLU(), nn.Linear(6, embed_dim))
x = torch.randn(2, 3, embed_dim)
y, attn_weights = attn(x, x, x)
x1 = norm(x + y)
z = x1 + ff(x1)
loss = z.pow(2).mean() - attn_weights.max()
loss.backward()
