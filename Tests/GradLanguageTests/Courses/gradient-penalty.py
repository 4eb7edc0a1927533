import torch
import torch.nn as nn
import torch.autograd as autograd

class Discriminator(nn.Module):
    def __init__(self):
        super(Discriminator, self).__init__()
        self.model = nn.Sequential(
            nn.Linear(2, 3),
            nn.Tanh(),
            nn.Linear(3, 1),
        )

    def forward(self, img):
        img_flat = img.view(img.shape[0], -1)
        validity = self.model(img_flat)
        return validity

discriminator = Discriminator()
discriminator.load_state_dict({
    'model.0.weight': torch.tensor([[0.3, -0.5], [0.8, 0.2], [-0.4, 0.6]]),
    'model.0.bias': torch.tensor([0.1, 0.0, -0.2]),
    'model.2.weight': torch.tensor([[0.7, -0.3, 0.5]]),
    'model.2.bias': torch.tensor([0.05]),
})
lambda_gp = 10

def compute_gradient_penalty(D, real_samples, fake_samples, alpha):
    """Calculates the gradient penalty loss for WGAN GP"""
    # Get random interpolation between real and fake samples
    interpolates = (alpha * real_samples + ((1 - alpha) * fake_samples)).requires_grad_(True)
    d_interpolates = D(interpolates)
    fake = torch.ones(real_samples.shape[0], 1)
    # Get gradient w.r.t. interpolates
    gradients = autograd.grad(
        outputs=d_interpolates,
        inputs=interpolates,
        grad_outputs=fake,
        create_graph=True,
        retain_graph=True,
        only_inputs=True,
    )[0]
    gradients = gradients.view(gradients.size(0), -1)
    gradient_penalty = ((gradients.norm(2, dim=1) - 1) ** 2).mean()
    return gradient_penalty

real_imgs = torch.tensor([[0.5, 1.0], [-0.3, 0.8]])
fake_imgs = torch.tensor([[0.1, -0.2], [0.4, 0.3]])
alpha = torch.tensor([[0.3], [0.6]])
real_validity = discriminator(real_imgs)
fake_validity = discriminator(fake_imgs)
gradient_penalty = compute_gradient_penalty(discriminator, real_imgs, fake_imgs, alpha)
d_loss = -torch.mean(real_validity) + torch.mean(fake_validity) + lambda_gp * gradient_penalty
d_loss.backward()
