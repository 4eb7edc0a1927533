"""A notebook in which a model is recorded shows its figure, as Jupyter's own kernel runs it."""

import os
import unittest
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import graphviz_grad

CELLS = [
    "import torch, graphviz_grad\nfrom torch import nn\ntorch.manual_seed(0)\nnet = nn.Linear(2, 1)",
    "with graphviz_grad.record() as r:\n    out = net(torch.ones(1, 2))\n    loss = (out - 1).square().mean()\n"
    "    loss.backward()\nr",
    "r.drawing(style='circuit', title='One layer')",
    "graphviz_grad.trace(lambda w: (w * w).sum(), torch.tensor([1.0, 2.0]))",
    "%load_ext graphviz_grad",
    "%%grad\nx = 3\ny = x * x",
]
# What the words of the figure of each cell say.
SAID = [None, "loss = ", "loss = ", "derivative", None, "y = x·x = 9"]


class Notebooks(unittest.TestCase):
    def executed(self, cells):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        here = str(Path(graphviz_grad.__file__).parents[1])
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
        return NotebookClient(notebook, timeout=300).execute()

    def test_recordings_show_themselves(self):
        for cell, said in zip(self.executed(CELLS).cells, SAID):
            shown = [output for output in cell.outputs if "data" in output]
            with self.subTest(cell.source):
                self.assertFalse([one for one in cell.outputs if one.output_type == "error"])
                if said is None:
                    continue
                (output,) = shown
                self.assertIn("<svg", output["data"]["image/svg+xml"])
                self.assertIn(said, output["data"]["text/plain"])
                self.assertEqual(output["metadata"]["image/png"]["alt"], output["data"]["text/plain"])

    def test_mistakes_are_one_line(self):
        with self.assertRaises(CellExecutionError) as caught:
            self.executed(["import graphviz_grad", "with graphviz_grad.record() as r:\n    pass\nr.svg()"])
        self.assertIn("nothing was recorded", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
