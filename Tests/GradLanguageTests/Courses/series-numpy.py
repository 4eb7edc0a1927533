import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

y = np.array([1.0, 4.0, 2.0, 8.0, 5.0])
t = np.array([0.0, 0.5, 1.5, 2.0, 3.0])
middle = np.percentile(y, 50) + np.quantile(y, 0.3) * np.percentile(y, 90)
areas = np.trapezoid(y, t) + np.trapezoid(y, dx=0.5)
smooth = np.convolve(y, [0.25, 0.5, 0.25], mode='same')
full = np.convolve(y, t)
normal = np.cross(y[:3], t[1:4])
windows = sliding_window_view(y, 3)
image = y[:, None] * t[None, :]
patches = sliding_window_view(image, (2, 2))
kernel = np.array([[1.0, 0.5], [-1.0, 2.0]])
filtered = np.einsum('ijkl,kl->ij', patches, kernel)
places = np.searchsorted([1, 3, 5], [0, 3, 4, 9])
bins = np.digitize([0.5, 2.0, 2.5], [0, 1, 2])
hist = np.bincount([0, 1, 1, 3], minlength=6)
rest = np.mod(np.array([7, -7]), 3) + np.remainder([5, -5], 3) + np.floor_divide([5, -5], 3) + np.fmod([5, -5], 3)
score = np.sum(places) + np.sum(bins) + hist @ np.arange(6) + np.sum(rest) + np.sum(np.sign([-2, 0, 3, 4]))
total = middle + areas + np.sum(smooth * y) + np.mean(full) + normal @ normal + windows.max(axis=1).sum()
total = total + np.sum(filtered ** 2) + score
