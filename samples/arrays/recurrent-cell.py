# A recurrent cell of PyTorch over three steps, after the documentation of nn.RNNCell, with weights of our own.
import torch
import torch.nn as nn

cell = nn.RNNCell(2, 2)
readout = nn.Linear(2, 1)
cell.load_state_dict({
    "weight_ih": torch.tensor([[0.5, -0.3], [0.8, 0.2]]),
    "weight_hh": torch.tensor([[0.1, 0.4], [-0.2, 0.7]]),
    "bias_ih": torch.tensor([0.0, 0.1]),
    "bias_hh": torch.tensor([0.05, -0.05]),
})
readout.weight.data = torch.tensor([[1.0, -1.0]])
nn.init.zeros_(readout.bias)

inputs = torch.tensor([[[1.0, 0.5]], [[-0.5, 1.0]], [[0.3, -0.8]]])
h = torch.zeros(1, 2)
for x in inputs:
    h = cell(x, h)
loss = nn.functional.mse_loss(readout(h), torch.tensor([[0.5]]))
loss.backward()
