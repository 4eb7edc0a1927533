"""What is recorded of a PyTorch computation: values, operations, and the graph that autograd has of them."""

from __future__ import annotations

import math
import re
import types
import weakref

import torch

from .numbers import BLOCKS, Array, Summary
from .private import ACCUMULATE, arguments_of_node, base_of, version_of

VIEW = "view of a changed array"
# What stands for the hooks of a module, which may change what comes back.
MODULE_HOOK = "register_full_backward_hook"


class Value:
    """A tensor as it was when an operation had made it; a change in place makes another."""

    __slots__ = ("operation", "part", "data", "shape", "dtype", "name", "scope", "call", "has_gradient", "uses", "is_hooked",
                 "made_of_nothing", "hidden_in")

    def __init__(self, operation, part, tensor, data):
        self.operation, self.part, self.name, self.call = operation, part, None, ()
        self.shape, self.dtype = tuple(tensor.shape), name_of_type(tensor.dtype)
        self.data, self.has_gradient = data, tensor.requires_grad
        # The calls around the place where it has its name; None for those around its operation.
        self.scope = None
        # How many ways of the graph lead to it.
        self.uses = 0
        # Whether an operation without operands has made it.
        self.made_of_nothing = not operation.operands and operation.name != "input"
        # Whether a hook of the program may change its derivative.
        self.is_hooked = False
        # The operation, recorded as one, whose inside it is.
        self.hidden_in = None

    def take_hook(self):
        """What a hook may change is no longer what its only use adds."""
        self.is_hooked = True
        self.uses += 2

    @property
    def is_parameter(self):
        """Whether a module has it."""
        return bool(self.call) and not self.operation.operands


# What most operations have of what some have: fewer objects are made, and looked through by Python's garbage collector.
NOTHING = types.MappingProxyType({})


class Operation:
    """What made values, of operands that are values and numbers.

    `nodes` are what it has added to the graph. `links` says of each way out of one of them, as (node, number), both
    counted, which operand it leads to and which of the values it comes from, None if it comes from several; `made`
    says which value an output of a node is.
    """

    __slots__ = (
        "name", "operands", "values", "nodes", "links", "made", "place", "call", "attributes", "partial", "uses",
        "is_joint", "heard")

    def __init__(self, name, operands=(), place=None, call=(), attributes=None):
        self.name, self.operands, self.place, self.call = name, list(operands), place, call
        self.attributes, self.values, self.nodes, self.links, self.made = attributes or NOTHING, [], [], {}, {}
        # The partial of an elementwise operation, where it was asked for.
        self.partial = None
        # The numbers of the nodes that hooks listen to.
        self.heard = ()
        # By value, the operands that it alone uses, where the graph tells that; and whether there are others,
        # which several values use together.
        self.uses, self.is_joint = NOTHING, False

    @property
    def linked(self):
        """The operands that the graph leads to."""
        return {slot for slot, _ in self.links.values()}

    def is_small(self):
        """Whether all of its values and operands are kept entry by entry."""
        for value in self.values:
            if type(value.data) is Blocks:
                return False
        for operand in self.operands:
            if type(operand) is Value and type(operand.data) is Blocks:
                return False
        return True

    def adds(self, node, way, shares):
        """Whether a way out of a node adds to the derivative of an operand; where it is the only way to it, and that
        `shares`, it is the derivative itself."""
        link = self.links.get((node, way))
        return link is not None and not (shares and self.operands[link[0]].uses == 1)

    def sources(self, value):
        """The values that a value is computed from."""
        chosen = [self.operands[slot] for slot in self.uses.get(value, ())]
        if value not in self.uses or self.is_joint:
            chosen += [operand for operand in self.operands if getattr(operand, "operation", None) is not self]
        return [operand for operand in chosen if isinstance(operand, Value)]

    def join(self):
        """Says of an operation of one node, of which another result was seen late, that all use its operands together."""
        if len(self.nodes) == 1:
            self.links = {way: (slot, None) for way, (slot, _) in self.links.items()}
            self.find_uses()

    def find_uses(self):
        """Finds which operands each of several values is computed from."""
        if len(self.values) < 2 or not self.links:
            return
        own, self.uses = set(self.values), {}
        self.is_joint = any(user is None for _, user in self.links.values())
        for value in self.values:
            slots = {slot for slot, user in self.links.values() if user is value}
            if self.is_joint:
                # What comes from other operations is told of all values together.
                slots = {slot for slot in slots if self.operands[slot] in own}
            else:
                slots.update(slot for slot, operand in enumerate(self.operands) if not isinstance(operand, Value))
            self.uses[value] = sorted(slots)


# What the types of numbers are called in a trace.
_names_of_types = {}
# Types whose tensors need no second look.
_PLAIN = {torch.float32, torch.float64, torch.int64, torch.bool, torch.bfloat16, torch.float16}


# How many entries of arrays that are summed up in a trace a recording keeps whole until then: to copy them is ten times
# as fast as to sum them up, but a large model would not fit.
ROOM = 8_000_000


def name_of_type(dtype):
    name = _names_of_types.get(dtype)
    if name is None:
        name = _names_of_types[dtype] = str(dtype).replace("torch.", "")
    return name


def kept(gradient, most=1 << 62):
    """The entries of a gradient, which nobody changes any more, without a copy of them where they are few."""
    if not isinstance(gradient, torch.Tensor):
        return gradient
    if gradient.is_cpu and gradient.dtype in _PLAIN and gradient.layout is torch.strided and gradient.numel() <= most:
        return gradient.detach() if gradient.requires_grad else gradient
    return held(gradient, most)


def held(tensor, most, blocks=BLOCKS):
    """The entries, or above `most` what a figure can show of them; None for what has no numbers to show."""
    t = tensor.detach()
    if t.is_cpu and t.dtype in _PLAIN and t.layout is torch.strided and t.numel() <= most:
        return t.clone()
    if t.layout is not torch.strided:
        try:
            t = t.to_dense()
        except (RuntimeError, NotImplementedError):
            return None
    if t.is_complex() or t.is_quantized or t.device.type == "meta":
        return None
    if t.numel() <= max(most, 1):
        return t.clone() if t.device.type == "cpu" else t.cpu()
    f = t if t.dtype in (torch.float32, torch.float64) else t.float()
    means = _pooled(f.reshape(-1, f.shape[-1]), blocks)
    low, high = torch.aminmax(f)
    return Blocks(t.shape, t.dtype, low, high, torch.linalg.vector_norm(f), means)


def _pooled(matrix, blocks):
    """The means of blocks; equal ones of sizes that divide the matrix are ten times as fast as others."""
    height, width = matrix.shape
    rows, columns = _parts(height, blocks), _parts(width, blocks)
    if rows and columns:
        sums = matrix.view(rows, height // rows, width).sum(1) if rows < height else matrix
        if columns < width:
            sums = sums.view(rows, columns, width // columns).sum(2)
        return sums / (height // rows * (width // columns))
    size = (min(blocks, height), min(blocks, width))
    return torch.nn.functional.adaptive_avg_pool2d(matrix[None, None], size)[0, 0]


def _parts(count, most):
    """Into how many equal parts, of at most `most`, an axis is cut; 0 where that would be far fewer."""
    if count <= most:
        return count
    return next((parts for parts in range(most, most // 3, -1) if count % parts == 0), 0)


class Blocks:
    """A summary whose numbers are still tensors."""

    __slots__ = ("shape", "dtype", "low", "high", "norm", "means")

    def __init__(self, shape, dtype, low, high, norm, means):
        self.shape, self.dtype, self.low, self.high, self.norm, self.means = tuple(shape), dtype, low, high, norm, means

    def __add__(self, other):
        """The sum of two, as far as it is known: its means."""
        nan = self.low * math.nan
        return Blocks(self.shape, self.dtype, nan, nan, nan, self.means + other.means)


def told(data, most, blocks=BLOCKS):
    """Held data as numbers of a trace, summed up above `most` entries by so many blocks along an axis."""
    if data is None:
        return None
    if isinstance(data, torch.Tensor):
        if data.numel() > max(most, 1):
            data = held(data, most, blocks)
        else:
            data = data.to(torch.uint8) if data.dtype is torch.bool else data
            return Array(data.shape, data.flatten().tolist(), name_of_type(data.dtype))
    means = data.means
    if max(means.shape) > blocks:
        means = _pooled(means, blocks)
    return Summary(
        data.shape, data.low.item(), data.high.item(), data.norm.item(), means.tolist(),
        name_of_type(data.dtype))


def tensors_in(tree):
    """The tensors with entries in what an operation is given or gives."""
    found = []
    collect((tree,), found)
    return found


# What holds no tensor, told without a second look.
NO_TENSORS = {int, float, bool, str, type(None), torch.dtype, torch.device, torch.Size, slice, type(Ellipsis)}


def collect(items, found):
    """Adds the tensors with entries in items to what was found."""
    for item in items:
        if type(item) in NO_TENSORS:
            continue
        if isinstance(item, torch.Tensor):
            if item.numel() > 0:
                found.append(item)
        elif isinstance(item, (tuple, list)):
            collect(item, found)
        elif isinstance(item, dict):
            collect(item.values(), found)


def replaced(tree, swap):
    """The same with every tensor replaced."""
    if isinstance(tree, torch.Tensor):
        return swap(tree) if tree.numel() > 0 else tree
    if type(tree) in (tuple, list):
        return type(tree)(replaced(item, swap) for item in tree)
    return {key: replaced(item, swap) for key, item in tree.items()} if type(tree) is dict else tree


class Values:
    """All values and operations of a recording, and which tensor is which value.

    A tensor with a place in autograd's graph is known by that place, the node and the number of its output,
    so that a change in place, which moves it to another node, makes a new value. Others are known by identity
    and version.
    """

    def __init__(self, most, name_of):
        self.most, self.name_of, self.room = most, name_of, ROOM
        self.operations, self.values = [], []
        self.owner, self.by_edge, self.by_id, self.by_tensor = {}, {}, {}, {}

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
                if node in self.owner:
                    operation, number = self.owner[node]
                    value = self.new(operation, len(operation.values), tensor)
                    operation.join()
                    self.watch_late(operation, number)
                    _, name, _ = self.place_of_unseen(tensor)
                    if name is not None:
                        value.name, value.scope = name
                    return value
                value = self._unseen(tensor)
            return value
        value = self._known_by_identity(tensor)
        if value is not None:
            return value
        operation = Operation("input")
        self.operations.append(operation)
        return self.new(operation, 0, tensor)

    def _unseen(self, tensor):
        """The value of a tensor that an operation out of sight has made, or another view of what was changed in place; it
        is in the calls around what uses it first."""
        node, base = tensor.grad_fn, base_of(tensor)
        is_changed = base is not None and version_of(tensor) > 0
        call, name, made = self.place_of_unseen(tensor)
        function, sources = made or (name_of_node(node, is_changed), [])
        operation = Operation(function, sources, call=call)
        self.adopt(operation, [tensor], list(range(len(sources))), sources, None)
        if name is not None:
            operation.values[0].name, operation.values[0].scope = name
        if is_changed and base.numel() == tensor.numel() and base.is_contiguous() and tensor.is_contiguous():
            operation.name = "view"
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

    def new(self, operation, part, tensor):
        if tensor.dtype in _PLAIN and tensor.is_cpu and tensor.layout is torch.strided and tensor.numel() <= self.most:
            value = Value(operation, part, tensor, tensor.detach().clone())
        else:
            value = Value(operation, part, tensor, self._held(tensor))
        self.values.append(value)
        operation.values.append(value)
        reference, node = weakref.ref(tensor), tensor.grad_fn
        self.by_tensor[id(tensor)] = (reference, value)
        if node is not None:
            number = tensor.output_nr
            self.by_edge[(node, number)] = value
            operation.made[(self.owner[node][1], number)] = value
        else:
            self.by_id[id(tensor)] = (reference, version_of(tensor), value)
            if tensor.requires_grad:
                self.watch_leaf(tensor, value)
            if operation.name == "input":
                value.name, value.call = self.name_of(tensor)
        return value

    def _held(self, tensor):
        """The entries of a tensor as they are now, also of a large one while there is room."""
        count = tensor.numel()
        if tensor.is_cpu and tensor.dtype in _PLAIN and tensor.layout is torch.strided and count <= self.room:
            self.room -= count
            return tensor.detach().clone()
        return held(tensor, self.most)

    def adopt(self, operation, outputs, slots, sources, aliases):
        """Gives an operation its values, and the nodes of the graph between them and what was known before.

        `slots` are the operands that `sources` stand in; `aliases` are nodes through which one operand alone
        is seen, and which are that operand.
        """
        self.operations.append(operation)
        for node, slot in (aliases or {}).items():
            value = operation.operands[slot]
            self.by_edge[(node, 0)], self.owner[node] = value, (value.operation, 0)
        owner, fresh, ways, stack = self.owner, operation.nodes, [], []
        for tensor in outputs:
            stack.append(tensor.grad_fn)
        while stack:
            node = stack.pop()
            if node is None or node in owner or type(node) is ACCUMULATE:
                continue
            owner[node] = (operation, len(fresh))
            fresh.append(node)
            # To ask for them makes new objects.
            following = node.next_functions
            ways.append(following)
            for target, _ in following:
                stack.append(target)
        for part, tensor in enumerate(outputs):
            node = tensor.grad_fn
            if node is None or owner[node][0] is operation:
                self.new(operation, part, tensor)
        if not fresh:
            return
        reached = None if len(outputs) == 1 == len(operation.values) else self._reached(operation, outputs)
        self._link(operation, slots, sources, aliases, ways, reached)
        self.watch(operation)

    def _reached(self, operation, outputs):
        """By each new node, the values that it is on the way back from, not through another of them."""
        places = {(t.grad_fn, t.output_nr) for t in outputs}
        reached = {}
        for tensor in outputs:
            value = self.by_edge.get((tensor.grad_fn, tensor.output_nr))
            if value is None or value.operation is not operation:
                continue
            stack, seen = [tensor.grad_fn], set()
            while stack:
                node = stack.pop()
                if node is None or node in seen or self.owner.get(node, (None,))[0] is not operation:
                    continue
                seen.add(node)
                reached.setdefault(node, []).append(value)
                stack.extend(n for n, number in node.next_functions if (n, number) not in places)
        return reached

    def _link(self, operation, slots, sources, aliases, ways, reached):
        """Finds the operands that the ways out of the nodes of an operation lead to; `reached` says which values the
        nodes belong to, None that all belong to the only one."""
        own, used, by_edge = operation.values, {}, self.by_edge
        for number, node in enumerate(operation.nodes):
            users = own if reached is None else reached.get(node, ())
            user = users[0] if len(users) == 1 else None
            for way, edge in enumerate(ways[number]):
                target = edge[0]
                if target is None:
                    continue
                if type(target) is ACCUMULATE:
                    value = self.value_of(target.variable)
                else:
                    value = by_edge.get(edge)
                    if value is None:  # It lies inside the operation.
                        continue
                if value.operation is operation and value in own:
                    # A value made of another of the same operation: h = o * tanh(c).
                    slot = self._operand(operation, slots, sources, value)
                elif aliases and target in aliases:
                    slot = aliases[target]
                else:
                    # The operand that stands there; of several alike, one after the other.
                    slot, seen = None, used.get(value, 0)
                    for place, source in enumerate(sources):
                        if source is value:
                            slot = slots[place]
                            if seen == 0:
                                break
                            seen -= 1
                    if slot is None:
                        slot = self._operand(operation, slots, sources, value)
                used[value] = used.get(value, 0) + 1
                value.uses += 1
                operation.links[(number, way)] = (slot, user)

    @staticmethod
    def _operand(operation, slots, sources, value):
        """Another operand, which the call did not show; its number."""
        for slot, operand in enumerate(operation.operands):
            if operand is value:
                return slot
        operation.operands.append(value)
        slots.append(len(operation.operands) - 1)
        sources.append(value)
        return slots[-1]

    def forget_graph(self):
        """Lets go of autograd's graph, and of what it keeps."""
        self.owner, self.by_edge = {}, {}
        for operation in self.operations:
            operation.nodes = ()

    # What a recorder knows of what was made out of sight, and does with what is new.

    def place_of_unseen(self, tensor):
        return (), None, None

    def watch(self, operation):
        pass

    def watch_late(self, operation, number):
        pass

    def watch_leaf(self, tensor, value):
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
