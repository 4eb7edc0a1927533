import torch
import torch.nn.functional as F
import numpy as np
from collections import namedtuple
np.random.seed(8)
SavedAction = namedtuple('SavedAction', ['log_prob', 'value'])
Wp = torch.tensor(np.random.randn(3, 2), requires_grad=True)
Wv = torch.tensor(np.random.randn(3, 1), requires_grad=True)
states = torch.tensor(np.random.randn(4, 3))
actions = [0, 1, 1, 0]
rewards = [1.0, 0.0, 2.0, 1.0]
saved = []
for s, a in zip(states, actions):
    probs = F.softmax(s @ Wp, dim=-1)
    saved.append(SavedAction(torch.log(probs[a]), (s @ Wv)[0]))
R = 0
returns = []
for r in rewards[::-1]:
    R = r + 0.99 * R
    returns.insert(0, R)
returns = torch.tensor(returns)
returns = (returns - returns.mean()) / (returns.std() + 1e-8)
policy_losses = []
value_losses = []
for (log_prob, value), R in zip(saved, returns):
    advantage = R - value.item()
    policy_losses.append(-log_prob * advantage)
    value_losses.append(F.smooth_l1_loss(value, torch.tensor(R.item())))
loss = torch.stack(policy_losses).sum() + torch.stack(value_losses).sum()
loss.backward()
