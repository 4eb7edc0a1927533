import torch
import torch.nn as nn
torch.set_default_dtype(torch.float64)
# RNN-free char LM head with embedding bag, positional encoding & layernorm (nanoGPT style block)
from dataclasses import dataclass
import math
@dataclass
class GPTConfig:
    block_size: int = 4
    vocab_size: int = 5
    n_embd: int = 4
    n_head: int = 2
class CausalSelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        assert config.n_embd % config.n_head == 0
        self.c_attn = nn.Linear(config.n_embd, 3 * config.n_embd)
        self.c_proj = nn.Linear(config.n_embd, config.n_embd)
        self.n_head = config.n_head
        self.n_embd = config.n_embd
        self.register_buffer("bias", torch.tril(torch.ones(config.block_size, config.block_size)).view(1, 1, config.block_size, config.block_size))
    def forward(self, x):
        B, T, C = x.size()
        q, k, v = self.c_attn(x).split(self.n_embd, dim=2)
        k = k.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        q = q.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        v = v.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)
        att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
        att = att.masked_fill(self.bias[:, :, :T, :T] == 0, float('-inf'))
        att = torch.softmax(att, dim=-1)
        y = att @ v
        y = y.transpose(1, 2).contiguous().view(B, T, C)
        return self.c_proj(y)
torch.manual_seed(0)
config = GPTConfig()
attn = CausalSelfAttention(config)
wte = nn.Embedding(config.vocab_size, config.n_embd)
idx = torch.tensor([[1, 3, 0]])
x = wte(idx)
out = attn(x)
loss = out.pow(2).mean()
loss.backward()
