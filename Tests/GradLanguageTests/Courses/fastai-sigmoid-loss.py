import torch
from torch import tensor, nn
import torch.nn.functional as F

train_x = tensor([[0.1, 0.9, 0.3], [0.4, 0.2, 0.8], [0.5, 0.5, 0.1], [0.9, 0.7, 0.6]])
train_y = tensor([1]*2 + [0]*2).unsqueeze(1)
dset = list(zip(train_x,train_y))
x,y = dset[0]
x.shape,y
def init_params(size, std=1.0): return (torch.sin(torch.arange(1, 4.)[:, None])*std).requires_grad_()
weights = init_params((3,1))
bias = init_params(1).data.mean(0).requires_grad_()
def linear1(xb): return xb@weights + bias
preds = linear1(train_x)
corrects = (preds>0.0).float() == train_y
corrects.float().mean().item()
def mnist_loss(predictions, targets):
    predictions = predictions.sigmoid()
    return torch.where(targets==1, 1-predictions, predictions).mean()
def calc_grad(xb, yb, model):
    preds = model(xb)
    loss = mnist_loss(preds, yb)
    loss.backward()
def batch_accuracy(xb, yb):
    preds = xb.sigmoid()
    correct = (preds>0.5) == yb
    return correct.float().mean()
loss = mnist_loss(preds, train_y)
loss.backward()
for p in (weights, bias):
    p.data -= p.grad*0.1
    p.grad.zero_()
