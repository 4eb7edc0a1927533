import torch
from torch import nn
torch.set_default_dtype(torch.float64)
# ResNet-ish block, config dict, ModuleList, hooks that only print
class Block(nn.Module):
    def __init__(self, dim, expansion=2, act="gelu"):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc1 = nn.Linear(dim, dim * expansion)
        self.fc2 = nn.Linear(dim * expansion, dim)
        self.act = {"gelu": nn.GELU(), "relu": nn.ReLU()}[act]
    def forward(self, x):
        return x + self.fc2(self.act(self.fc1(self.norm(x))))
class Net(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.blocks = nn.ModuleList([Block(cfg["dim"], act=a) for a in cfg["acts"]])
        self.head = nn.Linear(cfg["dim"], cfg.get("classes", 2), bias=False)
    def forward(self, x):
        for i, blk in enumerate(self.blocks):
            x = blk(x)
        return self.head(x.mean(dim=1))
torch.manual_seed(42)
cfg = {"dim": 4, "acts": ["gelu", "relu"], "classes": 3}
model = Net(cfg)
n_params = sum(p.numel() for p in model.parameters() if p.requires_grad)
print(f"{n_params:,} parameters")
x = torch.randn(2, 3, 4)
labels = torch.tensor([2, 0])
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
logits = model(x)
loss = criterion(logits, labels)
loss.backward()
