"""What is recorded of a PyTorch computation: values, and the operations that made them."""

from __future__ import annotations

import types

from .held import Blocks, name_of_type


class Value:
    """A tensor as it was when an operation had made it; a change in place makes another."""

    # What it is called, and the calls around the place where it has its name; None for those around its operation.
    name = scope = None
    # The name of the module that has it as a parameter.
    call = ()
    # How many ways of the graph lead to it, and the identity of the tensor if it is a leaf of the graph.
    uses, leaf = 0, None
    # Whether it was computed of nothing that was recorded.
    is_input = False
    # Whether an operation without operands has made it, and the identity of the frame that did, where it is known.
    made_of_nothing, made_in = False, None
    # Whether a hook of the program may change its derivative.
    is_hooked = False
    # The operation, recorded as one, whose inside it is.
    hidden_in = None

    def __init__(self, operation, part, data, size, dtype, has_gradient):
        self.operation, self.part, self.data = operation, part, data
        self.size, self.type, self.has_gradient = size, dtype, has_gradient

    @property
    def shape(self):
        return (*self.size, 2) if self.is_complex else tuple(self.size)

    @property
    def told_shape(self):
        """The shape in a trace; None where an axis has several lengths, as of nested tensors."""
        return self.shape if all(type(length) is int for length in self.size) else None

    @property
    def dtype(self):
        return name_of_type(self.type)

    def take_hook(self):
        """What a hook may change is no longer what its only use adds."""
        self.is_hooked = True
        self.uses += 2

    @property
    def is_complex(self):
        """Whether it is of complex numbers, which are told as pairs along a last axis."""
        return self.type.is_complex

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

    # The arguments that say what it does.
    attributes = NOTHING
    # The partial of an elementwise operation, where it was asked for.
    partial = None
    nodes, links, made = (), NOTHING, NOTHING
    # The operands that its call did not show.
    unshown = ()
    # By value, the operands that it alone uses, where the graph tells that; and whether there are others, which several
    # values use together.
    uses, is_joint = NOTHING, False

    def __init__(self, name, operands=(), place=None, call=()):
        self.name, self.operands, self.place, self.call = name, list(operands), place, call
        self.values = []

    @property
    def linked(self):
        """The operands that the graph leads to."""
        return {slot for slot, _ in self.links.values()}

    @property
    def is_complex(self):
        """Whether complex numbers go in or out."""
        return any(isinstance(one, complex) or isinstance(one, Value) and one.is_complex for one in (
            *self.operands, *self.values))

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
