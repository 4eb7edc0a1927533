"""The numbers of tensors as a recording keeps them, entry by entry or summed up, and as a trace has them."""

from __future__ import annotations

import math

import torch

from .numbers import BLOCKS, Array, Summary

# What the types of numbers are called in a trace.
_names_of_types = {}
# Types whose tensors need no second look.
PLAIN = {torch.float32, torch.float64, torch.int64, torch.bool, torch.bfloat16, torch.float16}


# How many entries of arrays that are summed up in a trace a recording keeps whole until then: to copy them is ten times
# as fast as to sum them up, but a large model would not fit.
ROOM = 8_000_000


def name_of_type(dtype):
    name = _names_of_types.get(dtype)
    if name is None:
        name = _names_of_types[dtype] = str(dtype).replace("torch.", "")
    return name


def kept(gradient, most=1 << 62):
    """The entries of a gradient, which nobody changes any more, without a copy of them where they are few."""
    if not isinstance(gradient, torch.Tensor):
        return gradient
    if gradient.is_cpu and gradient.dtype in PLAIN and gradient.layout is torch.strided and gradient.numel() <= most:
        return gradient.detach() if gradient.requires_grad else gradient
    return held(gradient, most)


def held(tensor, most, blocks=BLOCKS):
    """The entries, or above `most` what a figure can show of them; None for what has no numbers to show."""
    t = as_pairs(tensor.detach())
    if t.is_cpu and t.dtype in PLAIN and t.layout is torch.strided and t.numel() <= most:
        return t.clone()
    if t.layout is not torch.strided:
        try:
            t = t.to_dense()
        except (RuntimeError, NotImplementedError):
            return None
    if t.is_quantized or t.device.type == "meta":
        return None
    if t.numel() <= max(most, 1):
        return t.clone() if t.device.type == "cpu" else t.cpu()
    f = t if t.dtype in (torch.float32, torch.float64) else t.float()
    means = _pooled(f.reshape(-1, f.shape[-1]), blocks)
    low, high = torch.aminmax(f)
    return Blocks(t.shape, t.dtype, low, high, torch.linalg.vector_norm(f), means)


def as_pairs(tensor):
    """A tensor of complex numbers as one of pairs along a last axis, the real and the imaginary part; others as they are.

    What PyTorch gives back for such a pair are the derivatives by its two parts.
    """
    return torch.view_as_real(tensor.resolve_conj()) if tensor.is_complex() else tensor


def _pooled(matrix, blocks):
    """The means of blocks; equal ones of sizes that divide the matrix are ten times as fast as others."""
    height, width = matrix.shape
    rows, columns = _parts(height, blocks), _parts(width, blocks)
    if rows and columns:
        sums = matrix.view(rows, height // rows, width).sum(1) if rows < height else matrix
        if columns < width:
            sums = sums.view(rows, columns, width // columns).sum(2)
        return sums / (height // rows * (width // columns))
    size = (min(blocks, height), min(blocks, width))
    return torch.nn.functional.adaptive_avg_pool2d(matrix[None, None], size)[0, 0]


def _parts(count, most):
    """Into how many equal parts, of at most `most`, an axis is cut; 0 where that would be far fewer."""
    if count <= most:
        return count
    return next((parts for parts in range(most, most // 3, -1) if count % parts == 0), 0)


class Blocks:
    """A summary whose numbers are still tensors."""

    __slots__ = ("shape", "dtype", "low", "high", "norm", "means")

    def __init__(self, shape, dtype, low, high, norm, means):
        self.shape, self.dtype, self.low, self.high, self.norm, self.means = tuple(shape), dtype, low, high, norm, means

    def __add__(self, other):
        """The sum of two, as far as it is known: its means."""
        nan = self.low * math.nan
        return Blocks(self.shape, self.dtype, nan, nan, nan, self.means + other.means)


def told(data, most, blocks=BLOCKS):
    """Held data as numbers of a trace, summed up above `most` entries by so many blocks along an axis."""
    if data is None:
        return None
    if isinstance(data, torch.Tensor):
        if data.numel() > max(most, 1):
            data = held(data, most, blocks)
        else:
            data = data.to(torch.uint8) if data.dtype is torch.bool else data
            return Array(data.shape, data.flatten().tolist(), name_of_type(data.dtype))
    means = data.means
    if max(means.shape) > blocks:
        means = _pooled(means, blocks)
    return Summary(
        data.shape, data.low.item(), data.high.item(), data.norm.item(), means.tolist(),
        name_of_type(data.dtype))
