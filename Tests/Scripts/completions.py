"""Presses Tab in bash, zsh and fish, where completions are installed as a package does.

    apt-get install --no-install-recommends bash-completion fish zsh
    python3 Tests/Scripts/completions.py FOLDER

FOLDER holds the files of the package, usr/bin/graphviz-grad among them. Each shell must offer the verbs,
and the styles, themes and formats of `render`, as the program itself lists them.
"""

import json
import os
import pty
import re
import select
import sys
import tempfile
import termios
import time
from pathlib import Path

from common import check, finish, run

ROOT = Path(sys.argv[1]).resolve()
# Another width would put words elsewhere; the terminal has no colours.
ENVIRONMENT = {
    "PATH": f"{ROOT}/usr/bin:/usr/bin:/bin", "TERM": "vt100", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
    "XDG_DATA_DIRS": f"{ROOT}/usr/share", "PS1": "", "HISTFILE": "/dev/null"}

# What moves the cursor, or pads.
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][A-Z0-9]?|[\x00-\x1f]")


class Terminal:
    """A shell that believes that somebody types."""

    def __init__(self, *words):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execvpe(words[0], words, ENVIRONMENT)
        termios.tcsetwinsize(self.terminal, (500, 400))
        self.text = ""

    def read_until(self, holds, what):
        """Takes what the shell writes until it is enough."""
        end = time.monotonic() + 60
        while not holds(self.text):
            left = end - time.monotonic()
            check(left > 0 and select.select([self.terminal], [], [], left)[0], f"{what}: {self.text!r}")
            self.text += os.read(self.terminal, 65536).decode(errors="replace")

    def type(self, text):
        os.write(self.terminal, text.encode())

    def prepare(self, line):
        """Runs a line, and forgets what it has written."""
        # The word is written in two pieces, as the line itself is shown too.
        self.type(f"{line}; echo rea''dy\n")
        self.read_until(lambda text: "ready" in text, line)
        self.text = ""

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.process, 0)


def expected():
    """What is offered after which words, as the program lists it."""
    root = json.loads(run(ROOT / "usr/bin/graphviz-grad", "--experimental-dump-help"))["command"]
    verbs = {verb["commandName"]: verb for verb in root["subcommands"] if verb["shouldDisplay"]}
    result = {"graphviz-grad ": set(verbs)}
    for verb, option in [
            ("render", "style"), ("render", "theme"), ("render", "format"), ("frames", "format"),
            ("eval", "format"), ("explain", "language")]:
        argument = next(
            argument for argument in verbs[verb]["arguments"]
            if {"kind": "long", "name": option} in argument.get("names", []))
        values = argument["completionKind"]["list"]["values"]
        result[f"graphviz-grad {verb} --{option} "] = set(values)
    check(all(len(words) > 1 for words in result.values()), f"the program lists {result}")
    check("lecture" in result["graphviz-grad render --style "], f"{result}")
    return result


def in_terminal(shell, preparation, keys, lines):
    """Types lines into a shell, with keys that ask for a list, and looks for the words."""
    terminal = Terminal(*shell)
    for line in preparation:
        terminal.prepare(line)
    for line, words in lines.items():
        terminal.text = ""
        terminal.type(line + keys)
        terminal.read_until(
            lambda text: words <= set(CONTROL.sub(" ", text).split()),
            f"{shell[0]} offers after {line!r} not all of {words}")
        check(True, "")
        # Away with the line.
        terminal.type("\x15\n")
        terminal.prepare(":")
    terminal.close()


def main():
    lines = expected()
    in_terminal(
        ["bash", "--norc", "--noprofile", "-i"],
        ["bind 'set completion-query-items 0'; bind 'set page-completions off'",
         ". /usr/share/bash-completion/bash_completion"],
        "\t\t", lines)
    in_terminal(
        ["zsh", "-f", "-i"],
        ["LISTMAX=1000", f"fpath=({ROOT}/usr/share/zsh/vendor-completions $fpath)",
         "autoload -Uz compinit && compinit -u -D"],
        "\t", lines)
    for line, words in lines.items():
        with tempfile.TemporaryDirectory() as home:
            said = run("fish", "-c", f"complete -C '{line}'", env={**ENVIRONMENT, "HOME": home})
        offered = {row.split("\t")[0] for row in said.splitlines()}
        check(words <= offered, f"fish offers after {line!r} {offered}, not all of {words}")
    finish("completions in bash, zsh and fish")


main()
