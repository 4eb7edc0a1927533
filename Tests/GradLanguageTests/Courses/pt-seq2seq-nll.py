import torch
import torch.nn as nn
import torch.nn.functional as F
import numpy as np
np.random.seed(11)
SOS_token = 0
EOS_token = 1
class Lang:
    def __init__(self, name):
        self.name = name
        self.word2index = {}
        self.word2count = {}
        self.index2word = {0: "SOS", 1: "EOS"}
        self.n_words = 2
    def addSentence(self, sentence):
        for word in sentence.split(' '):
            self.addWord(word)
    def addWord(self, word):
        if word not in self.word2index:
            self.word2index[word] = self.n_words
            self.word2count[word] = 1
            self.index2word[self.n_words] = word
            self.n_words += 1
        else:
            self.word2count[word] += 1
lang = Lang("eng")
for s in ["i am cold", "you are cold"]:
    lang.addSentence(s)
def indexesFromSentence(lang, sentence):
    return [lang.word2index[word] for word in sentence.split(' ')]
def tensorFromSentence(lang, sentence):
    indexes = indexesFromSentence(lang, sentence)
    indexes.append(EOS_token)
    return torch.tensor(indexes, dtype=torch.long).view(1, -1)
class Decoder(nn.Module):
    def __init__(self, hidden, out):
        super(Decoder, self).__init__()
        self.emb = nn.Parameter(torch.tensor(np.random.randn(out, hidden)))
        self.Wh = nn.Parameter(torch.tensor(np.random.randn(hidden, hidden)))
        self.out = nn.Parameter(torch.tensor(np.random.randn(hidden, out)))
    def forward(self, target):
        h = torch.zeros(1, self.Wh.shape[0])
        outputs = []
        word = torch.tensor([SOS_token])
        for i in range(target.size(1)):
            h = torch.tanh(self.emb[word] + h @ self.Wh)
            outputs.append((h @ self.out).unsqueeze(1))
            word = target[:, i]
        return F.log_softmax(torch.cat(outputs, dim=1), dim=-1)
target = tensorFromSentence(lang, "you am cold")
decoder = Decoder(3, lang.n_words)
out = decoder(target)
criterion = nn.NLLLoss()
loss = criterion(out.view(-1, out.size(-1)), target.view(-1))
loss.backward()
