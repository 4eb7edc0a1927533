import torch
import torch.nn as nn
import torch.nn.functional as F


class ContrastiveLoss(nn.Module):
    def __init__(self, margin=2.0):
        super(ContrastiveLoss, self).__init__()
        self.margin = margin

    def forward(self, output1, output2, label):
        distance = F.pairwise_distance(output1, output2, keepdim=True)
        return torch.mean((1 - label) * torch.pow(distance, 2)
                          + label * torch.pow(torch.clamp(self.margin - distance, min=0.0), 2))


anchor = torch.tensor([[0.2, -0.4, 1.0], [0.5, 0.1, -0.3]], requires_grad=True)
positive = torch.tensor([[0.1, -0.5, 1.2], [0.9, 0.0, 0.4]], requires_grad=True)
negative = torch.tensor([[-0.7, 0.3, 0.2], [0.6, -0.2, -0.1]], requires_grad=True)
variance = torch.tensor([[0.5, 1.0, 2.0], [0.3, 0.8, 1.5]], requires_grad=True)
label = torch.tensor([[0.0], [1.0]])
contrastive = ContrastiveLoss()(anchor, positive, label)
triplet = nn.TripletMarginLoss(margin=1.0, p=2)(anchor, positive, negative)
l1_triplet = F.triplet_margin_loss(anchor, positive, negative, margin=0.5, p=1, reduction='sum')
cosine = F.cosine_embedding_loss(anchor, negative, torch.tensor([1.0, -1.0]), margin=-0.8)
similarity = nn.CosineSimilarity(dim=1, eps=1e-6)(anchor, positive).mean()
ranking = nn.MarginRankingLoss(margin=0.1)(anchor[:, 0], negative[:, 0], torch.tensor([1.0, -1.0]))
gaussian = nn.GaussianNLLLoss()(anchor, positive, variance)
loss = contrastive + triplet + l1_triplet + cosine - similarity + ranking + gaussian
loss.backward()
