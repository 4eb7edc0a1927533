import torch
import torch.nn.functional as F
words = ['emma', 'ava']
chars = sorted(list(set(''.join(words))))
stoi = {s:i+1 for i,s in enumerate(chars)}
stoi['.'] = 0
itos = {i:s for s,i in stoi.items()}
block_size = 2
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
C = (torch.arange(10.0).reshape(5, 2) - 5) / 10
W1 = (torch.arange(12.0).reshape(4, 3) - 6) / 20
b1 = torch.zeros(3)
W2 = (torch.arange(15.0).reshape(3, 5) - 7) / 30
b2 = torch.zeros(5)
parameters = [C, W1, b1, W2, b2]
for p in parameters:
  p.requires_grad = True
emb = C[X] # (N, 2, 2)
h = torch.tanh(emb.view(-1, 4) @ W1 + b1)
logits = h @ W2 + b2
loss = F.cross_entropy(logits, Y)
for p in parameters:
  p.grad = None
loss.backward()
lr = 0.1
for p in parameters:
  p.data += -lr * p.grad
