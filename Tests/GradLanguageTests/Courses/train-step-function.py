import torch
import torch.nn.functional as F

w = torch.tensor([0.5, -1.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
x = torch.tensor([[1.0, 2.0], [0.5, 0.3]])
y = torch.tensor([1.0, -1.0])


def train_step(inputs, targets):
    optimizer.zero_grad()
    prediction = inputs @ w
    loss = F.mse_loss(prediction, targets)
    loss.backward()
    optimizer.step()
    return loss.item()


for epoch in range(100):
    cost = train_step(x, y)
    if epoch % 10 == 0:
        print(f"epoch {epoch}: {cost:.4f}")
