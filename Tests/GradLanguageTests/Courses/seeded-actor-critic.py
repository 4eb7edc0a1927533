import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Normal, Bernoulli

torch.manual_seed(99)

class ActorCritic(nn.Module):
    def __init__(self, obs, hidden=3):
        super().__init__()
        self.body = nn.Linear(obs, hidden)
        self.mu = nn.Linear(hidden, 1)
        self.value = nn.Linear(hidden, 1)
        self.log_std = nn.Parameter(torch.zeros(1))

    def forward(self, s):
        h = torch.tanh(self.body(s))
        return Normal(self.mu(h), self.log_std.exp()), self.value(h)

agent = ActorCritic(2)
s = torch.rand(4, 2) * 2 - 1
dist, v = agent(s)
a = dist.sample()
r = -(a - 0.3) ** 2
advantage = (r - v).detach()
done = Bernoulli(torch.full((4, 1), 0.5)).sample()
actor_loss = -(dist.log_prob(a) * advantage * (1 - done)).mean()
critic_loss = F.smooth_l1_loss(v, r)
loss = actor_loss + 0.5 * critic_loss - 0.01 * dist.entropy().mean()
loss.backward()
