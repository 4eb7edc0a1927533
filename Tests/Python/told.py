"""What the tests of recorded traces share."""

import json

import numpy

from graphviz_grad.command import run_command


def numbers(value):
    """Nested lists of a trace as an array."""
    return numpy.array(value, dtype=float)


def nodes_of(trace):
    """The nodes by their ids, after every check that a trace has to pass.

    The derivative of each node is the sum of the contributions of its edges, and the tool reads the trace and finds
    the same.
    """
    document = trace.document()
    nodes = {node["id"]: node for node in document["nodes"]}
    sums = {}
    for edge in document["edges"]:
        if edge["contribution"] is not None:
            sums[edge["from"]] = sums.get(edge["from"], 0) + numbers(edge["contribution"])
    for identifier, node in nodes.items():
        if node["derivative"] is None or identifier == document["output"]:
            continue
        own = numbers(node["derivative"])
        if identifier in sums:
            numpy.testing.assert_allclose(sums[identifier], own, rtol=1e-9, atol=1e-12 * (1 + abs(own).max()))
    text, messages = run_command(["eval", "-", "--format", "json", "--detail", "operations"], trace.json())
    assert not messages, messages
    read = json.loads(text)
    assert len(read["nodes"]) == len(nodes)
    return nodes


def called(trace):
    """The nodes by their names; of several with one name the last."""
    return {node["name"]: node for node in trace.document()["nodes"] if node["name"]}


def calls_of(trace):
    return sorted({call for node in trace.document()["nodes"] for call in node.get("call", ())})
