"""Recordings of programs of many kinds: exact as all others, with names from the source and nothing unknown."""

import unittest
from unittest import mock

import torch
import torch_kinds as kinds
from test_torch import Doubles
from told import nodes_of, numbers
from torch import nn

from graphviz_grad import record
from graphviz_grad.values import Values


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

    def test_places_beside_values_are_results(self):
        nodes, document = self.recorded(kinds.mixture_of_experts)
        self.assertEqual(nodes["chosen"]["operation"], "topk[1]")
        self.assertIsNone(nodes["chosen"]["derivative"])
        self.assertEqual(
            [edge["from"] for edge in document["edges"] if edge["to"] == "chosen"][:1],
            [edge["from"] for edge in document["edges"] if edge["to"] == "w"][:1])

    def test_numbers_stand_where_the_program_has_them(self):
        x, weight = torch.tensor([1.0, 2.0], requires_grad=True), 0.3
        with record() as r:
            y = 0.5 * x
            z = weight * y + x * weight
            a, b = 1 + z
            (a * b).backward()
        document = r.trace().document()
        nodes = {node["id"]: node for node in document["nodes"]}
        first = {
            nodes[edge["to"]]["name"] or edge["to"] for edge in document["edges"]
            if edge["operand"] == 0 and nodes[edge["from"]]["kind"] == "constant"}
        self.assertEqual(first, {"y", "t1", "t3"})
        self.assertEqual([nodes[name]["operation"] for name in ("a", "b")], ["getitem", "getitem"])

    def test_elements_that_are_named_together(self):
        net, x = nn.Linear(2, 2), torch.ones(3, 2)
        with record() as r:
            a, b = [net(row) for row in (x, 2 * x)]
            c, d = (part.exp() for part in (a, b))
            (c * d).sum().backward()
        nodes = nodes_of(r.trace())
        self.assertTrue({"c", "d"} <= set(nodes), set(nodes))
        names = {node["name"] for node in r.trace().document()["nodes"]}
        self.assertTrue({"a", "b", "c", "d"} <= names, names)

    def test_reductions_say_their_axis(self):
        p = torch.tensor([[1.0, 2.0], [4.0, 3.0]], requires_grad=True)
        with record() as r:
            m, at = p.max(0)
            s = p.std(dim=1)
            (m.sum() + s.sum()).backward()
        document = r.trace().document()
        nodes = {node["id"]: node for node in document["nodes"]}
        axes = {edge["to"]: nodes[edge["from"]]["value"] for edge in document["edges"] if edge["operand"] == 1}
        self.assertEqual([axes["m"], axes["s"]], [0, 1])

    def test_a_number_that_is_read_changes_nothing(self):
        x, counts = torch.ones(3, requires_grad=True), torch.tensor([2, 1])
        with record() as r:
            rows = [0, 1, 2][int(counts[0])]
            (x[rows] * counts[0]).backward()
        self.assertEqual({one.name for one in r.operations}, {"input", "getitem", "mul"})

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

    def test_names_of_what_functions_of_pytorch_give(self):
        def program():
            mu, net = torch.zeros(2, requires_grad=True), nn.Linear(2, 1)
            normal = torch.distributions.Normal(mu, torch.ones(2))
            z = normal.rsample()
            cost = normal.log_prob(z)
            loss = net(z).sum() - cost.sum()
            loss.backward()

        nodes, document = self.recorded(program)
        self.assertIn("z", nodes)
        self.assertEqual(nodes["cost"]["operation"], "subtract")
        self.assertNotIn("normal", nodes)

    def test_names_within_names(self):
        def program():
            lstm, x = nn.LSTM(2, 3), torch.ones(4, 1, 2)
            out, (h, _) = lstm(x)
            loss = out.sum() + h.sum()
            loss.backward()

        nodes, _ = self.recorded(program)
        self.assertEqual(nodes["h"]["shape"], [1, 1, 3])
        self.assertEqual(nodes["out"]["shape"], [4, 1, 3])
        self.assertNotIn("_", nodes)

    def test_what_a_function_of_the_program_s_own_gives_has_the_name_that_it_has_outside(self):
        class Double(torch.autograd.Function):
            @staticmethod
            def forward(ctx, inner):
                return inner * 2

            @staticmethod
            def backward(ctx, gradient):
                return gradient * 2

        def program():
            w = torch.ones(2, requires_grad=True)
            twice = Double.apply(w)
            again = Double.apply(twice)
            loss = again.sum()
            loss.backward()

        nodes, _ = self.recorded(program)
        self.assertEqual(set(nodes), {"w", "twice", "again", "loss"})
        self.assertEqual(nodes["twice"]["derivative"], [2, 2])

    def test_axes_of_several_lengths(self):
        def program():
            rows = torch.nested.nested_tensor(
                [torch.ones(2, 2), torch.ones(1, 2)], layout=torch.jagged, requires_grad=True)
            net = nn.Linear(2, 1)
            loss = net(rows).values().sum()
            loss.backward()

        nodes, document = self.recorded(program)
        self.assertEqual(nodes["net.weight"]["derivative"], [[3, 3]])
        self.assertEqual(nodes["net.bias"]["derivative"], [3])
        self.assertNotIn("shape", nodes["rows"])

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


    def test_hooks_on_a_result_and_on_its_module_change_what_they_change_without_a_recording(self):
        torch.manual_seed(3)
        plain = [leaf.grad for leaf in kinds.hooked()]
        torch.manual_seed(3)
        with record() as r:
            recorded = [leaf.grad for leaf in kinds.hooked()]
        self.assertTrue(all(map(torch.equal, plain, recorded)))
        self.read(r.trace())

    def test_versions_that_do_not_show_every_backward_record_the_same(self):
        for program in kinds.KINDS:
            with self.subTest(program.__name__), mock.patch.object(Values, "sees_backward", False):
                self.check(program)

    def test_weighed_and_rounded_operations_have_names_of_their_own(self):
        nodes, _ = self.recorded(kinds.weighed)
        operations = {node.get("operation") for node in nodes.values()}
        self.assertLessEqual({"add_alpha", "sub_alpha", "rsub_alpha", "floor_divide", "div_trunc"}, operations)


for program in kinds.KINDS:
    setattr(Kinds, f"test_{program.__name__}", lambda self, program=program: self.check(program))

del Doubles

if __name__ == "__main__":
    unittest.main()
