"""Runs a script with a recorder around it, and writes what it recorded."""

from __future__ import annotations

import argparse
import os
import runpy
import sys
import traceback

from .command import GradError

USAGE = """\
python -m graphviz_grad trace [-o PATH] [--step N] [--entries N] SCRIPT [ARGUMENTS …] [-o PATH]

Runs a Python script that uses PyTorch and writes the trace of its computation, which
`graphviz-grad render PATH` draws. The script is not changed. Of a training loop the first call of backward()
is recorded, or that of --step. What the script prints goes to standard error where the trace goes to
standard output (-o -). The exit code is that of the script; 1 where it fails or records nothing.
"""


def main(words):
    """The command line behind `python -m graphviz_grad`; returns the exit code."""
    if not words or words[0] in ("-h", "--help") or words[0] != "trace":
        is_help = bool(words) and words[0] in ("-h", "--help")
        print(USAGE, file=sys.stdout if is_help else sys.stderr, end="")
        return 0 if is_help else 64
    options, script, arguments = parsed(words[1:])
    try:
        return trace(script, arguments, options)
    except GradError as error:
        print(f"graphviz_grad: error: {error}", file=sys.stderr)
        return 1


def parsed(words):
    """The options, the script, and its own arguments; `-o PATH` may also stand behind those."""
    parser = argparse.ArgumentParser(prog="python -m graphviz_grad trace", usage=USAGE, add_help=True)
    parser.add_argument("-o", "--output", default=None)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("script")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args(words)
    arguments = options.arguments
    if options.output is None and len(arguments) > 1 and arguments[-2] in ("-o", "--output"):
        options.output = arguments[-1]
        arguments = arguments[:-2]
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    options.output = options.output or "trace.json"
    return options, options.script, arguments


def trace(script, arguments, options):
    if not os.path.isfile(script):
        raise GradError(f"there is no script '{script}'")
    # Compiled models run as they are written; windows would wait for somebody to close them.
    os.environ.setdefault("TORCHDYNAMO_DISABLE", "1")
    os.environ.setdefault("MPLBACKEND", "Agg")
    try:
        from .recorder import record
    except ModuleNotFoundError as error:
        raise GradError(
            f"{error.name} is not installed for {sys.executable}; install it with "
            f"'{os.path.basename(sys.executable)} -m pip install {error.name}'") from error
    sys.argv = [script, *arguments]
    sys.path.insert(0, os.path.dirname(os.path.abspath(script)))
    recorder = record(entries=options.entries, step=options.step)
    output = _own_output() if options.output == "-" else options.output
    code = _run(script, recorder)
    if code == 0 and not recorder.operations:
        raise GradError(f"the script '{script}' records nothing: {recorder.reason()}")
    if recorder.values:
        if not recorder.passes:
            print("graphviz_grad: backward() was not called, so that there are no derivatives", file=sys.stderr)
        with open(output, "w", encoding="utf-8") as file:
            file.write(recorder.trace().json())
    return code


def _own_output():
    """Standard output for the trace alone: whatever the script prints, or runs, goes to standard error."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return own


def _run(script, recorder):
    """Runs the script as Python would; its exit code."""
    try:
        with recorder:
            runpy.run_path(script, run_name="__main__")
    except SystemExit as exit:
        if exit.code is None or isinstance(exit.code, int):
            return exit.code or 0
        print(exit.code, file=sys.stderr)
        return 1
    except GradError:
        raise
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        # Without the frames that run the script.
        frames = error.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename != script:
            frames = frames.tb_next
        traceback.print_exception(type(error), error, frames or error.__traceback__)
        said = traceback.format_exception_only(type(error), error)[-1].strip()
        line = f" (line {frames.tb_lineno})" if frames is not None else ""
        raise GradError(f"the script '{script}' failed: {said}{line}") from None
    return 0
