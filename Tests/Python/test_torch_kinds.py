"""Recordings of programs of many kinds: exact as all others, with names from the source and nothing unknown."""

import unittest

import torch
import torch_kinds as kinds
from test_torch import Doubles
from told import nodes_of, numbers
from torch import nn

from graphviz_grad import record


class Kinds(Doubles):
    """One test a program, below."""

    def recorded(self, program):
        torch.manual_seed(1)
        with record() as r:
            program()
        return nodes_of(r.trace()), r.trace().document()

    def test_modules_that_are_called_before_they_are_put_somewhere(self):
        nodes, _ = self.recorded(kinds.parametrized)
        names = [name for name, node in nodes.items() if node["kind"] == "input" and name != "x1"]
        self.assertTrue(all(name.startswith("net.") for name in names), names)
        self.assertIn("net.2.parametrizations.weight.original", names)

    def test_modules_that_torch_calls_in_place_of_the_one_around_them(self):
        nodes, _ = self.recorded(kinds.checkpointed_parts)
        self.assertIn("net.3.0.weight", nodes)

    def test_several_names_for_several_values(self):
        nodes, document = self.recorded(kinds.variational)
        self.assertEqual([nodes[name]["operation"] for name in ("mu", "logvar", "std")], ["add", "add", "exp"])
        values = {node["id"]: node["value"] for node in nodes.values()}
        bounds = {
            node["name"]: [values[edge["from"]] for edge in document["edges"] if edge["to"] == node["id"]][1:]
            for node in nodes.values() if node.get("operation") == "clip"}
        self.assertEqual(bounds, {"kept": [-4, 4], "scale": [0.1, "Infinity"]})

    def test_modules_of_a_loop_are_named_by_where_they_are(self):
        def sequence():
            layers, x = nn.ModuleList([nn.Linear(2, 2) for _ in range(2)]), torch.ones(1, 2)
            for layer in layers:
                x = layer(x)
            x.sum().backward()

        def several():
            parts, x = [nn.Linear(2, 2) for _ in range(2)], torch.ones(1, 2)
            for _, part in enumerate(parts):
                x = part(x)
            x.sum().backward()

        class Agent:
            def __init__(self):
                self.experts = [nn.Linear(2, 2) for _ in range(2)]

            def act(self, x):
                for expert in self.experts:
                    x = expert(x)
                return x

        def one():
            layers, x = nn.ModuleList([nn.Linear(2, 2)]), torch.ones(1, 2)
            layer = layers[0]
            layer(x).sum().backward()

        named = {
            sequence: ["layers.0", "layers.1"], several: ["parts[0]", "parts[1]"],
            lambda: Agent().act(torch.ones(1, 2)).sum().backward(): ["experts[0]", "experts[1]"],
            # A name that the program has given is kept.
            one: ["layer"]}
        for program, names in named.items():
            nodes, document = self.recorded(program)
            self.assertEqual([name[:-len(".weight")] for name in nodes if name.endswith(".weight")], names)
            calls = [node["call"][-1] for node in nodes.values() if node.get("operation") == "add"]
            self.assertEqual(calls, [f"{name}#1" for name in names])

    def test_a_recording_within_another_changes_nothing(self):
        net, x = torch.nn.Linear(2, 1), torch.randn(3, 2)
        with record() as outer:
            h = net(x)
            with record() as inner:
                part = (x * net.weight).sum()
                part.backward()
            loss = h.pow(2).mean()
            loss.backward()
        for r, name in ((outer, "loss"), (inner, "part")):
            nodes = nodes_of(r.trace())
            self.assertIn(name, nodes)
            self.assertNotIn("register_hook", {node.get("operation") for node in nodes.values()})

    def test_the_way_back_over_several_results_is_whole(self):
        nodes, document = self.recorded(kinds.linear_algebra)
        joint = next(node for node in nodes.values() if node.get("operation") == "linalg_eigh")
        parts = [nodes["values"], nodes["vectors"]]
        for key in ("value", "derivative"):
            self.assertEqual(
                joint[key], [entry for part in parts for entry in numbers(part[key]).flatten().tolist()])
        self.assertEqual([part["operation"] for part in parts], ["result[0]", "result[1]"])
        back = {edge["from"] for edge in document["edges"] if edge["to"] == joint["id"] and edge["contribution"]}
        self.assertEqual(back, {"S"})

    def test_what_other_threads_run_is_not_called_what_a_part_of_it_is(self):
        nodes, _ = self.recorded(kinds.other_threads)
        self.assertEqual([node.get("operation") for node in nodes.values()], [None, "unseen", "unseen", "add"])


for program in kinds.KINDS:
    setattr(Kinds, f"test_{program.__name__}", lambda self, program=program: self.check(program))

del Doubles

if __name__ == "__main__":
    unittest.main()
