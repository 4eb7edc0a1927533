"""Tells a PyTorch tensor by the graph that autograd keeps of it, where nothing was recorded.

All derivatives are known, as the graph is gone through once more, unless an earlier ``backward()`` has freed it.
Of the values only those are known that the graph has kept: those of leaves, of the output, and what operations
saved for going back.
"""

from __future__ import annotations

import sys
import warnings

import torch

from .command import GradError
from .held import held, told
from .names import OURS, found_in
from .numbers import name_of_complex
from .private import saved_of, shape_of_output
from .traces import Trace
from .values import node_name
from .vocabulary import OPERATORS

MOST = 10_000


def trace(output):
    """The trace of a tensor that has one element."""
    if not isinstance(output, torch.Tensor):
        raise GradError("a module is a function: graphviz_grad.trace(net, x) runs it, and record() what trains it")
    if output.grad_fn is None:
        raise GradError(
            "the tensor has no graph: it was computed without gradients, or it is an input; record the computation: "
            "'with graphviz_grad.record() as r:', then r.draw(…)")
    if output.numel() != 1:
        raise GradError(f"the tensor has the shape {tuple(output.shape)}; what is drawn has one element, as a loss has")
    graph = Graph(output)
    graph.differentiate()
    return graph.told()


class Graph:
    """The nodes of autograd's graph below a tensor, each after those that it is computed from."""

    def __init__(self, output):
        self.output, self.order, self.numbers = output, [], {}
        stack, seen = [(output.grad_fn, False)], set()
        while stack:
            node, is_after = stack.pop()
            if is_after:
                self.order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                for inner, number in reversed(node.next_functions):
                    if inner is not None:
                        self.numbers.setdefault(inner, set()).add(number)
                        stack.append((inner, False))
        self.numbers.setdefault(output.grad_fn, set()).add(output.output_nr)
        self.leaves = {node: node.variable for node in self.order if hasattr(node, "variable")}
        self.derivatives, self.contributions = {}, {}
        # The outputs that are complex numbers.
        self.complex = set()

    def differentiate(self):
        """Goes back through the graph once more, which keeps it as it is."""
        handles = []
        for node in self.order:
            if node not in self.leaves:
                handles.append(node.register_prehook(lambda gradients, node=node: self._derived(node, gradients)))
                handles.append(node.register_hook(
                    lambda inputs, outputs, node=node: self._contributed(node, inputs)))
        try:
            leaves = list(dict.fromkeys(self.leaves.values()))
            found = torch.autograd.grad(self.output, leaves, retain_graph=True, allow_unused=True)
            for node, leaf in self.leaves.items():
                self._keep((node, 0), found[next(i for i, one in enumerate(leaves) if one is leaf)])
        except RuntimeError as error:
            if "second time" not in str(error) and "freed" not in str(error):
                raise
            warnings.warn(
                "backward() has freed the graph, so that only the gradients of its leaves are known, with what other "
                "outputs have added to them; draw before backward(), or record with graphviz_grad.record()",
                stacklevel=6)
            for node, leaf in self.leaves.items():
                self._keep((node, 0), leaf.grad)
        finally:
            for handle in handles:
                handle.remove()

    def _derived(self, node, gradients):
        for number, gradient in enumerate(gradients):
            self._keep((node, number), gradient)

    def _keep(self, key, gradient):
        if gradient is not None:
            self.derivatives[key] = held(gradient, MOST)
            if gradient.is_complex():
                self.complex.add(key)

    def _contributed(self, node, gradients):
        for way, gradient in enumerate(gradients):
            if gradient is not None:
                self.contributions[node, way] = held(gradient, MOST)

    def values(self):
        """What is known of the values, by node and number of output."""
        known = {(node, 0): held(leaf, MOST) for node, leaf in self.leaves.items()}
        for node in self.order:
            saved = saved_of(node)
            result = saved.get("result")
            if isinstance(result, torch.Tensor) and len(self.numbers[node]) == 1:
                known.setdefault((node, 0), held(result, MOST))
            for name, way in (("self", 0), ("input", 0), ("other", 1)):
                tensor = saved.get(name)
                inner, number = node.next_functions[way] if way < len(node.next_functions) else (None, 0)
                if isinstance(tensor, torch.Tensor) and inner is not None \
                        and tuple(tensor.shape) == shape_of_output(inner, number):
                    known.setdefault((inner, number), held(tensor, MOST))
        known[self.output.grad_fn, self.output.output_nr] = held(self.output, MOST)
        return known

    def told(self):
        made, ids, known = Trace(MOST), {}, self.values()
        for node in self.order:
            inputs = [(way, *target) for way, target in enumerate(node.next_functions) if target[0] is not None]
            for number in sorted(self.numbers[node]):
                key, leaf = (node, number), self.leaves.get(node)
                is_output = key == (self.output.grad_fn, self.output.output_nr)
                shape = shape_of_output(node, number) if leaf is None else tuple(leaf.shape)
                derivative = self.derivatives.get(key)
                word = word_of(node, inputs)
                if self.complex.intersection((key, *((inner, source) for _, inner, source in inputs))):
                    word = name_of_complex(word)
                if derivative is not None:
                    shape = tuple(derivative.shape)
                ids[key] = made.add(
                    name_in_program(self.output if is_output else leaf), id=None if leaf is None else name_of_leaf(leaf),
                    kind="input" if leaf is not None else "operation",
                    operation=None if leaf is not None else word, value=told(known.get(key), MOST),
                    shape=shape, derivative=told(derivative, MOST))
                tensor = leaf if leaf is not None else self.output
                if tensor.dtype is not torch.float64:
                    made.nodes[-1]["dtype"] = str(tensor.dtype).replace("torch.", "")
                for operand, (way, inner, source) in enumerate(inputs):
                    self._connect(made, ids, node, key, operand, way, (inner, source))
        made.output = ids[self.output.grad_fn, self.output.output_nr]
        return made

    def _connect(self, made, ids, node, key, operand, way, source):
        contribution, derivative = self.contributions.get((node, way)), self.derivatives.get(key)
        # What comes back from several outputs is known together alone.
        if len(self.numbers[node]) > 1:
            contribution = None
        partial = None
        if isinstance(contribution, torch.Tensor) and isinstance(derivative, torch.Tensor):
            if contribution.dim() == derivative.dim() == 0 and derivative.item() != 0:
                partial = contribution.item() / derivative.item()
        made.connect(
            ids[source], ids[key], operand, map={"is": "opaque", "operation": node_name(node)}, partial=partial,
            contribution=told(contribution, MOST))


def word_of(node, inputs):
    """`multiply` for MulBackward0 of two tensors, `tanh` for TanhBackward0."""
    name = node_name(node)
    word = name[:1].lower() + name[1:]
    return OPERATORS.get(word, word) if len(inputs) == len(node.next_functions) == 2 else word


def name_of_leaf(leaf):
    return name_in_program(leaf) or "leaf"


def name_in_program(tensor):
    """The name of a tensor among the variables of the program, or below a module there: `net.fc1.weight`."""
    frame = sys._getframe(1)
    while tensor is not None and frame is not None:
        if not frame.f_code.co_filename.startswith(OURS):
            name = found_in(frame, tensor)
            if name is not None:
                return name
            for scope in (frame.f_locals, frame.f_globals):
                for owner, value in list(scope.items()):
                    if isinstance(value, torch.nn.Module):
                        path = next((p for p, one in value.named_parameters() if one is tensor), None)
                        if path is not None:
                            return f"{owner}.{path}"
        frame = frame.f_back
    return None
