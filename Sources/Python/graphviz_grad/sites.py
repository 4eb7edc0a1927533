"""A place in the source where an operation of PyTorch runs, and what its result is assigned to there.

The package `executing` finds the expression that a frame is at; without it lines are known, names are not.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from itertools import islice

from .sources import within_cell

try:
    import executing
except ImportError:
    executing = None


class Site:
    """A place in the source: the expression that runs there, and the names its result is assigned to."""

    __slots__ = ("file", "line", "column", "targets", "is_returned", "is_sum", "is_unpacked", "item", "is_silent",
                 "only", "begins_with_number", "is_element")

    def __init__(self, frame, wants_names):
        self.file, self.line, self.column = frame.f_code.co_filename, frame.f_lineno, 1
        # `sum` runs one operation after another, of which the last is what it gives.
        self.targets, self.is_returned, self.is_sum = [], False, False
        # Whether what is given is taken apart, as by `g, = f()`, and which item of it alone is taken, as by `f()[0]`.
        self.is_unpacked, self.item = False, None
        node = None
        if wants_names:
            try:
                node = executing.Source.executing(frame).node or _expression_at(frame)
            except Exception:  # Source that is not there, or is no Python any more.
                pass
        if node is not None:
            self.column = getattr(node, "col_offset", 0) + 1
            self.line = getattr(node, "lineno", self.line)
            self.is_sum = isinstance(node, ast.Call) and getattr(node.func, "id", None) in ("sum", "reduce")
            self._find_targets(node)
        # Whether it makes one of several values that are named together: `a, b = [f(x) for x in xs]`.
        within = getattr(node, "parent", None)
        self.is_element = (
            isinstance(within, (ast.ListComp, ast.GeneratorExp)) and within.elt is node
            and isinstance(getattr(within, "parent", None), ast.Assign)
            and isinstance(within.parent.targets[0], (ast.Tuple, ast.List)))
        # PyTorch hands on `2*x` as `x*2`.
        is_turned = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mult))
        self.begins_with_number = False
        if is_turned:
            variables = frame.f_locals
            self.begins_with_number = _is_number(node.left, variables, frame.f_globals)
            drop_snapshot(frame, variables)
        # Whether nothing is named here, and what it is called where it is one thing alone.
        self.is_silent = not self.targets and not self.is_returned
        is_one = len(self.targets) == 1 and not self.is_unpacked and self.item is None and not self.is_returned
        self.only = self.targets[0] if is_one and self.targets[0] != "_" else None

    def _find_targets(self, node):
        parent = getattr(node, "parent", None)
        if isinstance(parent, ast.Subscript) and parent.value is node and isinstance(parent.slice, ast.Constant) \
                and isinstance(node, ast.Call) and type(parent.slice.value) is int:
            self.item, node, parent = parent.slice.value, parent, getattr(parent, "parent", None)
        if isinstance(node, ast.AugAssign):
            target = node.target
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            target = node.value
        elif isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Store):
            target = node
        elif isinstance(node, ast.Assign):
            # An item that is assigned to: `x[0] = v` changes x.
            target = getattr(node.targets[0], "value", node.targets[0])
        elif isinstance(parent, (ast.Return, ast.Lambda)):
            self.is_returned = True
            return
        elif isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and parent.value is node:
            target = parent.targets[0] if isinstance(parent, ast.Assign) else parent.target
        elif isinstance(parent, ast.Tuple) and isinstance(getattr(parent, "parent", None), ast.Assign):
            target = _beside(node, parent, parent.parent.targets[0])
            if target is None:
                return
        else:
            return
        self.is_unpacked = isinstance(target, (ast.Tuple, ast.List))
        named = _names_of_target(target)
        self.targets = named if self.is_unpacked else [named]


def _names_of_target(target):
    """What is assigned to: a name, `_` for none, or a list of them, as of `y, (h, c) = f()`."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return [_names_of_target(part) for part in target.elts]
    return _named(target) if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)) else "_"


def name_at(name, path):
    """The name of what stands at a path in what is assigned, `c` for `[1]` of `(h, c)`; None if it has none there."""
    while isinstance(name, list):
        step = re.match(r"\[(\d+)\]", path)
        if step is None or int(step[1]) >= len(name):
            return None
        name, path = name[int(step[1])], path[step.end():]
    return None if name == "_" else name + path


def _beside(node, parts, target):
    """What one of several values at once is assigned to: `q, k = f(x), g(x)`; None where it is in no such place."""
    is_alike = isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == len(parts.elts)
    is_plain = is_alike and not any(isinstance(one, ast.Starred) for one in (*target.elts, *parts.elts))
    return next((to for to, part in zip(target.elts, parts.elts) if part is node), None) if is_plain else None


def _is_number(node, variables, everywhere):
    """Whether an operand is a number that is written there, or that a variable or an attribute has."""
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand, variables, everywhere)
    if isinstance(node, ast.BinOp):
        return all(_is_number(part, variables, everywhere) for part in (node.left, node.right))
    return type(_value_of(node, variables, everywhere)) in (int, float)


def _value_of(node, variables, everywhere):
    if isinstance(node, ast.Attribute):
        # No property of the program's own is asked for.
        return getattr(_value_of(node.value, variables, everywhere), "__dict__", {}).get(node.attr)
    if isinstance(node, ast.Name):
        return variables.get(node.id, everywhere.get(node.id))
    return getattr(node, "value", None) if isinstance(node, ast.Constant) else None


def _expression_at(frame):
    """The expression at a frame that `executing` does not know: names that an array is taken apart to, `a, b = x`, or one
    of a cell that marimo runs as a part of its file."""
    if not hasattr(frame.f_code, "co_positions"):
        return None
    line, end_line, column, end_column = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None))
    tree = executing.Source.for_frame(frame).tree
    span = line, column, end_line, end_column
    place, found = within_cell(tree, span), None
    for node in ast.walk(tree):
        if isinstance(node, (ast.expr, ast.stmt)) and not isinstance(node, ast.Expr):
            own = node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
            if own == span and isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.parent, ast.Assign):
                return node
            found = node if own == place and found is None else found
    return found


def _named(target):
    """`h`, `hidden` for self.hidden, `h[0]`."""
    text = ast.unparse(target)
    return text[len("self."):] if text.startswith("self.") else text


def drop_snapshot(frame, snapshot):
    """Empties the copy of a function's variables that reading them makes before Python 3.13: it would keep
    them alive. A function that asks for its own `locals()` is left alone, as it may have the same copy."""
    is_copy = sys.version_info < (3, 13) and frame.f_code.co_flags & inspect.CO_OPTIMIZED
    if is_copy and type(snapshot) is dict and "locals" not in frame.f_code.co_names:
        snapshot.clear()
