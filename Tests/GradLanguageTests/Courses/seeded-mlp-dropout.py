import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(1)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

class MLP(nn.Module):
    def __init__(self, in_features, hidden, classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(in_features, hidden),
            nn.ReLU(),
            nn.Dropout(0.2),
            nn.Linear(hidden, classes),
        )

    def forward(self, x):
        return self.net(x)

images = torch.rand(8, 1, 4, 4)
labels = torch.randint(0, 3, (8,))
model = MLP(16, 5, 3).to(device)
criterion = nn.CrossEntropyLoss()
optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for epoch in range(5):
    optimizer.zero_grad()
    logits = model(images.to(device))
    loss = criterion(logits, labels.to(device))
    loss.backward()
    optimizer.step()
    print(f"epoch {epoch}: {loss.item():.4f}")
