import torch
import torch.nn.functional as F

# One step of MAML on a linear model
w = torch.tensor([[0.5], [-0.3]], requires_grad=True)
b = torch.tensor([0.1], requires_grad=True)
params = [w, b]

def model(x, params):
    return torch.tanh(x @ params[0] + params[1])

x_support = torch.tensor([[1.0, 2.0], [0.5, -1.0]])
y_support = torch.tensor([[0.3], [-0.2]])
x_query = torch.tensor([[0.2, 0.7], [-0.4, 1.1]])
y_query = torch.tensor([[0.1], [0.6]])
inner_lr = 0.1

support_loss = F.mse_loss(model(x_support, params), y_support)
grads = torch.autograd.grad(support_loss, params, create_graph=True)
fast_weights = [p - inner_lr * g for p, g in zip(params, grads)]
query_loss = F.mse_loss(model(x_query, fast_weights), y_query)
query_loss.backward()
