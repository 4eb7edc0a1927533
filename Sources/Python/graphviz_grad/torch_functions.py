"""Traces a function of PyTorch at its arguments: records one call of it, and goes back once."""

from __future__ import annotations

import torch

from .command import GradError
from .recorder import record


def trace(function, *args, argnums=None, entries=10_000, **keywords):
    """The trace of ``function(*args, **keywords)``, which returns one number; a module is a function, too.

    Derivatives are those by the floating-point tensors among the arguments, or in those of `argnums`, and by what
    else the function uses that asks for them, such as the parameters of a module. No tensor is changed: gradients
    that there are stay as they are, and arguments are copied.
    """
    if argnums is None:
        argnums = range(len(args))
    chosen = [argnums] if isinstance(argnums, int) else [number % len(args) for number in argnums]
    given = [_fresh(value, place in chosen) for place, value in enumerate(args)]
    keywords = {name: _fresh(value, False) for name, value in keywords.items()}
    with torch.enable_grad(), record(entries) as recorder:
        output = function(*given, **keywords)
        if not isinstance(output, torch.Tensor) or output.numel() != 1:
            raise GradError(f"the function returns {_told(output)}, and what is differentiated is one number")
        if not output.requires_grad:
            raise GradError("the result depends on no tensor whose derivative is asked for")
        torch.autograd.grad(output, _leaves(output.grad_fn), grad_outputs=torch.ones_like(output), allow_unused=True)
    return recorder.trace()


def _fresh(value, is_asked):
    """An argument as another leaf of the graph, within lists, tuples and dictionaries, too."""
    if isinstance(value, torch.Tensor):
        copy = value.detach().clone()
        return copy.requires_grad_() if is_asked and value.is_floating_point() else copy
    if isinstance(value, dict):
        return type(value)((key, _fresh(one, is_asked)) for key, one in value.items())
    if type(value) in (list, tuple):
        return type(value)(_fresh(one, is_asked) for one in value)
    return value


def _leaves(node):
    """The tensors that the graph behind a node ends in."""
    found, seen, stack = [], set(), [node]
    while stack:
        one = stack.pop()
        if one is None or one in seen:
            continue
        seen.add(one)
        if hasattr(one, "variable"):
            found.append(one.variable)
        stack.extend(following for following, _ in one.next_functions)
    return found


def _told(output):
    if isinstance(output, torch.Tensor):
        return f"a tensor of the shape {tuple(output.shape)}"
    return f"something of the type '{type(output).__name__}'"
