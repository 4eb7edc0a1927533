import torch
import torch.nn as nn
torch.manual_seed(3)
rnn = nn.RNN(input_size=2, hidden_size=3, batch_first=True)
fc = nn.Linear(3, 1)
x = torch.randn(2, 4, 2)
h0 = torch.zeros(1, 2, 3)
out, hn = rnn(x, h0)
pred = fc(out[:, -1, :])
target = torch.empty(2, 1).uniform_(-1, 1)
loss = nn.L1Loss()(pred, target)
loss.backward()
