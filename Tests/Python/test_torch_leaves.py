"""Recordings of PyTorch whose leaves, derivatives of derivatives and losses are not the usual ones: every leaf of the
figure has what PyTorch has as its `grad`."""

import json
import unittest
import warnings

import torch
from torch import nn

from graphviz_grad import GradError, record
from graphviz_grad.command import run_command


def made_leaves():
    """Tensors that something had made before they became leaves."""
    image = torch.rand(2, 2)
    return [
        torch.arange(4.0).reshape(2, 2).requires_grad_(), torch.randn(3).clone().detach().requires_grad_(True),
        torch.tensor(0.5).view(-1, 1).requires_grad_(), torch.tensor([1, 2]).float().requires_grad_(),
        torch.cat([torch.ones(1), image[0]]).requires_grad_(), torch.zeros(2).normal_().requires_grad_()]


class Leaves(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(3)
        torch.set_default_dtype(torch.float64)
        self.addCleanup(torch.set_default_dtype, torch.float32)

    def check(self, recorder, leaves, **of):
        """What the tool makes of a recording: the derivatives of leaves are those that PyTorch has put into `grad`."""
        trace = recorder.trace(**of)
        text, messages = run_command(["eval", "-", "--format", "json", "--detail", "operations"], trace.json())
        self.assertEqual(messages, "")
        found = {node["id"]: node for node in json.loads(text)["nodes"]}
        for name, leaf in leaves.items():
            self.assertIn(name, found)
            torch.testing.assert_close(torch.tensor(found[name]["derivative"], dtype=leaf.dtype), leaf.grad, msg=name)
        return found

    def test_leaves_that_were_seen_before(self):
        for number in range(len(made_leaves())):
            with self.subTest(number), record() as r:
                x = made_leaves()[number]
                loss = (x**2).sum()
                loss.backward()
            self.check(r, {"x": x})
        with record() as r:
            x = torch.arange(3.0).mul(2)
            x.requires_grad = True
            loss = (x**3).sum()
            loss.backward()
        self.check(r, {"x": x})

    def test_values_that_are_changed_through_data(self):
        with warnings.catch_warnings(), record() as r:
            warnings.simplefilter("error")
            w = torch.tensor([1.0, 2.0], requires_grad=True)
            w.data.mul_(2)
            w.data[0] = 7
            w.data -= 1
            layer = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, 0.0, batch_first=True), 2)
            loss = (w**2).sum() + layer(torch.ones(1, 2, 4)).sum()
            loss.backward()
        found = self.check(r, {"w": w})
        self.assertEqual(found["w"]["value"], [6, 3])
        with self.assertWarnsRegex(UserWarning, "changed through .data"), record():
            v = (w * w).sum()
            w.data.mul_(2)
            v.backward()

    def test_what_takes_the_shape_alone_has_no_operand(self):
        with record() as r:
            s = torch.tensor([1.0, 2.0], requires_grad=True)
            noise = torch.randn_like(s)
            loss = (s * noise + torch.full_like(s, 3) + s.new_ones(2)).sum()
            loss.backward()
        found = self.check(r, {"s": s})
        self.assertEqual(found["noise"]["kind"], "input")
        self.assertEqual({edge["to"] for edge in r.trace().edges if edge["from"] == "s"}, {"t1"})

    def differentiated(self, make, leaves):
        """Records a loss in which derivatives are computed with, and compares."""
        with record() as r:
            loss = make(**leaves)
            loss.backward()
        return self.check(r, leaves)

    def test_derivatives_of_derivatives(self):
        def slope(x):
            dy, = torch.autograd.grad((x**3).sum(), x, create_graph=True)
            return (dy**2).mean()

        def curvature(x):
            dy = torch.autograd.grad((x**4).sum(), x, create_graph=True)[0]
            d2y = torch.autograd.grad(dy.sum(), x, create_graph=True)[0]
            return (d2y * x).sum()

        def of_tanh(t, w):
            u = torch.tanh(t @ w).sum()
            du, = torch.autograd.grad(u, t, create_graph=True)
            return (du**2).mean()

        def same_twice(x):
            dy, = torch.autograd.grad((x * x * torch.exp(x)).sum(), x, create_graph=True)
            return dy.norm()

        def items(x):
            g, = torch.autograd.grad(x[0]**2 * x[1] + torch.exp(x[1]), x, create_graph=True)
            return g.norm()

        def step(w, t):
            inner = ((t @ w)**2).mean()
            w1 = w - 0.1 * torch.autograd.grad(inner, w, create_graph=True)[0]
            return ((t @ w1 - 1)**2).mean()

        def leaf(*shape):
            return torch.randn(shape).requires_grad_()

        for make, leaves in [
                (slope, {"x": leaf(3, 1)}), (curvature, {"x": leaf(3)}), (same_twice, {"x": leaf(3)}),
                (of_tanh, {"t": leaf(3, 1), "w": leaf(1, 2)}), (items, {"x": leaf(2)}),
                (step, {"w": leaf(3), "t": leaf(4, 3)})]:
            with self.subTest(make.__name__):
                self.differentiated(make, leaves)
        with record() as r:
            x = leaf(2)
            dy, = torch.autograd.grad((x**3).sum(), x, create_graph=True)
            loss = dy.sum()
            loss.backward()
        nodes = {node["id"]: node for node in r.trace().nodes}
        self.assertEqual(nodes["dy"]["call"], ["grad#1"])

    def test_a_network_with_its_slope_in_the_loss(self):
        net = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
        t = torch.tensor([[0.0], [0.5], [1.0]], requires_grad=True)
        for step in (None, 1):
            net.zero_grad()
            t.grad = None
            with record(step=step) as r:
                u = net(t)
                dudt = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
                loss = ((dudt + 2 * u)**2).mean() + (u[0, 0] - 1)**2
                loss.backward()
            found = self.check(r, {"t": t, **{f"net.{name}": p for name, p in net.named_parameters()}})
            self.assertIn("dudt", found)

    def test_the_inside_of_an_operation_is_refused(self):
        with record() as r:
            x = torch.randn(3, 4, requires_grad=True)
            inner = nn.functional.cross_entropy(x, torch.tensor([0, 1, 2]))
            g, = torch.autograd.grad(inner, x, create_graph=True)
            loss = (g**2).sum()
            loss.backward()
        with self.assertRaisesRegex(GradError, "create_graph=True.*'cross_entropy'"):
            r.trace()
        self.assertEqual(r.trace(of=inner).output, "inner")

    def test_hooks_of_modules(self):
        net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
        net.register_full_backward_hook(lambda module, inner, outer: None)
        net[0].register_full_backward_hook(lambda module, inner, outer: (inner[0] * 2,))
        x = torch.ones(2, 2, requires_grad=True)
        with record() as r:
            loss = net(x).sum()
            loss.backward()
        self.check(r, {"x": x, **{f"net.{name}": p for name, p in net.named_parameters()}})

    def test_several_losses_at_once(self):
        def losses(x):
            y = x * 2
            l1 = y.sum()
            return [l1, (y**2), l1 * 3]

        for weights in [None, [torch.tensor(2.0), torch.tensor([1.0, 3.0]), None]]:
            with record() as r:
                x = torch.tensor([1.0, 2.0], requires_grad=True)
                first, second, third = losses(x)
                given = [first, second if weights else second.sum(), third]
                torch.autograd.backward(given, weights)
            self.check(r, {"x": x})
            wanted = sum((w * one).sum() if w is not None else one for w, one in zip(weights or [None] * 3, given))
            self.assertEqual(r.trace().nodes[-1]["value"], wanted.item())
            self.assertIn("<svg", r.svg())
            with self.assertRaisesRegex(GradError, "3 values at once"):
                r.trace(of=first)

    def test_linear_is_its_operations(self):
        for shape in [(3,), (2, 3), (2, 4, 3)]:
            for bias in (True, False):
                layer, x = nn.Linear(3, 2, bias), torch.randn(shape)
                with self.subTest(shape=shape, bias=bias), record() as r:
                    loss = layer(x).square().sum()
                    loss.backward()
                self.check(r, {f"layer.{name}": p for name, p in layer.named_parameters()})
                operations = [node["operation"] for node in r.trace().nodes if node["kind"] == "operation"]
                self.assertEqual(operations, ["transpose", "matmul", *["add"] * bias, "square", "sum"])
        with record() as r:
            b, x, w = (torch.randn(shape, requires_grad=True) for shape in [(2,), (3, 4), (4, 2)])
            loss = torch.addmm(b, x, w).exp().sum() + torch.addmm(b, x, w, alpha=2).sum()
            loss.backward()
        self.check(r, {"b": b, "x": x, "w": w})

    def test_what_making_a_module_computes_is_an_input(self):
        class Waves(nn.Module):
            def __init__(self):
                super().__init__()
                self.register_buffer("table", torch.sin(torch.arange(3.0) * 2))
                self.weight = nn.Parameter(torch.ones(3) * 0.5)

            def forward(self, x):
                return (x * self.table * self.weight).sum()

        with record() as r:
            net = Waves()
            loss = net(torch.ones(3))
            loss.backward()
        found = self.check(r, {"net.weight": net.weight})
        self.assertEqual(found["net.table"]["kind"], "input")
        self.assertNotIn("__init__", str(r.trace().document()))

    def test_what_a_call_makes_and_fills_is_its_input(self):
        class Block(nn.Module):
            def forward(self, x):
                noise = torch.empty(3)
                noise = noise.bernoulli_(0.5)
                noise.div_(0.5)
                mask = x.new_empty(3).fill_(2)
                return x * noise + x * mask

        net, x = Block(), torch.ones(3, requires_grad=True)
        with record() as r:
            given = torch.empty(3).normal_()
            loss = (net(x) * given).sum()
            loss.backward()
        self.check(r, {"x": x})
        inputs = [(node["name"], node.get("call")) for node in r.trace().nodes if node["kind"] == "input"]
        self.assertEqual(
            sorted(inputs, key=str), [("given", None), ("mask", ["net#1"]), ("noise", ["net#1"]), ("x", None)])

    def test_one_of_several_results(self):
        for make in (nn.LSTM, nn.GRU):
            net, x = make(3, 2, batch_first=True), torch.randn(1, 4, 3, requires_grad=True)
            with self.subTest(make.__name__), record() as r:
                output, _ = net(x)
                loss = output[:, -1].square().sum()
                loss.backward()
            self.check(r, {"x": x, **{f"net.{name}": p for name, p in net.named_parameters()}})
            # What comes back passes over the operation itself: no node without a value stands between.
            self.assertNotIn(None, [node["value"] for node in r.trace().nodes])
            self.assertEqual(r.trace().nodes[-4]["name"], "output")

    def test_numbers_among_the_operands(self):
        with record() as r:
            x = torch.randn(2, 3, requires_grad=True)
            mask = x > 0.5
            h = torch.nn.functional.leaky_relu(x, 0.1)
            v, _ = torch.topk(h.masked_fill(mask, -1.0), k=2)
            loss = v.sum()
            loss.backward()
        self.check(r, {"x": x})
        constants = [node["value"] for node in r.trace().nodes if node["kind"] == "constant"]
        self.assertEqual(sorted(constants), [-1, 0.1, 0.5, 2])

    def test_pages_and_graphs_back_of_networks(self):
        net = nn.Sequential(nn.Linear(3, 2), nn.Tanh(), nn.Linear(2, 1))
        with record() as r:
            loss = net(torch.ones(2, 3)).square().mean()
            loss.backward()
        # Every operation is known, so that a page computes it anew and the way back is a graph.
        for words in (["-T", "html"], ["-T", "svg", "--backward", "graph"]):
            text, messages = run_command(["render", "-", "-o", "-", "--detail", "operations", *words], r.trace().json())
            self.assertEqual(messages, "")
            self.assertNotIn("cannot compute", text.decode())

    def test_parameters_that_are_used_before_their_module_runs(self):
        net, x = nn.Linear(3, 2), torch.randn(4, 3)
        mean = [torch.zeros_like(parameter) for parameter in net.parameters()]
        with record(step=2) as r:
            for _ in range(2):
                net.zero_grad()
                loss = net(x).square().mean()
                loss.backward()
                with torch.no_grad():
                    for known, p in zip(mean, net.parameters()):
                        known.mul_(0.9).add_(p, alpha=0.1)
        self.check(r, {"net.weight": net.weight, "net.bias": net.bias})

    def test_running_means_are_as_they_were_before(self):
        norm, x = nn.BatchNorm1d(2), torch.randn(4, 2) + 5
        with record() as r:
            loss = norm(x).square().sum()
            loss.backward()
        found = self.check(r, {"norm.weight": norm.weight, "norm.bias": norm.bias})
        self.assertEqual((found["norm.running_mean"]["value"], found["norm.running_var"]["value"]), ([0, 0], [1, 1]))
        self.assertGreater(norm.running_mean.min(), 0.1)


if __name__ == "__main__":
    unittest.main()
