import torch
import torch.nn.functional as F

words = ["emma", "olivia", "ava"]
chars = sorted(list(set("".join(words))))
stoi = {s: i + 1 for i, s in enumerate(chars)}
stoi["."] = 0
block_size = 3
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

vocab = len(stoi)
g = torch.Generator().manual_seed(2147483647)
C = torch.randn((vocab, 2), generator=g)
W1 = torch.randn((6, 5), generator=g) * (5/3)/(6**0.5)
b1 = torch.randn(5, generator=g) * 0.01
W2 = torch.randn((5, vocab), generator=g) * 0.01
b2 = torch.randn(vocab, generator=g) * 0
parameters = [C, W1, b1, W2, b2]
print(sum(p.nelement() for p in parameters))
for p in parameters:
    p.requires_grad = True

for i in range(10):
    ix = torch.randint(0, X.shape[0], (4,), generator=g)
    emb = C[X[ix]]
    h = torch.tanh(emb.view(-1, 6) @ W1 + b1)
    logits = h @ W2 + b2
    loss = F.cross_entropy(logits, Y[ix])
    for p in parameters:
        p.grad = None
    loss.backward()
    lr = 0.1
    for p in parameters:
        p.data += -lr * p.grad
