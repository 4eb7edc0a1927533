import torch

w = torch.tensor([2.0, -1.0], requires_grad=True)
x = torch.tensor([0.5, 1.5])
torch.set_grad_enabled(False)
scale = w * 3
torch.set_grad_enabled(True)
loss = None
for phase in ["train", "val"]:
    is_training = phase == "train"
    with torch.set_grad_enabled(is_training):
        out = (w * scale * x).sum()
        if torch.is_grad_enabled():
            loss = out ** 2
loss.backward()
