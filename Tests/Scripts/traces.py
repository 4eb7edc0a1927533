"""Checks traces as JSON: all that the tool writes, against its schema, and traces that other tools write.

    python3 Tests/Scripts/traces.py .build/debug/graphviz-grad

The traces of other tools are random graphs that PyTorch computes and differentiates: the tool must find the same
derivatives from the partials alone, draw the graph, and refuse it once a number is wrong.
"""

import json
import random
import sys
import tempfile
from pathlib import Path

import torch
from jsonschema import Draft202012Validator

from common import attempt, check, finish, run

tool = Path(sys.argv[1]).resolve()
root = Path(__file__).resolve().parents[2]
schema = json.loads(
    (root / "Sources/GraphvizGrad/Documentation.docc/Resources/trace.schema.json").read_text())
Draft202012Validator.check_schema(schema)
readable = Draft202012Validator(schema)
# The definition refers to the whole schema, so that it is asked for from within.
written = Draft202012Validator({**schema, "$ref": "#/$defs/written", "$id": "written", "$defs": {
    **schema["$defs"], "written": {**schema["$defs"]["written"], "allOf": []}}})

# What PyTorch computes, by the operator's name in the table; `None` for an operator that the table lacks.
operators = [
    ("add", 2, torch.add), ("subtract", 2, torch.sub), ("multiply", 2, torch.mul), ("tanh", 1, torch.tanh),
    ("sin", 1, torch.sin), ("sigmoid", 1, torch.sigmoid), ("exp", 1, lambda x: torch.exp(-x * x)),
    ("softsign", 1, torch.nn.functional.softsign), ("hardswish", 1, torch.nn.functional.hardswish),
    ("logaddexp", 2, torch.logaddexp), ("relu", 1, torch.relu),
]


def random_trace(seed):
    """A trace of a random graph with PyTorch's values and partials, and PyTorch's own derivatives."""
    choose = random.Random(seed)
    values, nodes, edges = {}, [], []
    for index in range(choose.randint(1, 4)):
        name = f"x{index}"
        values[name] = torch.tensor(choose.uniform(-2, 2), dtype=torch.float64, requires_grad=True)
        nodes.append({"id": name, "value": values[name].item()})
    for index in range(choose.randint(1, 30)):
        name, (operation, count, function) = f"v{index}", choose.choice(operators)
        sources = [choose.choice(list(values)) for _ in range(count)]
        own = [values[source].detach().requires_grad_() for source in sources]
        partials = torch.autograd.grad(function(*own), own)
        values[name] = function(*[values[source] for source in sources])
        values[name].retain_grad()
        nodes.append({"id": name, "operation": operation, "value": values[name].item()})
        edges += [{"from": source, "to": name, "partial": partial.item()}
                  for source, partial in zip(sources, partials)]
    values[name].backward()
    return {"nodes": nodes, "edges": edges}, {
        name: 0.0 if value.grad is None else value.grad.item() for name, value in values.items()}


def with_derivatives(trace, derivatives):
    return {**trace, "nodes": [{**node, "derivative": derivatives[node["id"]]} for node in trace["nodes"]]}


samples = sorted((root / "samples").glob("*.grad"))
check(samples, "there are samples")
for sample in samples:
    for detail in ["operations", "statements", "calls"]:
        text = run(tool, "eval", sample, "--format", "json", "--detail", detail)
        for validator in [written, readable]:
            errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(text))]
            check(not errors, f"{sample.name}, {detail}: {errors[:3]}")
        again = run(tool, "eval", "-", "--format", "json", "--detail", "operations", data=text)
        check(again == text, f"{sample.name}, {detail}: the trace reads back as another")

with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "trace.json"
    for seed in range(40):
        trace, derivatives = random_trace(seed)
        check(readable.is_valid(trace), f"seed {seed}: the schema refuses what is read")
        file.write_text(json.dumps(trace))
        result = json.loads(run(tool, "eval", file, "--format", "json"))
        check(written.is_valid(result), f"seed {seed}: the schema refuses what is written")
        for node in result["nodes"]:
            own = derivatives[node["id"]]
            check(abs(node["derivative"] - own) <= 1e-9 * max(1, abs(own)),
                  f"seed {seed}, {node['id']}: {node['derivative']}, and PyTorch has {own}")
        if seed % 8 == 0:
            check("<svg" in run(tool, "render", file, "-o", "-"), f"seed {seed}: no figure")
        file.write_text(json.dumps(with_derivatives(trace, derivatives)))
        run(tool, "eval", file)
        name = max(derivatives, key=lambda name: abs(derivatives[name]))
        place = [node["id"] for node in trace["nodes"]].index(name)
        wrong = with_derivatives(trace, {**derivatives, name: derivatives[name] * 1.01})
        file.write_text(json.dumps(wrong))
        refused = attempt(tool, "eval", file)
        check(refused.returncode == 1 and f"$.nodes[{place}].derivative: " in refused.stderr,
              f"seed {seed}: {refused.stderr}")

finish("traces")
