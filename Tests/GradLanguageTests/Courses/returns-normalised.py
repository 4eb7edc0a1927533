# REINFORCE-like: discounted returns, log probs
import torch
torch.set_default_dtype(torch.float64)
from torch.distributions import Categorical
theta = torch.tensor([[0.1, -0.2], [0.4, 0.3]], requires_grad=True)
states = [torch.tensor([1.0, 0.0]), torch.tensor([0.5, 0.5]), torch.tensor([0.0, 1.0])]
actions = [0, 1, 1]
rewards = [1.0, 0.0, 2.0]
gamma = 0.9
log_probs = []
for s, a in zip(states, actions):
    probs = torch.softmax(s @ theta, dim=0)
    m = Categorical(probs)
    log_probs.append(m.log_prob(torch.tensor(a)))
R = 0
returns = []
for r in rewards[::-1]:
    R = r + gamma * R
    returns.insert(0, R)
returns = torch.tensor(returns)
returns = (returns - returns.mean()) / (returns.std() + 1e-9)
policy_loss = []
for log_prob, R in zip(log_probs, returns):
    policy_loss.append(-log_prob * R)
loss = torch.stack(policy_loss).sum()
loss.backward()
