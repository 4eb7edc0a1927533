"""What is recorded of a PyTorch computation: values, operations, and the graph that autograd has of them."""

from __future__ import annotations

import re
import weakref

from torch import strided

from .command import GradError
from .held import PLAIN, ROOM, Blocks, held
from .links import Links
from .operations import Operation, Value
from .private import arguments_of_node, base_of, sees_backward, version_of

VIEW = "view of a changed array"
# Several operations that nobody saw.
UNSEEN = "unseen"
# What stands for the hooks of a module, which may change what comes back.
MODULE_HOOK = "register_full_backward_hook"


class Values(Links):
    """All values and operations of a recording, and which tensor is which value.

    A tensor with a place in autograd's graph is known by that place, the node and the number of its output,
    so that a change in place, which moves it to another node, makes a new value. Others are known by identity
    and version.
    """

    # Whether every call of `backward` is seen; else hooks are put on operations as they are made.
    sees_backward = sees_backward

    def __init__(self, most, name_of):
        super().__init__()
        self.most, self.name_of, self.room = most, name_of, ROOM
        # Whether a value is there of which no more than a summary is kept.
        self.has_blocks = False
        self._operations, self._values = [], []
        self.by_edge, self.by_id, self.by_tensor = {}, {}, {}

    def value_recorded(self, tensor):
        """The value that a tensor was last seen as; None if it was not seen."""
        known = self.by_tensor.get(id(tensor))
        return known[1] if known is not None and known[0]() is tensor else None

    def value_of(self, tensor):
        """The value that a tensor is now, which is new if it was made out of sight."""
        node = tensor.grad_fn
        if node is not None:
            key = (node, tensor.output_nr)
            value = self.by_edge.get(key)
            if value is None:
                self.settle()
                value = self.by_edge.get(key)
            if value is None:
                if node in self.owner:
                    operation, number = self.owner[node]
                    value = self.new(operation, len(operation.values), tensor)
                    operation.made[number, key[1]] = value
                    operation.join()
                    _, name, _ = self.place_of_unseen(tensor)
                    if name is not None:
                        value.name, value.scope = name
                    return value
                value = self._unseen(tensor)
            return value
        value = self._known_by_identity(tensor)
        if value is not None:
            return value
        before = self.value_recorded(tensor)
        is_filled = before is not None and before.is_input and before.operation.name != "input"
        # What was made of nothing in a call, and filled there since, as by `torch.empty(n).bernoulli_(p)`, is an input there.
        operation = Operation("input", call=before.operation.call if is_filled else ())
        self._operations.append(operation)
        return self.new(operation, 0, tensor, before.made_in if is_filled else None)

    def _unseen(self, tensor):
        """The value of a tensor that an operation out of sight has made, or another view of what was changed in place; it
        is in the calls around what uses it first."""
        node, base = tensor.grad_fn, base_of(tensor)
        is_changed = base is not None and version_of(tensor) > 0
        call, name, made = self.place_of_unseen(tensor)
        function, sources = made or (name_of_node(node, is_changed), [])
        if function.startswith("Checkpoint"):
            raise GradError(
                "torch.utils.checkpoint with use_reentrant=True cannot be recorded, as its inside has no place in "
                "the graph; use use_reentrant=False")
        operation = Operation(function, sources, call=call)
        self.adopt(operation, [tensor], None, sources, None)
        self.settle()
        if name is not None:
            operation.values[0].name, operation.values[0].scope = name
        if is_changed and base.numel() == tensor.numel() and base.is_contiguous() and tensor.is_contiguous():
            operation.name = "view"
        elif len(operation.nodes) > 1 and made is None:
            # The last of them does not say what all do, as another thread or a script has run them.
            operation.name = UNSEEN
        elif not is_changed:
            operation.attributes = arguments_of_node(node)
        return self.by_edge[(node, tensor.output_nr)]

    def known(self, tensor):
        """The value that a tensor is now; None if it is new."""
        if tensor.grad_fn is not None:
            return self.by_edge.get((tensor.grad_fn, tensor.output_nr))
        return self._known_by_identity(tensor)

    def _known_by_identity(self, tensor):
        """The value that a tensor without a place in the graph is now. One that `requires_grad_` has made a leaf begins
        anew, as an input, whatever it was computed from: PyTorch goes no further back."""
        known = self.by_id.get(id(tensor))
        is_known = known is not None and known[0]() is tensor and known[1] == version_of(tensor)
        return known[2] if is_known and known[2].has_gradient == tensor.requires_grad else None

    def new(self, operation, part, tensor, made_in=None):
        """Makes a value of a tensor; the call whose frame has the identity `made_in` has made what is an input."""
        dtype, has_gradient = tensor.dtype, tensor.requires_grad
        if dtype in PLAIN and tensor.is_cpu and tensor.layout is strided and tensor.numel() <= self.most:
            data = tensor.clone()
            if data.requires_grad:
                data = data.detach()
        else:
            data = self._held(tensor)
        value = Value(operation, part, data, tensor.shape, dtype, has_gradient)
        self._values.append(value)
        operation.values.append(value)
        node = tensor.grad_fn
        self.remember(tensor, node, value)
        if not operation.operands:
            value.is_input = True
            if operation.name == "input":
                value.made_in = made_in
                value.name, value.call = self.name_of(tensor, made_in)
            else:
                value.made_of_nothing = True
            if node is None and has_gradient:
                # What an operation makes of others, as in a function of the program's own, is no leaf for long.
                value.leaf = id(tensor)
                self.watch_leaf(tensor, value)
        return value

    def remember(self, tensor, node, value):
        """Keeps which tensor is which value; `node` is what the graph has of it."""
        reference = weakref.ref(tensor)
        self.by_tensor[id(tensor)] = reference, value
        if node is not None:
            self.by_edge[node, tensor.output_nr] = value
        else:
            self.by_id[id(tensor)] = reference, version_of(tensor), value

    def made(self, operation, values, edges, slots, sources, weight):
        """Gives an operation its values, which were there before it."""
        for value in values:
            value.operation = operation
        operation.values.extend(values)
        self._values.extend(values)
        self._operations.append(operation)
        if edges or weight is not None:
            self.waiting.append((operation, edges, slots, sources, None, weight))

    def copied(self, tensor):
        """A copy of the entries of a tensor that is kept as it is; None for others. Called where no graph is made."""
        count = tensor.numel()
        if tensor.dtype not in PLAIN or not tensor.is_cpu or tensor.layout is not strided:
            return None
        if count > self.most:
            if count > self.room:
                return None
            self.room -= count
        return tensor.clone()

    def _held(self, tensor):
        """The entries of a tensor as they are now, also of a large one while there is room."""
        count = tensor.numel()
        if tensor.is_cpu and tensor.dtype in PLAIN and tensor.layout is strided and count <= self.room:
            self.room -= count
            return tensor.detach().clone()
        data = held(tensor, self.most)
        self.has_blocks = self.has_blocks or type(data) is Blocks
        return data

    def adopt(self, operation, outputs, slots, sources, aliases, weight=None):
        """Gives an operation its values; its places in the graph are found when somebody asks.

        `slots` are the operands that `sources` stand in, None for all in order; `aliases` are nodes through which one
        operand alone is seen, and which are that operand; `weight` is where the graph has that of a `linear`, or its
        identity, with its shape.
        """
        self.make()
        self._operations.append(operation)
        by_edge, edges = self.by_edge, []
        if aliases:
            for node, slot in aliases.items():
                value = operation.operands[slot]
                by_edge[node, 0], self.owner[node] = value, (value.operation, None)
        for part, tensor in enumerate(outputs):
            node = tensor.grad_fn
            if node is None:
                self.new(operation, part, tensor)
            else:
                edge = node, tensor.output_nr
                if edge not in by_edge:
                    edges.append(edge)
                    self.new(operation, part, tensor)
        if edges or weight is not None:
            self.waiting.append((operation, edges, slots, sources, aliases, weight))
            if not self.sees_backward:
                self.settle()
                # It, and the part of it that stands before it.
                for one in self._operations[-2:]:
                    self.listen_to(one)

    def forget_graph(self):
        """Lets go of autograd's graph, and of what it keeps."""
        self.owner, self.by_edge = {}, {}
        for operation in self._operations:
            operation.nodes = ()

    # What a recorder knows of what was made out of sight, and does with what is new.

    def place_of_unseen(self, tensor):
        return (), None, None

    def watch_leaf(self, tensor, value):
        pass

    def listen_to(self, operation):
        pass


def node_name(node):
    """`Mul` of MulBackward0."""
    name = node.name().rsplit("::", 1)[-1]
    return re.sub(r"Backward\d*$", "", name)


def name_of_node(node, is_changed):
    """What an operation that nobody saw is called, by its node in the graph: `mul`, and `Square` for a function of the
    program's own, which is called SquareBackward."""
    if is_changed:
        return VIEW
    name = node_name(node)
    if name == "BackwardHookFunction":
        return MODULE_HOOK
    return name[:1].lower() + name[1:] if node.name()[-1:].isdigit() else name
