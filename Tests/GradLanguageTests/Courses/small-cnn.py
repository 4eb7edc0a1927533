import torch
import torch.nn as nn
class CNN(nn.Module):
    def __init__(self):
        super(CNN, self).__init__()
        self.conv1 = nn.Conv2d(1, 2, kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.flatten = nn.Flatten()
        self.drop = nn.Dropout(0.5)
        self.fc = nn.Linear(8, 2)
        for m in self.modules():
            if isinstance(m, (nn.Conv2d, nn.Linear)):
                nn.init.constant_(m.weight, 0.1)
                nn.init.zeros_(m.bias)
    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.drop(self.flatten(x))
        return self.fc(x)
model = CNN()
model.eval()
x = torch.arange(16, dtype=torch.float32).reshape(1, 1, 4, 4) / 10
target = torch.tensor([1])
loss = nn.CrossEntropyLoss()(model(x), target)
loss.backward()
