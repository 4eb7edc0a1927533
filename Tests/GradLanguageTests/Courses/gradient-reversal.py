import torch
torch.set_default_dtype(torch.float64)
class GradReverse(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, lambd):
        ctx.lambd = lambd
        return x.view_as(x)
    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.neg() * ctx.lambd, None
def grad_reverse(x, lambd=1.0):
    return GradReverse.apply(x, lambd)
features = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
w = torch.tensor([1.0, 2.0, -0.5], requires_grad=True)
domain = (grad_reverse(features, 0.7) * w).sum()
label = (features ** 2).sum()
loss = label + domain.tanh()
loss.backward()
