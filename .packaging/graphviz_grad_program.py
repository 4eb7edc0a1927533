"""The commands of the wheel: the program that came with the package `graphviz_grad`, by each of its names.

A module of its own, so that a command does not import the package first.
"""

import os
import sys

PROGRAM = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "graphviz_grad", "bin", "graphviz-grad")


def run(name="graphviz-grad"):
    """Becomes the program, which runs scripts with this Python unless it is told another."""
    os.environ.setdefault("PYTHON", sys.executable)
    os.execv(PROGRAM, [name, *sys.argv[1:]])


def dot():
    run("graphviz-grad-dot")


def pandoc():
    run("pandoc-graphviz-grad")
