"""Who has called an operation of PyTorch, and what tensors and modules are called in the frames of the program."""

from __future__ import annotations

import ast
import os
import sys
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass

import torch

from .private import tensors_of
from .sites import Site, drop_snapshot, executing, name_at

TORCH = os.path.dirname(torch.__file__) + os.sep
OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
# Files of PyTorch that hand on what a program calls; the operations of its others are its own.
HANDING_ON = tuple(
    TORCH + path for path in (
        "nn/functional.py", "overrides.py", "_tensor.py", "functional.py", "utils/_contextlib.py", "_compile.py",
        "_jit_internal.py"))
# Where modules are called.
MODULE = sys.modules[torch.nn.Module.__module__].__file__
CELLS = OURS + "cells.py"
# What a file is: of the program, or one that hands on what a program calls, or PyTorch's own.
PROGRAM, HANDS_ON, INSIDE = range(3)
_kinds = {}


def kind_of_file(file):
    """Which of the three a file is; asked for every frame of every operation, so that it is kept."""
    kind = _kinds.get(file)
    if kind is None:
        if file == CELLS or not file.startswith((TORCH, OURS)):
            kind = PROGRAM
        else:
            kind = HANDS_ON if file.startswith((OURS, *HANDING_ON)) else INSIDE
        _kinds[file] = kind
    return kind


# What is known of places in the source: by the code, which is kept so that its identity stays its own, and by how
# far a frame is in it.
_sites = {}


class Names:
    """Reads frames for a recorder, whose own frame is `base`."""

    def __init__(self, wants_names=True):
        self.wants_names, self.base = wants_names and executing is not None, None
        # The names of parameters and buffers of modules that ran, by identity, with the module's name.
        self.parameters = {}

    # The calls that are known to be around a frame.
    scope_of = staticmethod(lambda frame: ())

    def caller(self, frame):
        """The frame of the program that an operation was called from, and whether PyTorch's own code called
        it there."""
        is_inside = False
        while frame.f_back is not None:
            file = frame.f_code.co_filename
            kind = _kinds.get(file)
            if kind is None:
                kind = kind_of_file(file)
            if kind == PROGRAM:
                break
            is_inside = is_inside or kind == INSIDE
            frame = frame.f_back
        return frame, is_inside

    def site(self, frame):
        code = frame.f_code
        key = (id(code), frame.f_lasti, self.wants_names)
        known = _sites.get(key)
        if known is None:
            known = _sites[key] = (Site(frame, self.wants_names), code)
        return known[0]

    def christen(self, parts, frame, site=None):
        """Names what the expression at a frame gives, as `parts_of` has it; what a function returns, its caller names."""
        site = site or self.site(frame)
        if site.is_silent:
            return
        while site.is_returned and frame.f_back is not None and frame is not self.base:
            frame = frame.f_back
            if kind_of_file(frame.f_code.co_filename) != PROGRAM:
                return
            site = self.site(frame)
        targets = site.targets
        if not targets:
            return
        scope = self.scope_of(frame)
        for place, path, value in parts:
            if site.item is not None:
                if place is None or place[0] != site.item % place[1]:
                    continue
                place, path = None, path[len(place[2]):]
            if len(targets) == 1 and not (site.is_unpacked and place is not None):
                name = targets[0] + path
            elif place is not None and place[1] == len(targets):
                # One of several names at once: `h, _ = f(x)`.
                name = name_at(targets[place[0]], path[len(place[2]):])
            else:
                continue
            # What came from elsewhere, and is handed on, keeps its name.
            if name not in (None, "_") and (value.name is None or not value.is_input):
                value.name, value.scope = name, scope

    def name_of(self, tensor, made_in=None):
        """The name of a tensor that was computed of nothing recorded, with the name of the module that owns it: that in
        the outermost call that has one, which is where a reader looks for it. The call whose frame has the identity
        `made_in` has made it, and while that runs none around it has it."""
        known = self.parameters.get(id(tensor))
        if known is not None:
            return known
        if self.base is None:
            # The program has gone on.
            return None, None
        frame, _ = self.caller(sys._getframe(2))
        stop, name, seen = self.base.f_back, None, {}
        while frame is not None and frame is not stop:
            if kind_of_file(frame.f_code.co_filename) == PROGRAM:
                name = found_in(frame, tensor, seen) or name
            frame = frame.f_back if id(frame) != made_in else None
        return name, None

    def name_of_variable(self, frame, tensor):
        """The name of a tensor among the variables of a call, or of the outermost one around it in the same module, and the
        calls around that; None if it is in none."""
        found, seen, stop = None, {}, self.base.f_back if self.base is not None else None
        while self.wants_names and frame is not None and frame is not stop and frame.f_code.co_filename != MODULE:
            if kind_of_file(frame.f_code.co_filename) == PROGRAM:
                name = found_in(frame, tensor, seen)
                found = found if name is None else (name, self.scope_of(frame))
            frame = frame.f_back
        return found

    def add_module(self, module, owner, before=None):
        """Takes the names of a module's own parameters and buffers, `net.fc1.weight` of `net.fc1`, in place of those that
        they had when it was called what `before` says."""
        for name, tensor in tensors_of(module):
            known = self.parameters.get(id(tensor))
            if known is None or known[1] == before:
                self.parameters[id(tensor)] = f"{owner}.{name}", owner


def parts_of(tree, value_of, place=None, path=""):
    """What a call has given, by what it is called within that: `.loss` of an object, `[0]` of a tuple.

    Each part is its place among several, as (number, how many, path), or None; the path; and the value, which
    `value_of` knows of a tensor.
    """
    if isinstance(tree, torch.Tensor):
        value = value_of(tree)
        return [] if value is None else [(place, path, value)]
    if isinstance(tree, dict):
        is_object = type(tree) is not dict
        items = [
            (f".{key}" if is_object and getattr(tree, str(key), None) is one else f"[{key!r}]", one)
            for key, one in tree.items()]
    elif isinstance(tree, (list, tuple)):
        fields = getattr(tree, "_fields", None) or getattr(type(tree), "__match_args__", ())
        items = [
            (f".{fields[number]}" if len(fields) == len(tree) else f"[{number}]", one)
            for number, one in enumerate(tree)]
    elif is_dataclass(tree) and not isinstance(tree, type):
        items = [(f".{field.name}", getattr(tree, field.name)) for field in dataclass_fields(tree)]
    else:
        return []
    is_several = place is None and not path and isinstance(tree, (list, tuple))
    return [
        part for number, (step, one) in enumerate(items)
        for part in parts_of(one, value_of, (number, len(items), step) if is_several else place, path + step)]


def found_in(frame, item, seen=None):
    """The name of an object among the variables of a frame; None if it is in none.

    What was found in the globals of other frames is in `seen`, by their identity, as many functions have the same.
    """
    variables, everywhere = frame.f_locals, frame.f_globals
    names = _names_in(variables, item)
    drop_snapshot(frame, variables)
    if not names and everywhere is not variables:
        names = seen.get(id(everywhere)) if seen is not None else None
        if names is None:
            names = _names_in(everywhere, item)
            if seen is not None:
                seen[id(everywhere)] = names
    return names[0] if names else None


def found_within(frame, module, everywhere=False):
    """The name of a module below another, or in a list, that is among the variables of a frame, `net.0` or `layers[0]`, or
    `everywhere` also of its file; None if it is in none."""
    variables = frame.f_locals
    scopes = [variables, frame.f_globals] if everywhere and frame.f_globals is not variables else [variables]
    found = min((name for scope in scopes for name in _names_within(scope, module)), key=len, default=None)
    drop_snapshot(frame, variables)
    return found


def _names_within(scope, module):
    for name, owner in list(scope.items()):
        if name.startswith("_") or name == "self" and isinstance(owner, torch.nn.Module):
            continue
        if name == "self" and hasattr(owner, "__dict__"):
            yield from _names_within(vars(owner), module)
        elif isinstance(owner, torch.nn.Module):
            yield from (f"{name}.{path}" for path, inner in owner.named_modules() if inner is module and path)
        elif type(owner) in (list, tuple):
            yield from (f"{name}[{number}]" for number, inner in enumerate(owner) if inner is module)
        elif type(owner) is dict and owner is not scope:
            yield from (f"{name}[{key!r}]" for key, inner in list(owner.items()) if inner is module)


def is_loop_variable(frame, name):
    """Whether a name is that of a loop that a frame is in, which is another thing at each turn."""
    code, line = frame.f_code, frame.f_lineno
    known = _loops.get((id(code), line))
    if known is None:
        try:
            nodes = ast.walk(executing.Source.for_frame(frame).tree)
        except Exception:  # Source that is not there, or is no Python any more.
            nodes = ()
        names = {
            part.id for node in nodes
            if isinstance(node, (ast.For, ast.AsyncFor)) and node.lineno <= line <= node.end_lineno
            for part in ast.walk(node.target) if isinstance(part, ast.Name)}
        known = _loops[id(code), line] = code, names
    return name in known[1]


# The names of the loops around a line, by its code, which is kept so that its identity stays its own.
_loops = {}


def names_of(frame, item):
    """All names of an object among the variables of a frame."""
    variables, everywhere = frame.f_locals, frame.f_globals
    names = _names_in(variables, item)
    if everywhere is not variables:
        names += _names_in(everywhere, item)
    drop_snapshot(frame, variables)
    return names


def _names_in(scope, item):
    # Most scopes do not have it, which their identities say fastest.
    if id(item) not in map(id, scope.values()):
        return []
    return [
        name for name, value in list(scope.items()) if value is item and not name.startswith("_") and name != "self"]
