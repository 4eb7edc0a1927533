# Karpathy: makemore MLP with manual backprop pieces
import torch
import torch.nn.functional as F
torch.set_default_dtype(torch.float64)
g = torch.Generator().manual_seed(2147483647)
block_size = 3
words = ["emma", "olivia"]
chars = sorted(list(set("".join(words))))
stoi = {s: i + 1 for i, s in enumerate(chars)}
stoi["."] = 0
itos = {i: s for s, i in stoi.items()}
vocab_size = len(itos)
X, Y = [], []
for w in words:
    context = [0] * block_size
    for ch in w + ".":
        ix = stoi[ch]
        X.append(context)
        Y.append(ix)
        context = context[1:] + [ix]
X = torch.tensor(X)
Y = torch.tensor(Y)
C = torch.linspace(-1, 1, vocab_size * 2).view(vocab_size, 2).requires_grad_()
W1 = torch.linspace(-0.5, 0.7, 6 * 4).view(6, 4).requires_grad_()
b1 = torch.zeros(4, requires_grad=True)
W2 = torch.linspace(0.3, -0.4, 4 * vocab_size).view(4, vocab_size).requires_grad_()
b2 = torch.zeros(vocab_size, requires_grad=True)
parameters = [C, W1, b1, W2, b2]
print(sum(p.nelement() for p in parameters))
for p in parameters:
    p.requires_grad = True
emb = C[X]
h = torch.tanh(emb.view(-1, 6) @ W1 + b1)
logits = h @ W2 + b2
loss = F.cross_entropy(logits, Y)
for p in parameters:
    p.grad = None
loss.backward()
