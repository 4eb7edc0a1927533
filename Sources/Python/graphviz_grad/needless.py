"""What of a recording a trace tells: what the output is computed from, without what says nothing."""

from __future__ import annotations

from .operations import Value
from .vocabulary import UNCHANGED


def in_order(outputs):
    """The values that outputs are computed from, and these, each after its sources."""
    needed, stack = {}, [(output, False) for output in outputs][::-1]
    while stack:
        value, is_after = stack.pop()
        if is_after:
            needed[value] = True
        elif value not in needed:
            stack.append((value, True))
            stack.extend((source, False) for source in reversed(value.operation.sources(value)) if source not in needed)
    return list(needed)


def without_needless(values):
    """The values without those that an operation has left as they were: `0 + x`, with which `sum` begins, or a `view` of
    the shape that there was. Also by each of these the value that stands for it, and the names that these have by them.

    Where the program has a name for both, in the same call, both are there.
    """
    kept, stands_for, renamed = [], {}, {}
    for value in values:
        operand = _same(value)
        source = stands_for.get(operand, operand)
        if source is None or source.is_parameter:
            kept.append(value)
            continue
        name, scope = renamed.get(source, (source.name, source.scope))
        is_outer = len(value.scope or ()) < len(scope or ())
        if value.name and name and value.name != name and not is_outer:
            kept.append(value)
            continue
        stands_for[value] = source
        if value.name and (name is None or is_outer) and source.operation.operands:
            renamed[source] = value.name, value.scope
        elif value.name and name is None:
            renamed[source] = value.name, None
    return kept, stands_for, renamed


def _same(value):
    """The operand of an operation that gives the same numbers in the same shape and type; None for others."""
    operation = value.operation
    tensors = [operand for operand in operation.operands if isinstance(operand, Value)]
    if len(tensors) != 1 or len(operation.values) != 1 or operation.is_joint:
        return None
    numbers = [operand for operand in operation.operands if not isinstance(operand, Value)]
    is_sum = operation.name in ("add", "radd") and numbers == [0] or operation.name in UNCHANGED
    source = tensors[0]
    is_same = is_sum and source.shape == value.shape and source.dtype == value.dtype
    return source if is_same and source.operation is not operation else None


def silent_calls(values, functions):
    """The calls that say nothing: those that all operations are in, and private functions that are all that there
    is in the call around them, as ``_forward_impl`` in a model."""
    paths = {value.operation.call for value in values if value.operation.operands}
    if not paths:
        return set()
    shared = next(iter(paths))
    for path in paths:
        length = 0
        while length < min(len(shared), len(path)) and shared[length] == path[length]:
            length += 1
        shared = shared[:length]
    within = {}
    for path in paths:
        for depth, call in enumerate(path):
            within.setdefault(path[:depth], set()).add(call)
        within.setdefault(path, set()).add(None)
    lone = {next(iter(calls)) for path, calls in within.items() if path and len(calls) == 1}
    return {call for call in lone & functions if call.startswith("_")} | set(shared)


def calls_of_inputs(values):
    """The calls around each parameter of a module: those of the module, or of what is around all modules that
    use it."""
    calls = {}
    for value in values:
        path = value.operation.call
        for source in value.operation.sources(value):
            if not source.is_parameter:
                continue
            own = calls[source] if source in calls else _of_owner(path, source.call)
            length = 0
            while length < min(len(own), len(path)) and own[length] == path[length]:
                length += 1
            calls[source] = path[:length]
    return calls


def _of_owner(path, owner):
    """The part of a path of calls that is around the module of a name, or ends in it: that of `net.attention` for
    `net.attention.out`, which was not called."""
    length = 0
    for depth, call in enumerate(path, 1):
        if f"{owner}.".startswith(call.rsplit("#", 1)[0] + "."):
            length = depth
    return path[:length]
