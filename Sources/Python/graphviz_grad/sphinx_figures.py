"""Draws the figures of Sphinx documents by the command, and keeps them beside the doctrees."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from .command import CommandMissing, find_command

# Sphinx's own themes and that of Read the Docs have no dark pages.
LIGHT_PAGES = {
    "agogo", "alabaster", "basic", "bizstyle", "classic", "default", "haiku", "nature", "nonav",
    "pyramid", "scrolls", "sphinx_rtd_theme", "sphinxdoc", "traditional",
}
IMAGES = {"image/svg+xml": "svg", "application/pdf": "pdf", "image/png": "png"}

# The builds of this process by the folders of their doctrees.
BUILDS = {}

logger = logging.getLogger(__name__)


class grad_figure(nodes.General, nodes.Element):
    """A program with its options; post-transforms and writers make a picture of it."""


class Refusal(Exception):
    """The tool draws no picture; the argument is its list of messages."""


def command(build):
    """The words that the tool is called by, the first of them a path."""
    words = build.config.graphviz_grad_command
    words = [words] if isinstance(words, (str, os.PathLike)) else list(words)
    name = os.fspath(words[0]) if words else ""
    # A path is relative to conf.py.
    path = os.path.join(build.confdir, os.path.expanduser(name)) if os.sep in name else name
    # The setting's default stands for wherever the command is.
    asked = None if path == "graphviz-grad" else path
    return [find_command(asked, "set graphviz_grad_command in conf.py to its path"), *words[1:]]


def draw(build, figure, extension):
    """The path of a figure in a format, its words, and what the tool said; drawn if it is new."""
    words = command(build)
    arguments = list(figure["arguments"])
    if extension == "svg" and build.builder.format == "html" and build.builder.name != "epub":
        theme = html_theme(build)
        if theme and not figure["has_theme"]:
            arguments.append(f"--theme={theme}")
    tool = os.stat(words[0])
    key = hashlib.sha256()
    for part in [extension, *words, tool.st_size, tool.st_mtime_ns, *arguments, figure["program"]]:
        key.update(part if isinstance(part, bytes) else str(part).encode())
        key.update(b"\0")
    for path in themes(figure["program"], arguments, figure["folder"]):
        key.update(Path(path).read_bytes() if os.path.isfile(path) else b"\0")
    folder = Path(build.doctreedir) / "graphviz_grad"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"grad-{key.hexdigest()[:24]}.{extension}"
    notes = path.with_name(path.name + ".json")
    if path.exists() and notes.exists():
        said = json.loads(notes.read_text("utf-8"))
        return path, said["alt"], said["messages"]
    try:
        done = subprocess.run(
            [*words, "render", "-", f"--format={extension}", f"--output={path}",
             "--alt-output=-", "--diagnostics=json", *arguments],
            input=figure["program"], capture_output=True, cwd=figure["folder"])
    except OSError as error:
        raise CommandMissing(f"the command '{words[0]}' cannot be run: {error.strerror}") from error
    text = done.stderr.decode("utf-8", "replace").strip()
    try:
        messages = json.loads(text) if text else []
    except ValueError:
        messages = [{"code": "failed", "message": text}]
    if done.returncode:
        code = {"code": "failed", "message": f"the tool ended with code {done.returncode}"}
        raise Refusal(messages or [code])
    alt = done.stdout.decode("utf-8").strip()
    # Last, and as a whole: another process may draw the same figure now.
    fresh = notes.with_name(f"{notes.name}.{os.getpid()}")
    fresh.write_text(json.dumps({"alt": alt, "messages": messages}), "utf-8")
    os.replace(fresh, notes)
    return path, alt, messages


def html_theme(build):
    """The theme of figures on pages that say nothing else; none is the tool's default."""
    theme = build.config.graphviz_grad_html_theme
    if theme == "auto" and build.config.html_theme in LIGHT_PAGES:
        return None
    return os.path.join(build.confdir, theme) if theme and theme.endswith(".json") else theme


def themes(program, arguments, folder):
    """The theme files that a figure reads."""
    text = program.decode("utf-8", "replace")
    head = " ".join(line for line in text.splitlines() if line.lstrip().startswith("#:"))
    words = re.findall(r"--theme[= ]+(\"[^\"]+\"|'[^']+'|\S+)", head)
    words += [word[len("--theme="):] for word in arguments if word.startswith("--theme=")]
    return [os.path.join(folder, word.strip("'\"")) for word in words if ".json" in word]


def text_of(message):
    """A message of the tool in one line."""
    text = message["message"]
    if message.get("label"):
        text += f": {message['label']}"
    return text + (f"; {message['help']}" if message.get("help") else "")


def report(message, location):
    logger.warning("%s", text_of(message), location=location, type="graphviz_grad",
                   subtype=message.get("code"), once=location is None)


def wanted(builder):
    """The format of pictures that a builder takes; SVG for those that take none, so that it is checked."""
    if builder.format == "html":
        return "svg"
    return next((IMAGES[kind] for kind in builder.supported_image_types if kind in IMAGES), "svg")
