"""Where a JAX equation comes from: its place in the source, the calls of functions around it, its name."""

from __future__ import annotations

import os

import jax

from .sources import Sources, names_within

_JAX = os.path.dirname(jax.__file__) + os.sep
# The parts of JAX whose functions people call by name.
_NAMED = tuple(_JAX + os.path.join("_src", *part) for part in [
    ("numpy", "reductions"), ("numpy", "lax_numpy"), ("numpy", "linalg"), ("numpy", "einsum"), ("numpy", "fft"),
    ("nn",), ("ops",), ("scipy",)])
# The functions for loops and choices, as `fori_loop`, which JAX has as a `scan` or a `while`.
_LOOPS = _JAX + os.path.join("_src", "lax", "control_flow") + os.sep
# Where the functions are that differentiate others, and what these call of themselves, with what a program calls them.
_API = _JAX + os.path.join("_src", "api.py")
_GRADIENTS = {
    "grad_f": "grad", "grad_f_aux": "grad", "value_and_grad_f": "grad", "jvp": "jvp", "vjp": "vjp", "linearize": "linearize",
    "jacfun": "jacobian"}
_OWN = os.path.dirname(__file__) + os.sep
_LIBRARIES = os.sep + "site-packages" + os.sep


def _places(traceback, frames):
    """What tells the places of a stack apart: where each code is, as one line may have two sums, else the lines."""
    try:
        codes, instructions = traceback.raw_frames()
        return tuple(map(id, codes)), tuple(instructions)
    except (AttributeError, TypeError, ValueError):
        return tuple((f.file_name, f.line_num) for f in frames)


def _with_gradients(frames, raw):
    """The frames, where a function that the program has differentiated is called `grad`, or what else did that: its box
    has both ways."""
    called, within = {}, None
    for frame in raw:
        if not frame.file_name.startswith(_JAX):
            within = frame.file_name, frame.line_num, frame.function_name
        elif within is not None and frame.file_name == _API:
            name = _GRADIENTS.get(frame.function_name.rsplit(".", 1)[-1])
            if name is not None:
                # The outermost, as `jvp` of a gradient.
                called[within] = name
    return frames[:1] + [
        (file, span, called.get((file, span[0], name), name), *rest) for file, span, name, *rest in frames[1:]]


def loop_of(equation):
    """What a program has called of a loop or a choice, `fori_loop`; how many results only count its turns; and of `scan`
    how many are carried on. None, 0 and None of other equations."""
    primitive, traceback = equation.primitive.name, equation.source_info.traceback
    if primitive not in ("scan", "while", "cond") or traceback is None:
        return None, 0, None
    raw = list(traceback.frames)
    outside = next((i for i, f in enumerate(raw) if not f.file_name.startswith(_JAX)), len(raw))
    called = [f.function_name.rsplit(".", 1)[-1] for f in raw[:outside] if f.file_name.startswith(_LOOPS)]
    word = next((name for name in reversed(called) if name.isidentifier() and name[0] != "_"), None)
    counters = {"scan": 1, "while": 2}.get(primitive, 0) if word == "fori_loop" else 0
    return word, counters, equation.params["num_carry"] if word == "scan" else None


class JaxSources(Sources):
    """Reads the equations of one jaxpr in order. JAX keeps of an equation the stack in which it was traced."""

    def __init__(self, root, numbered, slight):
        super().__init__(numbered, slight)
        # The name of the function whose body the jaxpr is; what called it is of no interest.
        self.root = root
        # Whether the equation that was read is of a gradient that the program asks for.
        self.goes_back = False

    def stack(self, equation):
        traceback = equation.source_info.traceback
        if traceback is None:
            return [], None, object()
        raw = list(traceback.frames)
        way = str(equation.source_info.name_stack)
        # What goes back has the places of what goes forward.
        self.goes_back = "transpose(" in way
        made = (equation.primitive.name, way, *_places(traceback, raw))
        inner = next((i for i, f in enumerate(raw) if not f.file_name.startswith(_JAX)), len(raw))
        library = next(
            (f.function_name for f in reversed(raw[:inner])
             if f.file_name.startswith(_NAMED) and f.function_name.isidentifier() and f.function_name[0] != "_"), None)
        if library == self.root:
            library = None
        frames = self.spans(equation, raw)
        start = next((i for i, f in enumerate(frames) if f[2].rsplit(".", 1)[-1] == self.root), None)
        if start is None:
            return frames[-1:], library, made
        frames = _with_gradients(frames[start:], raw)
        outside = next((i for i, f in enumerate(frames) if i and _LIBRARIES in f[0]), len(frames))
        if outside < len(frames):
            # Of another library, the function that the program called.
            frames, library = frames[:outside], frames[outside][2].rsplit(".", 1)[-1]
            library = library if library.isidentifier() and library[0] != "_" else None
        return frames, library, made

    def read(self, equation):
        self.word, self.counters, self.carried = loop_of(equation)
        return super().read(equation)

    def name(self, results, around=()):
        if self.goes_back:
            self.last = None
        else:
            super().name(results, around)

    def spread(self, names, count):
        """Of a loop these are what the program's function gives, without what it counts; of `scan` the arrays that are
        carried on, and those that are stacked."""
        hidden, count = [None] * self.counters, count - self.counters
        groups = [count] if self.carried is None else [self.carried, count - self.carried]
        if len(names) == 1 and len(groups) > 1:
            # Both are in one variable.
            names = [f"{names[0]}[{number}]" for number in range(2)]
        if len(names) == len(groups):
            return hidden + [name for target, n in zip(names, groups) for name in names_within(target, n)]
        found = super().spread(names, count)
        return None if found is None else hidden + found

    @staticmethod
    def spans(equation, raw):
        """The frames outside of JAX, outermost first. Their columns are no public part of JAX; their lines are."""
        try:
            from jax._src.source_info_util import user_frames

            try:
                frames = list(user_frames(equation.source_info.traceback))
            except (TypeError, AttributeError):
                frames = list(user_frames(equation.source_info))
            found = [
                (f.file_name, (f.start_line, f.start_column, f.end_line, f.end_column), f.function_name, 0)
                for f in frames]
        except Exception:
            found = [
                (f.file_name, (f.line_num, 0, f.line_num, 0), f.function_name, 0) for f in raw
                if not f.file_name.startswith(_JAX)]
        found.reverse()
        own = [i for i, frame in enumerate(found) if frame[0].startswith(_OWN)]
        return found[own[-1] + 1:] if own else found
