"""What PyTorch does not promise: each with what is done where a version lacks it."""

from __future__ import annotations

import re
import sys
import warnings
from contextlib import nullcontext

import torch
from torch.nn.modules import module as nn_module

from .command import GradError


# The kind of node of the graph that a leaf has.
ACCUMULATE = type(torch.ones((), requires_grad=True).view_as(torch.ones(())).grad_fn.next_functions[0][0])
_is_gradient_tracking = getattr(getattr(torch._C, "_functorch", None), "is_gradtrackingtensor", None)
_is_batched = getattr(getattr(torch._C, "_functorch", None), "is_batchedtensor", None)
# The transform of torch.func that is running, None if none is; any where a version cannot say.
running_transform = getattr(getattr(torch._C, "_functorch", None), "peek_interpreter_stack", lambda: "any")


# Says whether operations from here on have places in the graph; the public contexts take ten times as long.
set_grad_enabled = getattr(torch._C, "_set_grad_enabled", torch.set_grad_enabled)


# Whether modes see torch.autograd.backward, so that hooks can wait for it.
sees_backward = "has_torch_function" in getattr(getattr(torch.autograd.backward, "__code__", None), "co_names", ())


def base_of(tensor):
    """The tensor that a view is of; None if it is none, or nobody can say."""
    return getattr(tensor, "_base", None)


def has_hooks(tensor):
    """Whether a program has hooks on a tensor, which may change its gradient."""
    hooks = getattr(tensor, "_backward_hooks", None)
    return bool(hooks) and not all(is_ours(hook) for hook in hooks.values())


def is_ours(hook):
    """Whether a hook is that of another recording, which changes nothing."""
    return getattr(hook, "__module__", "").startswith(f"{__package__}.")


def version_of(tensor):
    """A number that each change in place makes larger; always 0 where changes are not counted."""
    try:
        return tensor._version
    except (AttributeError, RuntimeError):
        # A tensor of inference mode counts none.
        return 0


def tensors_of(module):
    """A module's own parameters and buffers, by name; to ask for them in the public way takes ten times as long."""
    try:
        found = (*module._parameters.items(), *module._buffers.items())
    except AttributeError:
        found = (*module.named_parameters(recurse=False), *module.named_buffers(recurse=False))
    return [(name, tensor) for name, tensor in found if tensor is not None]


def modules_of(module):
    """A module and those below it, by path, each once, in the order of `named_modules`, which takes ten times as long."""
    try:
        found, seen, stack = [], set(), [("", module)]
        while stack:
            path, one = stack.pop()
            if one is None or one in seen:
                continue
            seen.add(one)
            found.append((path, one))
            below = one._modules
            if below:
                stack.extend([(f"{path}.{name}" if path else name, inner) for name, inner in below.items()][::-1])
        return found
    except AttributeError:
        return list(module.named_modules())


def unary_partial(node, like):
    """The partial of an elementwise operation of one operand at each entry, by its own rule for going back;
    None if that cannot be asked. Must be called before the graph is freed."""
    try:
        partial = node(torch.ones_like(like))
    except Exception:  # Whatever a node of an unknown kind raises.
        return None
    return partial if isinstance(partial, torch.Tensor) and partial.shape == like.shape else None


def shape_of_output(node, number):
    """The shape of an output of a node of the graph; None if it does not say."""
    try:
        return tuple(node._input_metadata[number].shape)
    except (AttributeError, IndexError, TypeError, RuntimeError):
        return None


def arguments_of_node(node):
    """The numbers that an operation was given, as far as its node has kept them: `dim` and `index`."""
    found = {}
    for name in ("dim", "index", "start", "end", "step"):
        number = getattr(node, f"_saved_{name}", None)
        # Negative numbers come back as very large ones.
        if type(number) is int:
            found[name] = number - (1 << 64) if number >= 1 << 63 else number
    return found


def saved_of(node):
    """What a node has kept for going back, by name: `self`, `result`, `other`."""
    found = {}
    for name in dir(node):
        if name.startswith("_saved_"):
            try:
                found[name[len("_saved_"):]] = getattr(node, name)
            except RuntimeError:  # It was freed by an earlier backward.
                pass
    return found


def is_transformed(tensors):
    """Whether an operation is within `vmap`, whose tensors are of other shapes than the graph's; what other transforms of
    torch.func work on is refused, as no hook sees their inside."""
    for tensor in tensors if _is_gradient_tracking is not None else ():
        if _is_gradient_tracking(tensor):
            raise GradError(
                "torch.func.grad, vjp and jvp cannot be recorded; call backward() on the loss, or use "
                "torch.autograd.grad")
    return _is_batched is not None and any([_is_batched(tensor) for tensor in tensors])


def outside_of(tensor):
    """The tensor of the program that a transform works on; None where nobody can say."""
    unwrap = getattr(getattr(torch._C, "_functorch", None), "get_unwrapped", None)
    while _is_batched is not None and _is_batched(tensor):
        if unwrap is None:
            return None
        tensor = unwrap(tensor)
    return tensor


def has_compiler(modules=sys.modules):
    """Whether the program has loaded what compiles models."""
    return "torch._dynamo" in modules


def eager():
    """A context in which compiled models run as they are written."""
    set_stance = getattr(getattr(torch, "compiler", None), "set_stance", None)
    return set_stance("force_eager") if set_stance is not None else nullcontext()


# What PyTorch says of hooks of all modules to whoever calls a compiled one. It stands among the filters of the program,
# as it is, so that what Python warns of once stays said.
_WARNING = "ignore", re.compile(r"Using `torch\.compile\(module\)` when there are global hooks"), UserWarning, None, 0


def hush_hooks():
    """Lets PyTorch not warn of the hooks of all modules that a recording has, unless the program has some of its own;
    returns what undoes that."""
    if getattr(nn_module, "_has_any_global_hook", lambda: True)():
        return lambda: None
    warnings.filters.insert(0, _WARNING)

    def undo():
        if _WARNING in warnings.filters:
            warnings.filters.remove(_WARNING)

    return undo


def refuse_compiled(module):
    """Refuses a compiled model where a version of PyTorch cannot run it as it is written."""
    is_compiled = type(module).__name__ == "OptimizedModule"
    if is_compiled and not hasattr(getattr(torch, "compiler", None), "set_stance"):
        raise GradError(
            "a compiled model cannot be recorded with this version of PyTorch; record the model that "
            "torch.compile was given (it is its attribute _orig_mod)")


def opened(function):
    """The same Python function of PyTorch, whose own question whether somebody listens is answered no, so
    that its body runs; None if it is not written in Python."""
    if not hasattr(function, "__code__"):
        return None

    def no(*_, **__):
        return False

    asks = ("has_torch_function", "has_torch_function_unary", "has_torch_function_variadic")
    copy = type(function)(
        function.__code__, {**function.__globals__, **dict.fromkeys(asks, no)}, function.__name__,
        function.__defaults__, function.__closure__)
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy
