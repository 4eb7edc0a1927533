"""Finds and runs the command `graphviz-grad`, which draws every picture."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

# The environment variable that may hold the command's path.
VARIABLE = "GRAPHVIZ_GRAD"


class GradError(Exception):
    """What cannot be drawn or recorded; the text says why, as the tool prints it."""

    def _render_traceback_(self):
        # IPython asks for this. What is wrong is in the program; the way through Python says nothing.
        return str(self).splitlines()


class CommandMissing(GradError):
    """The command is not installed, or not where it was said to be."""


def find_command(name=None, help=f"set the environment variable {VARIABLE} to its path"):
    """The path of the command, or of the one that `name` or the environment variable names.

    Without such a name it is looked for beside this package, among the scripts of this Python, which need
    not be on the PATH, and on the PATH.
    """
    given = name or os.environ.get(VARIABLE)
    if given:
        found = shutil.which(given)
    else:
        places = [Path(__file__).parent / "bin", sysconfig.get_path("scripts")]
        found = next(filter(None, (shutil.which("graphviz-grad", path=str(p)) for p in places)), None)
        found = found or shutil.which("graphviz-grad")
    if found is None:
        raise CommandMissing(f"the command '{given or 'graphviz-grad'}' is not found; install graphviz-grad, or {help}")
    return found


def option_words(options):
    """Options of Python as words of the command line: `edge_labels="none"`, `legend=True`, `set={"b": 3}`,
    `open=["net", "net.fc1"]`."""
    words = []
    for key, value in options.items():
        name = key.replace("_", "-")
        if value is True:
            words.append(f"--{name}")
        elif isinstance(value, dict):
            words += [f"--{name}={key}={text_of(one)}" for key, one in value.items()]
        elif isinstance(value, (list, tuple)):
            words.append(f"--{name}={','.join(map(str, value))}")
        elif value is not None and value is not False:
            words.append(f"--{name}={text_of(value)}")
    return words


def text_of(value):
    """A value of Python as programs write it: arrays as lists."""
    return str(value.tolist() if hasattr(value, "tolist") else value)


def run_command(words, data, folder=None, **environment):
    """What the tool prints for the words and the standard input, as bytes, and its messages as text.

    Further names are variables of its environment.
    """
    path = find_command()
    if isinstance(data, str):
        data = data.encode()
    try:
        done = subprocess.run(
            [path, *map(str, words)], input=data, capture_output=True, cwd=folder,
            env={**os.environ, **environment})
    except OSError as error:
        raise CommandMissing(f"the command '{path}' cannot be run: {error.strerror}") from error
    messages = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        raise GradError(messages or f"the tool ended with code {done.returncode}")
    return done.stdout, messages
