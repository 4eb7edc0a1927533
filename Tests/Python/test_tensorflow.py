"""Functions of TensorFlow, against its tape and published numbers."""

import os
import unittest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

import graphviz_grad
from graphviz_grad import GradError
from graphviz_grad.command import run_command
from tensors import CASES
from told import called, calls_of, nodes_of, numbers


def logistic(w, b, X, Y):
    Z = tf.transpose(w) @ X + b
    A = tf.sigmoid(Z)
    L = -(Y * tf.math.log(A) + (1 - Y) * tf.math.log(1 - A))
    J = tf.reduce_mean(L)
    return J


class TensorFlow(unittest.TestCase):
    def test_published_numbers(self):
        case = CASES["T01"]
        inputs = [tf.constant(value, tf.float64) for value in case["inputs"].values()]
        trace = graphviz_grad.trace(logistic, *inputs, argnums=(0, 1))
        nodes_of(trace)
        told = called(trace)
        for key, expected in case["expected"].items():
            np.testing.assert_allclose(numbers(told[key]["value"]), expected["value"], 1e-12, 1e-13)
            if expected["derivative"] is not None:
                np.testing.assert_allclose(numbers(told[key]["derivative"]), expected["derivative"], 1e-10, 1e-12)

    def test_variables_have_the_names_of_the_program(self):
        w, parameters = tf.Variable(0.5), {"b": tf.Variable(1.0)}

        class Model(tf.Module):
            def __init__(self):
                self.scale = tf.Variable(3.0)

            def cost(self, params, x):
                return scaled(x) * self.scale + params["b"]

        @tf.function
        def scaled(x):
            return w * x

        model = Model()
        nodes = nodes_of(graphviz_grad.trace(model.cost, parameters, tf.constant(2.0)))
        expected = {"w": 6, "scale": 1, "params.b": 1, "x": 1.5}
        self.assertEqual({name: nodes[name]["derivative"] for name in expected}, expected)

    def test_variables_and_functions_of_the_program(self):
        W = tf.Variable([[0.1, 0.2], [0.3, -0.4]], name="W", dtype=tf.float64)
        b = tf.Variable([0.1, 0.2], name="b", dtype=tf.float64)

        @tf.function
        def layer(x):
            h = x @ W + b
            return tf.nn.relu(h)

        def network(x, y):
            h = layer(x)
            h = layer(h)
            p = tf.nn.softmax(h)
            each = tf.nn.softmax_cross_entropy_with_logits(tf.one_hot([0, 1], 2, dtype=tf.float64), h)
            loss = tf.reduce_sum((p[:, 0] - y) ** 2) + tf.reduce_mean(each) + tf.reduce_sum(tf.concat([h, h], 1))
            return loss

        x, y = tf.constant([[1.0, 2.0], [3.0, 4.0]], tf.float64), tf.constant([1.0, 0.0], tf.float64)
        trace = graphviz_grad.trace(network, x, y, argnums=0)
        nodes = nodes_of(trace)
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = network(x, y)
        for name, expected in zip("xWb", tape.gradient(loss, [x, W, b])):
            np.testing.assert_allclose(numbers(nodes[name]["derivative"]), expected, 1e-12)
        self.assertEqual(calls_of(trace), ["layer#1", "layer#2"])
        self.assertIn("p", nodes)

    def test_layers_of_keras(self):
        def dense(x):
            return tf.reduce_sum(layers[0](x) ** 2)

        def convolution(x):
            return tf.reduce_sum(layers[1](x[None, :, :, None]) ** 2)

        def normalized(x):
            return tf.reduce_sum(layers[2](x, training=True) ** 3)

        def rows(x):
            return tf.reduce_sum(layers[3](tf.constant([1, 3, 1])) @ x)

        keras = tf.keras.layers
        layers = [keras.Dense(4), keras.Conv2D(2, 2), keras.BatchNormalization(), keras.Embedding(5, 3)]
        for function, layer in zip((dense, convolution, normalized, rows), layers):
            x = tf.constant([[1.0, 2.0, 0.5], [3.0, 4.0, 5.0], [-1.0, 0.0, 2.0]])
            function(x)
            for variable in layer.trainable_variables:
                variable.assign(tf.random.stateless_normal(variable.shape, [1, len(variable.shape)]))
            with self.subTest(function.__name__), tf.GradientTape() as tape:
                loss = function(x)
            wanted = tape.gradient(loss, layer.trainable_variables)
            told = graphviz_grad.trace(function, x)
            text, messages = run_command(["eval", "-", "--format", "json", "--detail", "operations"], told.json())
            self.assertEqual(messages, "")
            self.assertFalse([node["name"] for node in told.nodes if "/" in (node["name"] or "")])
            found = [numbers(node["derivative"]) for node in told.nodes if node["kind"] == "input" and node["name"] != "x"]
            for one in wanted:
                one = tf.convert_to_tensor(one).numpy()
                self.assertTrue(any(
                    other.shape == one.shape and np.allclose(other, one, 1e-4, 1e-4) for other in found), function.__name__)

    def test_parts_of_an_array(self):
        def mixed(x):
            a, b = tf.split(x, 2, axis=1)
            c, d, e = tf.split(x, [1, 2, 1], axis=-1)
            u, v = tf.unstack(x)
            return tf.reduce_sum(a * b) + tf.reduce_sum(u * v) + tf.reduce_sum(d ** 2 * c) + tf.reduce_sum(e)

        x = tf.constant([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]], tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = mixed(x)
        trace = graphviz_grad.trace(mixed, x)
        nodes = nodes_of(trace)
        np.testing.assert_allclose(numbers(nodes["x"]["derivative"]), tape.gradient(y, x), 1e-12)
        maps = {edge["to"]: edge["map"] for edge in trace.document()["edges"] if edge["to"] in "abcdeuv"}
        self.assertEqual({name: map["index"] for name, map in maps.items()}, {
            "a": ":, 0:2", "b": ":, 2:4", "c": ":, 0:1", "d": ":, 1:3", "e": ":, 3:4", "u": "0", "v": "1"})
        self.assertTrue(all(node["value"] is not None for node in nodes.values()))

    def test_complex_numbers_are_pairs(self):
        def size(x):
            y = tf.signal.fft(tf.cast(x, tf.complex128)) * tf.constant([1 + 2j, 2, 1j], tf.complex128)
            return tf.reduce_sum(tf.abs(y) ** 3)

        x = tf.constant([1.0, 2.0, 4.0], tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(x)
            value = size(x)
        nodes = nodes_of(graphviz_grad.trace(size, x))
        np.testing.assert_allclose(numbers(nodes["x"]["derivative"]), tape.gradient(value, x), 1e-12)
        self.assertEqual((nodes["y"]["dtype"], nodes["y"]["shape"]), ("complex128", [3, 2]))

    def test_refusals(self):
        with self.assertRaisesRegex(GradError, "more than one number"):
            graphviz_grad.trace(lambda x: x * 2, tf.constant([1.0, 2.0]))
        with self.assertRaisesRegex(GradError, "runs f"):
            graphviz_grad.draw(tf.constant(1.0))


if __name__ == "__main__":
    unittest.main()
