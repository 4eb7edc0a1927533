"""What the array benchmark compares with: one forward and backward pass for each line of input.

usage: arrays_reference.py numpy|torch logistic|network

Says "ready", then for each line the seconds, the loss, and by how many bytes the process has grown. Exits
with 3 where the engine is missing.
"""
import math
import os
import sys
import time


def numbers(count, frequency):
    return [math.sin(frequency * i) for i in range(count)]


def array(entries, rows):
    entries = np.array(entries)
    return entries.reshape(rows, -1)


def resident():
    with open("/proc/self/statm") as statistics:
        return int(statistics.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def logistic_data():
    x = array(numbers(784_000, 0.7), 784)
    y = array([1.0 if v > 0 else 0.0 for v in numbers(1_000, 1.3)], 1)
    w = array([0.05 * v for v in numbers(784, 0.3)], 784)
    return [x, y], [w, np.array([[0.1]])]


def network_data():
    x = array(numbers(78_400, 0.7), 100)
    y = array([1.0 if i % 10 == i // 10 * 7 % 10 else 0.0 for i in range(1_000)], 100)
    weights = [(78_400, 0.3, 0.05, 784), (100, 0.9, 1, 1), (1_000, 0.5, 0.3, 100), (10, 1.1, 1, 1)]
    return [x, y], [array([s * v for v in numbers(n, f)], rows) for n, f, s, rows in weights]


def numpy_logistic(data, parameters):
    (x, y), (w, b) = data, parameters
    a = 1 / (1 + np.exp(-(w.T @ x + b)))
    loss = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    dz = (a - y) / y.size
    return loss, [x @ dz.T, dz.sum(axis=1, keepdims=True)]


def numpy_network(data, parameters):
    (x, y), (w1, b1, w2, b2) = data, parameters
    h = np.tanh(x @ w1 + b1)
    z = h @ w2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -(y * log_p).sum() / 100
    dz = (np.exp(log_p) - y) / 100
    dh = dz @ w2.T * (1 - h * h)
    return loss, [x.T @ dh, dh.sum(axis=0, keepdims=True), h.T @ dz, dz.sum(axis=0, keepdims=True)]


def torch_logistic(data, parameters):
    (x, y), (w, b) = data, parameters
    a = torch.sigmoid(w.T @ x + b)
    return -(y * torch.log(a) + (1 - y) * torch.log(1 - a)).mean()


def torch_network(data, parameters):
    (x, y), (w1, b1, w2, b2) = data, parameters
    h = torch.tanh(x @ w1 + b1)
    return -(y * torch.log_softmax(h @ w2 + b2, dim=1)).sum() / 100


engine, model = sys.argv[1:]
try:
    import numpy as np

    if engine == "torch":
        import torch

        torch.set_num_threads(1)
except ImportError:
    sys.exit(3)
data, parameters = logistic_data() if model == "logistic" else network_data()
if engine == "torch":
    data = [torch.from_numpy(array) for array in data]
    parameters = [torch.from_numpy(array).requires_grad_() for array in parameters]
    forward = torch_logistic if model == "logistic" else torch_network

    def one_pass():
        loss = forward(data, parameters)
        return loss.detach(), torch.autograd.grad(loss, parameters)
else:
    by_hand = numpy_logistic if model == "logistic" else numpy_network

    def one_pass():
        return by_hand(data, parameters)


before = resident()
print("ready", flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    loss, _ = one_pass()
    took = time.perf_counter() - began
    print(took, float(loss), max(0, resident() - before), flush=True)
