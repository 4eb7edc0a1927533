import torch
x = torch.ones(5)
y = torch.zeros(3)
w = torch.tensor([[0.1, -0.3, 0.5], [0.2, 0.4, -0.1], [0.3, 0.1, 0.7], [-0.2, 0.6, 0.2], [0.9, -0.8, 0.4]], requires_grad=True)
b = torch.tensor([0.1, 0.2, -0.3], requires_grad=True)
z = torch.matmul(x, w) + b
loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y)
print(f"Gradient function for z = {z.grad_fn}")
loss.backward()
print(w.grad)
