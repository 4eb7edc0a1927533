"""Records a PyTorch computation, its values and its gradients.

    with graphviz_grad.record() as r:
        loss = net(x).square().mean()
        loss.backward()
    r.draw("figure.svg")

A TorchFunctionMode sees every call, its operands, its result and its place in the source. The graph that
autograd keeps is the authority on gradients: the nodes that an operation has added to it are found by walking
back from its result, and hooks on them deliver derivatives and contributions.
"""

from __future__ import annotations

import os
import sys
import warnings
import weakref

import torch
from torch.overrides import TorchFunctionMode

from . import cells, private
from .calls import Calls
from .command import GradError
from .maps import ARITHMETIC, IGNORED, SINGLE_NODE, VIEWS, needs_partial
from .names import Names
from .values import Operation, Value, Values, held, replaced, tensors_in

CODE_OF_DATA = os.path.join("torch", "utils", "data") + os.sep


def record(entries=10_000, step=None, open=("multi_head_attention_forward", *cells.BODIES), names=True):
    """Records what runs in the block.

    Arrays of more than `entries` entries are summed up. In a training loop, `step` is the number of the call
    of ``backward`` that is kept, from 1; without it all of the block is. `open` names functions of PyTorch
    that are recorded as the operations inside them. ``names=False`` saves the time of looking up what
    variables are called.
    """
    return Recorder(entries, step, open, names)


class Mode(TorchFunctionMode):
    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder

    def __torch_function__(self, function, types, args=(), kwargs=None):
        return self.recorder.called(function, args, kwargs or {})


class Recorder(Values):
    """What ``record()`` returns: records inside ``with``, and draws what it has recorded."""

    # Whether a value that is used once lends its derivative to that use.
    shares = True

    def __init__(self, entries=10_000, step=None, open=(), names=True):
        self.names = Names(names)
        self.calls = Calls(self.names)
        self.names.scope_of = self.calls.known
        self.calls.is_awake, self.calls.left = self._is_awake, self._left
        self.step, self.open, self.bodies, self.handles = step, frozenset(open), {}, []
        self.is_done, self.passes_seen, self.has_warned = False, 0, False
        super().__init__(entries, self.names.name_of)
        self._clear()

    def _clear(self):
        self._unhook()
        self.operations, self.values, self.passes = [], [], []
        self.owner, self.by_edge, self.by_id, self.by_tensor, self.leaves = {}, {}, {}, {}, {}
        self.running = None

    def _unhook(self):
        for handle in self.handles:
            handle.remove()
        self.handles = []

    # Switching on and off.

    def __enter__(self):
        self.names.base = sys._getframe(1)
        self.calls.__enter__()
        self.stance = None
        self._run_eagerly()
        self.mode = Mode(self)
        self.mode.__enter__()
        return self

    def __exit__(self, *exception):
        self.mode.__exit__(*exception)
        if self.stance is not None:
            self.stance.__exit__(*exception)
        self.calls.__exit__()
        self.names.base = self.mode = self.stance = None
        self._finish()

    def _finish(self):
        """Keeps what a figure shows, and lets go of autograd's graph, of hooks and of tensors."""
        self._unhook()
        self.is_done, self.running = True, None
        self.forget_graph()
        self.leaves, self.bodies = {}, {}
        self.names.parameters = {}
        self.calls.clear()

    def _run_eagerly(self):
        if self.stance is None:
            self.stance = private.eager()
            if self.stance is not None:
                self.stance.__enter__()

    def _is_asleep(self):
        """Whether an earlier step than the one to be kept is running, or all is recorded."""
        return self.is_done or self.step is not None and self.passes_seen < self.step - 1

    def _is_awake(self):
        return self.running is None and not self._is_asleep()

    # What runs.

    def called(self, function, args, kwargs):
        name = getattr(function, "__name__", "")
        if name == "__get__":
            name = getattr(function.__self__, "__name__", "")
            if name == "data" and not self.has_warned and self._is_awake():
                self.has_warned = True
                warnings.warn("values that are changed through .data are shown as they were before", stacklevel=4)
            if name not in VIEWS and name not in ("real", "imag", "data"):
                return function(*args, **kwargs)
        if name in ("backward", "grad") and str(getattr(function, "__module__", "")).startswith("torch") \
                and not self.is_done and self.running is None:
            return self._backward(function, name, args, kwargs)
        if not self._is_awake() or name in IGNORED:
            return function(*args, **kwargs)
        self._run_eagerly()
        if name in self.open:
            body = self._body(function, name)
            if body is not None:
                with Mode(self):
                    return body(*args, **kwargs)
        return self._call(function, name, args, kwargs)

    def _body(self, function, name):
        if name not in self.bodies:
            self.bodies[name] = cells.BODIES.get(name) or private.opened(function)
        return self.bodies[name]

    def _call(self, function, name, args, kwargs):
        plain = name.strip("_")
        operands = list(tensors_in((args, kwargs)))
        private.refuse_transforms(operands)
        is_in_place = _is_in_place(function, name, args, kwargs)
        changed = operands[0] if is_in_place and operands else None
        if changed is not None and changed.is_leaf and changed.requires_grad:
            # An optimiser's step, or the making of a parameter.
            return function(*args, **kwargs)
        base = private.base_of(changed) if changed is not None and torch.is_grad_enabled() else None
        if base is not None:
            # A view changes what it is of; the view is then looked up anew.
            operands[0] = base
        sources = [self.value_of(t) for t in operands] if is_in_place else None
        args, kwargs, aliases = self._kept_apart(plain, operands, is_in_place, args, kwargs)
        result = function(*args, **kwargs)
        outputs = [changed if base is None else base] if changed is not None else list(tensors_in(result))
        outputs = [t for t in outputs if is_in_place or not any(t is operand for operand in operands)]
        if any(t.requires_grad for t in outputs):
            outputs = [t for t in outputs if t.requires_grad]
        if not outputs:
            return result
        frame, is_inside = self.names.caller(sys._getframe(3))
        if not outputs[0].requires_grad and _is_loading(sys._getframe(3)):
            return result
        if sources is None:
            sources = [self.value_of(t) for t in operands]
        slots = list(sources)
        for place, number in enumerate(args):
            if plain in ARITHMETIC and type(number) in (int, float):
                slots.insert(place, number)
        order = list(range(len(slots)))
        if name.startswith("__r") and plain in ARITHMETIC:
            # 2 - x calls x.__rsub__(2).
            order.reverse()
        operation = Operation(
            plain, [slots[i] for i in order], self.names.site(frame), self.calls.around(sys._getframe(3)),
            _attributes(function, plain, args, kwargs))
        where = {old: new for new, old in enumerate(order)}
        of_tensors = [where[i] for i, slot in enumerate(slots) if isinstance(slot, Value)]
        self.adopt(
            operation, outputs, of_tensors, sources,
            {node: of_tensors[number] for node, number in aliases.items()})
        operation.find_uses()
        if needs_partial(operation):
            operation.partial = private.unary_partial(operation.nodes[0], outputs[0].detach())
        if changed is not None and operation.values and sources:
            operation.values[0].name = sources[0].name
        if not is_inside:
            self.names.christen(operation.values, frame)
        return result

    @staticmethod
    def _kept_apart(plain, operands, is_in_place, args, kwargs):
        """The arguments with a view for each operand that stands there twice, so that the graph tells which
        is which; and by the views' nodes, their operands."""
        aliases = {}
        is_clear = plain in SINGLE_NODE or is_in_place or len(set(map(id, operands))) == len(operands)
        if is_clear or not torch.is_grad_enabled():
            return args, kwargs, aliases
        numbers = iter(range(len(operands)))

        def alias(tensor):
            number = next(numbers)
            if not tensor.requires_grad or sum(tensor is other for other in operands) < 2:
                return tensor
            view = tensor.view_as(tensor)
            aliases[view.grad_fn] = number
            return view

        return replaced(args, alias), replaced(kwargs, alias), aliases

    def _left(self, output, frame):
        """A module has returned: what it returned is named where it was called."""
        values = [self.known(t) for t in tensors_in(output)]
        if values and None not in values:
            self.names.christen(values, frame)

    # The way back.

    def watch(self, operation, node):
        me = weakref.ref(self)
        if operation.name.startswith("Checkpoint"):
            raise GradError(
                "torch.utils.checkpoint with use_reentrant=True cannot be recorded, as its inside has no place in "
                "the graph; use use_reentrant=False")
        if hasattr(node, "register_prehook"):
            self.handles.append(node.register_prehook(lambda g, n=node: me() and me()._derivatives(n, g)))
        self.handles.append(node.register_hook(
            lambda gi, go, n=node, o=operation: me() and me()._contributions(o, n, gi)))

    def watch_leaf(self, tensor, value):
        me, key = weakref.ref(self), id(tensor)
        if key not in self.leaves:
            # One hook a tensor, whatever its versions.
            self.handles.append(tensor.register_hook(lambda g: me() and me()._derivative(me().leaves.get(key), g)))
        self.leaves[key] = value

    def _backward(self, function, name, args, kwargs):
        given = kwargs.get("tensors", kwargs.get("outputs", args[0] if args else ()))
        roots = list(tensors_in(given))
        self.passes_seen += 1
        if self.step is None or self.passes_seen >= self.step:
            self.running = self._new_pass([self.value_of(t) for t in roots])
        try:
            return function(*args, **kwargs)
        finally:
            self.running = None
            if self.step is not None and self.passes_seen >= self.step:
                self._finish()

    def _new_pass(self, roots):
        self.passes.append(Pass(roots))
        return self.passes[-1]

    def _current(self):
        return self.running or (self.passes[-1] if self.passes else self._new_pass([]))

    def _derivative(self, value, gradient):
        if value is not None:
            self._current().derivatives[value] = held(gradient, self.most)

    def _derivatives(self, node, gradients):
        for number, gradient in enumerate(gradients):
            value = self.by_edge.get((node, number))
            if gradient is not None:
                self._derivative(value, gradient)

    def _contributions(self, operation, node, gradients):
        found = self._current().contributions
        for way, gradient in enumerate(gradients):
            link = operation.links.get((node, way))
            if link is None or gradient is None or self.shares and operation.operands[link[0]].uses == 1:
                # What comes over the only way is the derivative itself.
                continue
            key, data = (operation, *link), held(gradient, self.most)
            old = found.get(key)
            found[key] = data if old is None or data is None else old + data

    # What came of it.

    def trace(self, of=None, entries=None, number=-1):
        """The trace of what was recorded, a :class:`graphviz_grad.Trace`.

        `of` is a name in the program, or a tensor that a backward pass began at; without it the output is what
        the last pass began at, or pass `number`.
        """
        from .telling import told_trace

        return told_trace(self, of, number, self.most if entries is None else entries)

    def write(self, path, **options):
        """Writes the trace to a file."""
        return self.trace(**options).write(path)

    def drawing(self, of=None, number=-1, parameters=True, **options):
        """The figure, with options of ``graphviz-grad render``.

        Parameters of modules that are closed are in their boxes, as those of the innermost modules are where there
        are more than twelve parameters; ``open=`` shows them. With ``parameters=False`` they are left out.
        """
        from .telling import size_for_drawing, told_trace

        return told_trace(self, of, number, *size_for_drawing(self), parameters).drawing(**options)

    def draw(self, path=None, *, of=None, number=-1, parameters=True, **options):
        """Draws to a file, whose extension is the format; without one, returns the figure."""
        drawing = self.drawing(of, number, parameters, **options)
        return drawing if path is None else drawing.draw(path)

    def svg(self, **options):
        """The text of the figure as SVG."""
        return self.drawing(**options).svg()

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.drawing()._repr_mimebundle_(include, exclude)


class Pass:
    """One call of ``backward``: what it began at, the derivatives of values, the contributions of operands."""

    __slots__ = ("roots", "derivatives", "contributions")

    def __init__(self, roots):
        self.roots, self.derivatives, self.contributions = roots, {}, {}


def _is_in_place(function, name, args, kwargs):
    if name.endswith("_") and not name.endswith("__") or name.startswith("__i") and name != "__invert__":
        return True
    if name == "__setitem__":
        return True
    # F.relu(x, inplace=True), also by position.
    code = getattr(function, "__code__", None)
    known = code.co_varnames[:code.co_argcount] if code else ()
    if "inplace" not in known:
        return False
    at = known.index("inplace")
    return bool(kwargs.get("inplace", args[at] if at < len(args) else False))


def _is_loading(frame):
    """Whether a loader of data is at work, whose batches are inputs."""
    while frame is not None:
        if CODE_OF_DATA in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def _attributes(function, plain, args, kwargs):
    """The arguments that are no tensors, by their names where they have some, else by their places."""
    code = getattr(function, "__code__", None)
    known = code.co_varnames[:code.co_argcount] if code else ()
    found = {}
    for place, value in enumerate(args):
        found[known[place] if place < len(known) else place] = value
    found.update(kwargs)
    if plain in ("getitem", "setitem"):
        return {"index": args[1]}
    return {key: value for key, value in found.items() if not any(True for _ in tensors_in(value))}

