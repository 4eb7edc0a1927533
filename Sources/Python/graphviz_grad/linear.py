"""The parts of `linear`, which PyTorch has as one operation: the weight transposed, a product, a sum."""

from __future__ import annotations

from .held import Blocks
from .operations import Operation, Value
from .private import ACCUMULATE


def open_linear(values, operation, edges, weight, sources):
    """Makes of the transposed weight an operation of its own, which takes the weight's place among the sources; None where
    it stays as it is, as in mixed precision, where the graph has it otherwise. `weight` is where the graph has the
    weight, or its identity, and its shape.

    Nothing runs anew: the graph has the transposed weight already.
    """
    value, result, node = sources[1], operation.values[0], None
    is_alike = result.type == value.type == sources[0].type and not value.is_complex
    if value.size != weight[1] or len(value.size) != 2 or not is_alike:
        return None
    if value.has_gradient and result.has_gradient:
        node = _transposed(values, edges[0][0], weight[0]) if edges else None
        if node is None:
            return None
    transpose = Operation("t", [value], operation.place, operation.call)
    made = Value(transpose, 0, _turned(value.data), value.size[::-1], value.type, value.has_gradient)
    transpose.values.append(made)
    if node is not None:
        values.owner[node], values.by_edge[node, 0] = (transpose, 0), made
        transpose.nodes, transpose.made, transpose.links = [node], {(0, 0): made}, {(0, 0): (0, made)}
        value.uses += 1
    sources[1] = operation.operands[1] = made
    operation.attributes = {"is_open": True}
    return transpose


def _transposed(values, node, weight):
    """The node inside an operation that has transposed its weight; None if there is none."""
    stack, seen = [node], set()
    while stack:
        node = stack.pop()
        if node is None or node in seen or node in values.owner or type(node) is ACCUMULATE:
            continue
        seen.add(node)
        following = node.next_functions
        if node.name().startswith(("TBackward", "TransposeBackward", "PermuteBackward")):
            target, number = following[0]
            is_leaf = type(target) is ACCUMULATE and id(target.variable) == weight
            if is_leaf or (target, number) == weight:
                return node
        stack.extend(target for target, _ in following)
    return None


def _turned(data):
    """The entries of a matrix, or the summary of them, transposed."""
    if isinstance(data, Blocks):
        return Blocks(data.shape[::-1], data.dtype, data.low, data.high, data.norm, data.means.t())
    return data if data is None else data.t()
