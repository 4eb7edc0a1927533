import random
from collections import namedtuple, deque
import torch
import torch.nn as nn
import numpy as np
np.random.seed(0)
Transition = namedtuple('Transition', ('state', 'action', 'next_state', 'reward'))
class ReplayMemory(object):
    def __init__(self, capacity):
        self.memory = deque([], maxlen=capacity)
    def push(self, *args):
        self.memory.append(Transition(*args))
    def __len__(self):
        return len(self.memory)
memory = ReplayMemory(3)
W = torch.tensor(np.random.randn(2, 2), requires_grad=True)
W_target = torch.tensor(np.random.randn(2, 2))
for i in range(5):
    memory.push(torch.tensor([[float(i), 1.0]]), torch.tensor([[i % 2]]), torch.tensor([[i + 0.5, -1.0]]), torch.tensor([1.0*i]))
batch = Transition(*zip(*memory.memory))
state_batch = torch.cat(batch.state)
action_batch = torch.cat(batch.action)
reward_batch = torch.cat(batch.reward)
next_batch = torch.cat(batch.next_state)
state_action_values = (state_batch @ W).gather(1, action_batch)
with torch.no_grad():
    next_state_values = (next_batch @ W_target).max(1).values
expected = (next_state_values * 0.9) + reward_batch
criterion = nn.SmoothL1Loss()
loss = criterion(state_action_values, expected.unsqueeze(1))
loss.backward()
