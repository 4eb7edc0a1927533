import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(2, 3),
    nn.Tanh(),
    nn.Linear(3, 2),
    nn.Softmax(dim=1),
)
model.load_state_dict({
    '0.weight': torch.tensor([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6]]),
    '0.bias': torch.tensor([0.0, 0.1, 0.2]),
    '2.weight': torch.tensor([[0.3, -0.2, 0.1], [0.05, 0.15, -0.25]]),
    '2.bias': torch.zeros(2),
})
x = torch.tensor([[1.0, -1.0]])
p = model(x)
loss = -torch.log(p[0, 1])
loss.backward()
print(model[0].weight.grad)
