import random

random.seed(4)
weights = [random.uniform(-1, 1) for _ in range(3)]
bias = random.gauss(0, 0.1)
data = [[random.random() for _ in range(3)] for _ in range(4)]
labels = [random.choice([0, 1]) for _ in range(4)]
import math

loss = 0.0
for features, label in zip(data, labels):
    z = sum(w * x for w, x in zip(weights, features)) + bias
    p = 1 / (1 + math.exp(-z))
    loss += -(label * math.log(p) + (1 - label) * math.log(1 - p))
loss = loss / len(data)
