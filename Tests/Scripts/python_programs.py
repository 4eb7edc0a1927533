#!/usr/bin/env python3
"""Runs the programs of Tests/GradLanguageTests/Corpus/Python in Python itself, and holds what graphviz-grad
computes for their `y` against it.

usage: python_programs.py TOOL [--record]

With --record Python's numbers are written below the programs, where the tests of Swift read them.
"""
import contextlib
import io
import json
import math
import os
import re
import sys
import tempfile

from common import attempt, check, finish

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "GradLanguageTests", "Corpus", "Python")
RULE = "=" * 18


def expected(name, program):
    scope = {"__name__": "__main__", "tanh": math.tanh}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(program, name, "exec"), scope)
    return float(scope["y"])


def computed(tool, name, program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "program.py")
        with open(path, "w") as file:
            file.write(program)
        done = attempt(tool, "eval", path, "--format", "json", "--of", "y")
    check(done.returncode == 0, f"{name}: {done.stderr}")
    trace = json.loads(done.stdout)
    value = next(node["value"] for node in trace["nodes"] if node["id"] == trace["output"])
    while isinstance(value, list):
        value = value[0]
    return float(value)


def main():
    tool, record = sys.argv[1], "--record" in sys.argv
    count = 0
    for file in sorted(os.listdir(FOLDER)):
        path = os.path.join(FOLDER, file)
        with open(path) as source:
            parts = source.read().split(RULE + "\n")
        blocks = []
        for name, body in zip(parts[1::2], parts[2::2]):
            program = body.split("\n---\n")[0]
            number = expected(name.strip(), program)
            own = computed(tool, name.strip(), program)
            check(math.isclose(own, number, rel_tol=1e-11), f"{file}: {name.strip()}: {own}, not {number}")
            blocks.append(f"{RULE}\n{name.strip()}\n{RULE}\n{program}\n---\n{number!r}\n")
            count += 1
        if record:
            with open(path, "w") as target:
                target.write("\n".join(blocks))
        else:
            with open(path) as source:
                check(source.read() == "\n".join(blocks), f"{file} is recorded")
    finish(f"{count} programs agree with Python")


if __name__ == "__main__":
    main()
