"""Partial derivatives of values of engines like micrograd.

They are, in this order: what the engine keeps beside the operands; the formula of the operation, if its value is
the one that is there; what the engine's own `_backward` adds to the gradients of the operands.
"""

from __future__ import annotations

import math
import re

_LOCAL = ("_local_grads", "local_grads", "local_gradients", "_local_gradients")


def shape_of(data):
    return tuple(getattr(data, "shape", ()))


def plain(gradient):
    """A gradient as a number or an array; some engines have it as a value of their own."""
    return gradient.data if hasattr(gradient, "grad") and hasattr(gradient, "data") else gradient


def number(data):
    """The number that data of one entry is; None for more."""
    if shape_of(data):
        return float(data.reshape(-1)[0]) if data.size == 1 else None
    return float(data) if isinstance(data, (float, int)) or hasattr(data, "dtype") else None


def is_close(a, b):
    if shape_of(a) or shape_of(b):
        return shape_of(a) == shape_of(b) and bool((abs(a - b) <= 1e-6 * (abs(a) + abs(b)) + 1e-12).all())
    return abs(a - b) <= 1e-6 * (abs(a) + abs(b)) + 1e-12 or a != a and b != b


def _by_exponent(m, z, x):
    return z * m.log(x) if m is math and x > 0 else math.nan


# The operations that are known: how many operands, the value, and the partials by operands x, y and the value z.
# `m` has the functions, of numbers or of arrays.
_FORMULAS = {
    "add": (2, lambda m, x, y: x + y, lambda m, z, x, y: (1.0, 1.0)),
    "subtract": (2, lambda m, x, y: x - y, lambda m, z, x, y: (1.0, -1.0)),
    "multiply": (2, lambda m, x, y: x * y, lambda m, z, x, y: (y, x)),
    "divide": (2, lambda m, x, y: x / y, lambda m, z, x, y: (1 / y, -x / (y * y))),
    "pow": (2, lambda m, x, y: x**y, lambda m, z, x, y: (y * x ** (y - 1), _by_exponent(m, z, x))),
    "negate": (1, lambda m, x: -x, lambda m, z, x: (-1.0,)),
    "tanh": (1, lambda m, x: m.tanh(x), lambda m, z, x: (1 - z * z,)),
    "exp": (1, lambda m, x: m.exp(x), lambda m, z, x: (z,)),
    "log": (1, lambda m, x: m.log(x), lambda m, z, x: (1 / x,)),
    "sin": (1, lambda m, x: m.sin(x), lambda m, z, x: (m.cos(x),)),
    "cos": (1, lambda m, x: m.cos(x), lambda m, z, x: (-m.sin(x),)),
    "sqrt": (1, lambda m, x: m.sqrt(x), lambda m, z, x: (0.5 / z,)),
    "sigmoid": (1, lambda m, x: 1 / (1 + m.exp(-x)), lambda m, z, x: (z * (1 - z),)),
    "relu": (1, lambda m, x: x * (x > 0), lambda m, z, x: (1.0 * (x > 0),)),
}
_SPELLINGS = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "pow", "^": "pow", "@": "matmul",
    "sub": "subtract", "mul": "multiply", "div": "divide", "truediv": "divide", "power": "pow", "neg": "negate",
    "dot": "matmul", "mm": "matmul", "ln": "log", "σ": "sigmoid", "logistic": "sigmoid", "t": "transpose",
    "plus": "add", "times": "multiply",
}


class Told:
    """What is told of one operation."""

    def __init__(self, name, value, operands):
        self.name, self.value, self.operands = name, value, operands
        self.partials = [None] * len(operands)
        self.maps = [None] * len(operands)
        # What goes back to each operand, as the engine says it, for a derivative of the value.
        self.asked = None
        self.exponent = None

    @property
    def is_of_numbers(self):
        return all(shape_of(one.data) == () for one in (self.value, *self.operands))

    def edge(self, slot, gradient):
        """The map of an operand's edge, its partial and its contribution, as far as they are known."""
        partial = self.partials[slot]
        if self.is_of_numbers:
            if partial is None:
                return {"is": "opaque", "operation": self.name}, None, None
            return None, partial, None if gradient is None else _times(partial, gradient)
        if self.maps[slot] is not None:
            return self.maps[slot], partial, None
        part = None if gradient is None or self.asked is None else self.asked(gradient)[slot]
        return {"is": "opaque", "operation": self.name}, None, part


def _times(partial, gradient):
    return 0.0 if partial == 0 or gradient == 0 else partial * gradient


class Partials:
    """The partials of all values of a graph."""

    def __init__(self, order, operation):
        self.order, self.operation, self.known = order, operation, {}
        # All gradients as they are now, since asking changes some for a moment.
        self.gradients = [(value, value.grad) for value in order]

    def told(self, value):
        if id(value) not in self.known:
            self.known[id(value)] = self._tell(value)
        return self.known[id(value)]

    def sums(self):
        """Every number with what its uses add up to; only those whose uses are all known."""
        from .duck import operands_of

        totals = {}
        for value in self.order:
            operands = operands_of(value)
            told = self.told(value) if operands else None
            for slot, operand in enumerate(operands):
                part = told.edge(slot, plain(value.grad))[2] if told.is_of_numbers else None
                old = totals.get(id(operand), 0.0)
                totals[id(operand)] = None if part is None or old is None else old + part
        return [(value, totals[id(value)]) for value in self.order if totals.get(id(value)) is not None]

    def _tell(self, value):
        from .duck import kept_by, operands_of

        operands = operands_of(value)
        word = self.operation(value).strip().strip("_")
        power = re.fullmatch(r"(?:\*\*|\^|pow)\s*\(?\s*(-?[\d.]+(?:e-?\d+)?)\s*\)?", word, re.I)
        name = "pow" if power else _SPELLINGS.get(word.lower(), word.lower())
        if name == "subtract" and len(operands) == 1:
            name = "negate"
        told = Told(name, value, operands)
        exponent = float(power[1]) if power and len(operands) == 1 else None
        kept = kept_by(value)
        local = next((getattr(value, one) for one in _LOCAL if hasattr(value, one)), None)
        if all(isinstance(one, (tuple, list)) and len(one) > 1 for one in kept):
            local = [one[1] for one in kept]
        if local is not None and len(local) == len(operands):
            if all(map(callable, local)):
                backs = tuple(local)
                told.asked = lambda gradient: [plain(back(gradient)) for back in backs]
                local = told.asked(1.0) if told.is_of_numbers else None
            if local is not None and told.is_of_numbers:
                told.partials = [number(plain(one)) for one in local]
        fits = [name] if name in _FORMULAS else [] if name else list(_FORMULAS)
        for candidate in fits:
            if self._fits(told, candidate, exponent):
                break
        else:
            if told.asked is None and None in told.partials:
                self._ask(told)
        if not told.is_of_numbers and None in told.maps:
            data = [one.data for one in operands]
            told.name = name = name or _recognized(value.data, data)
            told.maps = [_map(name, slot, value.data, data) for slot in range(len(operands))]
        told.name = told.name or "operation"
        return told

    @staticmethod
    def _fits(told, name, exponent):
        """Whether a formula gives the value, and the partials if they are there; takes its partials then."""
        count, compute, differentiate = _FORMULAS[name]
        data = [one.data for one in told.operands] + ([] if exponent is None else [exponent])
        if count != len(data):
            return False
        functions = math
        if not told.is_of_numbers:
            if name == "pow" and exponent is None:
                return False
            import numpy as functions
        try:
            result = compute(functions, *data)
            partials = differentiate(functions, result, *data)
        except (ArithmeticError, ValueError, TypeError, AttributeError):
            return False
        if not is_close(result, told.value.data):
            return False
        partials = partials[:len(told.operands)]
        if told.is_of_numbers:
            if any(own is not None and not is_close(own, one) for own, one in zip(told.partials, partials)):
                return False
            told.partials = [float(one) for one in partials]
        else:
            wide = functions.zeros(shape_of(told.value.data))
            told.partials = [one + wide for one in partials]
            told.maps = ["elementwise"] * len(partials)
        told.name, told.exponent = name, exponent
        return True

    def _ask(self, told):
        """Has the engine's own function say what goes back to the operands."""
        back = getattr(told.value, "_backward", None)
        code = getattr(back, "__code__", None)
        if code is None or len({id(one) for one in told.operands}) < len(told.operands):
            return
        if code.co_argcount - len(back.__defaults__ or ()) - hasattr(back, "__self__") > 0:
            return

        def asked(gradient):
            try:
                for operand in told.operands:
                    operand.grad = operand.data * 0.0
                told.value.grad = gradient
                back()
                return [plain(operand.grad) for operand in told.operands]
            except Exception:
                return [None] * len(told.operands)
            finally:
                for value, own in self.gradients:
                    value.grad = own

        told.asked = asked
        if told.is_of_numbers:
            told.partials = [None if part is None else number(part) for part in asked(1.0)]


def _recognized(result, data):
    """The name of what an engine without names has done to arrays."""
    candidates = {
        "matmul": lambda x, y: x @ y, "sum": lambda x: x.sum(), "mean": lambda x: x.mean(), "transpose": lambda x: x.T}
    for name, compute in candidates.items():
        try:
            if is_close(compute(*data), result):
                return name
        except (TypeError, ValueError, AttributeError):
            continue
    return ""


def _map(name, slot, result, data):
    """The map of what is not elementwise, if the shapes say which it is."""
    source = shape_of(data[slot])
    if name == "matmul" and len(data) == 2 and min(len(shape_of(one)) for one in data) > 0:
        return ("matmul-left", "matmul-right")[slot]
    if name in ("sum", "mean") and len(data) == 1:
        size = math.prod(source)
        if shape_of(result) == () or math.prod(shape_of(result)) == 1:
            return {"is": "sum", "axes": list(range(len(source))), **({"factor": 1 / size} if name == "mean" else {})}
    if name == "transpose" and len(source) == 2:
        return {"is": "permute", "axes": [1, 0]}
    return "reshape" if name == "reshape" else None
