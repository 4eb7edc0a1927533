"""Draws computation graphs in notebooks: the magic ``%%grad`` and the function ``grad``.

Written by ``graphviz-grad integration jupyter`` (graphviz-grad @VERSION@). Needs IPython and the command
``graphviz-grad``, or its path in the environment variable GRAPHVIZ_GRAD. In a notebook::

    %load_ext graphviz_grad_jupyter

    %%grad --style circuit
    x = 3
    y = x * x

    from graphviz_grad_jupyter import grad
    grad("x = 3; y = x * x", style="circuit", set={"x": 4})
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections import Counter

from IPython.display import display

_shown = Counter()


class GradError(Exception):
    """A program that cannot be drawn; its text is what the tool prints."""

    def _render_traceback_(self):
        # What is wrong is in the program; the way through Python says nothing about it.
        return str(self).splitlines()


class Figure:
    """A computation graph, which notebooks show by itself.

    ``data`` has it by media type: ``figure.data["image/svg+xml"]`` is text, ``image/png`` and
    ``application/pdf`` are base64, ``text/plain`` says in words what it shows.
    """

    def __init__(self, bundle):
        self.data = bundle["data"]
        self.metadata = bundle["metadata"]

    def __repr__(self):
        return self.data["text/plain"]

    def _repr_mimebundle_(self, include=None, exclude=None):
        # Ids are to be unique in a notebook that is exported as one page.
        svg = self.data["image/svg+xml"]
        prefix = re.search(r'\bid="([^"]+)"', svg)[1]
        _shown[prefix] += 1
        if _shown[prefix] > 1:
            own = f"{prefix}_{_shown[prefix]}"
            name = re.compile(rf'(?<=["# ]){re.escape(prefix)}(?=[_" ])')
            svg = re.sub(r"<style>.*?</style>|<[^>]*>", lambda m: name.sub(own, m[0]), svg, flags=re.S)
        return {**self.data, "image/svg+xml": svg}, self.metadata


def grad(program, **options):
    """The figure of a program.

    Options are those of ``graphviz-grad render``, with ``_`` for ``-``: ``style="circuit"``,
    ``edge_labels="none"``, ``legend=True``, ``set={"b": 3.001}``.
    """
    words = []
    for key, value in options.items():
        name = key.replace("_", "-")
        if value is True:
            words.append(f"--{name}")
        elif isinstance(value, dict):
            words += [f"--{name}={key}={one}" for key, one in value.items()]
        elif value is not None and value is not False:
            words.append(f"--{name}={value}")
    return _figure(["-", *words], program)


def _figure(words, program):
    name = os.environ.get("GRAPHVIZ_GRAD", "graphviz-grad")
    command = shutil.which(name)
    if command is None:
        raise GradError(
            f"the command '{name}' is not found; install graphviz-grad, or set the environment "
            "variable GRAPHVIZ_GRAD to its path")
    done = subprocess.run(
        [command, "render", "--format=mimebundle", "--output=-", *words],
        input=program, capture_output=True, encoding="utf-8")
    messages = done.stderr.strip()
    if done.returncode:
        raise GradError(messages or f"the tool ended with code {done.returncode}")
    if messages:
        print(messages)
    return Figure(json.loads(done.stdout))


def _magic(line, cell=None):
    """Draws the program of the cell, or a file: ``%grad lecture.grad --theme dark``."""
    words = shlex.split(line)
    display(_figure(words if cell is None else ["-", *words], cell or ""))


def load_ipython_extension(shell):
    shell.register_magic_function(_magic, "line_cell", "grad")
