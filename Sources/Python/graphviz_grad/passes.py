"""What comes on the way back: hooks that keep it, and passes that sort it when somebody asks."""

from __future__ import annotations

import sys
from itertools import islice

import torch

from . import derivative_graph, private
from .again import Again
from .held import Blocks, kept
from .names import names_of, parts_of
from .private import ACCUMULATE
from .tensors import tensors_in
from .values import Values


class Hook:
    """Keeps what a node of the graph is given on the way back, until the recording ends. Gradients have the sizes of what
    they are of, so that they are kept as they are."""

    __slots__ = ("arrived", "number")

    def __init__(self, arrived, number):
        self.arrived, self.number = arrived, number

    def __call__(self, inputs, outputs):
        events = self.arrived.events
        if events is not None:
            events.append((self.number, inputs, outputs))


class HookOfLarge(Hook):
    """The same for arrays that are summed up, unless nobody asks for them."""

    __slots__ = ("operation", "node", "most", "shares")

    def __call__(self, inputs, outputs):
        events, operation, node, most = self.arrived.events, self.operation, self.node, self.most
        if events is None or operation is None:
            return
        events.append((
            self.number,
            [kept(g, most) if operation.adds(node, way, self.shares) else None for way, g in enumerate(inputs)],
            [kept(g, most) if (node, i) in operation.made else None for i, g in enumerate(outputs)]))


class Arrived:
    """Where hooks put what they are given: the events of the pass that runs, or ran last; None when the recording has
    ended. An event is the number of a node, or the value that is a leaf, and what came in and went out."""

    __slots__ = ("events",)

    def __init__(self):
        self.events = []


class Pass:
    """One call of ``backward``: what it began at, the derivatives of values, the contributions of operands.

    `seeds` has by each value that it began at what the pass adds to its derivative there.
    """

    def __init__(self, roots, shares, places, events=None):
        self.seeds = {}
        # What ran again and gave something else, in words.
        self.differs = None
        self.roots, self.shares, self.events = roots, shares, [] if events is None else events
        # By the number of a node, the operation that it is of and its number there.
        self.places = places
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
        for place, inputs, outputs in events:
            if type(place) is not int:
                if place is not None and outputs is not None:
                    self._derivatives[place] = kept(outputs)
                continue
            operation, node = self.places[place]
            if node is None:
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

    def listen(self, roots):
        """Puts hooks on all of the graph that a pass goes through, where none are yet."""
        if self.has_blocks:
            self.settle()
            for operation in self._operations:
                self.listen_to(operation)
            return
        arrived, heard, leaves, seen = self.arrived, self.heard, self.leaves, self.leaf_nodes
        is_closed, stack = False, [tensor.grad_fn for tensor in roots]
        while stack:
            node = stack.pop()
            if node is None or node in heard:
                continue
            node.register_hook(Hook(arrived, len(heard)))
            heard[node] = len(heard)
            for target, _ in node.next_functions:
                if type(target) is not ACCUMULATE:
                    if target not in heard:
                        stack.append(target)
                elif target not in seen:
                    seen.add(target)
                    is_closed = is_closed or id(target.variable) not in leaves
        if is_closed:
            # Operations have leaves that nobody saw them be given: these are looked up while they are as they were.
            self.settle()

    def listen_to(self, operation):
        """Puts hooks on the nodes of an operation; those between others of it have nothing to say."""
        is_small = operation.is_small()
        for number in {number for number, _ in (*operation.links, *operation.made)}:
            node = operation.nodes[number]
            if node in self.heard:
                continue
            if is_small:
                hook = Hook(self.arrived, len(self.heard))
            else:
                hook = HookOfLarge(self.arrived, len(self.heard))
                hook.operation, hook.node, hook.most, hook.shares = operation, number, self.most, self.shares
                self.hooks.append(hook)
            self.heard[node] = len(self.heard)
            node.register_hook(hook)

    def settle(self):
        """Finds the places of operations that wait, and those of the nodes that were heard of."""
        super().settle()
        for node in islice(self.heard, len(self.places), None):
            self.places.append(self.owner.get(node) or (None, None))

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
            if arrived.events is not None:
                arrived.events.append((leaves.get(key), None, gradient if is_small else kept(gradient, most)))

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
            self.running = Pass([self._root(t, frame) for t in roots], self.shares, self.places)
            self.listen(roots)
            self.running.weigh(roots, [given] if isinstance(given, torch.Tensor) else given)
            self._passes.append(self.running)
            self.arrived.events = self.running.events
            self.keeps_graph = self.keeps_graph or derivative_graph.keeps_graph(name, args, kwargs)
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
        tensor, hook = args[0], args[1] if len(args) > 1 else kwargs.get("hook")
        if private.is_ours(hook):
            return handle
        value = self.known(tensor) if tensor.grad_fn is None else self.value_of(tensor)
        if value is not None:
            value.take_hook()
            if value in self.leaves.values():
                self.handles_of_leaves.pop(id(tensor)).remove()
                self._listen_to_leaf(tensor, id(tensor), self.most)
        return handle

    def reason(self, place="it"):
        """Why nothing was recorded."""
        if self.step is not None and self.passes_seen < self.step - 1:
            calls = "1 call" if self.passes_seen == 1 else f"{self.passes_seen} calls"
            return f"there were {calls} of backward(), and step {self.step} is asked for"
        return f"no operation of PyTorch ran in {place}" if self.step in (None, 1) else \
            f"no operation of PyTorch ran in {place} after call {self.passes_seen} of backward()"
