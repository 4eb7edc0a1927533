import torch
import torch.nn as nn

torch.manual_seed(5)

class SentimentLSTM(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.lstm = nn.LSTM(embed_dim, hidden_dim, num_layers=layers, batch_first=True)
        self.fc = nn.Linear(hidden_dim, 1)

    def forward(self, tokens):
        emb = self.embedding(tokens)
        out, (hn, cn) = self.lstm(emb)
        return self.fc(hn[-1]).squeeze(1)

model = SentimentLSTM(10, 2, 2, 2)
tokens = torch.randint(0, 10, (3, 4))
y = torch.tensor([1.0, 0.0, 1.0])
logits = model(tokens)
loss = nn.BCEWithLogitsLoss()(logits, y)
loss.backward()
