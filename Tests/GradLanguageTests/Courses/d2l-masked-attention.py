# d2l: multi-head attention from scratch
import math
import torch
from torch import nn
torch.set_default_dtype(torch.float64)
def masked_softmax(X, valid_lens):
    def _sequence_mask(X, valid_len, value=0):
        maxlen = X.size(1)
        mask = torch.arange((maxlen), dtype=torch.float32, device=X.device)[None, :] < valid_len[:, None]
        X[~mask] = value
        return X
    if valid_lens is None:
        return nn.functional.softmax(X, dim=-1)
    else:
        shape = X.shape
        if valid_lens.dim() == 1:
            valid_lens = torch.repeat_interleave(valid_lens, shape[1])
        else:
            valid_lens = valid_lens.reshape(-1)
        X = _sequence_mask(X.reshape(-1, shape[-1]), valid_lens, value=-1e6)
        return nn.functional.softmax(X.reshape(shape), dim=-1)
class DotProductAttention(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
    def forward(self, queries, keys, values, valid_lens=None):
        d = queries.shape[-1]
        scores = torch.bmm(queries, keys.transpose(1, 2)) / math.sqrt(d)
        self.attention_weights = masked_softmax(scores, valid_lens)
        return torch.bmm(self.dropout(self.attention_weights), values)
queries = torch.tensor([[[0.1, -0.3]], [[1.2, 0.4]]], requires_grad=True)
keys = torch.linspace(-1, 1, 2 * 3 * 2).reshape(2, 3, 2).requires_grad_()
values = torch.arange(12.0).reshape(2, 3, 2)
valid_lens = torch.tensor([2, 3])
attention = DotProductAttention(dropout=0.0)
attention.eval()
out = attention(queries, keys, values, valid_lens)
loss = (out ** 2).sum()
loss.backward()
