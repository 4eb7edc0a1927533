import torch
g = torch.Generator()
g.manual_seed(1)
W = torch.randn((3, 3), generator=g, requires_grad=True)
torch.manual_seed(2)
idx = torch.randperm(3)
mask = torch.rand(3, 3) > 0.5
x = torch.arange(9.).view(3, 3)[idx]
logits = x @ W
logits = logits.masked_fill(mask, 0.0)
probs = logits.softmax(1)
sample = torch.multinomial(probs, num_samples=1, replacement=True, generator=g)
loss = -probs[torch.arange(3), sample.squeeze(1)].log().mean()
loss.backward()
