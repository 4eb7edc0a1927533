"""Draws computation graphs in Sphinx documents: the directive ``grad``.

Needs Python 3.9 and Sphinx 5 or later, and the command ``graphviz-grad``. In conf.py, where the first two
lines are only for the file that ``graphviz-grad integration sphinx`` writes::

    import sys
    sys.path.insert(0, "path/of/the/folder/of/this/file")
    extensions = ["graphviz_grad"]

    graphviz_grad_command = "graphviz-grad"  # or a path, or a list of words
    graphviz_grad_options = {}               # for every figure, such as {"style": "circuit"}
    graphviz_grad_html_theme = "auto"        # dark where the page is; or a theme of the tool
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import posixpath
import re
import shlex
import subprocess
from difflib import get_close_matches
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .command import CommandMissing, find_command
from .options import FLAGS, SETTINGS, VERSION
from .pages import inline

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


# Drawing.


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


def said_in_head(program):
    """What the ``#:`` lines of a program say for the document around it, as options of the directive."""
    words, said = [], {}
    for line in map(str.strip, program.decode("utf-8", "replace").splitlines()):
        if line.startswith("#:"):
            try:
                words += shlex.split(line[2:])
            except ValueError:
                return {}  # which the tool refuses
        elif line and not line.startswith("#"):
            break
    for word, following in zip(words, [*words[1:], ""]):
        name, _, value = word.partition("=")
        # A width without a unit is that of the picture.
        if name in ("--caption", "--name", "--alt", "--height") or (
                name == "--width" and not (value or following).isdecimal()):
            said[name[2:]] = value or following
        elif name == "--echo":
            said["echo"] = value or "true"
    return said


def text_of(message):
    """A message of the tool in one line."""
    text = message["message"]
    if message.get("label"):
        text += f": {message['label']}"
    return text + (f"; {message['help']}" if message.get("help") else "")


def report(message, location):
    logger.warning("%s", text_of(message), location=location, type="graphviz_grad",
                   subtype=message.get("code"), once=location is None)


# The directive.


class Grad(SphinxDirective):
    """A figure of the program in its content, or in the file that its argument names."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {
        **{name: directives.unchanged for name in [*SETTINGS, *FLAGS]},
        "width": directives.length_or_percentage_or_unitless,
        "height": directives.length_or_unitless,
        "echo": directives.unchanged,
        "alt": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "name": directives.unchanged_required,
        "align": lambda word: directives.choice(word, ("left", "center", "right", "default")),
        "class": directives.class_option,
    }

    def run(self):
        found = self.read()
        if found is None:
            self.env.note_reread()
            return []
        program, folder, places = found
        self.options = {**said_in_head(program), **self.options}
        given = {**self.config.graphviz_grad_options, **self.options}
        figure = grad_figure(
            "", program=program, folder=folder, docname=self.env.docname,
            arguments=self.arguments_of(given),
            has_theme="theme" in given or re.search(rb"^[ \t]*#:.*--theme", program, re.M) is not None)
        self.set_source_info(figure)
        for path in themes(program, figure["arguments"], folder):
            self.env.note_dependency(os.path.relpath(path, self.env.srcdir).replace(os.sep, "/"))
        build = BUILDS[str(self.env.doctreedir)]
        try:
            _, alt, messages = draw(build, figure, wanted(build.builder))
        except (CommandMissing, Refusal) as error:
            # So that an error is said again in the next build, and the figure comes when it is mended.
            self.env.note_reread()
            if isinstance(error, CommandMissing):
                logger.warning("%s", str(error), type="graphviz_grad", subtype="missing", once=True)
            else:
                for message in error.args[0]:
                    report(message, self.place(message, places))
            # The name stays, so that what refers to it is not called wrong too.
            code = listing(program.decode("utf-8", "replace"))
            if not self.options.get("caption"):
                return [self.framed(code)]
            # Themes set what is in a figure in its middle, line by line.
            return [code, self.framed(nodes.inline())]
        for message in messages:
            report(message, self.place(message, places))
        figure["own_alt"] = self.options.get("alt")
        figure["alt"] = self.options.get("alt", alt)
        figure["display_width"] = given.get("width")
        figure["display_height"] = given.get("height")
        figure["classes"] += self.options.get("class", [])
        if given.get("echo", "false") == "false":
            return [self.framed(figure)]
        # What the program says of its figure is not shown.
        text = re.sub(r"(?m)^[ \t]*#:.*\n", "", program.decode("utf-8", "replace"))
        return [listing(text.strip("\n") + "\n"), self.framed(figure)]

    def read(self):
        """The program, the folder of its files, and the place of each of its lines; or a warning."""
        source, line = self.get_source_info()
        # What is included is named relative to the working folder.
        source = os.path.abspath(source) if os.path.isfile(source or "") else source
        self.here = f"{source}:{line}"
        argument = self.arguments[0].strip() if self.arguments else ""
        if not argument and not any(line.strip() for line in self.content):
            return self.refuse("a figure needs a program: write it below the directive, after an "
                               "empty line, or name a file behind it")
        if not argument:
            program = ("\n".join(self.content) + "\n").encode()
            folder = os.path.dirname(self.env.doc2path(self.env.docname))
            return program, folder, lambda number: self.line_of_content(source, line, number)
        relative, path = self.env.relfn2path(argument)
        if not os.path.isfile(path) and ("\n" in argument or "=" in argument):
            return self.refuse("the program begins right behind the directive; leave an empty line "
                               "between them")
        self.env.note_dependency(relative)
        if self.content:
            return self.refuse(f"a program is given and the file '{argument}' too; leave out one")
        try:
            program = Path(path).read_bytes()
        except OSError as error:
            return self.refuse(f"the program '{argument}' cannot be read: {error.strerror}")
        return program, os.path.dirname(path), lambda number: f"{path}:{number}"

    def refuse(self, message):
        logger.warning("%s", message, location=self.here, type="graphviz_grad", subtype="program")

    def arguments_of(self, given):
        """The options as words of the command line; paths are relative to the document."""
        words = []
        for name, value in given.items():
            value = "" if value is None else str(value).strip()
            if name in FLAGS:
                if value.lower() not in ("", "true", "false"):
                    words.append(f"--{name}={value}")  # which the tool refuses
                elif value.lower() != "false":
                    words.append(f"--{name}")
            elif name in SETTINGS and name != "width":  # which is that on the page, as of images
                if name == "theme" and value.endswith(".json"):
                    folder = self.env.srcdir
                    if name in self.options:
                        folder = os.path.dirname(self.env.doc2path(self.env.docname))
                    value = os.path.normpath(os.path.join(folder, value))
                words.append(f"--{name}={value}")
        return words

    def framed(self, figure):
        """The figure with its caption, name and place."""
        outer, caption = figure, self.options.get("caption")
        if caption:
            outer = nodes.figure("", figure)
            texts, messages = self.state.inline_text(caption, self.lineno)
            line = nodes.caption(caption, "", *texts, *messages)
            self.set_source_info(line)
            self.set_source_info(outer)
            outer += line
        if self.options.get("align", "default") != "default":
            outer["align"] = self.options["align"]
        self.add_name(outer)
        return outer

    # Places.

    def place(self, message, places):
        """Where a message belongs: a line of the program, an option, the directive, or conf.py."""
        if "line" in message and message.get("file", "<stdin>") == "<stdin>":
            return places(message["line"])
        # The command says `--style: …`, has `--set` for a file, or speaks of what the option gave.
        named = re.match(r"--([\w-]+)", message["message"]) or re.match(r"--([\w-]+)", message.get("file", ""))
        option = named[1] if named else {"unknown-output": "of", "unknown-setting": "set"}.get(message.get("code"))
        shared = self.config.graphviz_grad_options
        if option in shared and option not in self.options:
            message["message"] = f"graphviz_grad_options: {message['message']}"
            path = os.path.join(BUILDS[str(self.env.doctreedir)].confdir, "conf.py")
            return next((f"{path}:{number}" for number, text in enumerate(lines_of(path), 1)
                         if re.search(rf"([\"']){option}\1\s*:", text)), None)
        source, line = self.here.rsplit(":", 1)
        if option and line.isdigit():
            for number, text in enumerate(lines_of(source)[int(line):][:40], int(line) + 1):
                if re.match(rf"[\s>]*:?{option}:", text):
                    return f"{source}:{number}"
        return self.here

    def line_of_content(self, source, line, number):
        """The place of a line of the content.

        reStructuredText knows it; what MyST says depends on its version. So it is looked up in the file.
        """
        index = min(number, len(self.content)) - 1
        known, offset = self.content.items[index]
        if os.path.isfile(known or ""):
            known = os.path.abspath(known)
        text = lines_of(known or source)
        if not text:
            return f"{known or source}:{(offset or 0) + 1}"

        def holds(start):
            return 0 <= start <= len(text) - len(self.content) and all(
                there.expandtabs().rstrip(" |").endswith(here.strip())
                for there, here in zip(text[start:], self.content))

        first = (offset or 0) - index
        if first < (line or 1) - 1 or not holds(first):
            first = next(filter(holds, range(max(0, line or 1), len(text))), None)
        return self.here if first is None else f"{known or source}:{first + index + 1}"


def listing(text):
    """A program as a block of code."""
    return nodes.literal_block(text, text, language="python")


def lines_of(path):
    """The lines of a document; none if it is no file, as a docstring."""
    try:
        return Path(path).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


# Writing.


def wanted(builder):
    """The format of pictures that a builder takes; SVG for those that take none, so that it is checked."""
    if builder.format == "html":
        return "svg"
    return next((IMAGES[kind] for kind in builder.supported_image_types if kind in IMAGES), "svg")


class Pictures(SphinxPostTransform):
    """Makes images of figures for builders that copy them, and words for those that have none."""

    default_priority = 20

    def run(self, **kwargs):
        build = BUILDS[str(self.env.doctreedir)]
        builder = build.builder
        if builder.format == "html" and builder.name != "epub":
            return
        hasImages = builder.name != "texinfo" and any(
            kind in IMAGES for kind in builder.supported_image_types)
        for figure in list(self.document.findall(grad_figure)):
            made = self.image(build, figure) if hasImages else self.words(figure)
            if figure["ids"] and builder.format == "latex":
                # Its images have no label of their own.
                made.insert(0, nodes.target("", "", ids=figure["ids"]))
            else:
                made[0]["ids"] += figure["ids"]
            made[-1]["classes"] += figure["classes"]
            figure.replace_self(made)
            if builder.name == "man":
                # Its writer ends no line after a caption.
                for caption in made[0].parent.findall(nodes.caption):
                    caption.replace_self(nodes.paragraph("", "", *caption.children))

    def image(self, build, figure):
        extension = wanted(build.builder)
        try:
            path, _, messages = draw(build, figure, extension)
        except (CommandMissing, Refusal) as error:
            for message in [{"message": str(error)}] if isinstance(error, CommandMissing) else error.args[0]:
                report(message, figure)
            return self.words(figure)
        for message in messages:
            # What there is to say about the program was said when it was read.
            if "line" not in message:
                logger.warning("%s", text_of(message), type="graphviz_grad",
                               subtype=message["code"], once=True)
        image = nodes.image("", uri=str(path), candidates={"*": str(path)}, alt=figure["alt"])
        image.source, image.line = figure.source, figure.line
        for side in ("width", "height"):
            if figure[f"display_{side}"]:
                image[side] = figure[f"display_{side}"]
        if extension == "pdf" and "width" not in image and "height" not in image:
            # A pixel of a page is 3/4 of a point.
            image["scale"] = 75
        if "align" in figure:
            image["align"] = figure["align"]
        self.env.images.add_file(figure["docname"], str(path))
        return [image]

    def words(self, figure):
        return [nodes.paragraph(line, line) for line in figure["alt"].splitlines() if line] or [
            nodes.paragraph()]


def visit_html(self, figure):
    classes = ["graphviz-grad"]
    if "align" in figure:
        classes.append(f"align-{figure['align']}")
    self.body.append(self.starttag(figure, "div", CLASS=" ".join(classes)))
    try:
        path, _, _ = draw(BUILDS[str(self.builder.doctreedir)], figure, "svg")
    except (CommandMissing, Refusal) as error:
        for message in [{"message": str(error)}] if isinstance(error, CommandMissing) else error.args[0]:
            report(message, figure)
        self.body.append(html.escape(figure["alt"]))
    else:
        taken = self.__dict__.setdefault("graphviz_grad_ids", {})
        self.body.append(
            inline(path.read_text("utf-8"), taken, figure["display_width"], figure["display_height"],
                   alt=figure["own_alt"]))
    self.body.append("</div>\n")
    raise nodes.SkipNode


# The extension.


def check_options(app, config):
    for name in config.graphviz_grad_options:
        if name not in SETTINGS and name not in FLAGS:
            near = get_close_matches(name, [*SETTINGS, *FLAGS], 1)
            raise ConfigError(
                f"graphviz_grad_options: unknown option '{name}'; "
                + (f"did you mean '{near[0]}'? " if near else "")
                + "known: " + ", ".join(sorted([*SETTINGS, *FLAGS])))


def setup(app):
    app.add_config_value("graphviz_grad_command", "graphviz-grad", "", (str, list, tuple))
    app.add_config_value("graphviz_grad_options", {}, "env", (dict,))
    app.add_config_value("graphviz_grad_html_theme", "auto", "html", (str,))
    app.add_node(grad_figure, html=(visit_html, None))
    app.add_directive("grad", Grad)
    app.add_post_transform(Pictures)
    app.connect("config-inited", check_options)
    app.connect("builder-inited", lambda app: BUILDS.update({str(app.doctreedir): app}))
    return {
        "version": VERSION, "env_version": 1, "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
