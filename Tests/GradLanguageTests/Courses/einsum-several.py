import torch

A = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
B = torch.tensor([[0.5, -1.0], [2.0, 0.0]], requires_grad=True)
v = torch.tensor([1.0, -1.0], requires_grad=True)
trace = torch.einsum('ii->', A)
diagonal = torch.einsum('ii->i', B)
bilinear = torch.einsum('i,ij,j->', v, A, v)
chain = torch.einsum('ij, jk, kl, l -> i', A, B, A, v)
batched = torch.einsum('bij,bjk,k->bi', torch.stack([A, B]), torch.stack([B, A]), v)
loss = trace + diagonal.prod() + bilinear + chain.pow(2).sum() + batched.sum()
loss.backward()
