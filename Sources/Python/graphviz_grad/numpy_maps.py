"""The maps on the edges of NumPy's functions, by their names."""

from __future__ import annotations

import numpy

# Functions that do the same at every entry.
ELEMENTWISE = set(
    "add subtract multiply divide true_divide power float_power negative exp exp2 expm1 log log2 log10 log1p tanh "
    "sin cos tan arcsin arccos arctan arctan2 sinh cosh arcsinh arccosh arctanh sqrt square cbrt reciprocal absolute "
    "abs fabs maximum minimum fmax fmin where logaddexp logaddexp2 hypot sinc clip mod remainder sign expit logit erf "
    "erfc gammaln astype _astype".split())
_SIGNS = {"add": (1, 1), "subtract": (1, -1), "negative": (-1,)}


def edge_of(name, slot, data, result, args, keywords, partials):
    """The map of an operand's edge and its partial.

    `partials(slot)` gives those of an elementwise function at each entry of the result.
    """
    source, target = numpy.shape(data[slot]), numpy.shape(result)
    if all(numpy.shape(one) == () for one in (*data, result)):
        return None, _single(partials, slot)
    if name in ELEMENTWISE:
        if source == target and name in _SIGNS:
            return "scale", _SIGNS[name][slot]
        if source == target and name == "multiply" and numpy.shape(data[1 - slot]) == ():
            return "scale", float(data[1 - slot])
        return "elementwise", partials(slot)
    return _MAPS.get(name, lambda *rest: None)(slot, source, target, args, keywords), None


def _single(partials, slot):
    try:
        return partials(slot)
    except Exception:
        return None


def _axes(source, axis):
    if axis is None:
        return list(range(len(source)))
    return sorted(one % len(source) for one in ([axis] if isinstance(axis, int) else axis))


def _sum(slot, source, target, args, keywords):
    axis = keywords.get("axis", args[1] if len(args) > 1 else None)
    return {"is": "sum", "axes": _axes(source, axis)}


def _mean(slot, source, target, args, keywords):
    told = _sum(slot, source, target, args, keywords)
    return {**told, "factor": 1 / float(numpy.prod([source[axis] for axis in told["axes"]]))}


def _product(slot, source, target, args, keywords):
    shapes = [numpy.shape(one) for one in args[:2]]
    return ("matmul-left", "matmul-right")[slot] if max(map(len, shapes)) <= 2 and min(map(len, shapes)) else None


def _transpose(slot, source, target, args, keywords):
    axes = keywords.get("axes", args[1] if len(args) > 1 else None)
    count = len(source)
    return {"is": "permute", "axes": list(range(count))[::-1] if axes is None else [axis % count for axis in axes]}


def _getitem(slot, source, target, args, keywords):
    text = index_text(args[1])
    return {"is": "select", "index": text} if text else "select"


def _concatenate(slot, source, target, args, keywords):
    axis = args[0] % len(target)
    start = sum(numpy.shape(one)[axis] for one in args[1:slot + 1])
    return {"is": "part", "axis": axis, "from": start, "to": start + source[axis]}


_MAPS = {
    "sum": _sum, "mean": _mean, "dot": _product, "matmul": _product, "transpose": _transpose, "__getitem__": _getitem,
    "reshape": lambda *rest: "reshape", "ravel": lambda *rest: "reshape", "squeeze": lambda *rest: "reshape",
    "expand_dims": lambda *rest: "reshape", "concatenate_args": _concatenate,
}


def pieces(results, axis):
    """The indices of arrays that lie one after another along an axis."""
    lead, found, start = (slice(None),) * (axis % numpy.ndim(results[0])), [], 0
    for one in results:
        stop = start + numpy.shape(one)[len(lead)]
        found.append((*lead, slice(start, stop)))
        start = stop
    return found


def layers(results, axis):
    """The indices of arrays of which each is at one place of an axis that they do not have."""
    lead = (slice(None),) * (axis % (numpy.ndim(results[0]) + 1))
    return [(*lead, place) for place in range(len(results))]


def index_text(index):
    """What stands between the brackets, as a program writes it; None for what is too long or no place."""
    words = []
    for part in index if isinstance(index, tuple) else (index,):
        if isinstance(part, slice):
            ends = ["" if one is None else str(one) for one in (part.start, part.stop, part.step)]
            words.append(":".join(ends[:2 if ends[2] == "" else 3]))
        elif part is None or part is Ellipsis:
            words.append("None" if part is None else "...")
        elif isinstance(part, (int, numpy.integer)) and not isinstance(part, bool):
            words.append(str(int(part)))
        elif numpy.ndim(part) > 0 and numpy.asarray(part).dtype.kind == "i" and numpy.size(part) <= 100:
            words.append(str(numpy.asarray(part).tolist()))
        else:
            return None
    return ", ".join(words)
