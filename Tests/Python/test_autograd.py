"""NumPy's functions with `autograd`, against its gradients and published numbers."""

import unittest

import autograd
import autograd.numpy as np
import numpy

import graphviz_grad
from graphviz_grad import GradError
from tensors import CASES, arguments, functions
from told import called, calls_of, nodes_of, numbers


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def layer(x, W):
    z = W @ x
    return np.tanh(z)


def network(x, W, n):
    h = x
    for i in range(n):
        h = layer(h, W)
    y = h[0] * h[1:].sum() + np.sum(np.maximum(h, 0)) + np.linalg.norm(h)
    k = np.concatenate([h, x])
    m = np.where(k > 0, k, 0.1 * k)
    return y + m[2] ** 2 + np.mean(np.reshape(m, (2, -1)).T, axis=0)[0] + np.sum(m[np.array([0, 2, 2])])


class Autograd(unittest.TestCase):
    def test_published_numbers(self):
        for name, function in functions(np, sigmoid, softmax).items():
            case = CASES[name]
            inputs, chosen = arguments(case, lambda value: numpy.array(value, float))
            trace = graphviz_grad.trace(function, *inputs, argnums=chosen, engine="autograd")
            nodes_of(trace)
            told = called(trace)
            for key, expected in case["expected"].items():
                with self.subTest(name=name, key=key):
                    numpy.testing.assert_allclose(numbers(told[key]["value"]), expected["value"], 1e-12, 1e-13)
                    if expected["derivative"] is not None:
                        own = numbers(told[key]["derivative"])
                        numpy.testing.assert_allclose(own, expected["derivative"], 1e-11, 1e-12)

    def test_a_network(self):
        x, W = numpy.array([0.1, 0.2, 0.3]), numpy.random.default_rng(0).normal(size=(3, 3))
        trace = graphviz_grad.trace(network, x, W, 2)
        nodes = nodes_of(trace)
        by_x, by_W = autograd.grad(lambda x, W: network(x, W, 2), (0, 1))(x, W)
        numpy.testing.assert_allclose(numbers(nodes["x"]["derivative"]), by_x, 1e-12)
        numpy.testing.assert_allclose(numbers(nodes["W"]["derivative"]), by_W, 1e-12)
        self.assertEqual(calls_of(trace), ["layer#1", "layer#2"])
        self.assertLessEqual({"layer#1.z", "layer#2.z", "h", "h@2", "y", "m"}, set(nodes))

    def test_numbers(self):
        nodes = nodes_of(graphviz_grad.trace(lambda a, b, c: 3 * (a + b * np.abs(c)), 5.0, 3.0, 2.0))
        self.assertEqual([nodes[name]["derivative"] for name in "abc"], [3, 6, 9])

    def test_arguments_within_lists_and_dictionaries(self):
        def loss(layers, scale):
            h = scale["by"]
            for W, b in layers:
                h = np.tanh(np.dot(h, W) + b)
            return np.sum(h)

        layers = [(np.ones((2, 3)) * 0.1, np.zeros(3)), (np.ones((3, 1)) * 0.2, np.zeros(1))]
        scale = {"by": np.array([1.0, 2.0])}
        nodes = called(graphviz_grad.trace(loss, layers, scale, argnums=0))
        for i, layer in enumerate(autograd.grad(loss)(layers, scale)):
            for j, one in enumerate(layer):
                numpy.testing.assert_allclose(numbers(nodes[f"layers[{i}][{j}]"]["derivative"]), one)
        self.assertIsNone(nodes["scale.by"]["derivative"])

    def test_refusals(self):
        for function, argument, message in [
            (lambda x: np.sin(x), numpy.ones(2), "more than one number"), (lambda x: np.sin(x), 3, "write 3.0 for 3"),
            (lambda x: np.sin(1.0), 3.0, "does not depend"),
        ]:
            with self.subTest(message=message), self.assertRaisesRegex(GradError, message):
                graphviz_grad.trace(function, argument)
        with self.assertRaisesRegex(GradError, "runs f"):
            autograd.grad(graphviz_grad.draw)(2.0)


if __name__ == "__main__":
    unittest.main()
