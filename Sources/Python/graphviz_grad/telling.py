"""Tells a recording as a trace: the part of it that the output is computed from, in order."""

from __future__ import annotations

import torch

from .command import GradError
from .held import Blocks, told
from .maps import map_of, word_of
from .names import OURS
from .needless import calls_of_inputs, in_order, silent_calls, without_needless
from .numbers import BLOCKS, Summary
from .operations import Value
from .traces import Trace
from .vocabulary import FUSED, PARTS, is_open

# A figure is drawn of at most so many entries in all; what is more is summed up.
MOST_IN_FIGURE = 300_000


def size_for_drawing(recorder):
    """Above which number of entries arrays are summed up in a figure, and by how many blocks along an axis, so
    that a large model draws in a second."""
    sizes = [
        value.data.numel() if isinstance(value.data, torch.Tensor) else value.data.means.numel()
        for value in recorder.values if value.data is not None]
    for most, blocks in ((recorder.most, BLOCKS), (1_024, 32), (256, 16), (64, 8)):
        # Each is there as a value, a derivative and a contribution or two.
        if 4 * sum(size if size <= most else min(size, blocks * blocks) for size in sizes) <= MOST_IN_FIGURE:
            break
    return min(most, recorder.most), blocks


def told_trace(recorder, of, number, entries, blocks=BLOCKS, parameters=True):
    """The trace of a recorder; without the parameters of modules if `parameters` says so."""
    if not recorder.values:
        raise GradError(f"nothing was recorded: {recorder.reason('the block')}")
    output, recorded = _output(recorder, of, number)
    if recorded is not None and recorded.differs:
        raise GradError(recorded.differs)
    return _Telling(recorded, entries, blocks, parameters, recorder.calls.of_functions).trace(output)


def _output(recorder, of, number):
    """The value that is differentiated, and the pass that did it."""
    passes = recorder.passes
    if of is not None and not isinstance(of, str):
        value = recorder.value_recorded(of)
        if value is None:
            raise GradError("the tensor that 'of' gives was not made in the recorded block")
        return value, _pass_of(value, passes)
    if of is not None:
        named = [value for value in recorder.values if value.name == of]
        if not named:
            known = sorted({value.name for value in recorder.values if value.name})
            raise GradError(f"no recorded value is called '{of}'; there are {', '.join(known[:20]) or 'no names'}")
        value = next((v for v in reversed(named) if any(v in one.roots for one in passes)), named[-1])
        return value, _pass_of(value, passes)
    if passes:
        try:
            recorded = passes[number]
        except IndexError:
            raise GradError(f"there were {len(passes)} backward passes, and pass {number} is asked for") from None
        if recorded.roots:
            return recorded.roots[0], recorded
        return recorder.values[-1], recorded
    made = [value for value in recorder.values if value.operation.name != "input"]
    return (made or recorder.values)[-1], None


def _pass_of(value, passes):
    """The pass that began at a value; None if none did."""
    found = next((one for one in reversed(passes) if value in one.roots), None)
    if found is not None and found.seeds:
        raise GradError(
            f"one pass went back from {len(found.roots)} values at once, so that the derivatives are those of their sum; "
            "leave 'of' out to draw that, or call backward() for one of them")
    return found


class _Telling:
    def __init__(self, recorded, entries, blocks, parameters, functions):
        self.derivatives = recorded.derivatives if recorded else {}
        self.roots = recorded.roots if recorded else []
        self.seeds = recorded.seeds if recorded else {}
        self.entries, self.blocks, self.parameters, self.functions = entries, blocks, parameters, functions
        # By operation and operand, what came back from each value that uses it.
        self.totals = {}
        for (operation, slot, user), data in (recorded.contributions if recorded else {}).items():
            self.totals.setdefault((operation, slot), {})[user] = data
        self.told, self.ids, self.joints = Trace(entries), {}, {}
        # By name and the calls around it, the number of the last value that is called so.
        self.numbers = {}
        # What uses see of a value whose derivative a hook changes.
        self.behind_hooks = {}
        self.told.detail = "calls"

    def trace(self, output):
        values, self.stands_for, self.renamed = without_needless(in_order(self.seeds or [output]))
        output = self.stands_for.get(output, output)
        self.silent = silent_calls(values, self.functions)
        calls = calls_of_inputs(values)
        # Operations whose results are computed together, with those of them that are there.
        self.joined = {}
        for value in values:
            if value.operation.is_joint:
                self.joined.setdefault(value.operation, []).append(value)
        # Those of which one result alone is there: all that comes back comes over it.
        self.lone = {operation for operation, found in self.joined.items() if len(found) == 1}
        for value in values:
            if value.hidden_in is not None:
                raise GradError(
                    f"the graph of a derivative (create_graph=True) goes through the inside of '{value.hidden_in}', which "
                    "is recorded as one operation; write that out as simpler ones, or draw the loss that is differentiated")
            if self._is_left_out(value):
                continue
            self._add(value, value is output, self._heard(calls.get(value, value.operation.call)))
        self.told.output = self._add_sum() if self.seeds else self.ids[output]
        return self.told

    def _add_sum(self):
        """Adds what a pass that began at several values goes back from: their sum, each weighed; its id."""
        total, number = None, None
        for value, weight in self.seeds.items():
            if not isinstance(value.data, torch.Tensor):
                raise GradError("one pass went back from several values at once, one of which is too large to be shown")
            value = self.stands_for.get(value, value)
            source, data, one = self.behind_hooks.get(value, self.ids[value]), value.data, torch.ones((), dtype=weight.dtype)
            if (weight != 1).any():
                factor, data = self.told.add(value=self._told(weight)), data * weight
                node = self.told.add(operation="multiply", value=self._told(data), derivative=self._told(torch.ones_like(data)))
                self.told.connect(source, node, 0, map="elementwise", contribution=self._told(weight))
                self.told.connect(factor, node, 1, map="elementwise")
                source = node
            if data.dim():
                node = self.told.add(operation="sum", value=self._told(data.sum()), derivative=1)
                self.told.connect(
                    source, node, 0, map={"is": "sum", "axes": list(range(data.dim()))},
                    contribution=self._told(torch.ones_like(data)))
                source, data = node, data.sum()
            if total is not None:
                data = number + data
                node = self.told.add(operation="add", value=self._told(data), derivative=1)
                for place, term in enumerate((total, source)):
                    self.told.connect(term, node, place, map="scale", partial=1, contribution=self._told(one))
                source = node
            total, number = source, data
        return total

    def _heard(self, path):
        """The calls of a path that say something."""
        return tuple(call for call in path if call not in self.silent)

    def _add(self, value, is_output, call):
        operation = value.operation
        is_input = not operation.operands
        joint, word = None, word_of(operation)
        if operation.is_joint and not _is_parted(operation) and operation not in self.lone:
            joint, word = self.joints.get(operation) or self._add_joint(operation, call), f"result[{value.part}]"
        derivative = self.derivatives.get(value)
        edges = [] if is_input or joint else self._operands(value, call)
        name, scope = self.renamed.get(value, (value.name, value.scope))
        kind = "input" if is_input and (name or value.shape or value.has_gradient) else None
        site = operation.place
        identifier = self.told.add(
            name, id=self._identifier(value, is_input, name, scope), operation=None if is_input else word,
            value=self._told(value.data), shape=value.told_shape, kind=kind or ("constant" if is_input else "operation"),
            derivative=self._told(derivative), call=call,
            data=self.parameters and not value.has_gradient and kind == "input" or is_output and value.shape != () and derivative is None,
            **(_place(site) if site is not None else {}))
        if value.dtype != "float64":
            self.told.nodes[-1]["dtype"] = value.dtype
        self.ids[value] = identifier
        if value.is_hooked:
            self._add_hook(value, identifier, call)
        if joint:
            self.told.connect(
                joint, identifier, 0, map={"is": "opaque", "operation": word},
                contribution=self._told(self._all_of(operation, self.derivatives.get, value)))
            for place, slot in enumerate(operation.uses[value], 1):
                self._edge(operation, slot, value, value, call, place)(identifier)
        for edge in edges:
            edge(identifier)

    def _add_hook(self, value, identifier, call):
        """A node behind a value for what a hook of the program does: the derivative goes in as the sum that it is, and
        comes out as the hook gives it."""
        before, after = None, self.derivatives.get(value)
        for (operation, slot), found in self.totals.items():
            if operation.operands[slot] is value:
                for data in found.values():
                    before = data if before is None or data is None else before + data
        if before is None or after is None:
            return
        name = "register_hook"
        node = self.told.add(
            operation=name, value=self._told(value.data), shape=value.told_shape, derivative=self._told(before), call=call)
        if value.dtype != "float64":
            self.told.nodes[-1]["dtype"] = value.dtype
        self.told.connect(
            identifier, node, 0, map={"is": "opaque", "operation": name}, contribution=self._told(after))
        self.behind_hooks[value] = node

    def _identifier(self, value, is_input, name, scope):
        """What a name is told apart by: the call in which the program has given it, and its number among those of the
        same name there, and in the calls around it or within it, beside which it is drawn."""
        if name is None:
            return None
        scope = () if is_input else self._heard(value.operation.call if scope is None else scope)
        numbers = self.numbers.setdefault(name, {})
        number = 1 + max(
            [known for other, known in numbers.items() if _are_nested(scope, other)], default=0)
        numbers[scope] = number
        own = f"{scope[-1]}.{name}" if scope else name
        return own if number == 1 else f"{own}@{number}"

    def _add_joint(self, operation, call):
        """A node for an operation whose several results the graph does not tell apart: all their entries, one result
        behind another."""
        edges = [
            self._edge(operation, slot, operation.values[0], None, call)
            for slot, operand in enumerate(operation.operands)
            if not isinstance(operand, Value) or operand.operation is not operation
            and not self._is_left_out(operand)]
        joint = self.told.add(
            operation=operation.name, value=self._told(self._all_of(operation, lambda value: value.data)),
            derivative=self._told(self._all_of(operation, self.derivatives.get)), call=call, **_place(operation.place))
        if operation.values[0].dtype != "float64":
            self.told.nodes[-1]["dtype"] = operation.values[0].dtype
        self.joints[operation] = joint
        for edge in edges:
            edge(joint)
        return joint

    def _all_of(self, operation, data_of, only=None):
        """The entries of the results of an operation, one result behind another, with zeros where nothing is known of one;
        only those of one, with zeros for others. None where nothing is known, or no more than a summary."""
        found = {value: data_of(value) for value in self.joined[operation] if only in (None, value)}
        if all(data is None for data in found.values()) or any(
                not isinstance(value.data, torch.Tensor) or isinstance(found.get(value), Blocks)
                for value in self.joined[operation]):
            return None
        return torch.cat([
            torch.zeros(value.data.numel(), dtype=value.data.dtype) if found.get(value) is None else found[value].flatten()
            for value in self.joined[operation]])

    def _operands(self, value, call):
        operation = value.operation
        if len(operation.operands) == 3 and is_open(operation) and not any(map(self._is_left_out, operation.operands)):
            return self._product(value, call)
        is_told = value in operation.uses and not operation.is_joint
        slots = operation.uses[value] if is_told else range(len(operation.operands))
        user = value
        if operation in self.lone and not _is_parted(operation):
            slots, user = [slot for slot in slots if operation.operands[slot] not in operation.values], None
        return [
            self._edge(operation, slot, value, user, call, place) for place, slot in enumerate(slots)
            if not _is_in_text(operation, slot) and not self._is_left_out(operation.operands[slot])]

    def _product(self, value, call):
        """Adds the product of an operation that adds something to it; the edges of the sum."""
        operation = value.operation
        added, *factors = FUSED[operation.name]
        data = [operation.operands[slot].data for slot in factors]
        is_whole = all(isinstance(one, torch.Tensor) for one in (*data, value.data))
        derivative = self._told(self.derivatives.get(value))
        edges = [self._edge(operation, slot, value, value, call, place) for place, slot in enumerate(factors)]
        node = self.told.add(
            operation="matmul", value=self._told(torch.matmul(*data)) if is_whole else None, shape=value.told_shape,
            derivative=derivative, call=call, **_place(operation.place))
        if value.dtype != "float64":
            self.told.nodes[-1]["dtype"] = value.dtype
        for edge in edges:
            edge(node)
        return [
            lambda target: self.told.connect(
                node, target, 0, map={"is": "scale"}, partial=1, contribution=derivative),
            self._edge(operation, added, value, value, call, 1)]

    def _is_left_out(self, value):
        """Whether a value is a parameter of a module, which are not to be told, or one transposed for `linear`."""
        if self.parameters or not isinstance(value, Value):
            return False
        operation = value.operation
        return value.is_parameter or operation.name == "t" and operation.operands[0].is_parameter

    def _edge(self, operation, slot, value, user, call, place=None):
        """What adds the edge of an operand once its target has an id; a number becomes a node now."""
        operand = operation.operands[slot]
        place = slot if place is None else place
        if not isinstance(operand, Value):
            source = self.told.add(value=operand, call=call)
            return lambda target: self.told.connect(source, target, place, map=map_of(operation, slot, value))
        operand_told = self.stands_for.get(operand, operand)
        source = self.behind_hooks.get(operand_told, self.ids[operand_told])
        found = self._total(operation, slot, user)
        told_map = map_of(operation, slot, value)
        is_cut = operand.has_gradient and not operation.linked
        if is_cut or slot in operation.unshown or any(self._is_left_out(other) for other in operation.operands):
            # Nothing comes back where no gradient is wanted; operands without the others do not say what is done, nor does
            # one that was not given, as what an empty array was taken from.
            told_map = {"is": "opaque", "operation": operation.name}
        partial = None
        if told_map["is"] == "scale":
            partial = -1 if word_of(operation) == "subtract" and slot == 1 else 1
        elif operation.partial is not None and told_map["is"] == "elementwise":
            partial = self._told(operation.partial)
        elif not operand.shape and not value.shape and found is not None:
            partial = self._ratio(found, self.derivatives.get(value))
        if isinstance(partial, Summary):
            partial = None
        if told_map["is"] == "elementwise" and partial is None and found is None:
            # Nothing comes back over it, so that nothing has to be known.
            told_map = {"is": "opaque", "operation": operation.name}
        contribution = self._told(found)
        return lambda target: self.told.connect(
            source, target, place, map=told_map, partial=partial, contribution=contribution)

    def _told(self, data):
        return told(data, self.entries, self.blocks)

    def _total(self, operation, slot, user):
        """What an edge adds to the derivative of its operand: that of one value, or of all together."""
        found = self.totals.get((operation, slot), {})
        operand = operation.operands[slot]
        is_shared = user is not None and len(operation.values) > 1 and operation.is_joint
        if not found and slot in operation.linked and operand.uses == 1 and operand in self.seeds:
            derivative = self.derivatives.get(operand)
            return None if derivative is None or is_shared else derivative - self.seeds[operand]
        if not found and slot in operation.linked and operand.uses == 1 and operand not in self.roots:
            # Of several values that it is used for together, none adds all of it.
            return None if is_shared else self.derivatives.get(operand)
        if user is not None and len(operation.values) > 1:
            return found.get(user)
        total = None
        for data in found.values():
            total = data if total is None or data is None else total + data
        return total

    @staticmethod
    def _ratio(contribution, derivative):
        """The partial of a number by a number, which its contribution shows unless the derivative is 0."""
        if not isinstance(derivative, torch.Tensor) or derivative.item() == 0:
            return None
        return contribution.item() / derivative.item()


def _is_parted(operation):
    return operation.name in PARTS


def _are_nested(one, other):
    """Whether one path of calls begins with the other."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _is_in_text(operation, slot):
    """Whether an operand is the index of a subscript that the map has as text."""
    if operation.name not in ("getitem", "setitem") or slot == 0:
        return False
    from .maps import index_text

    is_index = operation.name == "getitem" or slot < len(operation.operands) - 1
    return is_index and index_text(operation.attributes.get("index")) is not None


def _place(site):
    if site is None or site.file.startswith(OURS):
        return {}
    return {"file": site.file, "line": site.line, "column": site.column}
