# LSTM from scratch by hand (colah), tuple states and loops
import torch
torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
H, D = 3, 2
Wf, Wi, Wc, Wo = (torch.randn(H, H + D) * 0.3 for _ in range(4))
bf = torch.ones(H); bi = bc = bo = torch.zeros(H)
for p in (Wf, Wi, Wc, Wo):
    p.requires_grad_(True)
def step(x, state):
    h, c = state
    hx = torch.cat((h, x))
    f, i, o = [torch.sigmoid(W @ hx + b) for W, b in ((Wf, bf), (Wi, bi), (Wo, bo))]
    g = torch.tanh(Wc @ hx + bc)
    c = f * c + i * g
    return o * torch.tanh(c), c
xs = torch.tensor([[1.0, 0.5], [-0.3, 0.8], [0.0, -1.0]])
state = torch.zeros(H), torch.zeros(H)
hs = []
for x in xs:
    state = step(x, state)
    hs.append(state[0])
loss = torch.stack(hs).pow(2).sum()
loss.backward()
