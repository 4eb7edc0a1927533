"""Sees what a program calls, and makes operations of it."""

from __future__ import annotations

import functools
import os
import sys
import warnings

import torch
from torch import Tensor, is_grad_enabled
from torch.overrides import TorchFunctionMode

from . import cells, private
from .functions import BACKWARD, DATA_SET, HOOK, KNOWN, OPERATION, PASSED, attributes_of, known_of, name_on_view, place_in
from .names import parts_of
from .operations import Operation
from .private import running_transform, set_grad_enabled
from .simple import SimpleCalls, weight_of
from .sites import drop_snapshot
from .tensors import NO_TENSORS, collect, replaced, tensors_in
from .vocabulary import OVERWRITING

CODE_OF_DATA = os.path.join("torch", "utils", "data") + os.sep


class Mode(TorchFunctionMode):
    """Hands an observer every call of a function of PyTorch that is not merely passed."""

    def __init__(self, observer):
        super().__init__()
        self.called = observer.called

    def __torch_function__(self, function, types, args=(), kwargs=None):
        known = KNOWN.get(function) or known_of(function)
        if known.kind == PASSED:
            return function(*args, **(kwargs or {}))
        return self.called(function, known, args, kwargs or {})


class Observer(SimpleCalls):
    """Values and operations as they are made while a program runs."""

    def called(self, function, known, args, kwargs):
        kind = known.kind
        if kind == BACKWARD:
            if self.is_done or self.running is not None:
                return function(*args, **kwargs)
            return self._backward(function, known.name, args, kwargs)
        if self.running is not None or self.is_done or self.step is not None and self._is_asleep():
            return function(*args, **kwargs)
        if kind != OPERATION:
            return self._other(function, kind, args, kwargs)
        if self.stance is None and private.has_compiler():
            self.run_eagerly()
        if known.name in self.open:
            body = self._body(function, known.name)
            if body is not None:
                with Mode(self):
                    return body(*args, **kwargs)
        return self._call(function, known, args, kwargs)

    def _other(self, function, kind, args, kwargs):
        if kind == HOOK:
            return self._hooked(function, args, kwargs)
        if kind == DATA_SET:
            self._forget(args[0], 6)
            return function(*args, **kwargs)
        # It has the same memory: what is changed through it is looked up anew.
        result = function(*args, **kwargs)
        self.behind_data[id(result)] = result, args[0]
        return result

    def _body(self, function, name):
        if name not in self.bodies:
            self.bodies[name] = cells.BODIES.get(name) or private.opened(function)
        return self.bodies[name]

    def _call(self, function, known, args, kwargs):
        operands = []
        for item in args:
            if type(item) in NO_TENSORS:
                continue
            if not isinstance(item, Tensor):
                collect((item,), operands)
            elif item.numel() > 0:
                operands.append(item)
        if kwargs:
            collect(kwargs.values(), operands)
        if running_transform() is not None and private.is_transformed(operands):
            return self._map(function, args, kwargs, operands)
        is_in_place = known.is_in_place or known.inplace_at is not None and known.works_in_place(args, kwargs)
        changed = base = view = sources = None
        if is_in_place:
            changed = operands[0] if operands else None
            if self._changes_data(changed):
                return function(*args, **kwargs)
            if changed is not None and changed.is_leaf and changed.requires_grad:
                # An optimiser's step, or the making of a parameter.
                return function(*args, **kwargs)
            if known.name in OVERWRITING and changed is not None and not changed.requires_grad:
                return function(*args, **kwargs)
            base = private.base_of(changed) if changed is not None and is_grad_enabled() else None
            view = self.known(changed) if base is not None else None
            if base is not None:
                # A view changes what it is of; the view is then looked up anew.
                operands[0] = base
            sources = [self.value_of(t) for t in operands]
        elif known.moves_statistics:
            sources = [self.value_of(t) for t in operands]
        aliases = None
        if len(operands) > 1 and not (is_in_place or known.has_one_node) \
                and len(set(map(id, operands))) < len(operands):
            args, kwargs, aliases = self._kept_apart(operands, args, kwargs)
        result = function(*args, **kwargs)
        if not is_in_place and type(result) is Tensor:
            for operand in operands:
                if operand is result:
                    return result
            if result.numel() == 0:
                return result
            outputs, can_wait = [result], known.is_simple
        else:
            outputs = self._outputs(result, operands, changed if base is None else base, is_in_place)
            if not outputs:
                return result
            can_wait = known.gives_parts
        if can_wait and aliases is None and self.sees_backward \
                and self.waits(known, args, kwargs, operands, result, outputs):
            return result
        has_graph = is_grad_enabled()
        if has_graph:
            set_grad_enabled(False)
        try:
            self._record(known, args, kwargs, operands, result, outputs, aliases, sources, changed, base, view)
        finally:
            if has_graph:
                set_grad_enabled(True)
        return result

    def _record(self, known, args, kwargs, operands, result, outputs, aliases, sources, changed, base, view):
        """Makes an operation of a call that has run. `sources` are the values of operands that are changed, as they were
        before; `base` is what a `view` that is changed is of."""
        self.make()
        stack = sys._getframe(4)
        frame, is_inside = self.names.caller(stack)
        if not outputs[0].requires_grad and self.is_preparing(stack, frame, is_inside):
            return
        if sources is None:
            by_edge = self.by_edge
            sources = [
                by_edge.get((tensor.grad_fn, tensor.output_nr)) or self.operand_without_edge(tensor) for tensor in operands
            ] if not known.is_maker else []
        numbers, site = None, self.names.site(frame)
        if known.takes_numbers and (len(args) != len(sources) or kwargs or known.is_backwards):
            numbers = known.numbers_among(args, kwargs)
        slots, of_tensors = self.slots(known, sources, numbers, site)
        name = known.named(kwargs)
        if base is not None:
            name = name_on_view(known, changed, base, operands) + place_in(view, sources[0])
        operation = Operation(name, slots, site, self.calls.around(stack, frame))
        if known.keeps_arguments:
            operation.attributes = attributes_of(known, args, kwargs)
        weight = weight_of(operands) if known.name == "linear" and not aliases else None
        if aliases and of_tensors is not None:
            aliases = {node: of_tensors[number] for node, number in aliases.items()}
        self.adopt(operation, outputs, of_tensors, sources, aliases, weight)
        made = operation.values
        beside = self._beside(operation, result) if changed is None and type(result) is not Tensor else ()
        if not slots:
            for value in made:
                value.made_in = id(frame)
        if known.may_have_partial and known.plain == name and len(made) == 1:
            operation.partial = self.partial_of(operands, outputs[0])
        if changed is not None and made and sources:
            made[0].name = sources[0].name
        if self.handed_on:
            self._name_handed_on(sources, operands, frame, is_inside)
        if site.is_element or is_inside and self.calls.modules[-1].program is not frame:
            self.handed_on.update(dict.fromkeys(made))
        if not is_inside and made and not site.is_silent:
            if len(made) == 1 and (changed is not None or type(result) is Tensor):
                if site.is_sum:
                    self._sum_goes_on(operation, sources, site)
                self.name_alone(made[0], site, frame, operation.call)
            else:
                parts = parts_of(result, self.value_recorded)
                self.names.christen(
                    [part for part in parts if part[2].operation is operation or part[2] in beside], frame, site)

    def operand_without_edge(self, tensor):
        """The value of an operand that no operation recorded here has made with a place in the graph."""
        value = self.value_of(tensor)
        if value.name is None and value.made_of_nothing:
            self._name_made(value, tensor)
        elif value.is_input:
            # An optimiser, say, has used it before its module ran, or had a name.
            value.name, value.call = self.names.parameters.get(id(tensor)) or (value.name, value.call)
        return value

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
        self.settle()
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
        name, call = self.names.name_of(tensor, value.made_in)
        if name is not None:
            value.name, value.call = name, call or ()

    def _name_handed_on(self, sources, operands, frame, is_inside):
        """Names operands that a function of PyTorch's own has given, as `z = normal.rsample()`, after the variables that have
        them where they are used: which of its operations has made what it gives cannot be told before."""
        for value, tensor in zip(sources, operands):
            if value in self.handed_on:
                name = self.names.name_of_variable(frame, tensor) if value.name is None else None
                if name is not None:
                    value.name, value.scope = name
                if name is not None or not is_inside:
                    del self.handed_on[value]

    def _sum_goes_on(self, operation, sources, site):
        """Of the sums that `sum(parts)` runs, the last alone has the name of the result."""
        before, value = self.summing
        if before is site and value in sources:
            value.name = value.scope = None
        self.summing = site, operation.values[0]

    def is_preparing(self, stack, frame, is_inside):
        # Within a call of the program it stays as it is, but for what PyTorch itself does there.
        if is_inside:
            return _is_preparing(stack, self.names.base)
        if frame is not self.asked[0]:
            self.asked = frame, _is_preparing(frame, self.names.base)
        return self.asked[1]

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

    def _beside(self, operation, result):
        """The values of whole numbers that an operation gives beside what has a derivative, as the places of `topk`: each is
        an operation of its own."""
        found = []
        for number, tensor in enumerate(tensors_in(result)):
            if operation.values[0].has_gradient and tensor.grad_fn is None and not tensor.is_floating_point():
                other = Operation(f"{operation.name}[{number}]", operation.operands, operation.place, operation.call)
                self._operations.append(other)
                found.append(self.new(other, 0, tensor))
        return found

    @staticmethod
    def _kept_apart(operands, args, kwargs):
        """The arguments with a view for each operand that stands there twice, so that the graph tells which
        is which; and by the views' nodes, their operands."""
        aliases = {}
        if not is_grad_enabled():
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

    def left(self, output, frame):
        """A module has returned: what it returned is named where it was called."""
        site = self.names.site(frame)
        if site.is_silent and not site.is_element:
            return
        if type(output) is not Tensor:
            parts = parts_of(output, self.value_recorded)
        else:
            value = self.value_recorded(output)
            parts = [(None, "", value)] if value is not None else []
        if site.is_element:
            self.handed_on.update((value, None) for _, _, value in parts)
        self.names.christen(parts, frame, site)

    def place_of_unseen(self, tensor):
        """The calls around what uses a tensor, what it is called there, and what is known of how it was made."""
        stack = sys._getframe(3)
        frame, _ = self.names.caller(stack)
        made = None
        if self.mapped:
            # What asks for derivatives, the graph leads to.
            sources = [self.value_of(one) for one in self.mapped.values() if not one.requires_grad]
            made = "vmap", [source for source in sources if source.name is not None or not source.is_input]
            self.mapped, self.made_within = {}, {}
        return self.calls.around(stack, frame), self.names.name_of_variable(frame, tensor), made


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
