import torch
import torch.nn as nn
import torch.nn.functional as F
import numpy as np
np.random.seed(2)
class ParserModel(nn.Module):
    def __init__(self, embeddings, n_features=4, hidden_size=5, n_classes=3, dropout_prob=0.5):
        super(ParserModel, self).__init__()
        self.n_features = n_features
        self.embed_size = embeddings.shape[1]
        self.embeddings = nn.Parameter(torch.tensor(embeddings))
        self.embed_to_hidden_weight = nn.Parameter(torch.tensor(np.random.randn(n_features*self.embed_size, hidden_size)))
        self.embed_to_hidden_bias = nn.Parameter(torch.tensor(np.random.randn(hidden_size)))
        self.dropout = nn.Dropout(dropout_prob)
        self.hidden_to_logits_weight = nn.Parameter(torch.tensor(np.random.randn(hidden_size, n_classes)))
        self.hidden_to_logits_bias = nn.Parameter(torch.zeros(n_classes))
    def embedding_lookup(self, w):
        x = self.embeddings[w.view(-1)]
        return x.view(w.size(0), -1)
    def forward(self, w):
        x = self.embedding_lookup(w)
        h = F.relu(torch.matmul(x, self.embed_to_hidden_weight) + self.embed_to_hidden_bias)
        logits = torch.matmul(self.dropout(h), self.hidden_to_logits_weight) + self.hidden_to_logits_bias
        return logits
model = ParserModel(np.random.randn(7, 2))
model.eval()
w = torch.tensor([[0, 1, 6, 2], [3, 3, 4, 5]])
loss_func = nn.CrossEntropyLoss()
loss = loss_func(model(w), torch.tensor([2, 0]))
loss.backward()
