import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.distributions import Categorical
from collections import deque
from itertools import count
import numpy as np

gamma = 0.99
eps = np.finfo(np.float64).eps.item()

class Policy(nn.Module):
    def __init__(self):
        super(Policy, self).__init__()
        self.affine1 = nn.Linear(4, 3)
        self.dropout = nn.Dropout(p=0.6)
        self.affine2 = nn.Linear(3, 2)

        self.saved_log_probs = []
        self.rewards = []

    def forward(self, x):
        x = self.affine1(x)
        x = F.relu(x)
        action_scores = self.affine2(x)
        return F.softmax(action_scores, dim=1)

policy = Policy()
policy.affine1.weight.data = torch.tensor([[0.1, -0.2, 0.3, 0.4], [0.5, 0.6, -0.7, 0.8], [-0.9, 1.0, 0.2, -0.3]])
policy.affine1.bias.data.zero_()
policy.affine2.weight.data = torch.tensor([[0.3, -0.1, 0.2], [-0.4, 0.5, 0.6]])
policy.affine2.bias.data.fill_(0.01)
optimizer = optim.Adam(policy.parameters(), lr=1e-2)

def select_action(state, action):
    state = torch.from_numpy(state).float().unsqueeze(0)
    probs = policy(state)
    m = Categorical(probs)
    policy.saved_log_probs.append(m.log_prob(action))
    return action.item()

def finish_episode():
    R = 0
    policy_loss = []
    returns = deque()
    for r in policy.rewards[::-1]:
        R = r + gamma * R
        returns.appendleft(R)
    returns = torch.tensor(returns)
    returns = (returns - returns.mean()) / (returns.std() + eps)
    for log_prob, R in zip(policy.saved_log_probs, returns):
        policy_loss.append(-log_prob * R)
    optimizer.zero_grad()
    policy_loss = torch.cat(policy_loss).sum()
    policy_loss.backward()
    optimizer.step()
    del policy.rewards[:]
    del policy.saved_log_probs[:]

states = np.array([[0.1, 0.2, -0.1, 0.05], [0.12, 0.4, -0.2, 0.3], [-0.3, 0.1, 0.2, 0.1]])
actions = torch.tensor([0, 1, 1])
running_reward = 10
for t in range(3):
    action = select_action(states[t], actions[t:t+1])
    policy.rewards.append(1.0 if action == 1 else 0.5)
finish_episode()
