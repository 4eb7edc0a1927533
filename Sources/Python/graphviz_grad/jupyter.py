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

import os
import re
import shlex
import sys

from .command import GradError, text_of
from .picture import Drawing

# `$name`, `$name.attribute`, and an expression in braces, as in other magics.
VALUE = re.compile(r"\$([^\W\d]\w*(?:\.\w+)*)|\{([^{}]+)\}")


def grad(program, **options):
    """The figure of a program, or of the file that a path names.

    Options are those of ``graphviz-grad render``, with ``_`` for ``-``: ``style="circuit"``,
    ``edge_labels="none"``, ``legend=True``, ``set={"b": 3.001}``.
    """
    if isinstance(program, os.PathLike):
        return _drawn(Drawing("", [os.fspath(program)], **options))
    if program.strip().endswith(".grad") and len(program.split()) == 1:
        raise GradError(
            f"'{program}' is a name, and no program\n"
            f"  = help: from pathlib import Path; grad(Path({program.strip()!r})) draws the file")
    return _drawn(Drawing(program, place=_place(1, ", program"), **options))


def _place(line, part=""):
    """Where a program stands, for messages: the cell that runs, or nothing outside of IPython."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return f'#line {line} "In [{shell.execution_count}]{part}"' if shell else ""


def _drawn(drawing):
    # So that a mistake is said where the figure is asked for, not where it is shown.
    drawing.bundle
    return drawing


def _magic(line, cell=None):
    """Draws the program of the cell, or a file: ``%grad lecture.grad --theme dark``."""
    from IPython import get_ipython
    from IPython.display import display

    # Here and not by IPython, to which an array is several words.
    words = [VALUE.sub(lambda found: _value(get_ipython(), found), word) for word in shlex.split(line)]
    if cell is None:
        display(_drawn(Drawing("", words)))
    else:
        # The line of the magic is the cell's first.
        display(_drawn(Drawing(cell, ["-", *words], place=_place(2))))


def _value(shell, found):
    """The Python value that stands for a word, or for a part of it."""
    try:
        return text_of(shell.ev(found[1] or found[2]))
    except Exception as error:
        if found[1]:
            raise GradError(f"no Python value is called '{found[1]}'") from error
        # Braces may be part of a title.
        return found[0]


def load_ipython_extension(shell):
    from IPython.core.magic import no_var_expand

    shell.register_magic_function(no_var_expand(_magic), "line_cell", "grad")
