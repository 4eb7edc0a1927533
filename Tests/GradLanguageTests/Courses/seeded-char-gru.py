import torch
import torch.nn as nn

torch.manual_seed(2)
text = "hello"
chars = sorted(list(set(text)))
stoi = {ch: i for i, ch in enumerate(chars)}
ids = [stoi[c] for c in text]
inputs = torch.tensor(ids[:-1])
targets = torch.tensor(ids[1:])

class CharRNN(nn.Module):
    def __init__(self, vocab, hidden):
        super().__init__()
        self.embed = nn.Embedding(vocab, hidden)
        self.rnn = nn.GRU(hidden, hidden, batch_first=True)
        self.head = nn.Linear(hidden, vocab)

    def forward(self, x, h=None):
        e = self.embed(x)
        out, h = self.rnn(e, h)
        return self.head(out), h

net = CharRNN(len(chars), 3)
logits, h = net(inputs.unsqueeze(0))
loss = nn.functional.cross_entropy(logits.view(-1, len(chars)), targets)
loss.backward()
