import torch
import torch.nn.functional as F
words = ["emma", "olivia", "ava"]
chars = sorted(list(set(''.join(words))))
stoi = {s: i+1 for i, s in enumerate(chars)}
stoi['.'] = 0
itos = {i: s for s, i in stoi.items()}
def pairs(words):
    xs, ys = [], []
    for w in words:
        chs = ['.'] + list(w) + ['.']
        for ch1, ch2 in zip(chs, chs[1:]):
            ix1 = stoi[ch1]
            ix2 = stoi[ch2]
            xs.append(ix1)
            ys.append(ix2)
    return xs, ys
xs, ys = pairs(words)
xs = torch.tensor(xs)
ys = torch.tensor(ys)
num = xs.nelement()
V = len(itos)
W = (torch.arange(V*V).reshape(V, V).float() * 0.01).requires_grad_()
xenc = F.one_hot(xs, num_classes=V).float()
logits = xenc @ W
counts = logits.exp()
probs = counts / counts.sum(1, keepdims=True)
loss = -probs[torch.arange(num), ys].log().mean() + 0.01*(W**2).mean()
print(f'loss={loss.item():.4f}')
W.grad = None
loss.backward()
