import torch
import torch.nn as nn
import torch.nn.functional as F

mha = nn.MultiheadAttention(4, 2, batch_first=True)
layer = nn.TransformerEncoderLayer(d_model=4, nhead=2, dim_feedforward=3, dropout=0.0, activation='gelu')
pre = nn.TransformerEncoderLayer(4, 1, 2, batch_first=True, norm_first=True)
pre.eval()
for module in [mha, layer, pre]:
    for i, p in enumerate(module.parameters()):
        with torch.no_grad():
            p.copy_(torch.linspace(-0.5, 0.8, p.numel()).reshape(p.shape) * (1 if i % 3 else -1))
x = torch.tensor([[[1.0, 0.2, -0.3, 0.5], [0.1, -0.4, 0.7, 0.9], [0.6, 0.3, -0.2, 0.4]]], requires_grad=True)
memory = torch.tensor([[[0.3, 0.1, 0.5, -0.2], [0.8, -0.6, 0.2, 0.1]]])
causal = torch.triu(torch.ones(3, 3), diagonal=1).bool()
padding = torch.tensor([[False, True]])
a, weights = mha(x, x, x, attn_mask=causal)
b, shares = mha(a, memory, memory, key_padding_mask=padding)
c = layer((a + b).transpose(0, 1), src_mask=nn.Transformer.generate_square_subsequent_mask(3))
d = pre(c.transpose(0, 1))
e = F.scaled_dot_product_attention(d, d, d, attn_mask=torch.tril(torch.ones(3, 3, dtype=torch.bool)))
loss = (e ** 2).sum() + weights[0, 2, 1] + shares.sum()
loss.backward()
