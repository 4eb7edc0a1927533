"""Engines like micrograd, which keep their graph: that of PyPI and others as blogs write them."""

import subprocess
import sys
import unittest
import warnings
from pathlib import Path

import numpy
from micrograd.engine import Value
from micrograd.nn import MLP

import graphviz_grad
from graphviz_grad import GradError
from graphviz_grad.duck import trace
from small_engines import Dependent, Labelled, Local, Pairs, Tensor, Words
from told import called, nodes_of, numbers


def operations(nodes):
    return [node["operation"] for node in nodes.values() if node["kind"] == "operation"]


class Micrograd(unittest.TestCase):
    def test_the_lecture(self):
        a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
        e = a * b
        d = e + c
        L = d * f
        L.backward()
        nodes = nodes_of(trace(L))
        derivatives = {name: node["derivative"] for name, node in nodes.items()}
        self.assertEqual(derivatives, {"a": 6, "b": -4, "e": -2, "c": -2, "d": -2, "f": 4, "L": 1})

    def test_a_square_has_two_edges(self):
        x = Value(3.0)
        for y in (x * x, x + x):
            x.grad = 0
            y.backward()
            edges = trace(y).edges
            self.assertEqual([(edge["from"], edge["operand"]) for edge in edges], [("x", 0), ("x", 1)])

    def test_powers_and_kinks(self):
        x = Value(3.0)
        y = (x - 1) / x + x**2 + x.relu() * 2 - (-x).relu()
        y.backward()
        nodes = nodes_of(trace(y))
        self.assertAlmostEqual(nodes["x"]["derivative"], 1 / 9 + 6 + 2)
        self.assertEqual(operations(nodes).count("pow"), 2)

    def test_a_network_has_the_names_of_its_attributes(self):
        net = MLP(2, [3, 1])
        loss = (net([1.0, 2.0]) - 1) ** 2
        loss.backward()
        nodes = nodes_of(trace(loss))
        self.assertIn("net.layers[0].neurons[2].w[1]", nodes)
        self.assertEqual(sum(name.startswith("net.") for name in nodes), 13)

    def test_a_long_chain(self):
        x = Value(1.0)
        y = x
        for _ in range(5_000):
            y = y + 0.001
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.assertEqual(len(trace(y).nodes), 10_001)

    def test_the_order_is_the_same_in_every_run(self):
        program = (
            "import warnings; warnings.simplefilter('ignore')\n"
            "from micrograd.engine import Value; from graphviz_grad.duck import trace\n"
            "xs = [Value(i / 7) for i in range(20)]\n"
            "y = sum((a - b * a for a, b in zip(xs, xs[1:])), Value(0.5))\nprint(trace(y).json())")
        runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True) for _ in range(3)]
        told = {run.stdout for run in runs}
        self.assertEqual(len(told), 1)
        self.assertIn('"xs[3]"', told.pop())

    def test_operands_that_are_not_called_self_and_other(self):
        class Matrix:
            def __init__(self, data, children=()):
                self.data, self.grad, self._prev = numpy.asarray(data, float), 0.0, set(children)
                self._op, self._backward = "@" if children else "", lambda: None

            def __matmul__(z, a):
                out = Matrix(z.data @ a.data, (z, a))

                def _backward():
                    z.grad = z.grad + out.grad @ a.data.T
                    a.grad = a.grad + z.data.T @ out.grad

                out._backward = _backward
                return out

        first, second = Matrix([[1, 2]]), Matrix([[3], [4]])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            told = trace(first @ second)
        self.assertEqual([edge["from"] for edge in told.edges], ["first", "second"])


class State(unittest.TestCase):
    def test_before_backward_nothing_is_invented(self):
        x = Value(3.0)
        y = x * x
        with self.assertWarnsRegex(UserWarning, "backward\\(\\) was not called"):
            told = trace(y)
        self.assertEqual([node["derivative"] for node in told.nodes], [None, None])
        nodes_of(told)

    def test_gradients_of_another_output(self):
        x = Value(3.0)
        y = x * x
        (y * 2).backward()
        with self.assertWarnsRegex(UserWarning, "of another output"):
            self.assertIsNone(trace(y).nodes[0]["derivative"])

    def test_backward_twice_is_refused(self):
        x = Value(3.0)
        y = x * x + x
        y.backward()
        y.backward()
        with self.assertRaisesRegex(GradError, "call backward\\(\\) once"):
            trace(y)

    def test_asking_leaves_gradients_alone(self):
        a, b = Labelled(2.0, label="a"), Labelled(-1.0, label="b")
        L = (a * b).swish() * a
        L.backward()
        before = [(value, value.grad) for value in (a, b, L)]
        trace(L)
        self.assertEqual([value.grad for value, _ in before], [own for _, own in before])


class Engines(unittest.TestCase):
    def test_labels_and_an_operation_that_is_not_known(self):
        a, b = Labelled(2.0, label="a"), Labelled(-3.0, label="b")
        c = a * b - a
        d = c.swish()
        d.label = "d"
        L = d * d
        L.backward()
        nodes = nodes_of(trace(L))
        self.assertEqual(operations(nodes), ["multiply", "subtract", "swish", "multiply"])
        self.assertEqual(nodes["a"]["derivative"], a.grad)

    def test_partials_without_names_of_operations(self):
        a, b = Local(2.0), Local(3.0)
        c = a * b + a
        L = c.log().weird(a)
        L.backward()
        nodes = nodes_of(trace(L))
        self.assertEqual(operations(nodes), ["multiply", "add", "log", "operation"])
        self.assertAlmostEqual(nodes["a"]["derivative"], a.grad)

    def test_words_and_no_gradients_yet(self):
        a, b = Words(2.0), Words(3.0)
        L = ((a - b) / a).sigmoid() ** 2
        with self.assertWarns(UserWarning):
            nodes = nodes_of(trace(L))
        self.assertEqual(operations(nodes), ["subtract", "divide", "sigmoid", "pow"])

    def test_what_nobody_knows_has_no_partial(self):
        a = Words(2.0)
        L = a.cube()
        with self.assertWarns(UserWarning):
            self.assertNotIn("partial", trace(L).edges[0])

    def test_pairs_of_operand_and_partial(self):
        a, b = Pairs(2.0), Pairs(0.3)
        L = (a * b + a).tanh()
        L.backward()
        nodes = nodes_of(trace(L))
        self.assertEqual(operations(nodes), ["multiply", "add", "tanh"])
        self.assertAlmostEqual(nodes["b"]["derivative"], b.grad)

    def test_functions_beside_operands(self):
        x, w = Dependent([[1.0, 2.0]]), Dependent([[0.3], [0.4]])
        J = (x @ w).tanh().sum()
        J.backward()
        nodes = nodes_of(trace(J))
        self.assertEqual(operations(nodes), ["matmul", "tanh", "sum"])
        numpy.testing.assert_allclose(numbers(nodes["w"]["derivative"]), w.grad.data)

    def test_arrays_of_numpy(self):
        W, b = Tensor([[0.1, 0.2, 0.3], [0.4, -0.5, 0.6]]), Tensor([0.1, 0.2, 0.3])
        X = Tensor([[1.0, 2.0], [3.0, 4.0]])
        H = (X @ W + b).relu()
        P = H.softmax()
        L = (P * P + P**3).mean()
        L.backward()
        told = trace(L)
        nodes = nodes_of(told)
        numpy.testing.assert_allclose(numbers(nodes["W"]["derivative"]), W.grad)
        maps = {(edge["from"], edge["to"]): edge["map"]["is"] for edge in told.edges if "map" in edge}
        self.assertEqual(maps["X", "t1"], "matmul-left")
        self.assertEqual(maps["H", "P"], "opaque")
        self.assertIn("<svg", told.svg())


class Dispatch(unittest.TestCase):
    def test_draw_and_trace(self):
        a, b = Value(2.0), Value(3.0)
        L = a * b + a
        L.backward()
        self.assertIn("<svg", graphviz_grad.draw(L, style="circuit").svg())
        told = called(graphviz_grad.trace(lambda x, y: x * y + x, Value(2.0), Value(3.0)))
        self.assertEqual((len(told), list(told)[-1]), (3, "out"))

    def test_what_cannot_be_drawn(self):
        for thing, message in [
            (3, "of the type 'int'"), (numpy.ones(2), "of the type 'numpy.ndarray'"), (len, "a function"),
            (Value(3.0), "not computed from anything"), (Tensor([1.0]) * Tensor([[1.0], [2.0]]), r"the shape \(2, 1\)"),
        ]:
            with self.subTest(message=message), self.assertRaisesRegex(GradError, message):
                graphviz_grad.draw(thing)

    def test_nothing_that_is_not_loaded_is_imported(self):
        program = (
            "import sys, graphviz_grad\nfrom small_engines import Labelled\n"
            "a = Labelled(2.0, label='a'); L = a * a; L.backward(); graphviz_grad.draw(L)\n"
            "print([m for m in ('torch', 'jax', 'tensorflow', 'autograd', 'onnx') if m in sys.modules])")
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parent)
        self.assertEqual(done.stdout.strip(), "[]", done.stderr)


if __name__ == "__main__":
    unittest.main()
