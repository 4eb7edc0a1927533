"""Records the operations of a backward pass that makes a graph itself: that of ``create_graph=True``.

Autograd runs them out of sight of the mode that sees what a program calls. A mode one level below sees each of them
with its operands, and autograd gives its result a place in the graph.
"""

from __future__ import annotations

from torch.utils._python_dispatch import TorchDispatchMode

from .operations import Operation
from .tensors import tensors_in
from .vocabulary import ARITHMETIC, MAKERS, WITH_ARGUMENTS

# Operations below that level that PyTorch calls otherwise above it.
_NAMES = {"_unsafe_view": "view", "_to_copy": "to", "_softmax": "softmax", "_log_softmax": "log_softmax"}


def asks_for_graph(name, args, kwargs):
    """Whether a call of ``backward`` or ``grad`` asks for a graph of what it computes."""
    place = 3 if name == "backward" else 4
    return bool(kwargs.get("create_graph", args[place] if len(args) > place else False))


def keeps_graph(name, args, kwargs):
    """Whether a call of ``backward`` or ``grad`` leaves the graph as it is, with all that it has kept."""
    place = 2 if name == "backward" else 3
    return bool(kwargs.get("retain_graph", args[place] if len(args) > place else False)) or asks_for_graph(name, args, kwargs)


class Going(TorchDispatchMode):
    """Sees the operations of a pass, in the order in which they run."""

    @classmethod
    def _should_skip_dynamo(cls):
        # Nothing is compiled here, and the import of what compiles takes a second.
        return False

    def __init__(self):
        super().__init__()
        self.seen = []

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        self.seen.append((function, args, kwargs or {}, result))
        return result


def adopt(values, seen, place, call):
    """Makes operations of what was seen, at the place in the source that asked for the pass."""
    copies = {}
    for function, args, kwargs, result in seen:
        name = function._schema.name.split("::")[-1]
        operands, outputs = tensors_in([args, kwargs]), tensors_in([result])
        if name == "detach":
            # What it gives stands for what it was given, where that is known.
            value = values.known(operands[0]) or copies.get(id(operands[0]))
            if value is not None:
                copies[id(outputs[0])] = value
            continue
        if not outputs or any(one is other for one in outputs for other in operands):
            continue
        name = _NAMES.get(name, name.strip("_"))
        if kwargs.get("alpha", 1) != 1:
            name += "_alpha"
        sources = [] if name in MAKERS else [_source(values, copies, tensor) for tensor in operands]
        slots, of_tensors = list(sources), list(range(len(sources)))
        if name in ARITHMETIC:
            numbers = [(number, one) for number, one in enumerate(args) if type(one) in (int, float)]
            for number, one in numbers:
                slots.insert(number, one)
            of_tensors = [number for number, slot in enumerate(slots) if type(slot) not in (int, float)]
        operation = Operation(name, slots, place, call)
        if name in WITH_ARGUMENTS:
            names = [argument.name for argument in function._schema.arguments]
            found = {**dict(zip(names, args)), **kwargs}
            operation.attributes = {key: one for key, one in found.items() if not tensors_in([one])}
        values.adopt(operation, outputs, of_tensors, sources, None)


def _source(values, copies, tensor):
    """The value of an operand; what lies inside of an operation that was recorded as one cannot be told."""
    value = values.known(tensor) or copies.get(id(tensor))
    if value is None and tensor.grad_fn is not None:
        # What waits may have it.
        values.settle()
        value = values.known(tensor)
    if value is None and tensor.grad_fn is not None:
        owner = values.owner.get(tensor.grad_fn)
        value = values.value_of(tensor)
        value.hidden_in = owner[0].name if owner is not None else value.operation.name
    return value if value is not None else values.value_of(tensor)
