"""Names of objects by the variables and attributes that hold them, where the figure is asked for."""

from __future__ import annotations

import sys
from collections import deque
from types import ModuleType

# How many objects are looked at, and how deep.
_MOST, _DEEPEST = 20_000, 6


def names_of(wanted):
    """The names of the objects with the ids that are wanted: `w`, `xs[0]`, `net.layers[0].neurons[1].b`."""
    found, seen, queue = {}, set(), deque()
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_globals.get("__package__") != __package__:
            for scope in (frame.f_locals, frame.f_globals):
                for name, value in list(scope.items()):
                    if not name.startswith("_"):
                        queue.append((name, value, 0))
        frame = frame.f_back
    looked = 0
    while queue and len(found) < len(wanted) and looked < _MOST:
        name, value, depth = queue.popleft()
        if id(value) in wanted and id(value) not in found:
            found[id(value)] = name
        if id(value) in seen or depth == _DEEPEST:
            continue
        seen.add(id(value))
        looked += 1
        queue.extend((one, inner, depth + 1) for one, inner in _parts(name, value, wanted))
    return found


def _parts(name, value, wanted):
    """What an object holds, with names. Of values themselves, of modules, classes and functions nothing is asked."""
    if isinstance(value, (list, tuple)):
        return [(f"{name}[{i}]", one) for i, one in enumerate(value[:1000])]
    if isinstance(value, dict):
        return [(f"{name}[{key!r}]", one) for key, one in list(value.items())[:1000] if isinstance(key, (str, int))]
    if id(value) in wanted or hasattr(value, "grad") or isinstance(value, (type, ModuleType)):
        return []
    if callable(value) and not hasattr(value, "parameters"):
        return []
    attributes = getattr(value, "__dict__", None)
    if not isinstance(attributes, dict) or type(value).__module__ in ("builtins", "types", "functools"):
        return []
    return [(f"{name}.{key}", one) for key, one in list(attributes.items()) if not key.startswith("__")]
