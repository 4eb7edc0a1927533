import numpy as np
import torch
import torch.nn as nn
x_data = torch.from_numpy(np.array([[1.0], [2.0], [3.0], [4.0]]))
y_data = torch.from_numpy(np.array([[0.], [0.], [1.], [1.]]))
class LogisticRegressionModel(nn.Module):
    def __init__(self, input_dim, output_dim=1):
        super(LogisticRegressionModel, self).__init__()
        self.linear = nn.Linear(in_features=input_dim, out_features=output_dim, bias=True)
    def forward(self, x):
        y_pred = torch.sigmoid(self.linear(x))
        return y_pred
model = LogisticRegressionModel(input_dim=1)
nn.init.constant_(model.linear.weight, 0.25)
nn.init.zeros_(model.linear.bias)
criterion = nn.BCELoss(reduction='mean')
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
y_pred = model(x_data)
loss = criterion(y_pred, y_data)
optimizer.zero_grad()
loss.backward()
optimizer.step()
