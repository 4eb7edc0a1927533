"""A figure as a value of Python: drawn to files, shown in notebooks."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter

from .command import GradError, option_words, run_command

_shown = Counter()
# Options of the command about files and the terminal, for which a figure as a value has methods.
ELSEWHERE = re.compile(
    r"-[eohjT]|--(output|format|out-dir|dark-output|dark|alt-output|deps|deps-format|help|check|force|diagnostics)(=|$)")


class Drawing:
    """The figure of a program or a trace, which notebooks show by itself.

    Options are those of ``graphviz-grad render``, with ``_`` for ``-``: ``style="circuit"``,
    ``edge_labels="none"``, ``legend=True``, ``set={"b": 3.001}``. Those given here hold for all that is
    drawn of it, beside those given there. Of a file ``words`` has the path, and ``text`` is empty. ``place`` is a line
    ``#line 2 "In [3]"``, which says where the text stands.
    """

    def __init__(self, text, words=("-",), place="", **options):
        self.text = text
        self.place = place
        self.words = list(words)
        self.options = options
        self._bundle = None

    def draw(self, path, **options):
        """Draws to a file, whose extension is the format: svg, png, pdf, pptx, html, tex and more.

        ``frames=True`` draws the figure step by step, as ``graphviz-grad frames`` does.
        """
        verb = "frames" if options.pop("frames", False) else "render"
        self._tool(verb, f"--output={os.fspath(path)}", **options)
        return self

    def svg(self, **options):
        """The text of the figure as SVG."""
        return self._tool("render", "--format=svg", "--output=-", **options).decode("utf-8")

    def explain(self, **options):
        """What the figure says step by step, in Markdown, as ``graphviz-grad explain`` prints it."""
        return self._tool("explain", **options).decode("utf-8")

    def write(self, path):
        """Writes the program, or the trace, which every verb of the tool reads."""
        with open(path, "wb") as file:
            file.write(self.text.encode() if isinstance(self.text, str) else self.text)
        return self

    def _tool(self, verb, *words, **options):
        # What is told in words has no options of figures.
        given = options if verb == "explain" else {**self.options, **options}
        result, messages = self._run(verb, *self.words, *words, *option_words(given))
        if messages:
            print(messages, file=sys.stderr)
        return result

    def _run(self, *words):
        return run_command(words, f"{self.place}\n{self.text}" if self.place else self.text)

    @property
    def bundle(self):
        """The figure in every form that a notebook may show, with its metadata."""
        if self._bundle is None:
            words = [*self.words, *option_words(self.options)]
            for word in words:
                if ELSEWHERE.match(word):
                    raise GradError(
                        f"'{word}' is for the command line: this figure is shown here\n"
                        '  = help: leave it out; grad(…).draw("figure.svg") writes a file, and '
                        "!graphviz-grad render --help says which options there are")
            result, messages = self._run("render", "--format=mimebundle", "--output=-", *words)
            if messages:
                print(messages)
            bundle = json.loads(result)
            for kind in ("image/png", "image/svg+xml"):
                # nbconvert makes it the text of the image in HTML.
                bundle["metadata"].setdefault(kind, {})["alt"] = bundle["data"]["text/plain"]
            self._bundle = bundle
        return self._bundle

    @property
    def data(self):
        """The figure by media type: ``image/svg+xml`` is text, ``image/png`` and ``application/pdf`` are
        base64, ``text/plain`` says in words what it shows."""
        return self.bundle["data"]

    @property
    def metadata(self):
        """What goes with the data: sizes, and the words as text of the images."""
        return self.bundle["metadata"]

    def __repr__(self):
        return self.data["text/plain"]

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**self.data, "image/svg+xml": self._own_svg()}, self.metadata

    def _mime_(self):
        # marimo asks for this, and would show every form of a bundle otherwise.
        return "text/html", self._own_svg().replace(' style="', ' style="max-width:100%;height:auto;', 1)

    def _own_svg(self):
        """The picture with ids that are unique in a notebook which is exported as one page."""
        svg = self.data["image/svg+xml"]
        prefix = re.search(r'\bid="([^"]+)"', svg)[1]
        _shown[prefix] += 1
        if _shown[prefix] > 1:
            own = f"{prefix}_{_shown[prefix]}"
            name = re.compile(rf'(?<=["# ]){re.escape(prefix)}(?=[_" ])')
            svg = re.sub(r"<style>.*?</style>|<[^>]*>", lambda m: name.sub(own, m[0]), svg, flags=re.S)
        return svg
