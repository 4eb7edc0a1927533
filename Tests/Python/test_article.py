"""The programs in the article about JAX and others run as they stand there; that of TensorFlow runs with its own tests."""

import os
import re
import tempfile
import unittest
from pathlib import Path

CATALOG = Path(__file__).parents[2] / "Sources/GraphvizGrad/Documentation.docc"


class Article(unittest.TestCase):
    def test_programs(self):
        text = (CATALOG / "FromJAXAndOthers.md").read_text()
        blocks = re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S)
        self.assertEqual(len(blocks), 4)
        names, folder = {"__name__": "article"}, os.getcwd()
        with tempfile.TemporaryDirectory() as place:
            os.chdir(place)
            try:
                for block in (one for one in blocks if "tensorflow" not in one):
                    exec(compile(block, "article", "exec"), names)
                self.assertIn("</svg>", Path("loss.svg").read_text())
            finally:
                os.chdir(folder)


if __name__ == "__main__":
    unittest.main()
