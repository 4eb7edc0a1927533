import torch
import torch.nn as nn
from torch.distributions import Categorical

torch.manual_seed(543)

class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.affine1 = nn.Linear(4, 3)
        self.affine2 = nn.Linear(3, 2)
        self.saved_log_probs = []
        self.rewards = []

    def forward(self, x):
        x = torch.relu(self.affine1(x))
        return torch.softmax(self.affine2(x), dim=1)

policy = Policy()
eps = 1e-8

def select_action(state):
    probs = policy(state.unsqueeze(0))
    m = Categorical(probs)
    action = m.sample()
    policy.saved_log_probs.append(m.log_prob(action))
    return action.item()

states = torch.randn(3, 4)
for t in range(3):
    chosen = select_action(states[t])
    policy.rewards.append(1.0 if chosen == 1 else 0.5)

R = 0
returns = []
for r in policy.rewards[::-1]:
    R = r + 0.99 * R
    returns.insert(0, R)
returns = torch.tensor(returns)
returns = (returns - returns.mean()) / (returns.std() + eps)
policy_loss = []
for log_prob, R in zip(policy.saved_log_probs, returns):
    policy_loss.append(-log_prob * R)
loss = torch.cat(policy_loss).sum()
loss.backward()
