"""What is known of JAX's primitives: their names and the maps on their edges, one row a primitive."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy

from .computation import Value
from .jax_steps import ELEMENTWISE, is_float
from .numpy_maps import layers, pieces

_SIGNS = {"add": (1, 1), "add_any": (1, 1), "sub": (1, -1), "neg": (-1,)}
# What takes an array apart.
_PARTS = {"split": pieces, "unstack": layers}
# Calls that stay closed, and are elementwise where their body is.
_CALLS = {"jit", "pjit", "custom_jvp_call", "custom_vjp_call", "closed_call"}


class Shown:
    """How an equation is told: its name, which operands, the map of each, and its partial; which parts of the one
    operand the results are, if they are that."""

    def __init__(self, name, slots, map=lambda slot: None, partial=lambda slot: None, parts=None):
        self.name, self.slots, self.map, self.partial, self.parts = name, slots, map, partial, parts


def describe(step, results):
    """How an equation is told."""
    primitive, parameters, operands = step.primitive, step.parameters, step.operands
    slots = [i for i, v in enumerate(operands) if is_float(v.data)]
    name, result = _name(step), results[0]
    if primitive == "while":
        # JAX does not differentiate it, which only matters where somebody asks.
        return Shown(name, slots)
    if not slots:
        # What is computed of labels and the like, as far as they are given.
        return Shown(ELEMENTWISE.get(primitive, name), [i for i, v in enumerate(operands) if v.is_of_input])
    if len(results) > 1:
        index = _PARTS.get(primitive)
        return Shown(name, slots, parts=index and index(results, parameters["axis"]))
    if primitive == "integer_pow":
        step.operands = operands = [operands[0], Value(float(parameters["y"]))]
        whole = step.bind
        step.bind = step.plain = lambda x, y: whole(x)
        slots = [0, 1]
    if primitive == "custom_vjp_call" or any(jnp.iscomplexobj(v) for v in (*results, *(o.data for o in operands))):
        # What its own rule for going back does need not be linear; complex numbers have no place in a trace.
        return Shown(name, slots)
    if primitive in ELEMENTWISE or primitive in _CALLS and _is_elementwise(step.equation):
        if primitive == "clamp":
            slots = [i for i in (1, 0, 2) if i in slots]
        if primitive == "select_n":
            slots.reverse()
        map, partial = _elementwise(step, result)
        if primitive == "select_n" and operands[0].shape:
            # The mask is seen, and nothing comes back to it.
            return Shown(
                "where", [0, *slots], lambda slot: map(slot) if slot else None, lambda slot: partial(slot) if slot else None)
        return Shown(ELEMENTWISE.get(primitive, name), slots, map, partial)
    if result.shape == () and all(operands[i].shape == () for i in slots):
        return Shown(name, slots, *_elementwise(step, result))
    if primitive == "broadcast_in_dim" and numpy.size(operands[0].data) == result.size:
        primitive = "reshape"
    if primitive in ROWS:
        name, row = ROWS[primitive]
        if row is _product and row(parameters, operands, result, 0) is None:
            name = _einsum(parameters, operands)
        return Shown(name, slots, lambda slot: row(parameters, operands, result, slot))
    return Shown(name, slots)


def _name(step):
    """The name of a function that stays closed, else that of the primitive."""
    if step.word:
        return step.word
    if "name" in step.parameters or step.primitive not in _CALLS:
        return str(step.parameters.get("name", step.primitive))
    body = getattr(step.parameters.get("call_jaxpr"), "jaxpr", None)
    if body is None:
        return step.primitive
    if len(body.eqns) == 1 and "name" in body.eqns[0].params:
        return body.eqns[0].params["name"]
    told = getattr(getattr(body, "debug_info", None), "func_src_info", None) or step.primitive
    return told.split(" ")[0]


def _is_elementwise(equation):
    """Whether a call does the same at every entry, as far as its body tells."""
    inner = equation.params.get("jaxpr") or equation.params.get("call_jaxpr")
    inner = getattr(inner, "jaxpr", inner)
    shapes = {v.aval.shape for v in (*equation.invars, *equation.outvars)} - {()}
    return inner is not None and len(shapes) <= 1 and all(
        e.primitive.name in ELEMENTWISE or e.primitive.name in _CALLS and _is_elementwise(e)
        or e.primitive.name == "broadcast_in_dim" and e.invars[0].aval.shape == () for e in inner.eqns)


def _elementwise(step, result):
    """Maps and partials of an elementwise operation; a partial is a number where it is the same everywhere."""
    known, operands = {}, step.operands

    def number(slot):
        if operands[slot].shape != result.shape:
            return None
        if step.primitive in _SIGNS:
            return _SIGNS[step.primitive][slot]
        if step.primitive in ("mul", "div"):
            other = operands[1 - slot].data
            is_number = numpy.shape(other) == () and not isinstance(other, jax.Array)
            if is_number and (step.primitive == "mul" or slot == 0):
                return float(other) if step.primitive == "mul" else 1 / float(other)
        return None

    def partial(slot):
        if not is_float(result):
            return None
        if number(slot) is None and not known:
            known.update(_partials(step, result))
        return known[slot] if number(slot) is None else number(slot)

    def map(slot):
        if not is_float(result) or result.shape == ():
            return None
        return "elementwise" if number(slot) is None else "scale"

    return map, partial


def _partials(step, result):
    """The partials of an elementwise operation by its operands, at each entry of the result."""
    places = [i for i, v in enumerate(step.operands) if is_float(v.data)]
    # A mask is widened as they are.
    whole = [v.data if v.shape == () else jnp.broadcast_to(v.data, result.shape) for v in step.operands]

    def of_floats(*arrays):
        for i, array in zip(places, arrays):
            whole[i] = array
        return step.plain(*whole)[0]

    wide = [jnp.broadcast_to(jnp.asarray(whole[i], result.dtype), result.shape) for i in places]
    return dict(zip(places, jax.vjp(of_floats, *wide)[1](jnp.ones_like(result))))


def _sum(parameters, operands, result, slot):
    return {"is": "sum", "axes": list(parameters["axes"])}


def _permute(parameters, operands, result, slot):
    return {"is": "permute", "axes": list(parameters["permutation"])}


def _reshape(parameters, operands, result, slot):
    return "reshape" if slot == 0 else None


def _broadcast(parameters, operands, result, slot):
    source, axes = operands[slot].shape, parameters["broadcast_dimensions"]
    offset = len(result.shape) - len(source)
    if list(axes) == [offset + i for i in range(len(source))]:
        narrow = (1,) * offset + source
        return {"is": "broadcast", "axes": [i for i, (a, b) in enumerate(zip(narrow, result.shape)) if a != b]}
    return None


def _product(parameters, operands, result, slot):
    """A matrix product as NumPy has it: batches in front, the last axis of one with the second last of the other."""
    (left, right), (batch, other_batch) = parameters["dimension_numbers"]
    a, b = (len(v.shape) for v in operands)
    front = list(range(len(batch)))
    fits = list(left) == [a - 1] and list(right) == [max(b - 2, 0)] and list(batch) == list(other_batch) == front
    fits = fits and min(a, b) > len(front) == max(0, a - 2) and (a, b) in {(1, 1), (1, 2), (2, 1), (a, a)}
    return ("matmul-left", "matmul-right")[slot] if fits else None


def _einsum(parameters, operands):
    """Any other product, by the letters of its axes: `einsum[ij,kj→ik]`."""
    (left, right), (batch, other_batch) = parameters["dimension_numbers"]
    letters = iter("ijklmnopqrstuvwxyzabcdefghIJKLMNOPQRSTUVWXYZABCDEFGH")
    first = [next(letters) for _ in operands[0].shape]
    second = [None] * len(operands[1].shape)
    for own, other in zip((*left, *batch), (*right, *other_batch)):
        second[other] = first[own]
    second = [letter or next(letters) for letter in second]
    result = [first[axis] for axis in batch]
    result += [letter for axis, letter in enumerate(first) if axis not in (*left, *batch)]
    result += [letter for axis, letter in enumerate(second) if axis not in (*right, *other_batch)]
    return f"einsum[{''.join(first)},{''.join(second)}→{''.join(result)}]"


def _slice(parameters, operands, result, slot):
    if slot:
        return None
    strides = parameters["strides"] or (1,) * len(parameters["start_indices"])
    return {"is": "select", "index": ", ".join(
        str(start) if axis in parameters.get("single", ()) else ":" if (start, stop, step) == (0, count, 1)
        else f"{start}:{stop}" + (f":{step}" if step != 1 else "")
        for axis, (start, stop, step, count) in enumerate(zip(
            parameters["start_indices"], parameters["limit_indices"], strides, operands[0].shape)))}


def _reverse(parameters, operands, result, slot):
    turned = parameters["dimensions"]
    return {"is": "select", "index": ", ".join("::-1" if i in turned else ":" for i in range(len(result.shape)))}


def _gather(parameters, operands, result, slot):
    """Rows by their numbers, `E[[1, 3, 1]]`; what else is gathered has no short index."""
    numbers, indices = parameters["dimension_numbers"], numpy.asarray(operands[1].data)
    rest = operands[0].shape[1:]
    rows = (
        tuple(numbers.collapsed_slice_dims) == tuple(numbers.start_index_map) == (0,)
        and tuple(parameters["slice_sizes"]) == (1, *rest) and indices.size <= 100
        and tuple(numbers.offset_dims) == tuple(range(len(result.shape) - len(rest), len(result.shape))))
    in_range = rows and (indices >= 0).all() and (indices < operands[0].shape[0]).all()
    return {"is": "select", "index": str(indices[..., 0].tolist())} if in_range else "select"


def _select(parameters, operands, result, slot):
    return "select" if slot == 0 else None


def _join(parameters, operands, result, slot):
    axis = parameters["dimension"]
    start = sum(v.shape[axis] for v in operands[:slot])
    return {"is": "part", "axis": axis, "from": start, "to": start + operands[slot].shape[axis]}


def _stack(parameters, operands, result, slot):
    return {"is": "part", "axis": parameters["axis"], "from": slot, "to": slot + 1}


def _pad(parameters, operands, result, slot):
    widths = [tuple(map(int, w)) for w in parameters["padding_config"]]
    if slot or any(low < 0 or high < 0 or inner for low, high, inner in widths):
        return None
    return {"is": "place", "index": ", ".join(
        ":" if low == high == 0 else f"{low}:{low + count}"
        for (low, high, _), count in zip(widths, operands[0].shape))}


def _convolution(parameters, operands, result, slot):
    numbers, padding = parameters["dimension_numbers"], parameters["padding"]
    axes = tuple(range(len(result.shape)))
    plain = (
        tuple(numbers.lhs_spec) == tuple(numbers.rhs_spec) == tuple(numbers.out_spec) == axes
        and all(low == high for low, high in padding)
        and set(parameters["lhs_dilation"] + parameters["rhs_dilation"]) <= {1}
        and parameters["feature_group_count"] == parameters["batch_group_count"] == 1)
    return {
        "is": "convolve", "by": ("kernel", "image")[slot], "stride": list(parameters["window_strides"]),
        "padding": [int(low) for low, _ in padding]} if plain else None


def _pool(parameters, operands, result, slot):
    return "pool"


# What is not elementwise: the name, and the map of an operand's edge; without a map it is known by its name.
ROWS = {
    "reduce_sum": ("sum", _sum),
    "transpose": ("transpose", _permute),
    "reshape": ("reshape", _reshape),
    "squeeze": ("reshape", _reshape),
    "expand_dims": ("reshape", _reshape),
    "broadcast_in_dim": ("broadcast_to", _broadcast),
    "dot_general": ("matmul", _product),
    "slice": ("getitem", _slice),
    "rev": ("flip", _reverse),
    "gather": ("getitem", _gather),
    "dynamic_slice": ("getitem", _select),
    "concatenate": ("concatenate", _join),
    "stack": ("stack", _stack),
    "pad": ("pad", _pad),
    "conv_general_dilated": ("conv", _convolution),
    "reduce_window_max": ("max_pool", _pool),
    "reduce_window_sum": ("sum_pool", _pool),
    "reduce_max": ("max", lambda *_: None),
    "reduce_min": ("min", lambda *_: None),
    "reduce_prod": ("prod", lambda *_: None),
}
