"""The package by itself: what it imports, how it finds and runs the command, what a trace holds.

    PYTHONPATH=Sources/Python GRAPHVIZ_GRAD=.build/debug/graphviz-grad python3 -m unittest discover -s Tests/Python
"""

import ast
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import graphviz_grad
from graphviz_grad.command import CommandMissing, find_command, option_words
from graphviz_grad.numbers import array
from graphviz_grad.traces import Trace

LECTURE = "a = 5\nb = 3\nc = 2\nJ = 3*(a + b*c)\n"


class Package(unittest.TestCase):
    def test_imports_nothing_before_it_is_needed(self):
        code = (
            "import sys, graphviz_grad; assert graphviz_grad.Drawing; "
            "print([m for m in ('torch', 'numpy', 'IPython', 'sphinx', 'jax') if m in sys.modules])")
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        self.assertEqual(told.stdout.strip(), "[]", told.stderr)

    def test_every_name_is_there(self):
        for name in graphviz_grad.__all__:
            self.assertIsNotNone(getattr(graphviz_grad, name))
        with self.assertRaises(AttributeError):
            graphviz_grad.nothing

    def test_a_command_that_is_missing_is_named(self):
        with mock.patch.dict(os.environ, GRAPHVIZ_GRAD="nope"):
            with self.assertRaisesRegex(CommandMissing, "'nope' is not found.*GRAPHVIZ_GRAD"):
                find_command()
        with mock.patch.dict(os.environ, PATH="", clear=True):
            with mock.patch("sysconfig.get_path", return_value="/nowhere"):
                with self.assertRaisesRegex(CommandMissing, "'graphviz-grad' is not found"):
                    find_command()

    def test_the_scripts_of_this_python_are_searched(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "graphviz-grad")
            program.write_text("#!/bin/sh\n")
            program.chmod(0o755)
            with mock.patch.dict(os.environ, PATH="", clear=True):
                with mock.patch("sysconfig.get_path", return_value=folder):
                    self.assertEqual(find_command(), str(program))

    def test_options_become_words(self):
        words = option_words({"edge_labels": "none", "legend": True, "set": {"b": 3}, "open": ["f", "g"], "of": None})
        self.assertEqual(words, ["--edge-labels=none", "--legend", "--set=b=3", "--open=f,g"])


class OlderPython(unittest.TestCase):
    """Every module is one of Python 3.9, in its syntax and in what it asks of Python's own library."""

    FOLDER = Path(graphviz_grad.__file__).parent
    # What came later, as an attribute, a name, or a keyword of a call.
    NEWER = {
        "pairwise", "bit_count", "batched", "StrEnum", "ExceptionGroup", "BaseExceptionGroup", "tomllib", "Self",
        "TypeAlias", "ParamSpec", "get_annotations", "stdlib_module_names", "orig_argv", "aiter", "anext", "aclosing",
        "add_note", "override", "NoneType", "EllipsisType", "files", "packages_distributions",
    }
    KEYWORDS = {("zip", "strict"), ("dataclass", "slots"), ("dataclass", "kw_only"), ("open_code", "encoding")}

    def test_modules_are_of_python_3_9(self):
        paths = sorted(self.FOLDER.glob("*.py"))
        self.assertGreater(len(paths), 20)
        for path in paths:
            tree = ast.parse(path.read_text("utf-8"), str(path), feature_version=(3, 9))
            for node in ast.walk(tree):
                with self.subTest(path.name, line=getattr(node, "lineno", 0)):
                    if isinstance(node, ast.Attribute):
                        self.assertNotIn(node.attr, self.NEWER)
                    elif isinstance(node, ast.ImportFrom):
                        self.assertFalse({one.name for one in node.names} & self.NEWER)
                    elif isinstance(node, ast.Call):
                        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                        self.assertFalse({(name, one.arg) for one in node.keywords} & self.KEYWORDS)
                        if name in ("isinstance", "issubclass"):
                            # A union of types by a bar.
                            self.assertFalse(any(isinstance(one, ast.BinOp) for one in node.args))
            # Annotations may be newer where they are not evaluated.
            if any(isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation for node in ast.walk(tree)):
                self.assertIn("from __future__ import annotations", path.read_text("utf-8"))


class Numbers(unittest.TestCase):
    def test_shortest_decimals_of_each_type(self):
        import struct

        single = struct.unpack("f", struct.pack("f", 0.1))[0]
        half = struct.unpack("e", struct.pack("e", 0.1))[0]
        for value, dtype, text in [(single, "float32", 0.1), (half, "float16", 0.1), (0.10009765625, "bfloat16", 0.1)]:
            with mock.patch.dict(sys.modules, numpy=None):
                self.assertEqual(graphviz_grad.numbers.shortest([value], dtype), [text])
            self.assertEqual(graphviz_grad.numbers.shortest([value], dtype), [text])
        self.assertEqual(array(single).json(), single)

    def test_nested_lists_and_words(self):
        self.assertEqual(array([[1, 2.5], [float("inf"), float("nan")]]).json(), [[1, 2.5], ["Infinity", "NaN"]])
        self.assertEqual(array(True).json(), 1)

    def test_many_entries_are_summed_up(self):
        rows = [[float(i * 200 + j) for j in range(200)] for i in range(100)]
        told = array(rows, 10_000).json()["summary"]
        self.assertEqual((told["min"], told["max"]), (0, 19999))
        self.assertEqual((len(told["means"]), len(told["means"][0])), (64, 64))
        self.assertLess(told["means"][0][0], told["means"][63][63])


class Traces(unittest.TestCase):
    def made(self):
        trace = Trace()
        x = trace.add("x", value=3)
        w = trace.add("w", value=[2.0, -1.0])
        y = trace.add("y", operation="multiply", value=[6.0, -3.0], expression="w * x")
        trace.connect(x, y, 0)
        trace.connect(w, y, 1)
        trace.connect(y, trace.add("J", operation="sum", value=3.0), map={"is": "sum", "axes": [0]})
        return trace

    def test_ids_are_unique(self):
        trace = Trace()
        ids = [trace.add("h", value=1), trace.add("h", value=2), trace.add("h", value=3, call=["f#1"])]
        ids += [trace.add(operation="add", value=1), trace.add(value=1)]
        self.assertEqual(ids, ["h", "h@2", "f#1.h", "t1", "k1"])

    def test_a_trace_is_drawn_written_and_shown(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "figure.svg")
            self.made().draw(path, style="circuit", title="Given")
            self.assertIn("Given", path.read_text("utf-8"))
            self.made().write(Path(folder, "trace.json"))
            self.assertEqual(json.loads(Path(folder, "trace.json").read_text())["output"], "J")
        data, metadata = self.made()._repr_mimebundle_()
        self.assertIn("<svg", data["image/svg+xml"])
        self.assertIn("J", metadata["image/png"]["alt"])

    def test_what_the_tool_refuses_is_an_exception(self):
        trace = self.made()
        trace.nodes[3]["value"] = 4.0
        trace.nodes[3]["derivative"] = 7.0
        trace.nodes[2]["derivative"] = [1.0, 2.0]
        with self.assertRaisesRegex(graphviz_grad.GradError, "bad-trace"):
            trace.svg()


class Drawings(unittest.TestCase):
    def test_a_program_is_drawn(self):
        drawing = graphviz_grad.grad(LECTURE, title="Lecture")
        self.assertIn("Lecture", drawing.svg())
        self.assertIn("33", repr(drawing))
        first, second = drawing._repr_mimebundle_()[0], drawing._repr_mimebundle_()[0]
        self.assertNotEqual(first["image/svg+xml"], second["image/svg+xml"])
        self.assertIn("dJ", drawing.explain().replace("∂", "d"))

    def test_mistakes_are_said_as_the_tool_says_them(self):
        with self.assertRaisesRegex(graphviz_grad.GradError, "unknown theme 'drak'"):
            graphviz_grad.grad(LECTURE, theme="drak")


if __name__ == "__main__":
    unittest.main()
