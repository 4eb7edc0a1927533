"""Runs an ONNX model with the evaluator of the `onnx` package, and tells its graph with values, without gradients."""

from __future__ import annotations

import numpy
import onnx
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator

from .command import GradError
from .traces import Trace

# What ONNX calls otherwise than the trace's table of operators.
_NAMES = {"Sub": "subtract", "Mul": "multiply", "Div": "divide", "Neg": "negate", "MatMul": "matmul", "Gemm": "linear"}


def trace(model, *args, entries=10_000, of=None, **inputs):
    """The trace of a model at its inputs, in their order or by their names. There are no derivatives in it.

    What leads to all of its outputs is there; what a figure is of is the first of them, or what `of` names.
    """
    graph = model.graph
    initial = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    names = [one.name for one in graph.input if one.name not in initial]
    given = {**dict(zip(names, args)), **inputs}
    missing = [name for name in names if name not in given]
    if missing or len(args) > len(names):
        raise GradError(
            f"the model's inputs are {', '.join(names) or 'none'}"
            + (f"; '{missing[0]}' is not given" if missing else ""))
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    known = {one.name for one in graph.output}
    made = [name for node in graph.node for name in node.output if name]
    shown.graph.output.extend(onnx.ValueInfoProto(name=name) for name in made if name not in known)
    evaluator = ReferenceEvaluator(shown)
    given = {name: numpy.asarray(given[name]) for name in names}
    values = {**dict(zip(evaluator.output_names, evaluator.run(None, given))), **initial, **given}
    told, ids = Trace(entries), {}

    def source(name):
        if name not in ids:
            ids[name] = told.add(name, kind="input", value=_plain(values[name]), data=name in names)
        return ids[name]

    for node in graph.node:
        operands = [source(name) for name in node.input if name and name in values]
        for name in node.output:
            if not name or not hasattr(values.get(name), "shape"):
                continue
            operation = _NAMES.get(node.op_type, node.op_type.lower())
            ids[name] = told.add(
                name, operation=operation, value=_plain(values[name]), kind="operation" if operands else "constant")
            for slot, operand in enumerate(operands):
                told.connect(operand, ids[name], slot, map={"is": "opaque", "operation": operation})
    outputs = [one.name for one in graph.output]
    if of is not None and of not in ids:
        raise GradError(f"the model has no value '{of}'; its outputs are {', '.join(outputs)}")
    told.output = ids[outputs[0] if of is None else of]
    for node in told.nodes:
        if node["id"] == told.output and node.get("shape"):
            # Nobody differentiates it.
            node["data"] = True
    return told


def _plain(value):
    return value.astype(float) if value.dtype.kind in "iub" else value
