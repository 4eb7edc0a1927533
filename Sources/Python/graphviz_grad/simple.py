"""Calls of which all that cannot wait is kept while a program runs: what they gave, where they stand, what they are called.
Their operations are made when somebody asks."""

from __future__ import annotations

import sys

from torch import Tensor, is_grad_enabled

from . import private
from .functions import attributes_of
from .names import parts_of
from .operations import Operation, Value
from .passes import Passes
from .private import set_grad_enabled, version_of

NUMBERS = {int, float, complex}
# What stands for a tensor that nobody has seen: its weak reference, its version, its value.
NEVER_SEEN = None, None, None


class SimpleCalls(Passes):
    """Makes values of calls that give one new tensor, or the parts of one, and their operations later."""

    def waits(self, known, args, kwargs, operands, result, outputs):
        """Makes the values of a simple call, and keeps what its operation is to be made of when somebody asks; whether it
        could. What the program will change, and the frames, are looked at now."""
        by_edge, by_id, edges = self.by_edge, self.by_id, []
        for tensor in outputs:
            node = tensor.grad_fn
            if node is not None:
                edges.append((node, tensor.output_nr))
                if edges[-1] in by_edge:
                    return False
            elif tensor.requires_grad:
                return False
        if not operands:
            return False
        stack, names, calls = sys._getframe(4), self.names, self.calls
        frame, is_inside = names.caller(stack)
        site = names.site(frame)
        if site.is_element or site.is_sum or is_inside and calls.modules[-1].program is not frame \
                or not edges and self.is_preparing(stack, frame, is_inside):
            return False
        sources = []
        for tensor in operands:
            origin = tensor.grad_fn
            if origin is not None:
                source = by_edge.get((origin, tensor.output_nr))
                if source is None:
                    return False
            else:
                reference, version, source = by_id.get(id(tensor), NEVER_SEEN)
                if source is None or source.is_input or reference() is not tensor or version != version_of(tensor) \
                        or source.has_gradient is not tensor.requires_grad:
                    source = self.operand_without_edge(tensor)
            sources.append(source)
        if self.handed_on and not self.handed_on.keys().isdisjoint(sources):
            return False
        has_graph = is_grad_enabled()
        if has_graph:
            set_grad_enabled(False)
        copies = [self.copied(tensor) for tensor in outputs]
        partial = self.partial_of(operands, result) if known.may_have_partial else None
        if has_graph:
            set_grad_enabled(True)
        values = []
        for part, (tensor, data) in enumerate(zip(outputs, copies)):
            if data is None:
                return False
            values.append(Value(None, part, data, data.shape, data.dtype, tensor.requires_grad))
        for tensor, value in zip(outputs, values):
            self.remember(tensor, tensor.grad_fn, value)
        call = calls.around(stack, frame)
        if not is_inside and not site.is_silent:
            if type(result) is Tensor:
                self.name_alone(values[0], site, frame, call)
            else:
                names.christen(parts_of(result, self.value_recorded), frame, site)
        numbers = attributes = None
        if known.takes_numbers and (len(args) != len(sources) or kwargs or known.is_backwards):
            numbers = [number if type(number) in NUMBERS else None for number in known.numbers_among(args, kwargs)]
        if known.keeps_arguments:
            attributes = attributes_of(known, args, kwargs)
        weight = weight_of(operands) if known.name == "linear" else None
        name = known.named(kwargs) if kwargs else known.plain
        self.unmade.append((values, edges, known, name, sources, numbers, site, call, attributes, partial, weight))
        return True

    def made_of(self, values, edges, known, name, sources, numbers, site, call, attributes, partial, weight):
        """Makes the operation of values by what `waits` has kept."""
        slots, of_tensors = self.slots(known, sources, numbers, site)
        operation = Operation(name, slots, site, call)
        if attributes is not None:
            operation.attributes = attributes
        if partial is not None:
            operation.partial = partial
        self.made(operation, values, edges, of_tensors, sources, weight)

    def name_alone(self, value, site, frame, call):
        """Names a value that is all that an expression gives, which has a name or is returned."""
        if site.only is not None:
            value.name, value.scope = site.only, call
        else:
            self.names.christen([(None, "", value)], frame, site)

    def partial_of(self, operands, result):
        """The partial of an elementwise operation of one operand that the tool does not know; None for others. The graph is
        asked before it is freed."""
        node = result.grad_fn
        if node is None or len(operands) != 1 or operands[0].shape != result.shape or result.numel() > self.most:
            return None
        is_one = all([edge in self.by_edge or type(edge[0]) is private.ACCUMULATE for edge in node.next_functions])
        return private.unary_partial(node, result.detach()) if is_one else None

    @staticmethod
    def slots(known, sources, numbers, site):
        """The operands of an operation, with those of the arguments that are numbers among them, and which of them the
        tensors are, None if all in order."""
        if numbers is None:
            return sources, None
        slots = list(sources)
        for place, number in enumerate(numbers):
            if type(number) in NUMBERS:
                slots.insert(place, number)
        if known.is_backwards:
            slots.reverse()
        places = [place for place, slot in enumerate(slots) if isinstance(slot, Value)]
        if known.is_backwards:
            places.reverse()
        if site.begins_with_number and len(slots) == 2 and places == [0]:
            return slots[::-1], [1]
        return slots, places


def weight_of(operands):
    """Where the graph has the weight of a `linear`, or its identity, and its shape."""
    if not 2 <= len(operands) <= 3:
        return None
    weight = operands[1]
    node = weight.grad_fn
    return id(weight) if node is None else (node, weight.output_nr), weight.shape
