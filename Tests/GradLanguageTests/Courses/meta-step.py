import torch
torch.set_default_dtype(torch.float64)
# meta-learning style inner step with create_graph
w = torch.tensor([0.5, -0.3], requires_grad=True)
x = torch.tensor([[1.0, 2.0], [0.5, -1.0]])
t = torch.tensor([1.0, 0.0])
inner = ((x @ w - t) ** 2).mean()
g, = torch.autograd.grad(inner, w, create_graph=True)
fast = w - 0.1 * g
outer = ((x @ fast - t) ** 2).mean() + 0.01 * fast.abs().sum()
outer.backward()
