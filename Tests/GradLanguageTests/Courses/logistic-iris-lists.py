import math
data = [([5.1, 3.5], 0), ([4.9, 3.0], 0), ([7.0, 3.2], 1), ([6.4, 3.1], 1)]
w = [0.1, -0.2]
b = 0.05
def dot(u, v):
    return sum(ui*vi for ui, vi in zip(u, v))
def sigmoid(z):
    return 1/(1 + math.exp(-z))
def log_loss(w, b):
    total = 0.0
    for features, label in data:
        if (p := sigmoid(dot(w, features) + b)) > 0.5:
            total += -math.log(p) if label else -math.log(1 - p)
        else:
            total -= label*math.log(p) + (1 - label)*math.log(1 - p)
    return total/len(data)
loss = log_loss(w, b)
