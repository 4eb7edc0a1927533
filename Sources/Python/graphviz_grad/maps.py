"""What each operation of PyTorch does to an operand, in the words of a trace: one row an operation."""

from __future__ import annotations

import torch

from .numbers import name_of_complex
from .operations import Value
from .vocabulary import FUSED, OPERATORS, PARTS, PERMUTATIONS, RESHAPES, TABLE, is_open


def word_of(operation):
    """The operation as the trace calls it."""
    name = operation.name
    if operation.is_complex and name not in _OF_PAIRS:
        return name_of_complex(OPERATORS.get(name, name))
    if name in OPERATORS:
        return OPERATORS[name]
    if name in ("matmul", "mm", "bmm", "mv", "dot", "rmatmul") \
            or len(operation.operands) == 2 and is_open(operation):
        return "matmul"
    if len(operation.operands) == 3 and is_open(operation):
        return "add"
    if name in RESHAPES:
        return "reshape" if len({operand.shape for operand in _tensors(operation)} | {operation.values[0].shape}) > 1 \
            else name
    if name in PERMUTATIONS:
        return "transpose"
    if name in ("cat", "concat", "concatenate"):
        return "concatenate"
    if name in ("select", "narrow", "unbind", "split", "chunk", "tensor_split", "split_with_sizes"):
        return "getitem"
    if name in ("expand", "expand_as", "broadcast_to"):
        return "broadcast_to"
    if name == "einsum" and isinstance(operation.attributes.get(0), str):
        return einsum_named(operation.attributes[0])
    return name


def einsum_named(equation):
    """An Einstein sum by its equation: `einsum[ij,jk→ik]`."""
    return f"einsum[{equation.replace(' ', '').replace('->', '→')}]"


def map_of(operation, slot, value):
    """The map from operand `slot` to `value`, as a trace's JSON has it."""
    operand = operation.operands[slot]
    source, target = getattr(operand, "shape", ()), value.shape
    if any(one.told_shape is None for one in (operand, value) if isinstance(one, Value)):
        return {"is": "opaque", "operation": operation.name}
    row = (_OF_PAIRS if operation.is_complex else _ROWS).get(operation.name)
    found = row(operation, slot, source, target, value) if row is not None else None
    if found is None and operation.partial is not None and isinstance(operand, Value):
        found = {"is": "elementwise"}
    return found or {"is": "opaque", "operation": operation.name}


# The rows.


def _sum(sign):
    def row(operation, slot, source, target, value):
        if source != target:
            return {"is": "elementwise"} if sign < 0 and slot == 1 else {"is": "broadcast"}
        return {"is": "scale"} if isinstance(operation.operands[slot], Value) else {"is": "elementwise"}

    return row


def _elementwise(operation, slot, source, target, value):
    return {"is": "elementwise"}


def _product(operation, slot, source, target, value):
    return {"is": "matmul-left" if slot == 0 else "matmul-right"} if len(operation.operands) == 2 else None


def _reduction(is_mean):
    def row(operation, slot, source, target, value):
        axes = _axes(operation, source)
        if axes is None:
            return None
        count = 1
        for axis in axes:
            count *= source[axis]
        return {"is": "sum", "axes": axes, **({"factor": 1 / count} if is_mean and count > 1 else {})}

    return row


def _reshape(operation, slot, source, target, value):
    if slot > 0:
        return None
    return {"is": "reshape"}


def _permutation(operation, slot, source, target, value):
    rank, name = len(source), operation.name
    if name in ("T", "t", "adjoint") or name == "mT":
        order = list(range(rank))
        if rank > 1:
            order = order[::-1] if name == "T" else order[:-2] + [order[-1], order[-2]]
        return {"is": "permute", "axes": order}
    numbers = [operation.attributes[key] for key in operation.attributes]
    if name == "permute":
        order = numbers[0] if len(numbers) == 1 and isinstance(numbers[0], (tuple, list)) else numbers
        return {"is": "permute", "axes": [axis % rank for axis in order]}
    if name in ("movedim", "moveaxis"):
        moved = torch.empty(source, device="meta").movedim(*numbers)
        return None if len(set(source)) < rank else {"is": "permute", "axes": [source.index(n) for n in moved.shape]}
    first, second = (axis % rank for axis in numbers[:2])
    order = list(range(rank))
    order[first], order[second] = second, first
    return {"is": "permute", "axes": order}


def _broadcast(operation, slot, source, target, value):
    return {"is": "broadcast"} if slot == 0 else None


def _item(operation, slot, source, target, value):
    index = index_text(operation.attributes.get("index"))
    return {"is": "select", "index": index} if slot == 0 and index is not None else None


def _set_item(operation, slot, source, target, value):
    index = index_text(operation.attributes.get("index"))
    is_given = slot == 1 and index is not None and isinstance(operation.operands[1], Value)
    return {"is": "place", "index": index} if is_given else None


def _select(operation, slot, source, target, value):
    axis, number = _argument(operation, "dim", 1), _argument(operation, "index", 2)
    if not isinstance(number, int) or not isinstance(axis, int):
        return None
    return {"is": "select", "index": ":, " * (axis % len(source)) + str(number)}


def _narrow(operation, slot, source, target, value):
    axis, start, length = (_argument(operation, *key) for key in (("dim", 1), ("start", 2), ("length", 3)))
    if not all(isinstance(number, int) for number in (axis, start, length)):
        return None
    return {"is": "select", "index": ":, " * (axis % len(source)) + f"{start}:{start + length}"}


def _part(operation, slot, source, target, value):
    """One of the pieces that a tensor was split into, one after another along an axis."""
    axis = _argument(operation, "dim", 1 if operation.name == "unbind" else 2)
    axis = (axis if isinstance(axis, int) else 0) % len(source)
    lead = ":, " * axis
    if operation.name == "unbind":
        return {"is": "select", "index": f"{lead}{value.part}"}
    start = sum(other.shape[axis] for other in operation.values if other.part < value.part)
    return {"is": "select", "index": f"{lead}{start}:{start + target[axis]}"}


def _embedding(operation, slot, source, target, value):
    number, table = operation.operands[0], operation.operands[-1]
    if operation.operands[slot] is not table or not isinstance(number, Value):
        return None
    if _argument(operation, "padding_idx", 2) is not None or _argument(operation, "scale_grad_by_freq", 5):
        # Not all of what comes back is added.
        return None
    index = index_text(number.data)
    return None if index is None else {"is": "select", "index": index}


def _join(operation, slot, source, target, value):
    axis = _argument(operation, "dim", 1)
    if not isinstance(axis, int):
        axis = 0
    if operation.name == "stack":
        return {"is": "part", "axis": axis % len(target), "from": slot, "to": slot + 1}
    axis %= len(target)
    start = sum(other.shape[axis] for other in operation.operands[:slot])
    return {"is": "part", "axis": axis, "from": start, "to": start + source[axis]}


def _convolution(operation, slot, source, target, value):
    rank = len(target) - 2
    stride, padding = _argument(operation, "stride", 3, 1), _argument(operation, "padding", 4, 0)
    dilation, groups = _argument(operation, "dilation", 5, 1), _argument(operation, "groups", 6, 1)
    is_plain = set(_each(dilation, rank)) == {1} and groups == 1 and len(source) == rank + 2
    if len(operation.operands) != 2 or not is_plain or isinstance(padding, str) or rank > 2:
        return None
    return {
        "is": "convolve", "by": "kernel" if slot == 0 else "image", "stride": _each(stride, rank),
        "padding": _each(padding, rank)}


def _pool(operation, slot, source, target, value):
    return {"is": "pool"}


def _softmax(operation, slot, source, target, value):
    axis = _argument(operation, "dim", 1)
    rank = len(source)
    if not isinstance(axis, int) or rank == 0:
        return None
    return {"is": "opaque", "operation": operation.name, "axis": axis % rank}


def _fused(operation, slot, source, target, value):
    added, left, _ = FUSED[operation.name]
    if operation.name != "linear" and operation.attributes:
        # Its parts are weighed.
        return None
    if slot == added:
        return {"is": "broadcast"} if source != target else {"is": "scale"}
    if not is_open(operation):
        return None
    return {"is": "matmul-left" if slot == left else "matmul-right"}


_ROWS = {
    **dict.fromkeys(("add", "radd", "iadd"), _sum(1)),
    **dict.fromkeys(("sub", "rsub", "isub", "subtract"), _sum(-1)),
    **{name: _elementwise for name, word in OPERATORS.items() if word not in ("add", "subtract", "clip", "where")},
    **dict.fromkeys(TABLE, _elementwise),
    **dict.fromkeys(("matmul", "mm", "bmm", "mv", "dot"), _product),
    "sum": _reduction(False), "mean": _reduction(True),
    **dict.fromkeys(RESHAPES, _reshape), **dict.fromkeys(PERMUTATIONS, _permutation),
    **dict.fromkeys(("expand", "expand_as", "broadcast_to"), _broadcast),
    "getitem": _item, "setitem": _set_item, "select": _select, "narrow": _narrow, **dict.fromkeys(PARTS, _part),
    "embedding": _embedding, **dict.fromkeys(("cat", "concat", "concatenate", "stack"), _join),
    **dict.fromkeys(("conv1d", "conv2d"), _convolution), **dict.fromkeys(FUSED, _fused),
    **dict.fromkeys(("softmax", "log_softmax"), _softmax),
    **dict.fromkeys(
        ("max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "adaptive_avg_pool1d", "adaptive_avg_pool2d",
         "adaptive_max_pool1d", "adaptive_max_pool2d", "boolean_dispatch"), _pool),
}

# Complex numbers are pairs along a last axis, on which few operations do what they do to numbers.


def _sum_of_pairs(operation, slot, source, target, value):
    operand = operation.operands[slot]
    return {"is": "scale"} if source == target and isinstance(operand, Value) and operand.is_complex else None


def _same_pairs(operation, slot, source, target, value):
    return {"is": "scale"}


def _part_of_pairs(number):
    return lambda *rest: {"is": "select", "index": f"..., {number}"}


def _pairs(operation, slot, source, target, value):
    return {"is": "part", "axis": len(target) - 1, "from": slot, "to": slot + 1} if source == target[:-1] else None


_OF_PAIRS = {
    **dict.fromkeys(("add", "iadd", "radd", "sub", "isub"), _sum_of_pairs),
    **dict.fromkeys(("view_as_real", "view_as_complex"), _same_pairs),
    "real": _part_of_pairs(0), "imag": _part_of_pairs(1), "complex": _pairs,
}


# Arguments.


def _tensors(operation):
    return [operand for operand in operation.operands if isinstance(operand, Value)]


def _argument(operation, name, place, default=None):
    given = operation.attributes
    return given.get(name, given.get("axis" if name == "dim" else name, given.get(place, default)))


def _axes(operation, shape):
    """The axes of a reduction; None for what is said in a way that is not known."""
    given = _argument(operation, "dim", 1)
    if given is None:
        return list(range(len(shape)))
    given = [given] if isinstance(given, int) else list(given)
    if not all(isinstance(axis, int) for axis in given):
        return None
    return sorted(axis % len(shape) for axis in given) or list(range(len(shape)))


def _each(number, count):
    numbers = [number] if isinstance(number, int) else list(number)
    return numbers * count if len(numbers) == 1 else numbers


def index_text(index, most=1_000):
    """A subscript as a program writes it; None for what a trace does not say."""
    parts = []
    for part in index if isinstance(index, tuple) else (index,):
        if isinstance(part, torch.Tensor):
            if part.dtype in (torch.bool, torch.uint8) or part.is_floating_point() or not 0 < part.numel() <= most:
                return None
            part = part.tolist()
        if part is Ellipsis:
            parts.append("...")
        elif part is None:
            parts.append("None")
        elif isinstance(part, bool):
            return None
        elif isinstance(part, int) or isinstance(part, list) and str(part).strip("[]0123456789-, ") == "":
            parts.append(str(part))
        elif isinstance(part, slice):
            ends = (part.start, part.stop) if part.step in (None, 1) else (part.start, part.stop, part.step)
            if not all(end is None or isinstance(end, int) for end in ends):
                return None
            parts.append(":".join("" if end is None else str(end) for end in ends))
        else:
            return None
    return ", ".join(parts)
