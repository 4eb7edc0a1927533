"""Records a function of NumPy with `autograd`, operation by operation, with every value and every derivative."""

from __future__ import annotations

import inspect
import os

import autograd
import numpy
from autograd.builtins import SequenceBox
from autograd.core import VJPNode, add_outgrads, primitive_vjps, vspace
from autograd.tracer import isbox, new_box, notrace_primitives, trace_stack

from .command import GradError
from .computation import Computation
from .numpy_maps import ELEMENTWISE, edge_of
from .sources import FrameSources, names_of_paths

_FOLDERS = [os.path.dirname(module.__file__) + os.sep for module in (autograd, numpy)]


class Recorded(VJPNode):
    """A node of autograd that remembers what it is."""

    __slots__ = ["value"]
    # What records at present.
    recorder = None

    def __init__(self, value, fun, args, kwargs, parent_argnums, parents):
        super().__init__(value, fun, args, kwargs, parent_argnums, parents)
        self.value = self.recorder.record(self, value, fun, args, kwargs, parent_argnums, parents)


# What has no derivative is not recorded.
notrace_primitives[Recorded] = notrace_primitives[VJPNode]


def trace(function, *args, argnums=None, entries=10_000, **keywords):
    """The trace of ``function(*args, **keywords)``, which returns one number.

    Derivatives are those by all floating-point arguments, or by those of ``argnums``, as in ``autograd.grad``.
    """
    chosen = [argnums] if isinstance(argnums, int) else argnums
    recorder = Recorder(inspect.unwrap(function).__code__)
    with trace_stack.new_trace() as level:

        def boxed(value, path, is_asked):
            """A number or an array as autograd follows it, within lists, tuples and dictionaries, too."""
            if isinstance(value, dict):
                return type(value)((key, boxed(one, [*path, key], is_asked)) for key, one in value.items())
            if type(value) in (list, tuple):
                return type(value)(boxed(one, [*path, key], is_asked) for key, one in enumerate(value))
            if not isinstance(value, float) and getattr(value, "dtype", numpy.dtype(bool)).kind != "f":
                return value
            node = Recorded.new_root()
            node.value = recorder.input(value, names_of_paths(function, [path])[0], is_asked)
            return new_box(value, level, node)

        boxes = [boxed(value, [i], chosen is None or i in chosen) for i, value in enumerate(args)]
        if not any(value.wanted for value in recorder.inputs):
            raise GradError("no argument is a floating-point number or an array of them; write 3.0 for 3")
        Recorded.recorder = recorder
        try:
            result = function(*boxes, **keywords)
        finally:
            Recorded.recorder = None
    if isinstance(result, (tuple, list, dict, SequenceBox)) or numpy.size(getattr(result, "_value", result)) != 1:
        raise GradError(f"{function.__name__} returns more than one number, and what is differentiated is one")
    if not isbox(result):
        raise GradError("the result does not depend on any argument")
    output = result._node.value
    recorder.differentiate(
        output, vspace(output.data).ones(), zeros=lambda v: vspace(v.data).zeros(), add=lambda a, b: a + b)
    return recorder.trace(output, entries)


class Recorder(Computation):
    """Records operations as they run."""

    conjugates = True

    def __init__(self, code):
        super().__init__()
        self.sources = FrameSources(self.numbered, self.slight, code, [*_FOLDERS, os.path.dirname(__file__) + os.sep])

    def record(self, node, value, function, args, keywords, argnums, parents):
        name = getattr(function, "__name__", "operation")
        boxed = dict(zip(argnums, (parent.value for parent in parents)))
        takes_numbers = name in ELEMENTWISE or name in ("matmul", "dot")
        slots = [i for i, one in enumerate(args) if i in boxed or takes_numbers and _is_number(one)]
        operands = [boxed.get(i) or self.constant(args[i]) for i in slots]

        def pull(cotangents):
            # What comes back of `x[i]` has few entries, until it is added to something.
            parts = {i: add_outgrads(None, part)[0] for i, part in zip(argnums, node.vjp(cotangents[0]))}
            return [parts.get(i) for i in slots]

        def partials(slot):
            wide = list(args)
            for i in slots:
                wide[i] = numpy.broadcast_to(args[i], numpy.shape(value))
            with numpy.errstate(all="ignore"):
                return primitive_vjps[function]((slots[slot],), value, tuple(wide), keywords)(vspace(value).ones())[0]

        calls, place = self.sources.read(name)
        results = self.apply(
            name, operands, [value], pull=pull, calls=calls, place=place,
            edge=lambda slot: edge_of(name, slot, [v.data for v in operands], value, args, keywords, partials))
        self.sources.name(results)
        return results[0]


def _is_number(value):
    if isinstance(value, numpy.ndarray):
        return value.dtype.kind in "fi"
    return isinstance(value, (int, float)) and not isinstance(value, bool)
