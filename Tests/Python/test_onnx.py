"""Models of ONNX, whose graphs have values and no gradients."""

import unittest

import numpy
from onnx import TensorProto, helper, numpy_helper

import graphviz_grad
from graphviz_grad import GradError
from told import nodes_of


def model(*operations):
    made = [helper.make_node(*one[:3], **one[3]) for one in operations]
    graph = helper.make_graph(
        made, "g", [helper.make_tensor_value_info("X", TensorProto.FLOAT, [2, 2])],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(numpy.array([[1, 2], [3, 4]], numpy.float32), "W")])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


class Models(unittest.TestCase):
    def test_values_without_gradients(self):
        made = model(
            ("MatMul", ["X", "W"], ["h"], {}), ("Relu", ["h"], ["r"], {}),
            ("ReduceSum", ["r"], ["Y"], {"keepdims": 0}))
        trace = graphviz_grad.trace(made, numpy.array([[1, -1], [2, 0.5]], numpy.float32))
        nodes = nodes_of(trace)
        self.assertEqual(nodes["r"]["value"], [[0, 0], [3.5, 6]])
        self.assertEqual([node["derivative"] for node in nodes.values()], [None] * 5)
        self.assertIn("<svg", trace.svg(show="forward"))

    def test_several_outputs(self):
        made = model(("MatMul", ["X", "W"], ["h"], {}), ("Split", ["h"], ["a", "Y"], {"axis": 0, "num_outputs": 2}))
        made.graph.output.extend([helper.make_tensor_value_info("a", TensorProto.FLOAT, None)])
        X = numpy.array([[1, -1], [2, 0.5]], numpy.float32)
        trace = graphviz_grad.trace(made, X)
        self.assertEqual(nodes_of(trace)["Y"]["value"], [[3.5, 6]])
        self.assertEqual(trace.output, "Y")
        self.assertEqual(graphviz_grad.trace(made, X, of="a").output, "a")
        with self.assertRaisesRegex(GradError, "the model has no value 'b'; its outputs are Y, a"):
            graphviz_grad.trace(made, X, of="b")

    def test_inputs_are_named(self):
        with self.assertRaisesRegex(GradError, "the model's inputs are X; 'X' is not given"):
            graphviz_grad.trace(model(("Relu", ["X"], ["Y"], {})))
        with self.assertRaisesRegex(GradError, r"graphviz_grad\.trace\(model, \*inputs\) runs it"):
            graphviz_grad.draw(model(("Relu", ["X"], ["Y"], {})))


if __name__ == "__main__":
    unittest.main()
