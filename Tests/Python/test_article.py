"""The programs in the article about JAX and others run as they stand there, and each that draws a figure draws one."""

import os
import re
import tempfile
import unittest
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

CATALOG = Path(__file__).parents[2] / "Sources/GraphvizGrad/Documentation.docc"


class Article(unittest.TestCase):
    def test_programs(self):
        text = (CATALOG / "FromJAXAndOthers.md").read_text()
        blocks = re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S)
        self.assertEqual(len(blocks), 4)
        names, folder = {"__name__": "article"}, os.getcwd()
        drawn = []
        with tempfile.TemporaryDirectory() as place:
            os.chdir(place)
            try:
                for block in blocks:
                    exec(compile(block, "article", "exec"), names)
                    for figure in Path(place).glob("*.svg"):
                        drawn.append(figure.read_text())
                        figure.unlink()
            finally:
                os.chdir(folder)
        self.assertEqual(sum(text.count('draw("') for text in blocks), len(drawn))
        self.assertTrue(all("</svg>" in figure for figure in drawn))
        # The layers of Keras, which come last, have their kernels and biases as inputs with derivatives.
        for name in ("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias"):
            self.assertTrue(f"d {name} = " in drawn[-1], name)


if __name__ == "__main__":
    unittest.main()
