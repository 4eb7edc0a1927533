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

import os
import re
import shlex
from difflib import get_close_matches
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ConfigError
from sphinx.util.docutils import SphinxDirective

from .command import CommandMissing
from .options import FLAGS, SETTINGS, VERSION
from .sphinx_figures import BUILDS, Refusal, draw, grad_figure, logger, report, themes, wanted
from .sphinx_pages import Pictures, visit_html


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
