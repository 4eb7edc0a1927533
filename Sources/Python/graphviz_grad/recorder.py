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

import functools
import gc
import os
import sys
import warnings

import torch
from torch.overrides import TorchFunctionMode

from . import cells, derivative_graph, private
from .calls import Calls
from .command import GradError
from .linear import open_linear
from .maps import (
    ARITHMETIC, IGNORED, MAKERS, OTHERS, OVERWRITING, SINGLE_NODE, VIEWS, WITH_ARGUMENTS, WITH_NUMBERS, map_of,
    needs_partial)
from .names import Names, drop_snapshot, found_in, names_of, parts_of
from .private import running_transform
from .values import NO_TENSORS, Blocks, Operation, Value, Values, collect, kept, replaced, tensors_in

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
        self.called = recorder.called

    def __torch_function__(self, function, types, args=(), kwargs=None):
        return self.called(function, args, kwargs or {})


class Known:
    """What is asked of a function of PyTorch at each call of it."""

    __slots__ = ("kind", "name", "plain", "is_in_place", "inplace_at", "parameters", "is_arithmetic", "has_one_node",
                 "is_backwards", "keeps_arguments", "may_have_partial", "is_maker",
                 "takes_numbers")

    def __init__(self, function):
        name = getattr(function, "__name__", "")
        is_attribute = name == "__get__"
        if is_attribute:
            name = getattr(function.__self__, "__name__", "")
        self.name, self.plain = name, name.strip("_")
        if is_attribute and name not in VIEWS and name not in ("real", "imag", "data"):
            self.kind = PASSED
        elif name in ("backward", "grad") and str(getattr(function, "__module__", "")).startswith("torch"):
            self.kind = BACKWARD
        elif name == "__set__" and getattr(getattr(function, "__self__", None), "__name__", "") == "data":
            self.kind = DATA_SET
        elif name == "register_hook":
            self.kind = HOOK
        elif name in IGNORED:
            self.kind = PASSED
        else:
            self.kind = DATA if is_attribute and name == "data" else OPERATION
        code = getattr(function, "__code__", None)
        self.parameters = code.co_varnames[:code.co_argcount] if code else ()
        self.is_in_place = (
            name.endswith("_") and not name.endswith("__") or name.startswith("__i") and name != "__invert__"
            or name == "__setitem__")
        # F.relu(x, inplace=True), also by position.
        self.inplace_at = self.parameters.index("inplace") if "inplace" in self.parameters else None
        self.is_arithmetic = self.plain in ARITHMETIC
        self.has_one_node = self.plain in SINGLE_NODE
        # 2 - x calls x.__rsub__(2).
        self.is_backwards = self.is_arithmetic and name.startswith("__r")
        self.keeps_arguments = self.plain in WITH_ARGUMENTS
        self.may_have_partial = self.plain in OTHERS
        self.is_maker = self.plain in MAKERS
        self.takes_numbers = self.is_arithmetic or self.plain in WITH_NUMBERS

    def works_in_place(self, args, kwargs):
        """Whether a call of a function that may work in place does."""
        return bool(kwargs.get("inplace", args[self.inplace_at] if self.inplace_at < len(args) else False))


# While a recording lives, Python looks for garbage after so many new objects: all that is recorded stays, and to look
# at it again and again would take a third of the time.
GARBAGE_THRESHOLD = 100_000

# What functions are to a recorder.
PASSED, BACKWARD, DATA, DATA_SET, HOOK, OPERATION = range(6)
_known = {}


def known_of(function):
    known = _known[function] = Known(function)
    return known


class Recorder(Values):
    """What ``record()`` returns: records inside ``with``, and draws what it has recorded."""

    # Whether a value that is used once lends its derivative to that use.
    shares = True

    def __init__(self, entries=10_000, step=None, open=(), names=True):
        self.names = Names(names)
        self.calls = Calls(self.names)
        self.names.scope_of = self.calls.known
        self.calls.is_awake, self.calls.left = self._is_awake, self._left
        self.step, self.open, self.bodies = step, frozenset(open), {}
        self.handles_of_leaves, self.hooks = {}, []
        self.is_done, self.passes_seen, self.has_warned = False, 0, False
        super().__init__(entries, self.names.name_of)
        self._clear()

    def _clear(self):
        self._unhook()
        self.operations, self.values, self.passes = [], [], []
        self.arrived = Arrived()
        self.owner, self.by_edge, self.by_id, self.by_tensor, self.leaves = {}, {}, {}, {}, {}
        # The place of the call of `sum` that ran last, and what it had then.
        self.running, self.summing = None, (None, None)
        # By identity, what `.data` has given, with the tensor that has the same memory.
        self.behind_data = {}
        # What operations within `vmap` took from outside and made, by identity: they are seen together when their
        # result is.
        self.mapped, self.made_within = {}, {}

    def _unhook(self):
        for handle in self.handles_of_leaves.values():
            handle.remove()
        for hook in self.hooks:
            hook.arrived = hook.operation = None
        self.handles_of_leaves, self.hooks = {}, []

    # Switching on and off.

    def __enter__(self):
        self.names.base = sys._getframe(1)
        self.calls.__enter__()
        self.stance, self.threshold = None, gc.get_threshold()
        if gc.isenabled() and 0 < self.threshold[0] < GARBAGE_THRESHOLD:
            gc.set_threshold(GARBAGE_THRESHOLD, *self.threshold[1:])
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
        gc.set_threshold(*self.threshold)

    def _finish(self):
        """Keeps what a figure shows, and lets go of autograd's graph, of hooks and of tensors."""
        self._unhook()
        self.is_done, self.running = True, None
        if self.arrived.events and not self.passes:
            # Nobody saw who called for these gradients.
            self.passes.append(Pass([], self.shares, self.arrived.events))
        self.forget_graph()
        self.leaves, self.bodies, self.behind_data = {}, {}, {}
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
        known = _known.get(function) or known_of(function)
        kind = known.kind
        if kind == PASSED:
            return function(*args, **kwargs)
        if kind == BACKWARD:
            if self.is_done or self.running is not None:
                return function(*args, **kwargs)
            return self._backward(function, known.name, args, kwargs)
        if self.running is not None or self.is_done or self.step is not None and self._is_asleep():
            return function(*args, **kwargs)
        if kind == DATA_SET:
            self._forget(args[0], 5)
            return function(*args, **kwargs)
        if kind == DATA:
            # It has the same memory: what is changed through it is looked up anew.
            result = function(*args, **kwargs)
            self.behind_data[id(result)] = result, args[0]
            return result
        if kind == HOOK:
            return self._hooked(function, args, kwargs)
        if self.stance is None:
            self._run_eagerly()
        if known.name in self.open:
            body = self._body(function, known.name)
            if body is not None:
                with Mode(self):
                    return body(*args, **kwargs)
        return self._call(function, known, args, kwargs)

    def _hooked(self, function, args, kwargs):
        """A hook of the program may change a derivative, which is then no sum any more; it is asked before those here."""
        handle = function(*args, **kwargs)
        value = self.known(args[0])
        if value is not None:
            value.take_hook()
            if value in self.leaves.values():
                self.handles_of_leaves.pop(id(args[0])).remove()
                self._listen_to_leaf(args[0], id(args[0]), self.most)
        return handle

    def _body(self, function, name):
        if name not in self.bodies:
            self.bodies[name] = cells.BODIES.get(name) or private.opened(function)
        return self.bodies[name]

    def _call(self, function, known, args, kwargs):
        operands = []
        for item in args:
            if isinstance(item, torch.Tensor):
                if item.numel() > 0:
                    operands.append(item)
            elif type(item) not in NO_TENSORS:
                collect((item,), operands)
        if kwargs:
            collect(kwargs.values(), operands)
        if running_transform() is not None and private.is_transformed(operands):
            return self._map(function, args, kwargs, operands)
        is_in_place = known.is_in_place or known.inplace_at is not None and known.works_in_place(args, kwargs)
        changed = base = sources = None
        if is_in_place:
            changed = operands[0] if operands else None
            if self._changes_data(changed):
                return function(*args, **kwargs)
            if changed is not None and changed.is_leaf and changed.requires_grad:
                # An optimiser's step, or the making of a parameter.
                return function(*args, **kwargs)
            if known.name in OVERWRITING and changed is not None and not changed.requires_grad:
                return function(*args, **kwargs)
            base = private.base_of(changed) if changed is not None and torch.is_grad_enabled() else None
            view = self.known(changed) if base is not None else None
            if base is not None:
                # A view changes what it is of; the view is then looked up anew.
                operands[0] = base
            sources = [self.value_of(t) for t in operands]
        aliases = None
        if len(operands) > 1 and not (is_in_place or known.has_one_node) \
                and len(set(map(id, operands))) < len(operands):
            args, kwargs, aliases = self._kept_apart(operands, args, kwargs)
        result = function(*args, **kwargs)
        if not is_in_place and type(result) is torch.Tensor:
            outputs = [result]
            for operand in operands:
                if operand is result:
                    return result
            if result.numel() == 0:
                return result
        else:
            outputs = self._outputs(result, operands, changed if base is None else base, is_in_place)
            if not outputs:
                return result
        if known.is_maker:
            operands = []
        stack = sys._getframe(3)
        frame, is_inside = self.names.caller(stack)
        if not outputs[0].requires_grad and _is_preparing(stack, self.names.base):
            return result
        if sources is None:
            sources, by_edge = [], self.by_edge
            for tensor in operands:
                node = tensor.grad_fn
                value = by_edge.get((node, tensor.output_nr)) if node is not None else None
                if value is None:
                    value = self.value_of(tensor)
                    if value.name is None and value.made_of_nothing:
                        self._name_made(value, tensor)
                sources.append(value)
        slots, of_tensors = sources, range(len(sources))
        if known.takes_numbers:
            slots, of_tensors = self._with_numbers(known, sources, args if known.is_arithmetic else (*args, *kwargs.values()))
        site = self.names.site(frame)
        name = known.plain if base is None else _name_on_view(known, changed, base, operands) + _place_in(view, sources[0])
        operation = Operation(name, slots, site, self.calls.around(stack))
        if known.keeps_arguments:
            operation.attributes = _attributes(known, args, kwargs)
        if known.name == "linear" and not aliases and 2 <= len(sources) == len(operands) <= 3:
            open_linear(self, operation, result, operands[1], sources)
        self.adopt(
            operation, outputs, list(of_tensors), list(sources),
            {node: of_tensors[number] for node, number in aliases.items()} if aliases else None)
        if len(operation.values) > 1:
            operation.find_uses()
        if known.may_have_partial and needs_partial(operation, self.most):
            operation.partial = private.unary_partial(operation.nodes[0], outputs[0].detach())
        if changed is not None and operation.values and sources:
            operation.values[0].name = sources[0].name
        if not is_inside and operation.values:
            if len(operation.values) == 1 and (is_in_place or type(result) is torch.Tensor):
                if site.is_sum:
                    self._sum_goes_on(operation, sources, site)
                self.names.christen([(None, "", operation.values[0])], frame, site)
            else:
                parts = parts_of(result, self.value_recorded)
                self.names.christen([part for part in parts if part[2].operation is operation], frame, site)
        return result

    def _map(self, function, args, kwargs, operands):
        """Runs an operation within `vmap`, and keeps which tensors of the program it takes."""
        result = function(*args, **kwargs)
        for tensor in map(private.outside_of, operands):
            if tensor is not None and id(tensor) not in self.made_within:
                self.mapped[id(tensor)] = tensor
        for tensor in map(private.outside_of, tensors_in(result)):
            self.made_within[id(tensor)] = tensor
        return result

    def _changes_data(self, changed):
        """Whether a tensor that is changed is the `.data` of another, whose value is then another."""
        for tensor in () if changed is None or not self.behind_data else (changed, private.base_of(changed)):
            data, owner = self.behind_data.get(id(tensor), (None, None))
            if data is not tensor or data is None:
                continue
            self._forget(owner, 6)
            return True
        return False

    def _forget(self, owner, depth):
        """Looks a tensor up anew whose numbers have changed behind autograd's back."""
        value = self.known(owner)
        self.by_id.pop(id(owner), None)
        if value is not None and (owner.grad_fn is not None or value.uses) and not self.has_warned:
            self.has_warned = True
            warnings.warn(
                "values that are changed through .data after they were used are shown as they were before, and PyTorch "
                "goes back with the new ones", stacklevel=depth)

    def _name_made(self, value, tensor):
        """Names what was made of nothing, as by `torch.zeros`, after the variable that has it where it is used first."""
        value.made_of_nothing = False
        name, call = self.names.name_of(tensor)
        if name is not None:
            value.name, value.call = name, call or ()

    def _sum_goes_on(self, operation, sources, site):
        """Of the sums that `sum(parts)` runs, the last alone has the name of the result."""
        before, value = self.summing
        if before is site and value in sources:
            value.name = value.scope = None
        self.summing = site, operation.values[0]

    @staticmethod
    def _outputs(result, operands, changed, is_in_place):
        """The tensors that an operation has made, or has changed."""
        if changed is not None:
            outputs = [changed]
        else:
            outputs = tensors_in(result)
        if not is_in_place:
            outputs = [t for t in outputs if not any([t is operand for operand in operands])]
        if len(outputs) > 1 and any(t.requires_grad for t in outputs):
            outputs = [t for t in outputs if t.requires_grad]
        return outputs

    @staticmethod
    def _with_numbers(known, sources, args):
        """The operands of arithmetic and the like, with numbers among them, and which of them the tensors are."""
        slots = list(sources)
        for place, number in enumerate(args):
            if type(number) in (int, float):
                slots.insert(place, number)
        if known.is_backwards:
            slots.reverse()
        places = [place for place, slot in enumerate(slots) if isinstance(slot, Value)]
        return slots, places[::-1] if known.is_backwards else places

    @staticmethod
    def _kept_apart(operands, args, kwargs):
        """The arguments with a view for each operand that stands there twice, so that the graph tells which
        is which; and by the views' nodes, their operands."""
        aliases = {}
        if not torch.is_grad_enabled():
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
        parts = parts_of(output, self.value_recorded)
        if parts:
            self.names.christen(parts, frame)

    # The way back. What hooks are given is only kept while it comes, and sorted when somebody asks for it.

    def place_of_unseen(self, tensor):
        """The calls around what uses a tensor, what it is called there, and what is known of how it was made."""
        frame, _ = self.names.caller(sys._getframe(3))
        made = None
        if self.mapped:
            # What asks for derivatives, the graph leads to.
            sources = [self.value_of(one) for one in self.mapped.values() if not one.requires_grad]
            made = "vmap", [source for source in sources if source.name is not None or source.operation.operands]
            self.mapped, self.made_within = {}, {}
        return self.calls.around(frame), self.names.name_of_variable(frame, tensor), made

    def watch(self, operation):
        if operation.name.startswith("Checkpoint"):
            raise GradError(
                "torch.utils.checkpoint with use_reentrant=True cannot be recorded, as its inside has no place in "
                "the graph; use use_reentrant=False")
        kind = Hook if operation.is_small() else HookOfLarge
        # Nodes between others of the same operation have nothing to say.
        heard = {number for number, _ in (*operation.links, *operation.made)} if len(operation.nodes) > 1 else (0,)
        operation.heard = heard
        for number in heard:
            hook = kind(self, operation, number)
            self.hooks.append(hook)
            operation.nodes[number].register_hook(hook)

    def watch_late(self, operation, number):
        if number not in operation.heard:
            operation.heard = {*operation.heard, number}
            hook = (Hook if operation.is_small() else HookOfLarge)(self, operation, number)
            self.hooks.append(hook)
            operation.nodes[number].register_hook(hook)

    def watch_leaf(self, tensor, value):
        key = id(tensor)
        if key not in self.leaves:
            # One hook a tensor, whatever its versions.
            if private.has_hooks(tensor):
                value.take_hook()
            self._listen_to_leaf(tensor, key, self.most if type(value.data) is Blocks else tensor.numel())
        self.leaves[key] = value

    def _listen_to_leaf(self, tensor, key, most):
        arrived, leaves = self.arrived, self.leaves

        def hook(gradient):
            arrived.events.append((leaves.get(key), None, None, kept(gradient, most)))

        self.handles_of_leaves[key] = tensor.register_hook(hook)

    def _backward(self, function, name, args, kwargs):
        given = kwargs.get("tensors", kwargs.get("outputs", args[0] if args else ()))
        roots = tensors_in(given)
        makes_graph = derivative_graph.asks_for_graph(name, args, kwargs)
        # A derivative that the program goes on with is a part of the step.
        self.passes_seen += not makes_graph
        if makes_graph and self._is_asleep():
            return function(*args, **kwargs)
        if self.step is None or makes_graph or self.passes_seen >= self.step:
            frame, _ = self.names.caller(sys._getframe(3))
            given = kwargs.get("grad_tensors", kwargs.get("grad_outputs", args[1] if len(args) > 1 else None))
            self.running = Pass([self._root(t, frame) for t in roots], self.shares)
            self.running.weigh(roots, [given] if isinstance(given, torch.Tensor) else given)
            self.passes.append(self.running)
            self.arrived.events = self.running.events
        try:
            return self._gone_back(function, args, kwargs, frame) if makes_graph else function(*args, **kwargs)
        finally:
            self.running = None
            if self.step is not None and not makes_graph and self.passes_seen >= self.step:
                self._finish()

    def _gone_back(self, function, args, kwargs, frame):
        """Runs a pass that makes a graph, and records that as operations within a call."""
        with derivative_graph.Going() as going:
            result = function(*args, **kwargs)
        site = self.names.site(frame)
        call = (*self.calls.around(frame), self.calls.numbered("grad"))
        derivative_graph.adopt(self, going.seen, site, call)
        self.names.christen(parts_of(result, self.value_recorded), frame, site)
        return result

    def _root(self, tensor, frame):
        """The value that a pass begins at, called as it is where the pass is asked for."""
        value = self.value_of(tensor)
        names = names_of(frame, tensor)
        if names and value.name not in names:
            value.name, value.scope = names[0], self.calls.known(frame)
        return value

    def reason(self, place="it"):
        """Why nothing was recorded."""
        if self.step is not None and self.passes_seen < self.step - 1:
            calls = "1 call" if self.passes_seen == 1 else f"{self.passes_seen} calls"
            return f"there were {calls} of backward(), and step {self.step} is asked for"
        return f"no operation of PyTorch ran in {place}" if self.step in (None, 1) else \
            f"no operation of PyTorch ran in {place} after call {self.passes_seen} of backward()"

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

    def _mime_(self):
        return self.drawing()._mime_()


class Hook:
    """Keeps what a node of the graph is given on the way back, until the recording ends: to forget what it is of takes a
    tenth of the time that it takes to remove it. Gradients have the sizes of what they are of, so that they are kept as
    they are."""

    __slots__ = ("arrived", "operation", "number", "most", "shares")

    def __init__(self, recorder, operation, number):
        self.arrived, self.most, self.shares = recorder.arrived, recorder.most, recorder.shares
        self.operation, self.number = operation, number

    def __call__(self, inputs, outputs):
        if self.arrived is not None:
            self.arrived.events.append((self.operation, self.number, inputs, outputs))


class HookOfLarge(Hook):
    """The same for arrays that are summed up, unless nobody asks for them."""

    __slots__ = ()

    def __call__(self, inputs, outputs):
        operation, number, most = self.operation, self.number, self.most
        if operation is None:
            return
        self.arrived.events.append((
            operation, number,
            [kept(g, most) if operation.adds(number, way, self.shares) else None for way, g in enumerate(inputs)],
            [kept(g, most) if (number, i) in operation.made else None for i, g in enumerate(outputs)]))


class Arrived:
    """Where hooks put what they are given: the events of the pass that runs, or ran last."""

    __slots__ = ("events",)

    def __init__(self):
        self.events = []


class Pass:
    """One call of ``backward``: what it began at, the derivatives of values, the contributions of operands.

    `seeds` has by each value that it began at what the pass adds to its derivative there.
    """

    def __init__(self, roots, shares, events=None):
        self.seeds = {}
        self.roots, self.shares, self.events = roots, shares, [] if events is None else events
        self._derivatives, self._contributions = {}, {}

    def weigh(self, tensors, given):
        """Keeps what each of several values is weighed by: what is given for it, or 1."""
        if len(tensors) < 2:
            return
        given = given or [None] * len(tensors)
        for value, tensor, weight in zip(self.roots, tensors, given):
            weight = torch.ones_like(tensor) if weight is None else weight
            self.seeds[value] = self.seeds[value] + weight.detach() if value in self.seeds else weight.detach()

    @property
    def derivatives(self):
        self._sort()
        return self._derivatives

    @property
    def contributions(self):
        self._sort()
        return self._contributions

    def _sort(self):
        """Gives what has arrived to the values and the operands that it is of."""
        events, found = self.events[:], self._contributions
        self.events.clear()
        for operation, node, inputs, outputs in events:
            if node is None:
                if operation is not None and outputs is not None:
                    self._derivatives[operation] = outputs
                continue
            for number, gradient in enumerate(outputs):
                value = operation.made.get((node, number))
                if value is not None and gradient is not None:
                    self._derivatives[value] = kept(gradient)
            for way, gradient in enumerate(inputs):
                if gradient is None or not operation.adds(node, way, self.shares):
                    continue
                key, gradient = (operation, *operation.links[node, way]), kept(gradient)
                old = found.get(key)
                found[key] = gradient if old is None or gradient is None else old + gradient


def _is_preparing(frame, base):
    """Whether a loader of data is at work, whose batches are inputs, or a module is being made, whose buffers are."""
    while frame is not None and frame is not base:
        if _is_of_data(frame.f_code.co_filename):
            return True
        if frame.f_code.co_name == "__init__":
            variables = frame.f_locals
            is_module = isinstance(variables.get("self"), torch.nn.Module)
            drop_snapshot(frame, variables)
            if is_module:
                return True
        frame = frame.f_back
    return False


@functools.lru_cache(None)
def _is_of_data(file):
    return CODE_OF_DATA in file


def _name_on_view(known, view, base, operands):
    """What an operation is called that changes a view, and with it what that is of; where it changes all of that entry by
    entry, it is the same operation."""
    if len(operands) == 1 and view.numel() == base.numel():
        return known.plain
    plain = known.plain[1:] if known.name.startswith("__i") else known.plain
    return f"{plain}_"


def _place_in(view, whole):
    """Which entries of a value a view of it has, `[:, 0]`; nothing where it is not known as one."""
    if view is None or not view.operation.operands or view.operation.operands[0] is not whole:
        return ""
    index = map_of(view.operation, 0, view).get("index")
    return "" if index is None else f"[{index}]"


def _attributes(known, args, kwargs):
    """The arguments that are no tensors, by their names where they have some, else by their places."""
    if known.plain in ("getitem", "setitem"):
        return {"index": args[1]}
    names, found = known.parameters, {}
    for place, value in enumerate(args):
        found[names[place] if place < len(names) else place] = value
    found.update(kwargs)
    return {key: value for key, value in found.items() if not tensors_in(value)}
