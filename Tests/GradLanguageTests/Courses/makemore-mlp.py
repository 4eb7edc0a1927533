import torch
import torch.nn.functional as F
import numpy as np
np.random.seed(42)
words = ['ada', 'bob', 'cab']
chars = sorted(list(set(''.join(words))))
stoi = {s: i+1 for i, s in enumerate(chars)}
stoi['.'] = 0
block_size = 3
def build_dataset(words):
    X, Y = [], []
    for w in words:
        context = [0] * block_size
        for ch in w + '.':
            ix = stoi[ch]
            X.append(context)
            Y.append(ix)
            context = context[1:] + [ix]
    X = torch.tensor(X)
    Y = torch.tensor(Y)
    print(X.shape, Y.shape)
    return X, Y
Xtr, Ytr = build_dataset(words)
vocab_size = len(stoi)
C = torch.tensor(np.random.randn(vocab_size, 2))
W1 = torch.tensor(np.random.randn(6, 5))
b1 = torch.tensor(np.random.randn(5))
W2 = torch.tensor(np.random.randn(5, vocab_size) * 0.1)
b2 = torch.zeros(vocab_size)
parameters = [C, W1, b1, W2, b2]
print(sum(p.nelement() for p in parameters))
for p in parameters:
    p.requires_grad = True
emb = C[Xtr]
h = torch.tanh(emb.view(-1, 6) @ W1 + b1)
logits = h @ W2 + b2
loss = F.cross_entropy(logits, Ytr)
for p in parameters:
    p.grad = None
loss.backward()
