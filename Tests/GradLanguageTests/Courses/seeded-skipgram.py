import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(42)
corpus = "the quick brown fox jumps over the lazy dog".split()
vocab = sorted(set(corpus))
word2idx = {w: i for i, w in enumerate(vocab)}
pairs = []
window = 1
for i, w in enumerate(corpus):
    for j in range(max(0, i - window), min(len(corpus), i + window + 1)):
        if i != j:
            pairs.append((word2idx[w], word2idx[corpus[j]]))

class SkipGram(nn.Module):
    def __init__(self, vocab_size, dim):
        super().__init__()
        self.center = nn.Embedding(vocab_size, dim)
        self.context = nn.Embedding(vocab_size, dim)
        nn.init.uniform_(self.center.weight, -0.5 / dim, 0.5 / dim)

    def forward(self, c, o, neg):
        v = self.center(c)
        u = self.context(o)
        n = self.context(neg)
        pos = F.logsigmoid((v * u).sum(dim=1))
        negs = F.logsigmoid(-torch.bmm(n, v.unsqueeze(2)).squeeze(2)).sum(dim=1)
        return -(pos + negs).mean()

model = SkipGram(len(vocab), 3)
centers = torch.tensor([p[0] for p in pairs[:4]])
contexts = torch.tensor([p[1] for p in pairs[:4]])
negatives = torch.randint(0, len(vocab), (4, 2))
loss = model(centers, contexts, negatives)
loss.backward()
