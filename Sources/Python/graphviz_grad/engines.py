"""Which engine an object or a function belongs to, told by what it is; nothing that is not loaded is imported."""

from __future__ import annotations

import importlib
import sys
import types

from .command import GradError


class Engine:
    """One way to have derivatives.

    ``root`` is the module that is loaded where the engine is in use, and ``types`` are its arrays there.
    ``draws`` and ``traces`` name the functions of this package that make a trace of an output that keeps its graph,
    and of a function with its arguments; None for what the engine has not.
    """

    def __init__(self, name, root, types=(), draws=None, traces=None, hint=None):
        self.name, self.root, self.types = name, root, types
        self.draws, self.traces, self.hint = draws, traces, hint

    def owns(self, thing):
        """Whether an object is one of the engine's."""
        module = sys.modules.get(self.root)
        found = [_attribute(module, path) for path in self.types] if module is not None else []
        return isinstance(thing, tuple(one for one in found if isinstance(one, type)))

    @staticmethod
    def function(place):
        """What ``"module:function"`` of this package names."""
        module, name = place.split(":")
        return getattr(importlib.import_module(f"{__package__}.{module}"), name)


# The engines, in the order in which they are asked.
ENGINES = [
    Engine(
        "PyTorch", "torch", ("Tensor", "nn.Module"), draws="after:trace", traces="torch_functions:trace",
        hint="record it: 'with graphviz_grad.record() as r:', then r.draw(…)"),
    Engine(
        "JAX", "jax", ("Array", "core.Tracer"), traces="jax:trace",
        hint="an array of JAX does not know what it was computed from: graphviz_grad.trace(f, *args) runs f"),
    Engine(
        "TensorFlow", "tensorflow", ("Tensor", "Variable"), traces="tensorflow:trace",
        hint="a tensor of TensorFlow does not know what it was computed from: graphviz_grad.trace(f, *args) runs f"),
    Engine(
        "autograd", "autograd", ("numpy.numpy_boxes.ArrayBox",), traces="autograd:trace",
        hint="autograd knows its graph only while it differentiates: graphviz_grad.trace(f, *args) runs f"),
    Engine("ONNX", "onnx", ("ModelProto",), traces="onnx:trace", hint="graphviz_grad.trace(model, *inputs) runs it"),
]
_NUMBERS = (bool, int, float, complex, str, bytes, type(None))


def draw(output, path=None, **options):
    """The figure of an output that keeps what it was computed from, with the gradients that are there.

    That are values of micrograd and of engines like it, with `data`, `grad` and `_prev`. Options are those of
    ``graphviz-grad render``; with a path the figure is written there. A trace is drawn as it is.
    """
    from .traces import Trace

    drawing = (output if isinstance(output, Trace) else _drawn(output)).drawing(**options)
    return drawing if path is None else drawing.draw(path)


def _drawn(output):
    from . import duck

    engine = next((one for one in ENGINES if one.owns(output)), None)
    if engine is not None and engine.draws is not None:
        return engine.function(engine.draws)(output)
    if engine is not None:
        raise GradError(engine.hint)
    if duck.is_value(output):
        return duck.trace(output)
    told = "a function: graphviz_grad.trace(f, *args) runs it" if callable(output) else f"of the type '{_type(output)}'"
    raise GradError(
        f"this is no output that keeps what it was computed from, but {told}. "
        "Such an output has 'data', 'grad' and one of '_prev', '_children', 'prev', 'parents'")


def trace(function, *args, engine=None, **options):
    """The trace of a function at its arguments, with every value and every derivative.

    The function returns one number. It is one of PyTorch, JAX, `autograd`, TensorFlow, or an engine like micrograd;
    which of them is told by its arguments, by what its code calls, or by ``engine="jax"``. ``argnums`` says by which
    arguments it is differentiated, all of them by default; other keywords are the function's own.
    """
    from . import duck

    chosen = _named(engine) if engine else _of_arguments((function, args, options)) or None
    if chosen is None and any(duck.is_value(one) for one in _leaves((args, options))):
        return duck.trace_of_call(function, *args, **options)
    if chosen is None:
        chosen = _of_code(function)
    if chosen.traces is None:
        raise GradError(f"{chosen.name}: {chosen.hint}")
    return chosen.function(chosen.traces)(function, *args, **options)


def _named(word):
    for engine in ENGINES:
        if word.lower() in (engine.name.lower(), engine.root):
            return engine
    raise GradError(f"no engine is called '{word}'; there are {', '.join(engine.name for engine in ENGINES)}")


def _of_arguments(arguments):
    leaves = list(_leaves(arguments))
    return next((engine for engine in ENGINES if any(engine.owns(one) for one in leaves)), None)


def _of_code(function):
    """The engine whose functions the code of a function calls, or of what that calls."""
    if not callable(function):
        raise GradError(f"a function and its arguments are traced, and this is of the type '{_type(function)}'")
    called = {_root(module) for module in _modules(function)}
    found = [engine for engine in ENGINES if engine.root in called and engine.traces]
    if len(found) == 1:
        return found[0]
    loaded = [engine for engine in ENGINES if engine.root in sys.modules and engine.traces]
    if len(loaded) == 1 and not found:
        return loaded[0]
    raise GradError(
        "it is not clear which engine differentiates the function: "
        "say it with engine='torch', 'jax', 'autograd' or 'tensorflow'")


def _modules(function, most=200):
    """The modules whose names the code of a function mentions, and the code of functions that it mentions."""
    seen, found, stack = set(), set(), [function]
    while stack and len(seen) < most:
        one = stack.pop()
        one = getattr(one, "__wrapped__", one)
        one = getattr(one, "__func__", one)
        code = getattr(one, "__code__", None)
        if code is None or code in seen:
            continue
        seen.add(code)
        names, codes = set(), [code]
        while codes:
            inner = codes.pop()
            names.update(inner.co_names)
            codes.extend(const for const in inner.co_consts if isinstance(const, types.CodeType))
        held = {name: one.__globals__[name] for name in names if name in getattr(one, "__globals__", {})}
        for name, cell in zip(code.co_freevars, one.__closure__ or ()):
            try:
                held[name] = cell.cell_contents
            except ValueError:
                continue
        for value in held.values():
            if isinstance(value, types.ModuleType):
                found.add(value.__name__)
            elif callable(value):
                found.add(getattr(value, "__module__", None) or "")
                stack.append(value)
    return found


def _root(module):
    return "jax" if module.split(".")[0] in ("jax", "jaxlib") else module.split(".")[0]


def _leaves(tree, depth=6):
    if isinstance(tree, (list, tuple, dict)) and depth:
        for one in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(one, depth - 1)
    elif not isinstance(tree, _NUMBERS):
        yield tree


def _attribute(thing, path):
    for name in path.split("."):
        thing = getattr(thing, name, None)
    return thing


def _type(thing):
    kind = type(thing)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
