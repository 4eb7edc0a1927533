import torch
from torch import nn

torch.manual_seed(111)
latent_dim = 2
G = nn.Sequential(nn.Linear(latent_dim, 4), nn.ReLU(), nn.Linear(4, 2))
D = nn.Sequential(nn.Linear(2, 4), nn.LeakyReLU(0.2), nn.Linear(4, 1), nn.Sigmoid())
loss_function = nn.BCELoss()
optimizer_G = torch.optim.Adam(G.parameters(), lr=1e-3)
real = torch.randn(4, 2) * 0.5 + 1
real_labels = torch.ones((4, 1))
noise = torch.randn((4, latent_dim))
G.zero_grad()
fake = G(noise)
out_fake = D(fake)
g_loss = loss_function(out_fake, real_labels)
g_loss.backward()
optimizer_G.step()
