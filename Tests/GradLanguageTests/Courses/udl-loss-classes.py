import numpy as np
class Layer:
    def __init__(self):
        self.params = {}
    def forward(self, x):
        raise NotImplementedError
    def __call__(self, x):
        return self.forward(x)
class Affine(Layer):
    def __init__(self, w, b):
        super().__init__()
        self.params["w"], self.params["b"] = w, b
    def forward(self, x):
        return x @ self.params["w"] + self.params["b"]
class Act(Layer):
    table = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}
    def __init__(self, kind):
        super().__init__()
        if kind not in self.table:
            raise KeyError(f"unknown activation {kind}")
        self.fn = self.table[kind]
    def forward(self, x):
        return self.fn(x)
def build(spec):
    layers = []
    for s in spec:
        match s:
            case ("affine", w, b):
                layers.append(Affine(np.array(w), np.array(b)))
            case ("act", kind):
                try:
                    layers.append(Act(kind))
                except KeyError as e:
                    print("falling back:", e)
                    layers.append(Act("relu"))
    return layers
net = build([("affine", [[1.0, -0.5], [0.3, 0.8]], [0.1, 0.2]), ("act", "swish"), ("affine", [[0.7], [-1.2]], [0.05])])
x = np.array([[1.0, 2.0], [-0.5, 0.3]])
out = x
for layer in net:
    out = layer(out)
loss = np.mean((out - np.array([[1.0], [0.0]]))**2)
