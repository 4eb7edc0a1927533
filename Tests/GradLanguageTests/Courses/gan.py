import torch
import torch.nn as nn
G = nn.Sequential(nn.Linear(2, 3), nn.LeakyReLU(0.2), nn.Linear(3, 2), nn.Tanh())
D = nn.Sequential(nn.Linear(2, 3), nn.LeakyReLU(0.2, inplace=True), nn.Linear(3, 1), nn.Sigmoid())
for net in (G, D):
    for m in net:
        if isinstance(m, nn.Linear):
            nn.init.eye_(m.weight)
            nn.init.constant_(m.bias, 0.1)
adversarial_loss = nn.BCELoss()
optimizer_G = torch.optim.Adam(G.parameters(), lr=0.0002, betas=(0.5, 0.999))
optimizer_D = torch.optim.Adam(D.parameters(), lr=0.0002, betas=(0.5, 0.999))
z = torch.tensor([[0.3, -0.4], [1.0, 0.2]])
real = torch.tensor([[0.5, 0.5], [-0.3, 0.1]])
valid = torch.ones(real.size(0), 1)
fake = torch.zeros(real.size(0), 1)
gen = G(z)
real_loss = adversarial_loss(D(real), valid)
fake_loss = adversarial_loss(D(gen.detach()), fake)
d_loss = (real_loss + fake_loss) / 2
optimizer_D.zero_grad()
d_loss.backward()
optimizer_D.step()
