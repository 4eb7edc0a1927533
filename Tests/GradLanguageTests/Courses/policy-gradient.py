import torch
import torch.nn as nn
import torch.nn.functional as F
class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.affine1 = nn.Linear(4, 3)
        self.dropout = nn.Dropout(p=0.0)
        self.affine2 = nn.Linear(3, 2)
        self.saved_log_probs = []
        self.rewards = []
    def forward(self, x):
        x = self.affine1(x)
        x = self.dropout(x)
        x = F.relu(x)
        action_scores = self.affine2(x)
        return F.softmax(action_scores, dim=1)
policy = Policy()
state = {"affine1.weight": torch.linspace(-1, 1, 12).reshape(3, 4), "affine1.bias": torch.zeros(3),
         "affine2.weight": torch.linspace(1, -1, 6).reshape(2, 3), "affine2.bias": torch.zeros(2)}
policy.load_state_dict(state)
states = torch.tensor([[0.1, 0.2, 0.3, 0.4], [0.5, -0.1, 0.2, -0.3], [1.0, 0.0, -1.0, 0.5]])
actions = [0, 1, 0]
rewards = [1.0, 1.0, 1.0]
gamma = 0.99
R = 0
returns = []
for r in rewards[::-1]:
    R = r + gamma * R
    returns.insert(0, R)
returns = torch.tensor(returns)
returns = (returns - returns.mean()) / (returns.std() + 1e-8)
probs = policy(states)
policy_loss = []
for i, (a, R) in enumerate(zip(actions, returns)):
    policy_loss.append(-torch.log(probs[i, a]) * R)
loss = torch.stack(policy_loss).sum()
loss.backward()
