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

import gc
import sys

from . import cells, private
from .calls import Calls
from .names import Names
from .observer import Mode, Observer
from .passes import Arrived, Pass


def record(entries=10_000, step=None, open=("multi_head_attention_forward", *cells.BODIES), names=True):
    """Records what runs in the block.

    Arrays of more than `entries` entries are summed up. In a training loop, `step` is the number of the call
    of ``backward`` that is kept, from 1; without it all of the block is. `open` names functions of PyTorch
    that are recorded as the operations inside them. ``names=False`` saves the time of looking up what
    variables are called.
    """
    return Recorder(entries, step, open, names)


# While a recording lives, Python looks for garbage after so many new objects: all that is recorded stays, and it would be
# looked at again and again.
GARBAGE_THRESHOLD = 100_000


class Recorder(Observer):
    """What ``record()`` returns: records inside ``with``, and draws what it has recorded."""

    def __init__(self, entries=10_000, step=None, open=(), names=True):
        self.names = Names(names)
        self.calls = Calls(self.names)
        self.names.scope_of = self.calls.known
        self.calls.is_awake, self.calls.left = self._is_awake, self.left
        self.step, self.open, self.bodies = step, frozenset(open), {}
        self.handles_of_leaves, self.hooks = {}, []
        self.is_done, self.passes_seen, self.has_warned = False, 0, False
        super().__init__(entries, self.names.name_of)
        self._clear()

    def _clear(self):
        self._unhook()
        self._operations, self._values, self._passes, self.unmade, self.waiting = [], [], [], [], []
        self.arrived = Arrived()
        # The nodes of the graph that hooks listen to, by number; the places of those that are found, and the nodes of leaves
        # that were seen. Whether a pass has left the graph with all that it keeps.
        self.heard, self.places, self.leaf_nodes, self.keeps_graph = {}, [], set(), False
        self.owner, self.by_edge, self.by_id, self.by_tensor, self.leaves = {}, {}, {}, {}, {}
        # The place of the call of `sum` that ran last, and what it had then.
        self.running, self.summing = None, (None, None)
        # Values that operations within functions of PyTorch's own have made, which a program may have by a name.
        self.handed_on = {}
        # The frame that was last asked whether it prepares something, and whether it does.
        self.asked = None, False
        # By identity, what `.data` has given, with the tensor that has the same memory.
        self.behind_data = {}
        # What operations within `vmap` took from outside and made, by identity: they are seen together when their
        # result is.
        self.mapped, self.made_within = {}, {}

    def _unhook(self):
        for handle in self.handles_of_leaves.values():
            handle.remove()
        for hook in self.hooks:
            hook.operation = None
        self.handles_of_leaves, self.hooks = {}, []

    # Switching on and off.

    def __enter__(self):
        self.names.base = sys._getframe(1)
        self.calls.__enter__()
        self.stance, self.threshold = None, gc.get_threshold()
        if gc.isenabled() and 0 < self.threshold[0] < GARBAGE_THRESHOLD:
            gc.set_threshold(GARBAGE_THRESHOLD, *self.threshold[1:])
        self.run_eagerly()
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
        del self.calls.is_awake, self.calls.left
        gc.set_threshold(*self.threshold)

    def __del__(self):
        # Values know their operations, and these their values: without the ring all of it goes at once, where Python
        # would look for garbage, and a loop that records again and again would hold many recordings until then.
        for operation in self._operations:
            operation.values = operation.made = operation.links = operation.uses = None

    def _finish(self):
        """Keeps what a figure shows, and lets go of hooks, of tensors, and of a graph that still keeps any."""
        self._unhook()
        self.is_done, self.running = True, None
        if self.arrived.events and not self._passes:
            # Nobody saw who called for these gradients.
            self._passes.append(Pass([], self.shares, self.places, self.arrived.events))
        if not self._passes or self.keeps_graph:
            self.settle()
        self.arrived.events = None
        self.leaves, self.leaf_nodes, self.bodies, self.behind_data, self.asked = {}, set(), {}, {}, (None, False)
        self.handed_on = {}
        self.calls.clear()

    def settle(self):
        """Reads the graph; after the end of the recording for the last time."""
        super().settle()
        if self.is_done and (self.heard or self.by_edge):
            self.forget_graph()
            self.heard, self.names.parameters = {}, {}

    @property
    def operations(self):
        """The operations, in the order in which they ran."""
        self.settle()
        return self._operations

    @property
    def values(self):
        """What operations have made, and what they were given."""
        self.settle()
        return self._values

    @property
    def passes(self):
        """The calls of ``backward``."""
        self.settle()
        return self._passes

    def run_eagerly(self):
        """Runs compiled models as they are written, once the program has loaded what compiles: its import takes a second."""
        if private.has_compiler():
            self.stance = private.eager()
            self.stance.__enter__()

    def _is_asleep(self):
        """Whether an earlier step than the one to be kept is running, or all is recorded."""
        return self.is_done or self.step is not None and self.passes_seen < self.step - 1

    def _is_awake(self):
        return self.running is None and not self.is_done and (self.step is None or not self._is_asleep())

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
