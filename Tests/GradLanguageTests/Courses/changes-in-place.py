# by hand: x dx
import numpy as np

x = np.array([1.0, 2.0, 3.0])
y = x.copy()
y += 1
z = np.array(x)
z[z > 1] = 0.5
m = np.stack([x, x])
m[0] *= 3
r = m[1] * 2
m[1] = r
def shifted(scores):
    probs = scores
    probs[1] -= 1.0
    return probs
probs = shifted(x * 2)
total = 0
for row in m.copy():
    row += 1
    total = total + row.sum()
s = x[1:]
s = s + 1
J = np.sum(x * y) + np.sum(z) * np.sum(m) + probs.sum() + total + s.prod()
dx = x + y + np.array([5.0 * 2.0, 0.0, 0.0])
dx = dx + np.where(x > 1, 0.0, np.sum(m))
dx = dx + np.sum(z) * 5.0 - np.array([10.0, 0.0, 0.0])
dx = dx + 2.0 + 5.0 + np.array([0.0, s[1], s[0]])
