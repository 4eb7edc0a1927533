"""Reads the fenced blocks of the language ``grad`` in Markdown, and finds the files that they stand in."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import NamedTuple, Optional

FENCE = re.compile(r"^(?P<start>[> \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\n]*?)[ \t]*$")
# A word of a fence's line, with its value in quotation marks or without.
WORD = re.compile(r"""(?P<name>[^\s,={}"']+)(?:=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|(?P<plain>[^\s,}]*)))?""")


class Block(NamedTuple):
    """A fenced block of a page, by the numbers of the lines of its two fences."""

    first: int
    last: int
    start: str
    fence: str
    info: str
    asked: Optional[dict]

    def lines(self, page):
        """All of its lines."""
        return page[self.first:self.last + 1]

    def key(self, page, tab=4):
        """The same for the block in the file of the page and in what is read of it."""
        return self.info, *(line.expandtabs(tab).lstrip("> ").rstrip() for line in self.lines(page)[1:-1])


def blocks_of(lines):
    """The fenced blocks of a page, none of which is within another."""
    number = 0
    while number < len(lines):
        found = FENCE.match(lines[number])
        fence = found and found["fence"]
        ends = (there for there in range(number + 1, len(lines)) if lines[there].strip("> \t") == fence)
        end = next(ends, None) if found else None
        if end is None:
            number += 1
            continue
        yield Block(number, end, found["start"], fence, found["info"], asked_of(found["info"]))
        number = end + 1


def asked_of(info):
    """What a fence's line asks for, by name; None if the block is no program."""
    words = list(WORD.finditer(info))
    if info.startswith("{"):
        language = next((word for word in words if word[0] in (".grad", "grad")), None)
    else:
        language = words[0] if words and words[0][0] == "grad" and info.startswith("grad") else None
    if language is None:
        return None
    asked = {}
    for word in words:
        name = word["name"]
        if name.startswith("#"):
            asked["name"] = name[1:]
        elif word is not language and not name.startswith("."):
            quoted = next((word[kind] for kind in ("double", "single") if word[kind] is not None), None)
            value = re.sub(r"\\([\"'])", r"\1", quoted) if quoted is not None else word["plain"]
            asked[name] = "true" if value is None else value
    return asked


def file_with(program):
    """The first page or program below the working folder that has the program, where nobody tells the file."""
    lines = [line.strip() for line in program.strip().splitlines()]
    for path in sorted([*Path().rglob("*.md"), *Path().rglob("*.grad")]) if lines else []:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            there = [line.lstrip("> \t").rstrip() for line in path.read_text("utf-8").splitlines()]
            if any(there[start:start + len(lines)] == lines for start in range(len(there))):
                return str(path)
    return None


def path_of_page(md):
    """The file of the page, as MkDocs and Zensical tell it to extensions; None where nobody does."""
    path = None
    if "relpath" in md.treeprocessors:
        path = getattr(getattr(md.treeprocessors["relpath"], "file", None), "abs_src_path", None)
    elif "rendering_context" in md.preprocessors:
        context = md.preprocessors["rendering_context"]
        path = os.path.join(context.config.get("docs_dir", "docs"), context.page.path)
    if not path or not os.path.isfile(path):
        return None
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
