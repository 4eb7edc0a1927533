"""Records a TensorFlow function, operation by operation, with every value and every derivative."""

from __future__ import annotations

import inspect
import os
import re

import numpy
import tensorflow as tf

from .command import GradError
from .computation import Computation
from .numpy_maps import edge_of, layers, pieces
from .sources import FrameSources, names_of_paths

try:
    # Neither is public; nothing that is shows operations as they run, or gives the derivative of one.
    from tensorflow.python.eager.backprop import _gradient_function
    from tensorflow.python.framework import op_callbacks
except ImportError as error:
    raise GradError(f"TensorFlow {tf.__version__} does not say what runs: {error}") from error

# TensorFlow's names of what NumPy calls otherwise.
_NAMES = {
    "AddV2": "add", "BiasAdd": "add", "Sub": "subtract", "Mul": "multiply", "RealDiv": "divide", "Neg": "negative",
    "Pow": "power", "MatMul": "matmul", "BatchMatMulV2": "matmul", "SelectV2": "where", "StridedSlice": "getitem",
    "GatherV2": "getitem", "ConcatV2": "concatenate", "Pack": "stack", "Conv2D": "conv"}
# Elementwise functions that NumPy has not.
_OTHERS = set("sigmoid relu softplus elu selu relu6 leaky_relu rsqrt squared_difference".split())
_FOLDERS = [os.path.dirname(tf.__file__), os.path.join(os.path.dirname(os.path.dirname(tf.__file__)), "keras")]


def trace(function, *args, argnums=None, entries=10_000, **keywords):
    """The trace of ``function(*args, **keywords)``, which returns one number.

    Derivatives are those by all floating-point arguments, or by those of ``argnums``, and by all variables that
    can be trained.
    """
    chosen = [argnums] if isinstance(argnums, int) else argnums
    written = getattr(function, "python_function", function)
    recorder = Recorder(inspect.unwrap(written).__code__)
    recorder.names = _names_of_variables(inspect.unwrap(written), args)
    names = names_of_paths(written, [[i] for i in range(len(args))])
    given = list(args)
    for i, (value, name) in enumerate(zip(args, names)):
        if isinstance(value, (float, tf.Variable, tf.Tensor, numpy.ndarray)):
            given[i] = tf.identity(tf.convert_to_tensor(value))
            is_asked = given[i].dtype.is_floating and (chosen is None or i in chosen)
            recorder.know(given[i], recorder.input(given[i].numpy(), name, is_asked))
    eager = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    with tf.GradientTape() as recorder.tape:
        op_callbacks.add_op_callback(recorder.record)
        try:
            result = function(*given, **keywords)
        finally:
            op_callbacks.remove_op_callback(recorder.record)
            tf.config.run_functions_eagerly(eager)
    if not isinstance(result, tf.Tensor) or tf.size(result) != 1:
        raise GradError("the function returns more than one number, and what is differentiated is one")
    output = recorder.known.get(id(result))
    if output is None:
        raise GradError("the result does not depend on any argument or variable")
    recorder.differentiate(
        output, numpy.ones_like(output.data), zeros=lambda v: numpy.zeros_like(v.data), add=lambda a, b: a + b)
    return recorder.trace(output, entries)


class Recorder(Computation):
    """Records operations as they run."""

    def __init__(self, code):
        super().__init__()
        self.known, self.kept, self.is_looking = {}, [], False
        # What variables are called in the function, by identity.
        self.names = {}
        self.sources = FrameSources(self.numbered, self.slight, code, [*_FOLDERS, os.path.dirname(__file__) + os.sep])

    def know(self, tensor, value):
        self.known[id(tensor)] = value
        # An id is one's own as long as its tensor is there.
        self.kept.append(tensor)

    def value_of(self, tensor):
        """The value that a tensor is: one that is known, what a variable holds, or a constant."""
        if id(tensor) in self.known:
            return self.known[id(tensor)]
        variable = next((one for one in self.tape.watched_variables() if _is_equal(one, tensor)), None)
        value = self.constant(tensor.numpy()) if variable is None else self.value_of_variable(variable)
        self.know(tensor, value)
        return value

    def variable_of(self, handle):
        """The variable that is read through a handle; None for one that nobody trains."""
        return next((one for one in self.tape.watched_variables() if one.handle is handle), None)

    def value_of_variable(self, variable):
        if id(variable) not in self.known:
            name = variable.name.split(":")[0].replace("/", ".")
            if name == "Variable":
                # The program has given none.
                name = self.names.get(id(variable), name)
            self.know(variable, self.input(variable.numpy(), name, True))
        return self.known[id(variable)]

    def record(self, kind, inputs, attributes, outputs, op_name=None, graph=None):
        kind = kind.decode() if isinstance(kind, bytes) else kind
        # To look at what was read is itself to read.
        if graph is None and outputs and not self.is_looking:
            self.is_looking = True
            try:
                with self.tape.stop_recording():
                    self.look(kind, list(inputs), attributes, list(outputs))
            finally:
                self.is_looking = False
        return outputs

    def look(self, kind, inputs, attributes, outputs):
        if kind == "ReadVariableOp":
            # Two variables may hold the same numbers.
            variable = self.variable_of(inputs[0])
            if variable is not None:
                self.know(outputs[0], self.value_of_variable(variable))
        elif kind == "ResourceGather":
            self.add_rows(*inputs[:2], outputs[0])
        elif _is_float(outputs[0]):
            floats = [i for i, one in enumerate(inputs) if _is_float(one)]
            if floats:
                self.add(kind, inputs, attributes, outputs, floats)

    def add_rows(self, handle, rows, output):
        """Adds the rows that an embedding takes from a variable, which is read at once."""
        variable = self.variable_of(handle)
        if variable is None:
            return
        table, rows = self.value_of_variable(variable), rows.numpy()

        def pull(cotangents):
            found = numpy.zeros_like(table.data)
            numpy.add.at(found, rows, cotangents[0])
            return [found]

        calls, place = self.sources.read("ResourceGather")
        index = str(rows.tolist())
        results = self.apply(
            "getitem", [table], [output.numpy()], calls=calls, place=place, pull=pull,
            edge=lambda slot: ({"is": "select", "index": index}, None))
        self.sources.name(results)
        self.know(output, results[0])

    def add(self, kind, inputs, attributes, outputs, floats):
        if kind == "Identity":
            self.know(outputs[0], self.value_of(inputs[0]))
            return
        name = _NAMES.get(kind) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind).lower()
        operands = [self.value_of(inputs[i]) for i in floats]

        def gradients(given, cotangents):
            given_back = [tf.convert_to_tensor(one) for one in cotangents]
            found = _gradient_function(kind, attributes, len(given), given, outputs, given_back, [], "")
            found = found if isinstance(found, (list, tuple)) else [found]
            return [None if found[i] is None else tf.convert_to_tensor(found[i]).numpy() for i in floats]

        def partials(slot):
            if kind == "BiasAdd":
                # Its own rule sums up what a bias gets.
                return numpy.ones_like(results[0].data)
            wide = list(inputs)
            for i in floats:
                wide[i] = tf.broadcast_to(inputs[i], outputs[0].shape)
            return gradients(wide, [tf.ones_like(outputs[0])])[slot]

        calls, place = self.sources.read(kind)
        axes = [one.numpy() for one in inputs[1:] if one.dtype in (tf.int32, tf.int64)]
        results = self.apply(
            name, operands, [one.numpy() for one in outputs], calls=calls, place=place,
            parts=_parts(kind, inputs, attributes, outputs),
            pull=lambda cotangents: gradients(inputs, cotangents),
            edge=lambda slot: _edge(name, slot, operands, results[0].data, axes, attributes, partials))
        self.sources.name(results)
        for tensor, value in zip(outputs, results):
            self.know(tensor, value)


def _parts(kind, inputs, attributes, outputs):
    """The indices of results that are parts of the operand; None of others."""
    if kind == "Unpack":
        return layers(outputs, dict(zip(attributes[::2], attributes[1::2]))["axis"])
    place = {"Split": 0, "SplitV": 2}.get(kind)
    return None if place is None else pieces(outputs, int(inputs[place]))


def _is_float(tensor):
    return tensor.dtype.is_floating or tensor.dtype.is_complex


def _names_of_variables(function, args):
    """The names of variables in what a function uses from around it, in its object and in its arguments, by identity; also
    in what the functions use that it calls."""
    trees, functions = [*enumerate(args)], [function]
    for one in functions:
        around = inspect.getclosurevars(one)
        trees += [*around.nonlocals.items(), *getattr(getattr(one, "__self__", None), "__dict__", {}).items()]
        trees += around.globals.items()
        called = [getattr(value, "python_function", value) for _, value in trees]
        functions += [
            value for value in called if inspect.isroutine(value) and hasattr(value, "__code__")
            and value not in functions and not value.__code__.co_filename.startswith(tuple(_FOLDERS))]
    found = [
        ((first, *path), variable) for first, tree in trees if not str(first).startswith("_")
        for path, variable in _variables(tree)]
    names = names_of_paths(function, [path for path, _ in found])
    return {id(variable): name for (_, variable), name in [*zip(found, names)][::-1]}


def _variables(tree):
    """The variables in a tree of lists and dictionaries, each with the keys that lead to it."""
    if isinstance(tree, tf.Variable):
        yield (), tree
    elif isinstance(tree, (list, tuple, dict)):
        for key, one in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
            for path, variable in _variables(one):
                yield (key, *path), variable


def _is_equal(variable, tensor):
    return variable.shape == tensor.shape and bool(tf.reduce_all(variable.value() == tensor))


def _edge(name, slot, operands, result, axes, attributes, partials):
    flags = dict(zip(attributes[::2], attributes[1::2]))
    is_turned = any(flags.get(flag) for flag in ("transpose_a", "transpose_b", "adj_x", "adj_y")) \
        or flags.get("data_format") in ("NCHW", b"NCHW")
    if is_turned or name in ("getitem", "concatenate", "stack"):
        return None, None
    if name in _OTHERS:
        return None if numpy.shape(result) == () else "elementwise", partials(slot)
    keywords = {}
    if name in ("sum", "mean") and axes:
        keywords["axis"] = tuple(int(a) for a in numpy.atleast_1d(axes[0]))
    if name == "transpose" and axes:
        keywords["axes"] = [int(a) for a in axes[0]]
    data = [v.data for v in operands]
    return edge_of(name, slot, data, result, data, keywords, partials)
