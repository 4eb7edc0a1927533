"""Sees what PyTorch runs again on the way back, within checkpoints, and whether it gives what it gave before."""

from __future__ import annotations

import os
import sys

import torch
from torch.overrides import TorchFunctionMode

from .functions import BACKWARD, KNOWN, OPERATION, known_of
from .private import opened

CHECKPOINT = os.path.join("torch", "utils", "checkpoint.py")


class Again(TorchFunctionMode):
    """Compares results of a pass with what was recorded at the same place; `differs` says of the first that is none of it
    what happened."""

    def __init__(self, observer):
        super().__init__()
        self.observer, self.names, self.recorded, self.differs = observer, observer.names, None, None
        # The functions of the pass that run already.
        self.entered = set()

    def __torch_function__(self, function, types, args=(), kwargs=None):
        known = KNOWN.get(function) or known_of(function)
        if known.kind == BACKWARD:
            return self.run(function, args, kwargs or {})
        result = function(*args, **(kwargs or {}))
        if self.differs is None and known.kind == OPERATION and type(result) is torch.Tensor:
            stack = sys._getframe(1)
            if _is_within_checkpoint(stack):
                self._compare(known.plain, result, self.names.site(self.names.caller(stack)[0]))
        return result

    def run(self, function, args, kwargs):
        """Runs a pass, and sees what Python runs in it: the pass itself does not ask whether somebody listens."""
        body = opened(function)
        if body is None or function in self.entered:
            return function(*args, **kwargs)
        self.entered.add(function)
        with self:
            return body(*args, **kwargs)

    def _compare(self, name, result, site):
        if self.recorded is None:
            self.recorded = {}
            self.observer.make()
            for operation in self.observer._operations:
                self.recorded.setdefault((operation.place, operation.name), []).extend(operation.values)
        before = [
            value.data for value in self.recorded.get((site, name), ())
            if isinstance(value.data, torch.Tensor) and value.data.shape == result.shape and value.type is result.dtype]
        with torch.no_grad():
            if before and not any(torch.allclose(result, data, 1e-3, 1e-6, equal_nan=True) for data in before):
                self.differs = (
                    f"torch.utils.checkpoint has run '{name}' of {site.file}:{site.line} again on the way back, with other "
                    "values than before, and PyTorch's gradients are those of the new ones: what it runs uses something "
                    "that has changed since, as the variable of a loop in a lambda\n"
                    "  = help: give it as an argument, checkpoint(f, x, layer), or bind it: lambda x, layer=layer: layer(x)")


def _is_within_checkpoint(frame):
    while frame is not None:
        if frame.f_code.co_filename.endswith(CHECKPOINT):
            return True
        frame = frame.f_back
    return False
