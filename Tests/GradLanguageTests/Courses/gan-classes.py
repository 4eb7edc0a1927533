import torch
import torch.nn as nn

torch.manual_seed(42)


class Generator(nn.Module):
    def __init__(self, latent, out):
        super().__init__()

        def block(i, o, normalize=True):
            layers = [nn.Linear(i, o)]
            if normalize:
                layers.append(nn.BatchNorm1d(o, 0.8))
            layers.append(nn.LeakyReLU(0.2, inplace=True))
            return layers

        self.model = nn.Sequential(*block(latent, 3, normalize=False), *block(3, 4), nn.Linear(4, out), nn.Tanh())

    def forward(self, z):
        return self.model(z)


class Discriminator(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.model = nn.Sequential(nn.Linear(n, 3), nn.LeakyReLU(0.2, inplace=True), nn.Linear(3, 1), nn.Sigmoid())

    def forward(self, img):
        return self.model(img.view(img.size(0), -1))


G, D = Generator(2, 3), Discriminator(3)
adversarial_loss = nn.BCELoss()
n_params = sum(p.numel() for p in G.parameters() if p.requires_grad)

images = torch.tensor([[0.5, -0.2, 0.1], [0.3, 0.9, -0.7], [0.0, 0.1, 0.2]])
loader = torch.utils.data.DataLoader([(image, i) for i, image in enumerate(images)], batch_size=3)
real, labels = next(iter(loader))
valid = torch.ones(3, 1)
fake = torch.zeros(3, 1)
z = torch.randn(3, 2)
gen_imgs = G(z)
d_loss = (adversarial_loss(D(real), valid) + adversarial_loss(D(gen_imgs.detach()), fake)) / 2
g_loss = adversarial_loss(D(gen_imgs), valid)
g_loss.backward()
