"""Draws computation graphs in notebooks: the magic ``%%grad`` and the function ``grad``.

Needs IPython and the command ``graphviz-grad``, or its path in the environment variable GRAPHVIZ_GRAD. In
a notebook, where this is the file that ``graphviz-grad integration jupyter`` writes::

    %load_ext graphviz_grad_jupyter

    %%grad --style circuit
    x = 3
    y = x * x

    from graphviz_grad_jupyter import grad
    grad("x = 3; y = x * x", style="circuit", set={"x": 4})

With the package it is ``graphviz_grad`` in both places.
"""

from __future__ import annotations

import shlex

from .picture import Drawing


def grad(program, **options):
    """The figure of a program.

    Options are those of ``graphviz-grad render``, with ``_`` for ``-``: ``style="circuit"``,
    ``edge_labels="none"``, ``legend=True``, ``set={"b": 3.001}``.
    """
    return _drawn(Drawing(program, **options))


def _drawn(drawing):
    # So that a mistake is said where the figure is asked for, not where it is shown.
    drawing.bundle
    return drawing


def _magic(line, cell=None):
    """Draws the program of the cell, or a file: ``%grad lecture.grad --theme dark``."""
    from IPython.display import display

    words = shlex.split(line)
    display(_drawn(Drawing(cell or "", words if cell is None else ["-", *words])))


def load_ipython_extension(shell):
    shell.register_magic_function(_magic, "line_cell", "grad")
