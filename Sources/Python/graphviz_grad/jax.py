"""Records a JAX function by its jaxpr, equation by equation, with every value and every derivative."""

from __future__ import annotations

import contextlib
import inspect

import jax
import jax.numpy as jnp
import numpy
from jax.extend.core import Literal

from .command import GradError
from .computation import Computation
from .jax_maps import describe
from .jax_sources import JaxSources
from .jax_steps import Step, composed, is_float
from .sources import names_of_paths

# What is recorded from within; everything else with a body of its own stays one operation, since only so its
# derivative is JAX's own: custom rules, loops, conditions.
_OPENED = {"jit", "pjit", "closed_call", "core_call", "remat", "remat2", "checkpoint"}
# What draws numbers by a key, and makes keys of others.
_RANDOM = ("random_", "threefry2x32")


def trace(function, *args, argnums=None, has_aux=False, entries=10_000, **keywords):
    """The trace of ``function(*args, **keywords)``, which returns one number.

    Derivatives are those by all floating-point arguments, or by those of ``argnums``, as in ``jax.grad``;
    the others are data. With ``has_aux`` the function returns a pair, whose first is differentiated.
    """
    names, leaves, wanted, rebuild = _arguments(function, args, keywords, argnums)
    closed, shape = jax.make_jaxpr(lambda *arrays: _call(function, rebuild(arrays)), return_shape=True)(*leaves)
    results = jax.tree_util.tree_leaves(shape[0] if has_aux else shape)
    if len(results) != 1 or results[0].size != 1:
        raise GradError(
            f"{_name(function)} returns {_told(results)}, and what is differentiated is one number"
            + ("" if has_aux or len(results) == 1 else "; has_aux=True differentiates the first of a pair"))
    recorder = _Recorder()
    constants = [recorder.constant(const, _global_name(function, const)) for const in closed.consts]
    # All of it is one function of JAX, since compiling each equation and each pullback alone takes longer.
    whole = jax.jit(lambda *given: recorder.record(
        _unwrapped(closed.jaxpr), constants, [recorder.input(*one) for one in zip(given, names, wanted)],
        _name(inspect.unwrap(function))))
    recorder.fill(whole(*[jnp.asarray(leaf) for leaf in leaves]))
    return recorder.trace(recorder.output, entries)


def _call(function, arguments):
    args, keywords = arguments
    return function(*args, **keywords)


def _name(function):
    return getattr(function, "__name__", type(function).__name__)


def _told(results):
    if len(results) != 1:
        return f"{len(results)} values"
    return f"an array of the shape {tuple(results[0].shape)}"


def _arguments(function, args, keywords, argnums):
    """Names, arrays and whether their derivative is asked for, of all arguments that are arrays or numbers, and
    what puts arrays in their place again. What else there is, is the function's own affair."""
    if isinstance(argnums, int):
        argnums = (argnums,)
    paths, tree = jax.tree_util.tree_flatten_with_path((args, keywords))
    kinds = (jax.Array, numpy.ndarray, numpy.generic, float)
    dynamic = [i for i, (_, leaf) in enumerate(paths) if isinstance(leaf, kinds)]
    names = names_of_paths(function, [_steps(paths[i][0]) for i in dynamic])
    leaves = [paths[i][1] for i in dynamic]
    wanted = []
    for i, leaf in zip(dynamic, leaves):
        path = paths[i][0]
        asked = argnums is None or path[0].idx == 0 and path[1].idx in [n % len(args) for n in argnums]
        wanted.append(asked and jnp.issubdtype(jnp.result_type(leaf), jnp.inexact))
    if not any(wanted):
        raise GradError("no argument is a floating-point number or an array of them; write 3.0 for 3")

    def rebuild(arrays):
        given = [leaf for _, leaf in paths]
        for i, array in zip(dynamic, arrays):
            given[i] = array
        return jax.tree_util.tree_unflatten(tree, given)

    return names, leaves, wanted, rebuild


def _steps(path):
    """The steps of a path as keys and indices; the first is the position or the keyword of the argument."""
    steps = []
    for key in path[1:]:
        steps.append(next(getattr(key, word) for word in ("key", "idx", "name") if hasattr(key, word)))
    return steps


def _unwrapped(jaxpr):
    """What is inside `jit`, where that is all there is."""
    while len(jaxpr.eqns) == 1 and jaxpr.eqns[0].primitive.name in ("jit", "pjit"):
        equation = jaxpr.eqns[0]
        inner = equation.params["jaxpr"]
        if inner.consts or equation.invars != jaxpr.invars or equation.outvars != jaxpr.outvars:
            break
        jaxpr = inner.jaxpr
    return jaxpr


def _global_name(function, array):
    """The name of a variable of the function's surroundings that holds an array."""
    try:
        outside = inspect.getclosurevars(inspect.unwrap(function))
    except TypeError:
        return None
    for name, value in {**outside.globals, **outside.nonlocals}.items():
        if value is array:
            return name
        if isinstance(value, numpy.ndarray) and value.shape == array.shape and (value == array).all():
            return name
    return None


def _called(equation):
    """The name of the function whose body an equation has."""
    function = getattr(getattr(equation.params.get("jaxpr"), "debug_info", None), "func_name", None) or ""
    return equation.params.get("name", function if function.isidentifier() else "checkpoint").strip("<>")


def _zeros(data):
    if jnp.issubdtype(data.dtype, jnp.inexact):
        return jnp.zeros_like(data)
    return numpy.zeros(numpy.shape(data), jax.dtypes.float0)


def _at(one, key):
    return one[key] if isinstance(one, list) else getattr(one, key)


class _Recorder(Computation):
    """Evaluates a jaxpr."""

    conjugates = True

    def record(self, jaxpr, constants, inputs, root):
        """Records a jaxpr and differentiates it; returns all arrays that it makes, which `fill` puts in place."""
        self.output = self.run(jaxpr, constants, inputs, (), root)[0]
        self.finish(self.output)
        self.differentiate(
            self.output, jnp.ones_like(self.output.data), zeros=lambda value: _zeros(value.data),
            add=lambda a, b: a + b)
        places = [(value, key) for value in self.inputs for key in ("data", "derivative")]
        for operation in self.operations:
            step = operation.recipe
            for held in (*operation.contributions.values(), step.partials):
                places += [(held, slot) for slot in range(len(held))]
            for value in {*operation.results, *step.operands}:
                places += [(value, "data"), (value, "derivative")]
        self.places = [(one, key) for one, key in places if isinstance(_at(one, key), jax.core.Tracer)]
        return [_at(one, key) for one, key in self.places]

    def fill(self, arrays):
        for (one, key), array in zip(self.places, arrays):
            if isinstance(one, list):
                one[key] = array
            else:
                setattr(one, key, array)

    def run(self, jaxpr, consts, inputs, around, root):
        """The results of a jaxpr, the body of the function `root`; `around` are the calls around it."""
        known = dict(zip([*jaxpr.constvars, *jaxpr.invars], [*consts, *inputs]))
        sources, scopes = JaxSources(root, self.numbered, self.slight), []
        for equation in jaxpr.eqns:
            operands = [self.literal(v) if isinstance(v, Literal) else known[v] for v in equation.invars]
            calls, place = sources.read(equation)
            calls = (*around, *calls)
            scopes = self.scopes(equation, scopes, calls)
            calls = (*calls, *(label for _, label in scopes))
            body = self.body(equation)
            if body is not None:
                name = _called(equation)
                within = calls
                if name[0] != "_" and not (calls and calls[-1].startswith(f"{name}#")):
                    within = (*calls, self.numbered(name))
                    self.slight.add(within[-1])
                results = self.run(body[0], [self.constant(c) for c in body[1]], operands, within, name)
            else:
                results = self.evaluate(Step(equation, operands, sources.word, sources.counters), calls, place)
            if results[0].name is None or not any(results[0] is v for v in operands):
                # What is handed on as it is keeps its name.
                sources.name(results, around)
            known.update(zip(equation.outvars, results))
        return [self.literal(v) if isinstance(v, Literal) else known[v] for v in jaxpr.outvars]

    def literal(self, variable):
        """A number in a jaxpr, of the type that it has there."""
        return self.constant(numpy.asarray(variable.val, variable.aval.dtype)[()])

    def scopes(self, equation, last, calls):
        """The scopes of `jax.named_scope` around an equation, each with a number; those that stay open keep it."""
        words = [w for w in str(equation.source_info.name_stack).split("/") if w.isidentifier()]
        if words and calls and calls[-1].startswith(f"{words[0]}#"):
            # Modules of Flax are scopes, and calls of their class.
            del words[0]
        kept = 0
        while kept < min(len(words), len(last)) and words[kept] == last[kept][0]:
            kept += 1
        return last[:kept] + [(word, self.numbered(word)) for word in words[kept:]]

    @staticmethod
    def body(equation):
        """The jaxpr within an equation that is a call, with its constants."""
        if equation.primitive.name not in _OPENED:
            return None
        inner = equation.params.get("jaxpr") or equation.params.get("call_jaxpr")
        return (inner.jaxpr, inner.consts) if hasattr(inner, "consts") else (inner, ())

    def evaluate(self, step, calls, place):
        operands = list(step.operands)
        results = step.bind(*[v.data for v in operands])
        if step.is_same(results):
            return [operands[step.subject]]
        made = self.apply(step.primitive, operands, results, calls=calls, place=place, recipe=step)
        for value in made:
            value.wanted = is_float(value.data) and any(v.wanted for v in operands)
        return made

    def given(self):
        """The operations of numbers alone, as of `jnp.zeros(3)` and `random.normal(key)`, with no name on the way and no
        loop: what they give is what the program has as numbers, whatever the key is that they are drawn by."""
        found = set()

        def is_given(value):
            if value.operation is not None:
                return value.operation in found and value.name is None
            return not value.is_of_input and (value.name is None or not is_float(value.data))

        for operation in self.operations:
            step = operation.recipe
            if step.primitive.startswith(_RANDOM) or step.word is None and all(map(is_given, operation.operands)):
                found.add(operation)
        return found

    def finish(self, output):
        """Says of every operation on a way to the output what it is, and finds its pullback, from the end, when all
        names are known."""
        needed, given = {output.operation}, self.given()
        for operation in reversed(self.operations):
            if operation not in needed:
                continue
            if operation in given:
                operation.operands, operation.recipe.partials = [], []
                continue
            step = composed(operation.recipe)
            shown = describe(step, [v.data for v in operation.results])
            operation.name, operation.parts, operation.hidden = shown.name, shown.parts, step.counters
            with _differentiating(step):
                step.partials = [shown.partial(i) for i in shown.slots]
            operation.edge = lambda slot, shown=shown, step=step: (shown.map(shown.slots[slot]), step.partials[slot])
            operation.recipe = step
            operation.operands = [step.operands[i] for i in shown.slots]
            if any(v.wanted for v in operation.results):
                operation.pull = _pullback(step, shown.slots)
            needed.update(v.operation for v in operation.operands)
        self.operations = [operation for operation in self.operations if operation in needed]


@contextlib.contextmanager
def _differentiating(step):
    """Names the operation of which JAX has no derivative."""
    try:
        yield
    except (ValueError, NotImplementedError, TypeError) as error:
        raise GradError(f"JAX cannot differentiate '{step.primitive}': {error}") from error


def _pullback(step, slots):
    """What gives each operand its part of the derivatives of the results."""
    values = [v.data for v in step.operands]
    places = [i for i in slots if step.operands[i].wanted]

    def of_wanted(*arrays):
        whole = list(values)
        for i, array in zip(places, arrays):
            whole[i] = array
        return step.bind(*whole)

    def pull(cotangents):
        with _differentiating(step):
            back = jax.vjp(of_wanted, *[values[i] for i in places])[1]
            parts = dict(zip(places, back(list(cotangents))))
        return [parts.get(i) for i in slots]

    return pull
