# by hand: x dx
import numpy as np

x = np.array([1.0, 2.0, 3.0, 4.0])
m = (x > 1).reshape(2, 2).ravel()
n = np.isin(x, [1, 4])
o = np.ones(4, dtype=bool)
p = np.concatenate([m[:2], ~m[2:]])
q = np.array([v % 2 == 0 for v in [1, 2, 3, 4]])
a = x[m * n].sum()
b = x[m + n].sum()
c = x[(m & q) | n].prod()
d = np.sum(x[np.flip(n)]) + np.mean(x[o]) + x[p].sum()
e = np.where(np.all(np.array([[True, False], [True, True]]), axis=1), 2.0, 3.0)
f = np.sum(e) + (1.0 if np.all(np.array([[True, False], [True, True]])) else 5.0)
J = a + b * c + d * f
ea = (m * n).astype(float)
eb = (m | n).astype(float)
db = c
dx = ea + eb * db + (np.flip(n).astype(float) + 0.25 + p.astype(float)) * f
dx = dx + b * np.where((m & q) | n, c / x, 0.0)
