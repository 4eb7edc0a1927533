"""Recordings of PyTorch: every derivative is that of `retain_grad`, contributions sum, and the tool reads them."""

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
import warnings
from pathlib import Path

import torch
import torch_models as models
import torch_programs as programs
from tensors import CASES, functions
from torch import nn
from torch.nn import functional as F

import graphviz_grad
from graphviz_grad import GradError, cells, record
from graphviz_grad.command import find_command, option_words, run_command
from graphviz_grad.recorder import Recorder

OPEN = ("multi_head_attention_forward", *cells.BODIES)
SCHEMA = Path(__file__).parents[2] / "Sources/GraphvizGrad/Documentation.docc/Resources/trace.schema.json"


class Held(Recorder):
    """A recorder that asks PyTorch to keep the gradient of everything, to compare with."""

    shares = False

    def __init__(self, open=OPEN):
        super().__init__(10_000, None, open)
        self.kept = []

    def remember(self, tensor, node, value):
        super().remember(tensor, node, value)
        if tensor.requires_grad:
            if not tensor.is_leaf:
                tensor.retain_grad()
            self.kept.append((value, tensor, tensor._version, tensor.grad_fn))


def close(a, b, tolerance=1e-12):
    return (a - b).abs().max().item() <= tolerance * max(1, b.abs().max().item())


class Doubles(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        torch.set_default_dtype(torch.float64)
        self.addCleanup(torch.set_default_dtype, torch.float32)
        warnings.simplefilter("ignore")

    def read(self, trace):
        """What the tool makes of a trace, after the schema and the tool have accepted it."""
        try:
            import jsonschema
        except ImportError:
            pass
        else:
            jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(trace.document())
        text, messages = run_command(["eval", "-", "--format", "json", "--detail", "operations"], trace.json())
        return json.loads(text)

    def check(self, program, open=OPEN):
        with Held(open) as r:
            kept = program()
        del kept
        derivatives, totals = r.passes[-1].derivatives, {}
        compared = 0
        for value, tensor, version, node in r.kept:
            if tensor._version != version or tensor.grad_fn is not node:
                continue
            self.assertEqual(tensor.grad is None, value not in derivatives, (value.name, value.operation.name))
            if tensor.grad is not None:
                self.assertTrue(close(derivatives[value], tensor.grad), (value.name, value.operation.name))
                compared += 1
        self.assertGreater(compared, 2)
        for (operation, slot, user), data in r.passes[-1].contributions.items():
            source = operation.operands[slot]
            totals[source] = totals.get(source, 0) + data
        for value, derivative in derivatives.items():
            if value not in r.passes[-1].roots:
                self.assertTrue(close(totals[value], derivative), (value.name, value.operation.name))
        self.read(r.trace())
        # As a user records it: what a value lends to its only use is not kept twice.
        with record(open=open) as plain:
            program()
        self.read(plain.trace())
        return r


class Exact(Doubles):
    """One test a program, below."""


# The same as numbers: 2.13.
VERSION = tuple(int(number) for number in torch.__version__.split(".")[:2])
for program in programs.EXACT + models.MODELS:
    if program in (programs.in_place, programs.changed_views) and VERSION < (2, 1):
        # PyTorch 2.0 itself fails at retain_grad() of what is changed in place.
        continue
    setattr(Exact, f"test_{program.__name__}", lambda self, program=program: self.check(program))


class Recordings(Doubles):
    def test_published_examples_as_modules(self):
        cases = functions(torch, torch.sigmoid, lambda S: torch.softmax(S, dim=1))
        for name, function in cases.items():
            case = CASES[name]
            net = programs.Case(function, case["inputs"], case["constants"])
            with record() as r:
                loss = net()
                loss.backward()
            trace = r.trace()
            self.read(trace)
            found = {node["name"].rsplit(".", 1)[-1]: node for node in trace.nodes if node["name"]}
            # What the module returns is called as its caller calls it.
            found.setdefault(case["output"], trace.nodes[-1])
            for wanted, expected in case["expected"].items():
                with self.subTest(name, value=wanted):
                    node = found[wanted]
                    value = torch.tensor(node["value"])
                    self.assertTrue(close(value, torch.tensor(expected["value"]).reshape(value.shape), 1e-12))
                    if expected["derivative"] is not None:
                        derivative = torch.tensor(node["derivative"])
                        self.assertTrue(close(
                            derivative, torch.tensor(expected["derivative"]).reshape(derivative.shape), 1e-10))

    def test_recorded_gradients_are_the_same_bits(self):
        torch.manual_seed(7)
        plain = [p.grad for p in programs.encoder_layer().parameters()]
        torch.manual_seed(7)
        with record():
            net = programs.encoder_layer()
        for one, other in zip(plain, net.parameters()):
            self.assertTrue(torch.equal(one, other.grad))

    def test_closed_operations(self):
        for program in (programs.encoder_layer, programs.lstm_cell):
            self.check(program, open=())

    def test_names_calls_and_places(self):
        with record() as r:
            programs.two_layers()
        trace = r.trace()
        nodes = {node["id"]: node for node in trace.nodes}
        self.assertEqual(trace.output, "loss")
        self.assertEqual(nodes["net.fc1.weight"]["call"], ["net#1", "net.fc1#1"])
        self.assertIn("net#1.h", nodes)
        self.assertEqual(nodes["net#1.h"]["call"], ["net#1"])
        self.assertEqual(nodes["logits"]["call"], ["net#1", "net.fc2#1"])
        self.assertTrue(nodes["loss"]["file"].endswith("torch_programs.py"))
        source = Path(programs.__file__).read_text().splitlines()
        self.assertIn("F.cross_entropy", source[nodes["loss"]["line"] - 1])

    def test_parts_of_what_a_call_returns(self):
        with record() as r:
            programs.named_parts()
        trace = r.trace()
        self.read(trace)
        nodes = {node["name"]: node for node in trace.nodes if node["name"]}
        self.assertLessEqual({"out.mean", "out.spread", "z['a']", "z['b'][1]", "total", "loss"}, set(nodes))
        # `sum` begins with 0, and the view changes nothing.
        self.assertNotIn("view", {node.get("operation") for node in trace.nodes})
        self.assertNotIn(0, [node["value"] for node in trace.nodes if node["kind"] == "constant"])
        self.assertEqual(nodes["total"]["operation"], "add")

    def test_hooks_of_the_program(self):
        with Held() as held:
            programs.hooked()
        for value, tensor, _, _ in held.kept:
            self.assertTrue(close(held.passes[-1].derivatives[value], tensor.grad), value.name)
        with record() as r:
            w = programs.hooked()
        trace = r.trace()
        self.read(trace)
        found = {node["name"] or node["operation"]: node for node in trace.nodes}
        self.assertTrue(close(torch.tensor(found["w"]["derivative"]), w.grad))
        edge = next(edge for edge in trace.edges if edge["from"] == "h")
        self.assertEqual(edge["contribution"], found["h"]["derivative"])
        behind = torch.tensor(found["register_hook"]["derivative"])
        self.assertTrue(close(behind * 2, torch.tensor(found["h"]["derivative"])))

    def test_a_model_made_in_the_block(self):
        with record() as r:
            net, x = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)), torch.randn(4, 3)
            loss = net(x).square().sum()
            loss.backward()
        names = {node["name"] for node in r.trace().nodes if node["kind"] == "input"}
        self.assertIn("net.1.running_mean", names)
        self.assertNotIn(None, names)

    def test_calls_stand_in_the_order_they_were_made(self):
        with record() as r:
            programs.calls_within_calls()
        paths = {tuple(node.get("call", ())) for node in r.trace().nodes}
        self.assertIn(("net#1", "twice#1", "net.inner#1", "squashed#1"), paths)
        self.assertIn(("net#1", "twice#1", "net.inner#2", "net.inner.lin#2"), paths)

    def test_functions_are_calls(self):
        with record() as r:
            programs.functions()
        trace = r.trace()
        calls = {call for node in trace.nodes for call in node.get("call", ())}
        self.assertEqual(calls, {"f#1", "f#2"})
        self.assertIn("9", run_command(["render", "-", "-o", "-", "-T", "svg", "--open", "f"], trace.json())[0].decode())

    def test_several_losses(self):
        with record() as r:
            programs.two_losses()
        self.assertEqual(r.trace().output, "second")
        self.assertEqual(r.trace(of="first").output, "first")
        self.assertEqual(r.trace(number=0).output, "first")
        for of in ("first", "second"):
            self.read(r.trace(of=of))
        with self.assertRaisesRegex(GradError, "no recorded value is called 'third'"):
            r.trace(of="third")

    def test_a_recording_without_backward(self):
        with record() as r:
            x = torch.tensor([1.0, 2.0], requires_grad=True)
            y = x.exp()
        self.assertEqual(r.trace(of=y).output, "y")
        self.read(r.trace())
        self.assertIn("<svg", r.svg())

    def test_an_output_of_several_elements(self):
        with record() as r:
            x = torch.tensor([1.0, 2.0], requires_grad=True)
            y = F.softsign(x)
            y.backward(torch.tensor([1.0, 3.0]))
        read = self.read(r.trace())
        self.assertEqual(next(n for n in read["nodes"] if n["id"] == "y")["derivative"], [1, 3])

    def test_gradients_by_autograd_grad(self):
        with record() as r:
            x = torch.tensor([1.0, 2.0], requires_grad=True)
            h = x.tanh()
            loss = (h * h).sum()
            (gradient,) = torch.autograd.grad(loss, [x])
        node = next(n for n in r.trace().nodes if n["id"] == "x")
        self.assertTrue(close(torch.tensor(node["derivative"]), gradient))

    def test_derivatives_of_mixed_precision(self):
        with record() as r:
            net = models.cast_automatically()
        told = {node["id"]: node for node in self.read(r.trace())["nodes"]}
        for name, parameter in net.named_parameters():
            own = torch.tensor(told[f"net.{name}"]["derivative"])
            torch.testing.assert_close(own, parameter.grad.double(), rtol=1e-2, atol=1e-3)

    def test_the_last_of_several_passes(self):
        with record() as r:
            generator, _ = models.generator_step()
        told = {node["id"]: node for node in self.read(r.trace())["nodes"]}
        for name, parameter in generator.named_parameters():
            self.assertTrue(close(torch.tensor(told[f"generator.{name}"]["derivative"]), parameter.grad), name)
        with record() as r:
            w, _ = models.scheduled()
        told = [node for node in self.read(r.trace())["nodes"] if node["name"] == "w"]
        self.assertTrue(close(torch.tensor(told[-1]["derivative"]), w.grad))

    def test_titles_say_what_an_operation_is_given(self):
        x, k, W = torch.randn(3, 3, requires_grad=True), torch.randn(2, 3), torch.randn(2, 2, requires_grad=True)
        X = torch.randn(4, 2)
        with record() as r:
            s = torch.einsum("id, jd -> ij", x, k)
            y = s * 1
            y[:, 0].zero_()
            y[1].mul_(2)
            v = torch.vmap(lambda row: W @ row)(X)
            loss = y.sum() + v.sum()
            loss.backward()
        trace = r.trace()
        words = [node.get("operation") for node in trace.nodes]
        self.assertIn("einsum[id,jd→ij]", words)
        self.assertIn("zero_[:, 0]", words)
        self.assertIn("mul_[1]", words)
        # What is mapped over is an operand beside what asks for a derivative.
        self.assertEqual({edge["from"] for edge in trace.edges if edge["to"] == "v"}, {"X", "W"})
        self.read(trace)

    def test_names_within_calls_are_told_from_those_around(self):
        class Twice(nn.Module):
            def forward(self, x):
                x = x * 2
                x = x + 1
                return x.sin()

        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.a, self.b = Twice(), Twice()

            def forward(self, x):
                y = self.a(x)
                return self.b(y)

        net, x = Net(), torch.randn(2, requires_grad=True)
        with record() as r:
            loss = net(x).sum()
            loss.backward()
        # Those of the two modules never stand in one another.
        self.assertEqual(
            [node["id"] for node in r.trace().nodes if node["name"] == "x"],
            ["x", "net.a#1.x@2", "net.a#1.x@3", "net.b#1.x@2", "net.b#1.x@3"])

    def test_mixed_precision_is_shown_as_it_is(self):
        with record() as r:
            programs.mixed_precision()
        trace = r.trace()
        self.assertIn("bfloat16", {node.get("dtype") for node in trace.nodes})
        self.assertIn("bfloat16", r.svg())

    def test_a_compiled_model_is_recorded_as_it_is_written(self):
        net = programs.Network()
        x = torch.ones(2, 3)
        if not hasattr(getattr(torch, "compiler", None), "set_stance"):
            with self.assertRaisesRegex(GradError, "_orig_mod"), record():
                torch.compile(net)(x)
            return
        with record() as plain:
            net(x).square().mean().backward()
        compiled = torch.compile(net)
        net.zero_grad()
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            before = [*warnings.filters]
            with record() as r:
                loss = compiled(x).square().mean()
                loss.backward()
            self.assertEqual(warnings.filters, before)
        self.assertEqual([str(one.message) for one in said if "hooks" in str(one.message)], [])
        self.assertEqual([o.name for o in r.operations], [o.name for o in plain.operations])
        trace = r.trace()
        self.read(trace)
        self.assertIn("compiled.fc1.weight", {node["name"] for node in trace.nodes})

    def test_a_step_of_a_loop_is_kept(self):
        net = programs.Network()
        optimiser = torch.optim.SGD(net.parameters(), 0.1)
        losses = []
        with record(step=3) as r:
            for _ in range(5):
                optimiser.zero_grad()
                loss = net(torch.ones(1, 3)).square().sum()
                loss.backward()
                optimiser.step()
                losses.append(loss.item())
        self.assertEqual(r.trace().nodes[-1]["value"], losses[2])
        self.assertEqual(len(r.passes), 1)

    def test_refusals(self):
        with self.assertRaisesRegex(GradError, "use_reentrant=False"):
            with record():
                programs.checkpointed_reentrant()
        with self.assertRaisesRegex(GradError, "(?s)'mul' of .*again on the way back.*help: give it as an argument"):
            with record() as r:
                programs.checkpointed_late()
            r.trace()
        with self.assertRaisesRegex(GradError, "torch.func"):
            with record():
                torch.func.grad(lambda x: (x * x).sum())(torch.ones(2))
        with self.assertRaisesRegex(GradError, "nothing was recorded"):
            with record() as r:
                pass
            r.trace()

    def test_large_arrays_are_summed_up(self):
        with record() as r:
            W = torch.randn(200, 100, requires_grad=True)
            loss = (W @ torch.randn(100, 3)).square().mean()
            loss.backward()
        read = self.read(r.trace())
        summary = next(n for n in read["nodes"] if n["id"] == "W")["value"]["summary"]
        self.assertAlmostEqual(summary["norm"], W.norm().item(), 2)
        self.assertEqual(len(summary["means"]), 50)
        self.assertIn("<svg", r.svg())

    def drawn(self, trace, **options):
        """The derivatives that a figure shows, by the ids of its nodes, and its description."""
        text = run_command(["render", "-", "-T", "json", "-o", "-", *option_words(options)], trace.json())[0]
        made = json.loads(text)
        return {node["id"]: node for node in made["nodes"]}, made["summary"]

    def test_a_transformer_block_folds(self):
        with record() as r:
            programs.encoder_layer()
        trace = r.trace()
        whole, _ = self.drawn(trace, max_nodes="none")
        folded, words = self.drawn(trace, max_nodes=12)
        self.assertLessEqual(len(folded), 12)
        self.assertIn("12 inputs are in the boxes of the calls that they belong to.", words)
        for name, node in folded.items():
            self.assertEqual(node["derivative"], whole[name]["derivative"], name)
        # Each parameter comes back when its module is opened, with its derivative.
        seen = set()
        for module in ("self_attn", "linear1", "linear2", "norm1", "norm2"):
            opened, _ = self.drawn(trace, max_nodes=60, open=f"layer.{module}")
            for name, node in opened.items():
                self.assertEqual(node["derivative"], whole[name]["derivative"], name)
            seen |= {name for name in opened if name.startswith("layer.")}
        self.assertEqual(seen, {name for name in whole if name.startswith("layer.")})
        self.assertEqual(len(seen), 12)

    def test_a_written_trace_draws_the_same(self):
        for program in (programs.two_layers, programs.lstm_cell, programs.calls_within_calls):
            with record() as r:
                program()
            words = ["render", "-", "-T", "svg", "-o", "-"]
            self.assertEqual(run_command(words, r.trace().json())[0].decode(), r.svg())

    def test_figures_after_the_fact(self):
        w = torch.tensor([1.0, -2.0], requires_grad=True)
        b = torch.tensor(0.5, requires_grad=True)
        loss = (torch.tanh(w * 2 + b) * w).sum()
        from graphviz_grad.after import trace

        made = trace(loss)
        self.read(made)
        nodes = {node["id"]: node for node in made.nodes}
        loss.backward()
        self.assertTrue(close(torch.tensor(nodes["w"]["derivative"]), w.grad))
        self.assertEqual(nodes["loss"]["value"], loss.item())
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            made = trace(loss)
        self.assertIn("freed the graph", str(said[0].message))
        self.read(made)
        self.assertIn("<svg", graphviz_grad.draw((w * b).sum()).svg())
        with self.assertRaisesRegex(GradError, "no graph"):
            graphviz_grad.draw(torch.ones(()))


class Functions(Doubles):
    """Functions of PyTorch, as `graphviz_grad.trace` runs them."""

    def test_a_function_at_its_arguments(self):
        def f(x, W):
            h = torch.tanh(W @ x)
            return (h * h).sum()

        x, W = torch.tensor([1.0, 2.0]), torch.eye(2, requires_grad=True)
        W.grad = torch.ones(2, 2)
        made = graphviz_grad.trace(f, x, W)
        self.read(made)
        nodes = {node["name"]: node for node in made.nodes}
        wanted = torch.autograd.functional.jacobian(f, (x, W))
        self.assertTrue(close(torch.tensor(nodes["x"]["derivative"]), wanted[0]))
        self.assertTrue(close(torch.tensor(nodes["W"]["derivative"]), wanted[1]))
        self.assertTrue(torch.equal(W.grad, torch.ones(2, 2)))
        self.assertFalse(x.requires_grad)
        nodes = {node["name"]: node for node in graphviz_grad.trace(f, x, W, argnums=1).nodes}
        self.assertIsNone(nodes["x"]["derivative"])

    def test_a_result_without_a_name(self):
        made = graphviz_grad.trace(lambda a, b: (a * b).sin(), torch.tensor(2.0), torch.tensor(3.0)).document()
        self.assertEqual((made["output"], made["nodes"][-1]["name"]), ("out", "out"))
        self.assertEqual([(edge["from"], edge["to"]) for edge in made["edges"]], [("a", "t1"), ("b", "t1"), ("t1", "out")])

    def test_modules_keywords_and_trees(self):
        net = programs.Network()
        made = graphviz_grad.trace(lambda x: net(x).square().mean(), torch.ones(1, 3))
        self.assertIn("net.fc1.weight", {node["name"] for node in made.nodes})
        made = graphviz_grad.trace(nn.MSELoss(), torch.ones(3), torch.zeros(3))
        self.assertEqual(made.nodes[-1]["value"], 1)

        def f(parameters, *, power):
            return (parameters["w"] * parameters["b"][0]).sum() ** power

        made = graphviz_grad.trace(f, {"w": torch.ones(2), "b": [torch.tensor(3.0)]}, power=2)
        self.read(made)
        self.assertEqual(made.nodes[-1]["value"], 36)
        self.assertEqual(sum(node["derivative"] in ([36, 36], 24) for node in made.nodes), 2)

    def test_mistakes(self):
        for function, said in [
            (lambda x: x * 2, r"a tensor of the shape \(2,\)"), (lambda x: 3, "the type 'int'"),
            (lambda x: x.detach().sum(), "depends on no tensor")]:
            with self.assertRaisesRegex(GradError, said):
                graphviz_grad.trace(function, torch.ones(2))
        with self.assertRaisesRegex(GradError, "a module is a function"):
            graphviz_grad.draw(programs.Network())


class Costs(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        torch.set_num_threads(1)

    def layers(self):
        return nn.TransformerEncoder(nn.TransformerEncoderLayer(128, 4, 256, 0.0, batch_first=True), 6)

    def test_memory_of_repeated_recordings_is_flat(self):
        net, x = self.layers(), torch.randn(4, 64, 128)
        sizes = []
        for _ in range(6):
            with record() as r:
                net(x).square().mean().backward()
            r.trace()
            del r
            gc.collect()
            sizes.append(resident())
        print(f"\nmemory after each of six recordings: {', '.join(f'{size / 2**20:.0f}' for size in sizes)} MB")
        self.assertLess(sizes[-1] - sizes[1], 40 * 2**20)

    def test_nothing_of_a_recording_stays(self):
        net, x = programs.Network(), torch.randn(2, 3)
        with record() as r:
            net(x).sum().backward()
        import weakref

        alive = weakref.ref(r)
        del r
        gc.collect()
        self.assertIsNone(alive())

    def test_a_recording_costs_at_most_three_times(self):
        net, x = self.layers(), torch.randn(8, 64, 128)

        def run():
            net(x).square().mean().backward()

        def recorded():
            with record():
                run()

        times = []
        for one in (run, recorded):
            one()
            times.append(min(timed(one) for _ in range(3)))
        print(f"\nforward and backward {times[0] * 1e3:.0f} ms, recorded {times[1] * 1e3:.0f} ms: "
              f"{times[1] / times[0]:.2f} times")

    def test_a_model_of_600_operations_folds(self):
        net, x = nn.TransformerEncoder(nn.TransformerEncoderLayer(32, 4, 64, 0.0, batch_first=True), 12), torch.randn(2, 8, 32)
        with record() as r:
            loss = net(x).square().mean()
            loss.backward()
        self.assertGreater(len(r.operations), 500)
        start = time.perf_counter()
        svg = r.svg(max_nodes=12)
        print(f"\n{len(r.operations)} operations folded to a figure in {time.perf_counter() - start:.2f} s")
        self.assertLess(svg.count("<g "), 2_000)


class Scripts(unittest.TestCase):
    SCRIPT = """
import argparse
import torch
from torch import nn

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    optimiser = torch.optim.SGD(net.parameters(), 0.1)
    x, y = torch.randn(4, 2), torch.randn(4, 1)
    for step in range(options.steps):
        optimiser.zero_grad()
        loss = ((net(x) - y) ** 2).mean()
        loss.backward()
        optimiser.step()
    print("last", loss.item())
    return int(options.steps == 3) * 3

if __name__ == "__main__":
    raise SystemExit(main())
"""

    def run_script(self, *words, text=None):
        path = self.write_script(text or self.SCRIPT)
        words = [str(path) if word == "SCRIPT" else word for word in words]
        return subprocess.run(
            [sys.executable, "-m", "graphviz_grad", *words], capture_output=True, text=True, cwd=self.folder.name,
            env=self.environment())

    def write_script(self, text):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        path = Path(self.folder.name, "train.py")
        path.write_text(text)
        return path

    @staticmethod
    def environment():
        return {**os.environ, "PYTHONPATH": str(Path(graphviz_grad.__file__).parents[1])}

    def test_a_script_is_traced_as_it_is(self):
        done = self.run_script("trace", "SCRIPT", "--steps", "1", "-o", "t.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.startswith("last"))
        made = json.loads(Path(self.folder.name, "t.json").read_text())
        self.assertEqual(made["output"], "loss")
        self.assertAlmostEqual(made["nodes"][-1]["value"], float(done.stdout.split()[1]), 5)
        self.assertNotIn("main#1", str(made))

    PLOTTING = """
import matplotlib.pyplot as plt
import torch

torch.manual_seed(0)
x = torch.linspace(-1, 1, 8).reshape(8, 1)
y = 3 * x + 1
w = torch.zeros(1, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
losses = []
for epoch in range(20):
    loss = ((x @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
    w.grad = b.grad = None
    losses.append(loss.item())
figure, axes = plt.subplots()
axes.plot(losses)
axes.scatter(x, (x @ w + b).detach())
figure.savefig("losses.png")
plt.show()
print("last loss", losses[-1])
"""

    def test_a_script_that_trains_and_plots(self):
        done = self.run_script("trace", "SCRIPT", "-o", "t.json", text=self.PLOTTING)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("last loss", done.stdout)
        self.assertTrue(Path(self.folder.name, "losses.png").stat().st_size > 1_000)
        made = json.loads(Path(self.folder.name, "t.json").read_text())
        nodes = {node["name"]: node for node in made["nodes"]}
        # Of the first step, in which w and b are zeros still.
        self.assertEqual((nodes["w"]["value"], nodes["b"]["value"]), ([[0]], [0]))
        self.assertAlmostEqual(nodes["b"]["derivative"][0], -2, 5)

    def test_the_command_runs_a_script(self):
        path = self.write_script(self.PLOTTING)
        done = subprocess.run(
            [find_command(), "render", str(path), "--run", "--python", sys.executable, "-o", "figure.svg"],
            capture_output=True, text=True, cwd=self.folder.name, env=self.environment())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("last loss", done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn("loss", Path(self.folder.name, "figure.svg").read_text())
        path.write_text("import torch\n\ndef f(x):\n    return x / 0\n\nf(1)\n")
        done = subprocess.run(
            [find_command(), "eval", str(path), "--run", "--python", sys.executable],
            capture_output=True, text=True, cwd=self.folder.name, env=self.environment())
        self.assertEqual(done.returncode, 1)
        self.assertIn("return x / 0", done.stderr)
        self.assertRegex(done.stderr.splitlines()[-1], r"ZeroDivisionError: division by zero \(line 6\) \[script\]")

    def test_a_script_whose_model_is_compiled(self):
        text = self.SCRIPT.replace("    optimiser =", "    net = torch.compile(net)\n    optimiser =")
        done = self.run_script("trace", "SCRIPT", "--steps", "1", "-o", "t.json", text=text)
        self.assertEqual(done.returncode, 0, done.stderr)
        made = json.loads(Path(self.folder.name, "t.json").read_text())
        operations = [node["operation"] for node in made["nodes"] if node["kind"] == "operation"]
        self.assertEqual(operations[:4], ["transpose", "matmul", "add", "tanh"])
        self.assertIn("net.0.weight", {node["name"] for node in made["nodes"]})

    def test_exit_codes_and_steps(self):
        done = self.run_script("trace", "--step", "2", "-o", "-", "SCRIPT", "--steps", "3")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(json.loads(done.stdout)["output"], "loss")
        self.assertIn("last", done.stderr)

    def test_mistakes(self):
        for words, text, code, said in [
            (("trace", "nowhere.py"), None, 1, "there is no script 'nowhere.py'"),
            (("trace", "SCRIPT"), "import torch\nx = 1 / 0\n", 1, "ZeroDivisionError"),
            (("trace", "SCRIPT"), "print('nothing')\n", 1, "records nothing: no operation of PyTorch ran"),
            (("trace", "--step", "99", "SCRIPT"), None, 1, "there were 2 calls of backward(), and step 99 is asked for"),
            (("trce",), None, 64, "python -m graphviz_grad trace"),
        ]:
            done = self.run_script(*words, text=text)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(said, done.stderr)
            self.assertNotIn("runpy", done.stderr)


def timed(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    unittest.main()
