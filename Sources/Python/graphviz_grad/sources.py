"""Names from the source: the variable that a result is assigned to, by where its expression stands."""

from __future__ import annotations

import ast
import inspect
import linecache
import sys
from itertools import islice

RETURNED = object()
_files = {}


def names_of_paths(function, paths):
    """Names of arguments: that of the parameter, and the keys below it: `params.W1`, `layers[0].b`."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    names = []
    for first, *rest in paths:
        name = first
        if isinstance(first, int):
            name = f"x{first + 1}"
            for position, parameter in enumerate(parameters):
                if parameter.kind is parameter.VAR_POSITIONAL:
                    name = f"{parameter.name}[{first - position}]"
                    break
                if position == first:
                    name = parameter.name
                    break
        for key in rest:
            name += f".{key}" if isinstance(key, str) and key.isidentifier() else f"[{key!r}]"
        names.append(name)
    return names


def target(file, span):
    """What the expression at a span, ``(line, column, last line, last column)``, is assigned to: a list of
    names, `RETURNED` for what a function returns, or None. Where columns are not known, the line decides."""
    if file not in _files:
        _files[file] = _targets("".join(linecache.getlines(file)))
    tree, spans, lines = _files[file]
    if not span[3]:
        return lines.get(span[0])
    return spans.get(span) or spans.get(within_cell(tree, span))


def within_cell(tree, span):
    """Where a span of code stands that was taken out of an indented block of its file, as marimo takes the cells of a
    notebook: its lines are those of the file, but its columns begin where the block does."""
    line, column, end_line, end_column = span
    block = next((one for one in tree.body if hasattr(one, "body") and one.lineno <= line <= one.end_lineno), None)
    shift = block.body[0].col_offset if block else 0
    return line, column + shift, end_line, end_column + shift


def _targets(text):
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ast.Module([], []), {}, {}
    spans, lines = {}, {}
    for node in ast.walk(tree):
        value, names = getattr(node, "value", None), None
        if isinstance(node, ast.Assign):
            names = _written(node.targets[0])
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and value is not None:
            names = _written(node.target)
        elif isinstance(node, ast.AugAssign):
            names, value = _written(node.target), node
        elif isinstance(node, ast.Return) and value is not None:
            names = RETURNED
        elif isinstance(node, ast.Lambda):
            names, value = RETURNED, node.body
        if names:
            spans[_ends(value)] = names
            is_several = names is not RETURNED and isinstance(value, ast.Tuple) and len(names) == len(value.elts)
            if is_several and "*" not in "".join(names):
                spans.update({_ends(part): [name] for part, name in zip(value.elts, names)})
            for line in range(value.lineno, value.end_lineno + 1):
                lines.setdefault(line, names)
    return tree, spans, lines


def _ends(node):
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _written(place):
    if isinstance(place, (ast.Tuple, ast.List)):
        return [ast.unparse(one) for one in place.elts]
    return [ast.unparse(place.value if isinstance(place, ast.Subscript) else place)]


class Level:
    """A call that is open: which it is, and the first operation in it."""

    def __init__(self, key, label, first):
        self.key, self.label, self.first = key, label, first


class Sources:
    """Says of operations, in the order in which they ran, in which calls they are and what they are called.

    A function is called anew where the stack differs, and where its first operation comes a second time.
    """

    def __init__(self, numbered, slight):
        # `numbered` makes `f#2` of `f`; calls of libraries are added to `slight`.
        self.numbered, self.slight = numbered, slight
        self.levels, self.seen, self.last = [], set(), None
        self.frames, self.made = [], None

    def stack(self, operation):
        """The frames of the program, outermost first, as file, span, function and what tells two calls apart; the
        function of a library that was called, or None; and what tells the operation from others."""
        raise NotImplementedError

    def read(self, operation):
        """The calls around an operation, and its place: file, line, column."""
        self.frames, library, self.made = self.stack(operation)
        keys = [(frame[0], frame[2], outer[1], frame[3]) for outer, frame in zip(self.frames, self.frames[1:])]
        names = [_label(frame[2]) for frame in self.frames[1:]]
        if library is not None:
            keys.append((library, self.frames[-1][1] if self.frames else None))
            names.append(library)
        kept = 0
        while kept < min(len(keys), len(self.levels)) and keys[kept] == self.levels[kept].key:
            kept += 1
        if self.made in self.seen:
            again = [i for i, level in enumerate(self.levels[:kept]) if level.first == self.made]
            kept = again[0] if again else kept
            self.seen = set()
        self.seen.add(self.made)
        del self.levels[kept:]
        for key, name in zip(keys[kept:], names[kept:]):
            label = self.numbered(name) if name else None
            if name == library:
                self.slight.add(label)
            self.levels.append(Level(key, label, self.made))
        calls = tuple(level.label for level in self.levels if level.label)
        file, span = self.frames[-1][:2] if self.frames else (None, None)
        return calls, (file, span[0], span[1] + 1) if file else None

    def name(self, results, around=()):
        """Gives the results of the operation that was read the name of the variable that they are assigned to;
        `around` are the calls around all that is read."""
        depth, names = len(self.frames) - 1, None
        while depth >= 0:
            names = target(*self.frames[depth][:2])
            if names is not RETURNED:
                break
            depth -= 1
        called = self.spread(names, len(results)) if names and names is not RETURNED else None
        if called is None:
            self.last = None
            return
        scope = (*around, *(level.label for level in self.levels[:depth] if level.label))
        key = (self.frames[depth], scope)
        if self.last is not None and self.last[0] == key and self.made not in self.last[1]:
            # The same expression goes on: `jnp.mean` is a sum and a quotient.
            for value in self.last[2]:
                value.name = value.scope = None
            self.last[1].add(self.made)
        else:
            self.last = (key, {self.made}, [])
        self.last[2][:] = [v for v in results if v.operation is not None]
        for name, value in zip(called, results):
            if value.operation is not None and name is not None:
                value.name, value.scope = name, scope

    def spread(self, names, count):
        """What each of so many results is called, None for one that is not, by the names of what is assigned to; None
        where these are of something else."""
        if len(names) == 1:
            return names_within(names[0], count)
        return [None if name == "_" else name for name in names] if len(names) == count else None


def names_within(target, count):
    """What so many arrays are called that are assigned to a target together: `h` and `c` of `(h, c)`, `s[0]` of `s`."""
    if target == "_":
        return [None] * count
    if target.startswith(("(", "[")):
        parts = [ast.unparse(part) for part in ast.parse(target, mode="eval").body.elts]
        return [name for part in parts for name in names_within(part, 1)] if len(parts) == count else [None] * count
    return [target] if count == 1 else [f"{target}[{number}]" for number in range(count)]


def _label(function):
    """How a call of a function is named; a call of an object by its class."""
    words = function.split(".")
    name = words[-2] if words[-1] in ("__call__", "forward") and len(words) > 1 else words[-1]
    return name if name.isidentifier() else None


class FrameSources(Sources):
    """Reads the frames that run, from that of a function on."""

    def __init__(self, numbered, slight, code, skipped):
        super().__init__(numbered, slight)
        # The function's code, and the folders of the libraries that run the operations.
        self.code, self.skipped = code, tuple(skipped)

    def stack(self, operation):
        frame, frames, within, is_ended = sys._getframe(2), [], [], False
        while frame is not None and not is_ended:
            is_ended = frame.f_code is self.code
            file = frame.f_code.co_filename
            if file.startswith(self.skipped):
                within.append((file, frame.f_lineno) if not frames else None)
            else:
                name = getattr(frame.f_code, "co_qualname", frame.f_code.co_name)
                frames.append((file, _span(frame), name, id(frame)))
            frame = frame.f_back
        return frames[::-1] if is_ended else frames[:1], None, (operation, tuple(within), *frames[:1])


def _span(frame):
    """Where the expression stands that a frame is at; without columns before Python 3.11."""
    positions = getattr(frame.f_code, "co_positions", None)
    if positions is not None:
        first, last, left, right = next(islice(positions(), frame.f_lasti // 2, None))
        if None not in (first, last, left, right):
            return first, left, last, right
    return frame.f_lineno, 0, frame.f_lineno, 0
