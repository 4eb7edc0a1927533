import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(17)

class LeNet(nn.Module):
    def __init__(self, num_classes=3):
        super(LeNet, self).__init__()
        self.conv1 = nn.Conv2d(1, 2, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(2, 3, 3)
        self.dropout = nn.Dropout(p=0.25)
        self.fc = nn.Linear(3 * 1 * 1, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.relu(self.conv2(x))
        x = x.view(x.size(0), -1)
        x = self.dropout(x)
        return self.fc(x)

model = LeNet()
model.train()
images = torch.randn(2, 1, 6, 6)
labels = torch.tensor([0, 2])
outputs = model(images)
loss = nn.CrossEntropyLoss()(outputs, labels)
loss.backward()
