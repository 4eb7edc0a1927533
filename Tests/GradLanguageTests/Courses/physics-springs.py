import numpy as np
class Node:
    def __init__(self, x, y, fixed=False):
        self.pos = np.array([x, y])
        self.fixed = fixed

class Spring:
    def __init__(self, a, b, k=10.0, rest=None):
        self.a, self.b, self.k = a, b, k
        self.rest = rest if rest is not None else np.linalg.norm(a.pos - b.pos)

    @property
    def length(self):
        return np.linalg.norm(self.a.pos - self.b.pos)

    def energy(self):
        return 0.5 * self.k * (self.length - self.rest)**2

nodes = [Node(0., 0., fixed=True), Node(1.2, 0.1), Node(2.1, -0.2, True)]
springs = [Spring(nodes[i], nodes[i + 1], rest=1.0) for i in range(len(nodes) - 1)]
mass, g = 0.2, 9.81
gravity = sum(mass * g * n.pos[1] for n in nodes if not n.fixed)
elastic = sum(s.energy() for s in springs)
E = elastic + gravity
