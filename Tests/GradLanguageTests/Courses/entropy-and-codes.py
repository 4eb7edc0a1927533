# Shannon entropy, KL, mutual information, perplexity with dict comprehension & zip
from math import log2, log
p = {"a": 0.5, "b": 0.25, "c": 0.25}
q = {k: 1 / 3 for k in p}
H = -sum(v * log2(v) for v in p.values())
KL = sum(p[k] * log(p[k] / q[k]) for k in p if p[k] > 0)
joint = [[0.2, 0.1], [0.3, 0.4]]
px = [sum(r) for r in joint]
py = [sum(c) for c in zip(*joint)]
MI = sum(joint[i][j] * log(joint[i][j] / (px[i] * py[j])) for i in range(2) for j in range(2))
ppl = 2 ** H
sorted_items = sorted(p.items(), key=lambda kv: (-kv[1], kv[0]))
code = {k: format(i, "02b") for i, (k, _) in enumerate(sorted_items)}
L = sum(p[k] * len(c) for k, c in code.items())
y = H + KL + MI + ppl + L
