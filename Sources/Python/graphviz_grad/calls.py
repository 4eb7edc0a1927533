"""Which calls of modules and functions an operation is in, outermost first."""

from __future__ import annotations

import inspect
import sys

from torch.nn.modules import module as nn_module

from .names import CELLS, OURS, TORCH, found_in
from .private import refuse_compiled

# Functions that say nothing of what is computed: what decorators put around others.
WRAPPERS = {"wrapper", "wrapped", "wrapped_func", "inner", "decorated", "forward", "__call__", "_wrapped_call_impl"}
ANY_ARGUMENTS = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


class Calls:
    """Follows the calls of modules by hooks, and those of functions by their frames."""

    def __init__(self, names):
        self.names = names
        self.handles = []
        # The calls that are of functions rather than of modules.
        self.of_functions = set()
        self.clear()

    def clear(self):
        # The modules that are running, each as its name, its numbered call and its frame.
        self.modules = []
        self.module_names, self.counts = {}, {}
        # The frames of functions that the operation before was in, by identity, and their calls.
        self.before = {}

    def __enter__(self):
        self.handles = [nn_module.register_module_forward_pre_hook(self._enter_module)]
        try:
            leave = nn_module.register_module_forward_hook(self._leave_module, always_call=True)
        except TypeError:  # Before PyTorch 2.1 it is not called where a module raises.
            leave = nn_module.register_module_forward_hook(self._leave_module)
        self.handles.append(leave)
        return self

    def __exit__(self, *_):
        for handle in self.handles:
            handle.remove()
        self.handles, self.modules, self.before = [], [], {}

    # What a recorder does besides.
    is_awake = staticmethod(lambda: True)
    left = staticmethod(lambda output, frame: None)

    def _enter_module(self, module, inputs):
        refuse_compiled(module)
        if not self.is_awake():
            self.modules.append((None, None, None))
            return
        frame = _frame_of_call()
        if id(module) not in self.module_names:
            self._add(module, frame)
        name = self.module_names[id(module)]
        self.modules.append((name, self.numbered(name), frame))

    def _add(self, module, frame):
        """Names a module that is in none of those that ran: after the variable that has it."""
        frame, _ = self.names.caller(frame or sys._getframe(2))
        root = None
        while frame is not None and root is None:
            root = found_in(frame, module)
            frame = frame.f_back
        if root is None:
            root = type(getattr(module, "_orig_mod", module)).__name__
        self.names.add_module(module, root)
        for name, inner in module.named_modules():
            name = name.replace("_orig_mod.", "").replace("_orig_mod", "")
            self.module_names.setdefault(id(inner), f"{root}.{name}" if name else root)

    def _leave_module(self, module, inputs, output):
        frame = _frame_of_call()
        # A module that raised may have left nothing.
        while self.modules and self.modules.pop()[2] not in (frame, None):
            pass
        if not self.is_awake() or output is None:
            return
        while frame is not None and frame.f_code.co_filename == nn_module.__file__:
            frame = frame.f_back
        if frame is not None and not frame.f_code.co_filename.startswith(TORCH):
            self.left(output, frame)

    def numbered(self, name):
        self.counts[name] = self.counts.get(name, 0) + 1
        return f"{name}#{self.counts[name]}"

    def around(self, frame):
        """The calls around a frame; a frame that is still open is in the same call as before."""
        modules = {id(frame): call for _, call, frame in self.modules if frame is not None}
        calls, now, chain = [], {}, []
        while frame is not None and frame is not self.names.base:
            chain.append(frame)
            frame = frame.f_back
        for frame in reversed(chain):
            call = modules.get(id(frame))
            if call is None:
                known = self.before.get(id(frame))
                call = known[1] if known is not None and known[0] is frame else self._function(frame)
                if call is None:
                    continue
                now[id(frame)] = (frame, call)
            calls.append(call)
        self.before = now
        return tuple(calls)

    def known(self, frame):
        """The calls around a frame, as far as they were found before."""
        modules = {id(frame): call for _, call, frame in self.modules if frame is not None}
        calls = []
        while frame is not None and frame is not self.names.base:
            call = modules.get(id(frame))
            if call is None and self.before.get(id(frame), (None, None))[0] is frame:
                call = self.before[id(frame)][1]
            if call is not None:
                calls.append(call)
            frame = frame.f_back
        return tuple(reversed(calls))

    def _function(self, frame):
        """The call of a function of the program; None for what says nothing of it."""
        code = frame.f_code
        if code.co_filename == CELLS or code.co_filename.startswith((TORCH, OURS, "<frozen")):
            return None
        if code.co_name.startswith("<") or code.co_name in WRAPPERS or code.co_flags & ANY_ARGUMENTS == ANY_ARGUMENTS:
            return None
        call = self.numbered(code.co_name)
        self.of_functions.add(call)
        return call


def _frame_of_call():
    """The frame that calls the module whose hook is running."""
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_name != "_call_impl":
        frame = frame.f_back
    return frame
