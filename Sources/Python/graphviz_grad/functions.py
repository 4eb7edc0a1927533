"""What functions of PyTorch are to a recorder."""

from __future__ import annotations

import math

import torch

from .maps import map_of
from .tensors import tensors_in
from .vocabulary import ARITHMETIC, IGNORED, MAKERS, OTHERS, PARTS, SINGLE_NODE, VIEWS, WITH_ARGUMENTS, WITH_NUMBERS

# What functions are to a recorder.
PASSED, BACKWARD, DATA, DATA_SET, HOOK, OPERATION = range(6)


class Known:
    """What is asked of a function of PyTorch at each call of it."""

    __slots__ = ("kind", "name", "plain", "is_in_place", "inplace_at", "parameters", "is_arithmetic", "has_one_node",
                 "is_backwards", "keeps_arguments", "may_have_partial", "is_maker",
                 "takes_numbers", "moves_statistics", "is_simple", "gives_parts")

    def __init__(self, function):
        name = getattr(function, "__name__", "")
        is_attribute = name == "__get__"
        if is_attribute:
            name = getattr(function.__self__, "__name__", "")
        self.name, self.plain = name, name.strip("_")
        if is_attribute and name not in VIEWS and name not in ("real", "imag", "data"):
            self.kind = PASSED
        elif name in ("backward", "grad") and str(getattr(function, "__module__", "")).startswith("torch"):
            self.kind = BACKWARD
        elif name == "__set__" and getattr(getattr(function, "__self__", None), "__name__", "") == "data":
            self.kind = DATA_SET
        elif name == "register_hook":
            self.kind = HOOK
        elif name in IGNORED:
            self.kind = PASSED
        else:
            self.kind = DATA if is_attribute and name == "data" else OPERATION
        code = getattr(function, "__code__", None)
        self.parameters = code.co_varnames[:code.co_argcount] if code else ()
        # `__iadd__` is the other way to write `__add__`, and `__int__` no such thing.
        is_other_way = name.startswith("__i") and hasattr(torch.Tensor, f"__{name[3:]}")
        self.is_in_place = name.endswith("_") and not name.endswith("__") or is_other_way or name == "__setitem__"
        # F.relu(x, inplace=True), also by position.
        self.inplace_at = self.parameters.index("inplace") if "inplace" in self.parameters else None
        self.is_arithmetic = self.plain in ARITHMETIC
        self.has_one_node = self.plain in SINGLE_NODE
        # 2 - x calls x.__rsub__(2), and torch.rsub(x, 2) is the same.
        self.is_backwards = self.is_arithmetic and self.plain.startswith("r")
        self.keeps_arguments = self.plain in WITH_ARGUMENTS
        self.may_have_partial = self.plain in OTHERS
        self.is_maker = self.plain in MAKERS
        # Running means, say, are taken as they are before it changes them.
        self.moves_statistics = name in ("batch_norm", "instance_norm")
        self.takes_numbers = self.is_arithmetic or self.plain in WITH_NUMBERS
        # Whether all that is asked of its calls can wait, where they give one tensor, or where they give several.
        self.is_simple = not (self.is_maker or self.moves_statistics)
        self.gives_parts = self.plain in PARTS

    def named(self, kwargs):
        """What a call is called: a sum whose second operand is weighed, and a quotient that is rounded, are no such thing."""
        if self.is_arithmetic:
            if kwargs.get("alpha", 1) != 1:
                return f"{self.plain}_alpha"
            if kwargs.get("rounding_mode") is not None:
                return "floor_divide" if kwargs["rounding_mode"] == "floor" else f"{self.plain}_{kwargs['rounding_mode']}"
        return self.plain

    def numbers_among(self, args, kwargs):
        """The arguments among which a title finds numbers, in the order of the tool's own operation."""
        if self.is_arithmetic:
            return args
        if self.plain in ("clamp", "clip"):
            given = dict(zip(("min", "max"), args[1:]), **kwargs)
            ends = (given.get("min"), given.get("max"))
            return (args[0], *(end if known is None else known for known, end in zip(ends, (-math.inf, math.inf))))
        return (*args, *kwargs.values())

    def works_in_place(self, args, kwargs):
        """Whether a call of a function that may work in place does."""
        return bool(kwargs.get("inplace", args[self.inplace_at] if self.inplace_at < len(args) else False))


# What is known of the functions that ran.
KNOWN = {}


def known_of(function):
    known = KNOWN[function] = Known(function)
    return known


def name_on_view(known, view, base, operands):
    """What an operation is called that changes a view, and with it what that is of; where it changes all of that entry by
    entry, it is the same operation."""
    if len(operands) == 1 and view.numel() == base.numel():
        return known.plain
    plain = known.plain[1:] if known.name.startswith("__i") else known.plain
    return f"{plain}_"


def place_in(view, whole):
    """Which entries of a value a view of it has, `[:, 0]`; nothing where it is not known as one."""
    if view is None or not view.operation.operands or view.operation.operands[0] is not whole:
        return ""
    index = map_of(view.operation, 0, view).get("index")
    return "" if index is None else f"[{index}]"


def attributes_of(known, args, kwargs):
    """The arguments that are no tensors, by their names where they have some, else by their places."""
    if known.plain in ("getitem", "setitem"):
        return {"index": args[1]}
    names, found = known.parameters, {}
    for place, value in enumerate(args):
        found[names[place] if place < len(names) else place] = value
    found.update(kwargs)
    return {key: value for key, value in found.items() if not tensors_in(value)}
