"""A computation as an engine ran it: operations with their pullbacks, and the trace that is made of them."""

from __future__ import annotations

from collections import Counter

from .command import GradError
from .numbers import name_of_complex
from .numpy_maps import index_text
from .traces import Trace


class Value:
    """A number or an array that was computed or given."""

    __slots__ = ("data", "shape", "name", "operation", "wanted", "is_data", "derivative", "scope", "is_of_input")

    def __init__(self, data, name=None, *, operation=None, wanted=False, is_data=False):
        self.data, self.name, self.operation = data, name, operation
        self.shape = tuple(getattr(data, "shape", ()))
        # Whether its derivative is asked for, as that of what it was computed from is.
        self.wanted = wanted
        self.is_data = is_data
        self.derivative = None
        # The calls in which the name was given, where those are not all around the operation.
        self.scope = None
        # Whether it is an input, or computed from one.
        self.is_of_input = operation is not None and any(v.is_of_input for v in operation.operands)


class Operation:
    """What made values of others.

    ``pull(cotangents)`` gives what each operand gets of the derivatives of the results, with None for an operand
    whose derivative nobody asks for. ``edge(slot)`` gives the map of an operand and its partial, either of which
    may be None. ``parts`` has the indices of the results where they are parts of the one operand.
    """

    __slots__ = ("name", "operands", "results", "pull", "edge", "calls", "place", "recipe", "parts", "contributions",
                 "hidden")

    def __init__(self, name, operands, *, pull=None, edge=None, calls=(), place=None, recipe=None, parts=None):
        self.name, self.operands, self.results = name, list(operands), []
        self.pull, self.edge = pull, edge or (lambda slot: (None, None))
        self.calls, self.place = tuple(calls), place
        # What the engine itself knows of it.
        self.recipe, self.parts = recipe, parts
        # How many results come first that the program does not have.
        self.hidden = 0
        # By result that is used, what each operand gets over it alone.
        self.contributions = {}

    def name_of(self, number, several):
        """What a result is told to be, which says its place where several are used: `svd[1]`."""
        if self.parts:
            return "getitem"
        name = name_of_complex(self.name) if self.is_complex else self.name
        return f"{name}[{number - self.hidden}]" if several else name

    @property
    def is_complex(self):
        """Whether complex numbers go in or out."""
        return any("complex" in str(getattr(v.data, "dtype", type(v.data))) for v in (*self.operands, *self.results))


class Computation:
    """Operations in the order in which they ran."""

    # Whether the engine gives back the conjugate of the derivatives by the two parts of a complex number.
    conjugates = False

    def __init__(self):
        self.inputs = []
        self.operations = []
        # Calls that are told only where they are more than one operation.
        self.slight = set()
        self._counts = {}

    def input(self, data, name, wanted):
        value = Value(data, name, wanted=wanted, is_data=not wanted)
        value.is_of_input = True
        self.inputs.append(value)
        return value

    @staticmethod
    def constant(data, name=None):
        return Value(data, name, is_data=True)

    def numbered(self, name):
        """The next call of a function: `f#2`."""
        self._counts[name] = self._counts.get(name, 0) + 1
        return f"{name}#{self._counts[name]}"

    def apply(self, name, operands, results, *, differentiable=True, **rest):
        """Adds an operation and returns its results."""
        operation = Operation(name, operands, **rest)
        wanted = differentiable and operation.pull is not None and any(v.wanted for v in operation.operands)
        operation.results = [Value(data, operation=operation, wanted=wanted) for data in results]
        self.operations.append(operation)
        return operation.results

    def differentiate(self, output, one, zeros, add):
        """Works out derivatives and contributions, from the output back.

        ``one`` is the derivative of the output by itself, ``zeros(value)`` that of a result that is not used,
        ``add`` adds two.
        """
        if not output.wanted:
            raise GradError("the result does not depend on any input whose derivative is asked for")
        output.derivative = one
        for operation in reversed(self.operations):
            if operation.pull is None or all(v.derivative is None for v in operation.results):
                continue
            used = [place for place, v in enumerate(operation.results) if v.derivative is not None]
            for own in used:
                operation.contributions[own] = list(operation.pull([
                    v.derivative if place == own else zeros(v) for place, v in enumerate(operation.results)]))
            for value, *parts in zip(operation.operands, *operation.contributions.values()):
                part = _total(parts, add)
                if part is not None and value.wanted:
                    value.derivative = part if value.derivative is None else add(value.derivative, part)

    def needed(self, output):
        """The operations on a way to the output, as a set."""
        found, stack = set(), [output]
        while stack:
            operation = stack.pop().operation
            if operation is not None and operation not in found:
                found.add(operation)
                stack.extend(operation.operands)
        return found

    def trace(self, output, entries=10_000):
        """The trace of what the output was computed from."""
        made, ids, needed = Trace(entries), {}, self.needed(output)
        used = {id(v) for operation in needed for v in operation.operands} | {id(output)}
        counts = Counter(call for operation in needed for call in operation.calls)
        # A call of one operation within a library says nothing, nor does one that all is in.
        silent = {call for call in self.slight if counts[call] < 2}
        paths = [{*operation.calls} for operation in needed if operation.operands]
        silent.update(set.intersection(*paths) if paths else ())
        for operation in needed:
            operation.calls = tuple(call for call in operation.calls if call not in silent)
        for value in self.inputs:
            if id(value) in used:
                ids[id(value)] = made.add(
                    value.name or "x", kind="input", value=value.data, derivative=self._by_parts(value.derivative), data=value.is_data)
        for operation in self.operations:
            if operation in needed:
                self._tell(operation, made, ids, used)
        made.output = ids[id(output)]
        return made

    def _tell(self, operation, made, ids, used):
        """Adds an operation to a trace: its operands that are constants, its edges, its results."""
        for value in operation.operands:
            if id(value) not in ids:
                ids[id(value)] = made.add(
                    value.name, kind="input" if value.name else "constant", value=value.data, data=bool(value.name))
        file, line, column = operation.place or (None, None, None)
        place = {"file": file, "line": line, "column": column, "call": operation.calls}
        several = sum(id(value) in used for value in operation.results) > 1
        for part, value in enumerate(operation.results):
            if id(value) not in used:
                continue
            own, kind = place, "operation" if operation.operands else "input" if value.name else "constant"
            if value.name and value.scope is not None:
                own = {**place, "id": ".".join([*value.scope[-1:], value.name])}
            ids[id(value)] = made.add(
                value.name, kind=kind, operation=operation.name_of(part, several), value=value.data,
                derivative=self._by_parts(value.derivative), data=kind == "input", **own)
            self._connect(operation, part, several, ids[id(value)], made, ids)

    def _by_parts(self, derivative):
        """What comes back as the derivatives by the real and the imaginary part, where numbers are complex."""
        is_turned = self.conjugates and "complex" in str(getattr(derivative, "dtype", type(derivative)))
        return derivative.conjugate() + 0 if is_turned else derivative

    def _connect(self, operation, number, several, target, made, ids):
        """Adds the edges that lead to a result."""
        numbers = all(v.shape == () for v in (*operation.operands, *operation.results))
        contributions = operation.contributions.get(number, [None] * len(operation.operands))
        for slot, (value, part) in enumerate(zip(operation.operands, contributions)):
            map, partial = (None, None) if several or operation.is_complex else operation.edge(slot)
            if operation.parts:
                map = {"is": "select", "index": index_text(operation.parts[number])}
            elif map is None and not (numbers and partial is not None):
                map = {"is": "opaque", "operation": operation.name_of(number, several)}
            made.connect(ids[id(value)], target, slot, map=map, partial=partial, contribution=self._by_parts(part))


def _total(parts, add):
    """The sum of what is known of several parts; None where nothing is."""
    total = None
    for part in parts:
        total = part if total is None else total if part is None else add(total, part)
    return total
