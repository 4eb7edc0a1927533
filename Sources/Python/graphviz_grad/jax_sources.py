"""Where a JAX equation comes from: its place in the source, the calls of functions around it, its name."""

from __future__ import annotations

import os

import jax

from .sources import Sources

_JAX = os.path.dirname(jax.__file__) + os.sep
# The parts of JAX whose functions people call by name.
_NAMED = tuple(_JAX + os.path.join("_src", *part) for part in [
    ("numpy", "reductions"), ("numpy", "lax_numpy"), ("numpy", "linalg"), ("numpy", "einsum"), ("numpy", "fft"),
    ("nn",), ("ops",), ("scipy",)])
_OWN = os.path.dirname(__file__) + os.sep
_LIBRARIES = os.sep + "site-packages" + os.sep


class JaxSources(Sources):
    """Reads the equations of one jaxpr in order. JAX keeps of an equation the stack in which it was traced."""

    def __init__(self, root, numbered, slight):
        super().__init__(numbered, slight)
        # The name of the function whose body the jaxpr is; what called it is of no interest.
        self.root = root

    def stack(self, equation):
        traceback = equation.source_info.traceback
        if traceback is None:
            return [], None, object()
        raw = list(traceback.frames)
        made = (equation.primitive.name, tuple((f.file_name, f.line_num) for f in raw))
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
        frames = frames[start:]
        outside = next((i for i, f in enumerate(frames) if i and _LIBRARIES in f[0]), len(frames))
        if outside < len(frames):
            # Of another library, the function that the program called.
            frames, library = frames[:outside], frames[outside][2].rsplit(".", 1)[-1]
            library = library if library.isidentifier() and library[0] != "_" else None
        return frames, library, made

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
