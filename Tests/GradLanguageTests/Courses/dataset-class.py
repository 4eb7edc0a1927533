import torch
import numpy as np
from torch.utils.data import Dataset, DataLoader
class Toy(Dataset):
    def __init__(self, n):
        rng = np.random.RandomState(n)
        self.x = torch.tensor(rng.rand(n, 2))
        self.y = (self.x.sum(1) > 1).double()
    def __len__(self):
        return len(self.y)
    def __getitem__(self, i):
        return self.x[i], self.y[i]
ds = Toy(4)
w = torch.tensor([1.0, -1.0], requires_grad=True)
total = 0.0
for i in range(len(ds)):
    x, y = ds[i]
    p = torch.sigmoid(x @ w)
    total = total - (y*torch.log(p) + (1-y)*torch.log(1-p))
loss = total/len(ds)
loss.backward()
