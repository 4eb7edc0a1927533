"""Which calls of modules and functions an operation is in, outermost first."""

from __future__ import annotations

import inspect
import sys

from torch.nn.modules import module as nn_module

from .names import CELLS, MODULE, PROGRAM, found_in, found_within, is_loop_variable, kind_of_file
from .private import hush_hooks, modules_of, refuse_compiled

# Functions that say nothing of what is computed: what decorators put around others.
WRAPPERS = {"wrapper", "wrapped", "wrapped_func", "inner", "decorated", "forward", "__call__", "_wrapped_call_impl"}
ANY_ARGUMENTS = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


class Running:
    """A module that is running: the calls around its operations, the frame of its call, that which has called it, that of
    the program which has called it or a module of PyTorch's own around it, and the functions that the operation before was
    in there, by the identity of their frames; also the frame that this ran in, with what called it, and the calls around
    it."""

    __slots__ = ("path", "frame", "caller_of_it", "program", "before", "last", "caller", "around")

    def __init__(self, path, frame, caller_of_it=None, program=None):
        self.path, self.frame, self.caller_of_it, self.program, self.before = path, frame, caller_of_it, program, {}
        self.last = self.caller = self.around = None


class Calls:
    """Follows the calls of modules by hooks, and those of functions by their frames."""

    def __init__(self, names):
        self.names = names
        self.handles = []
        # The calls that are of functions rather than of modules.
        self.of_functions = set()
        self.clear()

    def clear(self):
        # The modules that are running, below what runs outside of all.
        self.modules = [Running((), None)]
        self.module_names, self.counts = {}, {}
        # What modules are called by their class, as nothing had them yet.
        self.unowned = {}

    def __enter__(self):
        self.modules = [Running((), self.names.base)]
        self.speak = hush_hooks()
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
        self.speak()
        self.handles, self.modules = [], [Running((), None)]

    # What a recorder does besides.
    is_awake = staticmethod(lambda: True)
    left = staticmethod(lambda output, frame: None)

    def _enter_module(self, module, inputs):
        if not self.is_awake():
            return
        frame = _frame_of_call()
        if frame is None:
            return
        name = self.module_names.get(id(module))
        if name is None:
            refuse_compiled(module)
            self._add(module, frame)
            name = self.module_names[id(module)]
        caller = _behind_modules(frame)
        is_program = kind_of_file(caller.f_code.co_filename) == PROGRAM
        self.modules.append(Running(
            (*self.around(caller), self.numbered(name)), frame, caller, caller if is_program else self.modules[-1].program))

    def _add(self, module, frame):
        """Names a module that is in none of those that ran: after the variable that has it, or a module that it is in."""
        frame, _ = self.names.caller(frame or sys._getframe(2))
        root, around, alias = None, None, None
        while frame is not None and root is None:
            root = found_in(frame, module)
            if root is not None and is_loop_variable(frame, root):
                alias, root = alias or root, found_within(frame, module, True)
            if root is None and around is None:
                around = found_within(frame, module)
            frame = frame.f_back
        root = root or around or alias
        is_unowned = root is None
        if is_unowned:
            root = type(getattr(module, "_orig_mod", module)).__name__
        for name, inner in modules_of(module):
            if "_orig_mod" in name:
                name = name.replace("_orig_mod.", "").replace("_orig_mod", "")
            owner = f"{root}.{name}" if name else root
            before = self.unowned.pop(id(inner), None)
            self.names.add_module(inner, owner, before)
            if before is not None or id(inner) not in self.module_names:
                self.module_names[id(inner)] = owner
                if is_unowned:
                    self.unowned[id(inner)] = owner

    def _leave_module(self, module, inputs, output):
        frame, modules, caller = _frame_of_call(), self.modules, None
        # A module that raised may have left nothing.
        for depth in range(len(modules) - 1, 0, -1):
            if modules[depth].frame is frame:
                caller = modules[depth].caller_of_it
                del modules[depth:]
                break
        if output is None or not self.is_awake():
            return
        frame = caller or _behind_modules(frame)
        if frame is not None and kind_of_file(frame.f_code.co_filename) == PROGRAM:
            self.left(output, frame)

    def numbered(self, name):
        self.counts[name] = count = self.counts.get(name, 0) + 1
        return f"{name}#{count}"

    def around(self, frame, of_program=None):
        """The calls around a frame; a frame that is still open is in the same call as before. The frames between it and
        that of the program which called it, if it is given, are no functions of the program."""
        inner, last = self.modules[-1], of_program or frame
        if last is inner.last and last.f_back is inner.caller:
            return inner.around
        inner.last, inner.caller = last, last.f_back
        stop, chain = inner.frame, []
        while frame is not None and frame is not stop:
            code = frame.f_code
            known = _functions.get(id(code))
            if known[1] if known is not None else _is_function(code):
                chain.append(frame)
            frame = frame.f_back
        before = inner.before
        if not chain:
            if before:
                inner.before = {}
            inner.around = inner.path
            return inner.path
        now, path = {}, [*inner.path]
        for frame in reversed(chain):
            known = before.get(id(frame))
            if known is None:
                known = (frame, self._function(frame))
            now[id(frame)] = known
            path.append(known[1])
        inner.before, inner.around = now, tuple(path)
        return inner.around

    def known(self, frame):
        """The calls around a frame, as far as they were found before."""
        inner = self.modules[-1]
        before, found, stop = inner.before, (), inner.frame
        while before and frame is not None and frame is not stop:
            known = before.get(id(frame))
            if known is not None:
                found = (known[1], *found)
            frame = frame.f_back
        return (*inner.path, *found) if found else inner.path

    def _function(self, frame):
        call = self.numbered(frame.f_code.co_name)
        self.of_functions.add(call)
        return call


# Whether a code is a function of the program that says something, by its identity; it is kept with the answer.
_functions = {}


def _is_function(code):
    file = code.co_filename
    known = _functions[id(code)] = (code, not (
        file == CELLS or kind_of_file(file) != PROGRAM or file.startswith("<frozen")
        or code.co_name.startswith("<") or code.co_name in WRAPPERS
        or code.co_flags & ANY_ARGUMENTS == ANY_ARGUMENTS))
    return known[1]


def _behind_modules(frame):
    """The frame that a module was called from, by that of its call."""
    while frame.f_code.co_filename == MODULE and frame.f_back is not None:
        frame = frame.f_back
    return frame


def _frame_of_call():
    """The frame that calls the module whose hook is running."""
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_name != "_call_impl":
        frame = frame.f_back
    return frame
