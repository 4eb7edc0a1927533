import torch
import torch.nn as nn
import numpy as np
import matplotlib.pyplot as plt

### Defining a network Layer ###
class OurDenseLayer(torch.nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super(OurDenseLayer, self).__init__()
        # Define and initialize parameters: a weight matrix W and bias b
        self.W = torch.nn.Parameter(torch.linspace(-1, 1, num_inputs * num_outputs).reshape(num_inputs, num_outputs))
        self.bias = torch.nn.Parameter(torch.full((num_outputs,), 0.1))

    def forward(self, x):
        '''Weights, a bias and a sigmoid.'''
        z = torch.matmul(x, self.W) + self.bias
        y = torch.sigmoid(z)
        return y

num_inputs = 2
num_outputs = 3
layer = OurDenseLayer(num_inputs, num_outputs)
x_input = torch.tensor([[1, 2.]])
y = layer(x_input)

print(f"input shape: {x_input.shape}")
print(f"output shape: {y.shape}")
print(f"output result: {y}")

y_true = torch.tensor([[0., 1., 0.]])
criterion = nn.BCELoss()
loss = criterion(y, y_true)
loss.backward()

plt.figure(); plt.plot([0, 1], [loss.item()] * 2); plt.show()
