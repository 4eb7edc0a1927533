import torch
import torch.nn as nn
import torch.nn.functional as F
class DQN(nn.Module):
    def __init__(self, n_observations, n_actions):
        super(DQN, self).__init__()
        self.layer1 = nn.Linear(n_observations, 3)
        self.layer2 = nn.Linear(3, n_actions)
    def forward(self, x):
        x = F.relu(self.layer1(x))
        return self.layer2(x)
policy_net = DQN(2, 2)
target_net = DQN(2, 2)
weights = {'layer1.weight': torch.tensor([[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6]]),
           'layer1.bias': torch.tensor([0.0, 0.1, 0.2]),
           'layer2.weight': torch.tensor([[0.7, -0.8, 0.9], [0.2, 0.3, -0.1]]),
           'layer2.bias': torch.tensor([0.05, -0.05])}
policy_net.load_state_dict(weights)
target_net.load_state_dict(policy_net.state_dict())
state_batch = torch.tensor([[1.0, 2.0], [0.5, -1.0], [-0.3, 0.8]])
action_batch = torch.tensor([[0], [1], [1]])
reward_batch = torch.tensor([1.0, 0.0, -1.0])
next_states = torch.tensor([[0.5, 1.5], [0.1, -0.2], [0.0, 1.0]])
GAMMA = 0.99
state_action_values = policy_net(state_batch).gather(1, action_batch)
with torch.no_grad():
    next_state_values = target_net(next_states).max(1).values
expected_state_action_values = (next_state_values * GAMMA) + reward_batch
criterion = nn.SmoothL1Loss()
loss = criterion(state_action_values, expected_state_action_values.unsqueeze(1))
loss.backward()
