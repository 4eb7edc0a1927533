"""What comes on the way back: hooks that keep it, and passes that sort it when somebody asks."""

from __future__ import annotations

import sys

import torch

from . import derivative_graph, private
from .again import Again
from .held import Blocks, kept
from .names import names_of, parts_of
from .tensors import tensors_in
from .values import Values


# The number of the node of an operation that has one.
ALONE = (0,)


class Hook:
    """Keeps what a node of the graph is given on the way back, until the recording ends: to forget what it is of takes a
    tenth of the time that it takes to remove it. Gradients have the sizes of what they are of, so that they are kept as
    they are."""

    __slots__ = ("arrived", "operation", "number")

    def __init__(self, arrived, operation, number):
        self.arrived, self.operation, self.number = arrived, operation, number

    def __call__(self, inputs, outputs):
        if self.arrived is not None:
            self.arrived.events.append((self.operation, self.number, inputs, outputs))


class HookOfLarge(Hook):
    """The same for arrays that are summed up, unless nobody asks for them."""

    __slots__ = ("most", "shares")

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
        # What ran again and gave something else, in words.
        self.differs = None
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
                    self._derivatives[operation] = kept(outputs)
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


class Passes(Values):
    """Values and operations with the passes that went back through them."""

    # Whether a value that is used once lends its derivative to that use.
    shares = True

    def watch(self, operation):
        if len(operation.nodes) == 1:
            operation.heard = ALONE
            if self.has_blocks:
                self._listen(operation, 0)
            else:
                hook = Hook(self.arrived, operation, 0)
                self.hooks.append(hook)
                operation.nodes[0].register_hook(hook)
            return
        # Nodes between others of the same operation have nothing to say.
        operation.heard = {number for number, _ in (*operation.links, *operation.made)}
        for number in operation.heard:
            self._listen(operation, number)

    def watch_late(self, operation, number):
        if number not in operation.heard:
            operation.heard = {*operation.heard, number}
            self._listen(operation, number)

    def _listen(self, operation, number):
        if self.has_blocks and not operation.is_small():
            hook = HookOfLarge(self.arrived, operation, number)
            hook.most, hook.shares = self.most, self.shares
        else:
            hook = Hook(self.arrived, operation, number)
        self.hooks.append(hook)
        operation.nodes[number].register_hook(hook)

    def watch_leaf(self, tensor, value):
        key = id(tensor)
        if key not in self.leaves:
            # One hook a tensor, whatever its versions.
            if private.has_hooks(tensor):
                value.take_hook()
            # A complex number is two.
            self._listen_to_leaf(tensor, key, self.most if type(value.data) is Blocks else 2 * tensor.numel())
        self.leaves[key] = value

    def _listen_to_leaf(self, tensor, key, most):
        arrived, leaves, is_small = self.arrived, self.leaves, most >= tensor.numel()

        def hook(gradient):
            arrived.events.append((leaves.get(key), None, None, gradient if is_small else kept(gradient, most)))

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
        again = Again(self)
        try:
            return self._gone_back(function, args, kwargs, frame) if makes_graph else again.run(function, args, kwargs)
        finally:
            if self.running is not None:
                self.running.differs = again.differs
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


    def _hooked(self, function, args, kwargs):
        """A hook of the program may change a derivative, which is then no sum any more; it is asked before those here."""
        handle = function(*args, **kwargs)
        value = self.known(args[0])
        if value is not None and not private.is_ours(args[1] if len(args) > 1 else kwargs.get("hook")):
            value.take_hook()
            if value in self.leaves.values():
                self.handles_of_leaves.pop(id(args[0])).remove()
                self._listen_to_leaf(args[0], id(args[0]), self.most)
        return handle

    def reason(self, place="it"):
        """Why nothing was recorded."""
        if self.step is not None and self.passes_seen < self.step - 1:
            calls = "1 call" if self.passes_seen == 1 else f"{self.passes_seen} calls"
            return f"there were {calls} of backward(), and step {self.step} is asked for"
        return f"no operation of PyTorch ran in {place}" if self.step in (None, 1) else \
            f"no operation of PyTorch ran in {place} after call {self.passes_seen} of backward()"
