"""Equations of a jaxpr as functions of their operands, with what JAX wrote only to prepare them taken in."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy

# The elementwise primitives by the names of the table of operators, or by their own.
ELEMENTWISE = {
    **{name: name for name in (
        "exp exp2 expm1 log log1p tanh sin cos tan asin acos atan atan2 sinh cosh asinh acosh atanh erf erfc erf_inv "
        "lgamma digamma sqrt rsqrt cbrt square pow abs sign stop_gradient floor ceil round nextafter").split()},
    "add": "add", "add_any": "add", "sub": "subtract", "mul": "multiply", "div": "divide", "neg": "negate",
    "logistic": "sigmoid", "integer_pow": "pow", "max": "maximum", "min": "minimum", "clamp": "clip",
    "select_n": "where", "rem": "remainder", "convert_element_type": "astype",
}


def is_float(array):
    """Whether an array, or what is known of one, has derivatives."""
    return jnp.issubdtype(getattr(array, "dtype", type(array)), jnp.inexact)


class Step:
    """An equation with its operands: the primitive, its parameters, and the function of the operands."""

    def __init__(self, equation, operands, word=None, counters=0):
        # What the program has called, where that is another name, and how many results only count turns.
        self.word, self.counters = word, counters
        self.equation, self.operands = equation, list(operands)
        self.primitive, self.parameters = equation.primitive.name, equation.params
        # Which operand it is about, where it is one.
        self.subject = 0
        given = equation.primitive.get_bind_params(equation.params)
        # A pair until JAX 0.9, the parameters alone from 0.10.
        functions, parameters = given if isinstance(given, tuple) else ((), given)

        def bind(*arrays):
            results = equation.primitive.bind(*functions, *arrays, **parameters)
            return list(results) if equation.primitive.multiple_results else [results]

        # The function of the operands, and the primitive alone, whose operands then are those in its own shapes.
        self.bind = self.plain = bind

    def is_same(self, results):
        """Whether the result only says again what the operand is."""
        if len(results) > 1:
            return False
        if self.primitive == "max":
            # What JAX does before every maximum of an array.
            low = [
                i for i, v in enumerate(self.operands)
                if not isinstance(v.data, jax.Array) and numpy.shape(v.data) == () and v.data == -numpy.inf]
            self.subject = 1 - low[0] if low else 0
            return bool(low)
        # The sum of a number by no axis is that number.
        is_whole = self.primitive.startswith("reduce_") and self.parameters.get("axes") == ()
        if not is_whole and self.primitive not in ("convert_element_type", "copy", "copy_p", "reshape", "broadcast_in_dim"):
            return False
        value, result = self.operands[0].data, results[0]
        return numpy.shape(value) == result.shape and getattr(value, "dtype", result.dtype) == result.dtype


def composed(step):
    """The equation with what JAX wrote before it only to prepare it: `x[3]` is a slice and a squeeze, a sum that
    keeps its axis a sum and a broadcast, and operands of other shapes are broadcast."""
    if step.primitive in ELEMENTWISE:
        widened = [i for i, v in enumerate(step.operands) if _widens(v, step.equation.outvars[0].aval.shape)]
        for i in widened:
            _inline(step, i)
        return step
    if step.primitive not in ("squeeze", "broadcast_in_dim", "reshape", "expand_dims") or not step.operands:
        return step
    before = step.operands[0].operation
    inner = before.recipe if before is not None else None
    shape = step.equation.outvars[0].aval.shape
    if inner is None or step.operands[0].name:
        return step
    if step.primitive == "squeeze" and inner.primitive == "slice":
        _inline(step, 0)
        step.primitive, step.parameters = "slice", {**inner.parameters, "single": step.parameters["dimensions"]}
    elif inner.primitive.startswith("reduce_") and "axes" in inner.parameters:
        axes = inner.parameters["axes"]
        if shape == tuple(1 if i in axes else n for i, n in enumerate(inner.operands[0].shape)):
            _inline(step, 0)
            step.primitive, step.parameters = inner.primitive, inner.parameters
    return step


def _widens(value, shape):
    """Whether a value is an array only put into a shape to which NumPy would broadcast it by itself."""
    step = value.operation.recipe if value.operation is not None else None
    if value.name or step is None or step.primitive not in ("broadcast_in_dim", "reshape") or len(step.operands) != 1:
        return False
    own = step.operands[0].shape
    narrow = (1,) * (len(value.shape) - len(own)) + own
    return len(own) <= len(value.shape) and all(a in (1, b) for a, b in zip(narrow, value.shape)) and (
        step.primitive == "broadcast_in_dim" and list(step.parameters["broadcast_dimensions"]) == list(
            range(len(value.shape) - len(own), len(value.shape))) or narrow == value.shape)


def _inline(step, place):
    """Takes the step that made an operand into this one."""
    inner, outer = step.operands[place].operation.recipe, step.bind
    count = len(inner.operands)

    def bind(*arrays):
        return outer(*arrays[:place], *inner.bind(*arrays[place:place + count]), *arrays[place + count:])

    step.operands[place:place + 1] = inner.operands
    step.bind = bind
