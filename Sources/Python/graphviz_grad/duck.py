"""Draws what engines like micrograd keep: objects with `data`, `grad` and what they were computed from.

Nothing is recorded: the graph is there. It is read from the output back.
"""

from __future__ import annotations

import sys
import warnings

from .command import GradError
from .duck_names import names_of
from .duck_partials import Partials, is_close, number, plain, shape_of
from .sources import names_of_paths
from .traces import Trace

# Where engines keep what a value was computed from.
_OPERANDS = (
    "_prev", "prev", "_children", "children", "_parents", "parents", "_inputs", "inputs", "creators", "depends_on")
_OPERATIONS = ("_op", "op", "_operation", "operation", "creation_op")


def is_value(thing):
    """Whether an object is a value of such an engine."""
    has_both = hasattr(thing, "grad") and hasattr(thing, "data") and not callable(thing.data)
    return has_both and kept_by(thing) is not None


def trace(output, entries=10_000, names=None):
    """The trace of an output, with the gradients that `output.backward()` has left.

    Names are the engine's labels, else the variables and attributes that hold the values where the figure is asked
    for; `names` has further ones, `{"w1": w1}`.
    """
    order = _in_order(output)
    if len(order) == 1:
        raise GradError(f"{_told(output)} was not computed from anything that is kept")
    if number(output.data) is None:
        raise GradError(
            f"{_told(output)} has the shape {shape_of(output.data)}, and what is differentiated is one number")
    called = _names(order, names or {})
    partials = Partials(order, _operation)
    has_gradients = _has_gradients(output, order, partials)
    made, ids, exponents = Trace(entries), {}, 0
    for value in order:
        operands = operands_of(value)
        name = called.get(id(value))
        if not operands:
            is_literal = name is None and len(f"{number(value.data)}") <= 5
            exponents += not is_literal and name is None
            ids[id(value)] = made.add(
                name or (None if is_literal else f"x{exponents}"), kind="constant" if is_literal else "input",
                value=value.data, derivative=plain(value.grad) if has_gradients else None)
            continue
        told = partials.told(value)
        ids[id(value)] = made.add(
            name, operation=told.name, value=value.data, derivative=plain(value.grad) if has_gradients else None)
        for slot, operand in enumerate(operands):
            map, partial, contribution = told.edge(slot, plain(value.grad) if has_gradients else None)
            made.connect(ids[id(operand)], ids[id(value)], slot, map=map, partial=partial, contribution=contribution)
        if told.exponent is not None:
            constant = made.add(kind="constant", value=told.exponent)
            # It stands before the node that it is an operand of.
            made.nodes.insert(-1, made.nodes.pop())
            made.connect(constant, ids[id(value)], 1)
    made.output = ids[id(output)]
    return made


def trace_of_call(function, *args, **keywords):
    """The trace of a function's result, after it has gone backward."""
    output = function(*args, **keywords)
    if not is_value(output):
        raise GradError(f"the function returns {type(output).__name__}, no value with 'data' and 'grad'")
    backward = getattr(output, "backward", None)
    if callable(backward):
        backward()
    names = names_of_paths(function, [[i] for i in range(len(args))])
    return trace(output, names={**dict(zip(names, args)), **keywords})


def _has_gradients(output, order, partials):
    """Whether the gradients are those of the output by everything, as one pass leaves them."""
    if all(not _is_set(value.grad) for value in order):
        _warn("no gradient is there yet, since backward() was not called; the figure's are worked out")
        return False
    own = number(plain(output.grad))
    if own != 1:
        _warn(
            f"the gradients are those of another output, as {_told(output)} has {own}; the figure's are worked out")
        return False
    for value, sum in partials.sums():
        if not is_close(plain(value.grad), sum):
            raise GradError(
                f"the gradient of {_told(value)} is {number(plain(value.grad))}, and one pass backward makes it "
                f"{number(sum)}: set all gradients to 0, call backward() once, and draw then")
    return True


def _warn(message):
    depth, frame = 2, sys._getframe(1)
    while frame is not None and frame.f_globals.get("__package__") == __package__:
        depth, frame = depth + 1, frame.f_back
    warnings.warn(message, stacklevel=depth)


def _is_set(gradient):
    gradient = plain(gradient)
    if gradient is None:
        return False
    return number(gradient) != 0 if shape_of(gradient) == () else bool((gradient != 0).any())


def kept_by(value):
    """What the engine keeps of the operands: themselves, or each with its partial or what computes it."""
    for name in _OPERANDS:
        kept = getattr(value, name, None)
        if isinstance(kept, (tuple, list, set, frozenset)):
            return kept
    return None


def operands_of(value):
    """What a value was computed from, in the order of the operands; twice what is used twice."""
    kept = kept_by(value) or ()
    found = [one[0] if isinstance(one, (tuple, list)) and one else one for one in kept]
    found = [one for one in found if hasattr(one, "data") and hasattr(one, "grad")]
    if isinstance(kept, (tuple, list)) and len(found) > 1:
        return found
    # A set knows no order, and x * x only once. Those that `_backward` has closed over know both.
    closed = [one for one in _closed_over(value) if any(one is other for other in found)]
    if {id(one) for one in closed} == {id(one) for one in found}:
        return closed
    return sorted(found, key=_rank) if isinstance(kept, (set, frozenset)) else found


def _closed_over(value):
    back = getattr(value, "_backward", None) or getattr(value, "backward_fn", None)
    names = getattr(getattr(back, "__code__", None), "co_freevars", ())
    cells = getattr(back, "__closure__", None) or ()
    held = {}
    for name, cell in zip(names, cells):
        try:
            held[name] = cell.cell_contents
        except ValueError:
            continue
    first = [held.pop(name) for name in ("self", *_parameters_around(value, back)) if name in held]
    closed = (*first, *held.values())
    return [one for one in closed if one is not value and hasattr(one, "grad") and hasattr(one, "data")]


def _parameters_around(value, function):
    """The parameters of the method or function in which another was made, in order: what operands are called there, where
    the first is not `self`."""
    path = getattr(function, "__qualname__", "").rpartition(".<locals>")[0]
    name = path.rsplit(".", 1)[-1]
    outer = getattr(type(value), name, None) or getattr(function, "__globals__", {}).get(name)
    code = getattr(outer, "__code__", None)
    return code.co_varnames[:code.co_argcount] if code is not None else ()


def _rank(value):
    """What is the same in every run of a program."""
    return str(getattr(value, "label", "")), str(_operation(value)), repr(value.data)


def _operation(value):
    for name in _OPERATIONS:
        operation = getattr(value, name, None)
        if operation is not None and not callable(operation):
            return str(operation)
    return ""


def _in_order(output):
    """All values, each after its operands. Without recursion: a chain may be long."""
    order, seen, stack = [], set(), [(output, False)]
    while stack:
        value, is_after = stack.pop()
        if is_after:
            order.append(value)
        elif id(value) not in seen:
            seen.add(id(value))
            stack.append((value, True))
            stack.extend((one, False) for one in reversed(operands_of(value)))
    return order


def _told(value):
    label = getattr(value, "label", "")
    if label:
        return f"'{label}'"
    return "the value" if number(value.data) is None else f"the value {number(value.data)}"


def _names(order, given):
    """The names of values by their ids: labels, then names given, then those of variables and attributes."""
    named = {id(value): str(value.label) for value in order if getattr(value, "label", None)}
    for name, value in given.items():
        named.setdefault(id(value), name)
    wanted = {id(value) for value in order} - set(named)
    return {**names_of(wanted), **named}
