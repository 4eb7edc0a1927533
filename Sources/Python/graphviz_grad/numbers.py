"""Numbers as a trace has them: in the shortest decimals of their type, or summed up."""

from __future__ import annotations

import math
import struct

# The most rows and columns of block means.
BLOCKS = 64


class Array:
    """A number, of shape (), or an array with all of its entries in row-major order."""

    __slots__ = ("shape", "entries", "dtype")

    def __init__(self, shape, entries, dtype=None):
        self.shape, self.dtype = tuple(shape), dtype
        self.entries = shortest(entries, dtype)

    def json(self):
        """Nested lists; what is no number is a text."""
        parts = self.entries
        if any(isinstance(x, float) and not math.isfinite(x) for x in parts):
            parts = [_finite(x) for x in parts]
        for count in reversed(self.shape):
            parts = [parts[i:i + count] for i in range(0, len(parts), count)]
        return parts[0]


class Summary:
    """What is told of an array with many entries: its shape, range, norm and the means of blocks.

    The means are of a matrix whose rows are all axes but the last, at most 64 by 64.
    """

    __slots__ = ("shape", "low", "high", "norm", "means", "dtype")

    def __init__(self, shape, low, high, norm, means, dtype=None):
        self.shape, self.low, self.high, self.norm, self.dtype = tuple(shape), low, high, norm, dtype
        self.means = means

    def json(self):
        return {"summary": {
            "min": _rounded(self.low), "max": _rounded(self.high), "norm": _rounded(self.norm),
            "means": [_rounded_row(row) for row in self.means]}}


def array(value, most=10_000):
    """The entries of a value, or a summary of them if they are more than `most`.

    A value is a number, nested lists, or an array of a library: whatever has `shape`, `dtype` and `tolist`.
    """
    if isinstance(value, (Array, Summary)):
        return value
    if isinstance(value, (bool, int, float)):
        return Array((), [float(value) if isinstance(value, bool) else value])
    if isinstance(value, complex):
        return Array((2,), [value.real, value.imag], "complex128")
    if not isinstance(value, (list, tuple)):
        if "complex" in str(getattr(value, "dtype", "")):
            return _of_pairs(value, most)
        if math.prod(getattr(value, "shape", ())) > most and hasattr(value, "__array__"):
            return _numpy_summary(value)
        dtype = str(getattr(value, "dtype", "float64")).rsplit(".", 1)[-1]
        shape, nested = tuple(getattr(value, "shape", ())), value.tolist() if hasattr(value, "tolist") else float(value)
    else:
        dtype, shape, nested, inner = None, [], value, value
        while isinstance(inner, (list, tuple)):
            shape.append(len(inner))
            inner = inner[0] if inner else None
    flat = [nested]
    for _ in shape:
        flat = [entry for row in flat for entry in row]
    flat = [float(entry) if isinstance(entry, bool) else entry for entry in flat]
    if len(flat) > most:
        return summary(shape, flat, dtype)
    return Array(shape, flat, dtype)


def _of_pairs(value, most):
    """The numbers of a complex array of any library, as pairs along a last axis: the real and the imaginary part."""
    import numpy

    value = numpy.asarray(value)
    made = array(numpy.stack([value.real, value.imag], -1), most)
    made.dtype = str(value.dtype)
    return made


def name_of_complex(name):
    """What an operation on complex numbers is called, as nothing else knows it by its own name: entries of pairs are
    not multiplied one by one."""
    is_known = any(word in name for word in ("cast", "complex", "conj", "convert", "fft", "imag", "real"))
    return name if is_known else f"complex_{name}"


def summary(shape, entries, dtype=None):
    """The summary of an array of entries in row-major order."""
    columns = shape[-1]
    rows = len(entries) // columns
    means = []
    for top, bottom in _blocks(rows):
        lines = [entries[row * columns:(row + 1) * columns] for row in range(top, bottom)]
        sums = [math.fsum(column) for column in zip(*lines)]
        means.append([
            math.fsum(sums[left:right]) / ((right - left) * (bottom - top)) for left, right in _blocks(columns)])
    norm = math.sqrt(math.fsum(x * x for x in entries))
    return Summary(shape, min(entries), max(entries), norm, means, dtype)


def _numpy_summary(value):
    """The summary of an array that NumPy reads, without making a number of Python of each entry."""
    import numpy

    entries = numpy.asarray(value).astype(float)
    rows = entries.reshape(-1, entries.shape[-1])
    means = [
        [float(rows[top:bottom, left:right].mean()) for left, right in _blocks(rows.shape[1])]
        for top, bottom in _blocks(rows.shape[0])]
    dtype = str(value.dtype).rsplit(".", 1)[-1]
    return Summary(
        entries.shape, float(entries.min()), float(entries.max()), float(numpy.linalg.norm(rows)), means, dtype)


def _blocks(count):
    blocks = min(count, BLOCKS)
    return [(i * count // blocks, -(-(i + 1) * count // blocks)) for i in range(blocks)]


def shortest(entries, dtype):
    """The entries by the fewest decimals that read back to the same numbers of their type: 0.1 for what
    single precision makes of 0.1."""
    single = _SINGLES.get(dtype)
    if single is None:
        return entries
    if dtype != "bfloat16":
        try:
            import numpy
        except ImportError:
            pass
        else:
            texts = numpy.asarray(entries, getattr(numpy, dtype)).astype(str).tolist()
            return [float(text) for text in texts]
    return [_short(x, single) for x in entries]


def _short(x, single):
    if x == 0 or not math.isfinite(x):
        return x
    for digits in range(2, 10):
        short = float("%.*g" % (digits, x))
        if single(short) == x:
            return short
    return x


def _float32(x):
    try:
        return struct.unpack("f", struct.pack("f", x))[0]
    except OverflowError:
        return math.inf


def _float16(x):
    try:
        return struct.unpack("e", struct.pack("e", x))[0]
    except OverflowError:
        return math.inf


def _bfloat16(x):
    # The upper half of single precision, rounded to even.
    bits = struct.unpack("I", struct.pack("f", x))[0]
    bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000
    return struct.unpack("f", struct.pack("I", bits))[0]


_SINGLES = {"float32": _float32, "float16": _float16, "bfloat16": _bfloat16}


def _finite(x):
    return x if math.isfinite(x) else "NaN" if x != x else "Infinity" if x > 0 else "-Infinity"


def _rounded_row(row):
    """The same of many, by one format for all where all are finite."""
    if math.isfinite(sum(row)):
        return [float(text) for text in ("%.6g " * len(row) % tuple(row)).split()]
    return [_rounded(x) for x in row]


def _rounded(x):
    """To six digits, which are enough for a summary."""
    return _finite(float("%.6g" % x))
