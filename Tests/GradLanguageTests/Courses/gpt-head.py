import torch
import torch.nn as nn
from torch.nn import functional as F
B,T,C = 1,3,4 # batch, time, channels
x = torch.linspace(-1, 1, B*T*C).view(B,T,C)
# let's see a single Head perform self-attention
head_size = 2
key = nn.Linear(C, head_size, bias=False)
query = nn.Linear(C, head_size, bias=False)
value = nn.Linear(C, head_size, bias=False)
for i, lin in enumerate([key, query, value]):
    nn.init.constant_(lin.weight, 0.1 * (i + 1))
k = key(x)   # (B, T, 16)
q = query(x) # (B, T, 16)
wei =  q @ k.transpose(-2, -1) # (B, T, 16) @ (B, 16, T) ---> (B, T, T)
wei = wei * head_size**-0.5
tril = torch.tril(torch.ones(T, T))
wei = wei.masked_fill(tril == 0, float('-inf'))
wei = F.softmax(wei, dim=-1)
v = value(x)
out = wei @ v
loss = out.pow(2).sum()
loss.backward()
