"""Gives figures in exported notebooks their words, which nbconvert itself leaves out of pictures that are SVG.

    jupyter nbconvert --to html --HTMLExporter.preprocessors=graphviz_grad.export.DescribedFigures lecture.ipynb
"""

import base64
import html

from nbconvert.preprocessors import Preprocessor


class DescribedFigures(Preprocessor):
    """Makes every picture with a description in its metadata an image of HTML that has it."""

    def preprocess_cell(self, cell, resources, index):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            words = output.get("metadata", {}).get("image/svg+xml", {}).get("alt")
            if words and "image/svg+xml" in data:
                picture = base64.b64encode(data["image/svg+xml"].encode()).decode()
                data["text/html"] = f'<img alt="{html.escape(" ".join(words.split()))}" src="data:image/svg+xml;base64,{picture}">'
        return cell, resources
