"""Draws the fenced blocks of the language ``grad`` in pages that Python-Markdown reads.

For MkDocs, Zensical, Pelican and whatever else reads Markdown by Python; needs the command ``graphviz-grad``.
It is an extension of Python-Markdown, to be named among the others: ``graphviz_grad.superfences``, or by the name
of the file that ``graphviz-grad integration mkdocs`` writes. With pymdownx.superfences blocks may stand in
lists, admonitions and tabs; without, they stand by themselves.

    ```grad #fig-cost width=60% caption="The cost, forward and back"
    a = 5
    J = 3 * a
    ```
"""

from __future__ import annotations

import html
import json
import logging
import re
import secrets
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple, Optional
from xml.etree import ElementTree

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from .command import CommandMissing, GradError, run_command
from .markdown_blocks import blocks_of, file_with, path_of_page
from .pages import inline

# What stands for a block until the whole page is known: what a page shows as code is no figure.
NONCE = secrets.token_hex(8)
MARK = re.compile(rf'<figure data-{NONCE}="(\d+)"></figure>')

# Figures of this process, so that a page that is built again for another's sake draws none.
_drawn = {}
# What was said of all figures at once, and is not said again.
_said = set()


class Figure(NamedTuple):
    """A block that is to be a figure."""

    program: str
    asked: dict
    # As it stands in the page, and where: the file and the line of its fence, as far as they are known.
    text: str
    path: Optional[str]
    line: Optional[int]


def makeExtension(**config):
    """Makes this an extension of Python-Markdown."""
    return GradFences(**config)


class GradFences(Extension):
    """Fenced blocks of the language grad as figures."""

    def __init__(self, **config):
        self.config = {"options": [{}, "What holds for all figures: options and width"]}
        self.reset()
        super().__init__(**config)

    def extendMarkdown(self, md):
        md.registerExtension(self)
        # Right before the blocks are found, right after it, and when there is nothing left but the page.
        md.preprocessors.register(Fences(md, self), "graphviz_grad", 25.5)
        md.preprocessors.register(Originals(md, self), "graphviz_grad_originals", 24.5)
        md.postprocessors.register(Figures(md, self), "graphviz_grad", 0)

    def reset(self):
        # How many pictures of a page have ids with the same beginning.
        self.taken = {}
        self.figures = []
        # Lines of fences as superfences gets them, with those of the page.
        self.originals = {}
        # Where each name was given.
        self.names = {}

    def take(self, figure):
        """The mark of a figure, which is drawn where the mark is found in the end."""
        self.figures.append(figure)
        return f'<figure data-{NONCE}="{len(self.figures) - 1}"></figure>'

    def filled(self, md, text):
        """The page with its figures."""
        mistakes = []

        def drawn(match):
            if match[1] is None:
                # A comment shows nothing, and stays as it is.
                return MARK.sub(lambda mark: self.figures[int(mark[1])].text, match[0])
            return self.shown(md, self.figures[int(match[1])], mistakes)

        text = re.sub(rf"<!--.*?-->|{MARK.pattern}", drawn, text, flags=re.S)
        if mistakes and is_strict(md):
            raise GradError("\n".join(mistakes))
        for mistake in mistakes:
            say(mistake)
        return text

    def shown(self, md, figure, mistakes):
        """The HTML of a figure; where it is wrong, the program with what is to be said of it."""
        options = self.getConfig("options")
        words = [f"default.{name}={one}" for name, one in options.items()]
        if "theme" not in options:
            words.append("default.theme=auto")
        words += [f"{name}={one}" for name, one in figure.asked.items()]
        try:
            drawing, messages = draw(tuple(words), figure)
            self.claim(drawing["name"], figure)
        except GradError as error:
            if not isinstance(error, CommandMissing) or str(error) not in _said:
                mistakes.append(str(error))
            if isinstance(error, CommandMissing):
                _said.add(str(error))
            text = html.escape(f"{figure.program.rstrip()}\n\n{error}", quote=False)
            return f'<pre class="graphviz-grad-mistake"><code>{text}</code></pre>'
        if messages:
            say(messages)
        is_own = drawing["description"] == drawing["alternative"]
        alt = drawing["description"] if is_own else None
        # Part of the page's width is that of the whole; a theme may make the figure as small as its picture.
        width, style = drawing["width"], ""
        if width.endswith("%"):
            width, style = "100%", f' style="width:{width}"'
        # Themes that can be dark mark their pages.
        svg = inline(drawing["picture"], self.taken, width, drawing["height"], alt, is_marked=True)
        for one in md.treeprocessors:
            # MkDocs asks whether what links lead to is there.
            if drawing["name"] and hasattr(one, "present_anchor_ids"):
                one.present_anchor_ids.add(drawing["name"])
        name = f' id="{html.escape(drawing["name"])}"' if drawing["name"] else ""
        caption = drawing["caption"] and f"<figcaption>{in_line(md, drawing['caption'])}</figcaption>"
        listing = self.listing(md, figure.program) if drawing["echo"] else ""
        return f'{listing}<figure class="graphviz-grad"{name}{style}>{svg}{caption}</figure>'

    def claim(self, name, figure):
        """Gives a figure its name, which no other figure of the page may have."""
        here = f"{figure.path}:{figure.line}:1" if figure.line else figure.path or "<stdin>"
        first = self.names.setdefault(name, here) if name else here
        if name and first is not here:
            raise GradError(
                f"{here}: error: another figure is called '{name}' [same-name]\n"
                f"  = help: the first is at {first}; give one of them another name")

    def listing(self, md, program):
        """The program as a block of code, without what it says of its figure."""
        program = re.sub(r"(?m)^[ \t]*#:.*\n", "", program)
        fences = md.preprocessors["fenced_code_block"] if "fenced_code_block" in md.preprocessors else None
        if hasattr(fences, "highlighter"):
            return fences.highlight(
                src=program, language="python", options={}, md=md, classes=[], id_value="", attrs={})
        return f"<pre><code>{html.escape(program, quote=False)}</code></pre>\n"


class Fences(Preprocessor):
    """Gives superfences the blocks in the one form that it reads, or marks them where there is none."""

    def __init__(self, md, extension):
        super().__init__(md)
        self.extension = extension
        self.is_known = False
        # The blocks that superfences has got, by number.
        self.given = []

    def run(self, lines):
        has_others = self.register()
        self.given = []
        blocks = [block for block in blocks_of(lines) if block.asked is not None]
        places = self.places(lines, blocks)
        result, end = [], 0
        for block, (path, line) in zip(blocks, places):
            if block.start and not has_others:
                continue
            result += lines[end:block.first]
            source = block.lines(lines)
            figure = Figure("\n".join(source[1:-1]) + "\n", block.asked, "\n".join(source), path, line)
            if has_others:
                first = f'{block.fence} {{ .grad block="{len(self.given)}" }}'
                self.given.append(figure)
                self.extension.originals[first] = lines[block.first][len(block.start):]
                result += [block.start + first, *source[1:]]
            else:
                result += ["", self.md.htmlStash.store(self.extension.take(figure)), ""]
            end = block.last + 1
        return result + lines[end:]

    def places(self, lines, blocks):
        """The file of each block and the line of its fence, which is that of the page as it was written."""
        path = path_of_page(self.md)
        if not path or not blocks:
            return [(path, None)] * len(blocks)
        page = Path(path).read_text("utf-8", "replace").splitlines()
        written = [block for block in blocks_of(page) if block.asked is not None]
        counts = Counter()
        result = []
        for number, block in enumerate(blocks):
            key = block.key(lines, self.md.tab_length)
            same = [one for one in written if one.key(page, self.md.tab_length) == key]
            count, counts[key] = counts[key], counts[key] + 1
            found = same[count] if count < len(same) else None
            if not found:
                # It comes from another file, whole or its program alone.
                path_of_block = file_with("\n".join(block.lines(lines)[1:-1]))
                if path_of_block:
                    result.append((path_of_block, None))
                    continue
                # Blocks that are changed on the way are still as many.
                found = written[number] if len(written) == len(blocks) else None
            result.append((path, found.first + 1 if found else None))
        return result

    def register(self):
        """Whether superfences is there; it gets the language the first time."""
        names = self.md.preprocessors
        fences = names["fenced_code_block"] if "fenced_code_block" in names else None
        other = getattr(fences, "extension", None)
        if not hasattr(other, "extend_super_fences"):
            return False
        if not self.is_known:
            other.extend_super_fences("grad", self.format, self.validate)
            self.is_known = True
        return True

    @staticmethod
    def validate(language, inputs, options, attrs, md):
        """Takes all attributes; the command says which are wrong."""
        options.update({name: "true" if one == name else html.unescape(one) for name, one in inputs.items()})
        return True

    def format(self, src="", language="", options=None, md=None, id_value="", **rest):
        asked = dict(options or {})
        number = asked.get("block", "")
        if number.isdecimal() and int(number) < len(self.given):
            return self.extension.take(self.given[int(number)]._replace(program=src + "\n"))
        # Another extension has written it.
        if id_value:
            asked["name"] = id_value
        return self.extension.take(Figure(src + "\n", asked, src, path_of_page(md), None))


class Originals(Preprocessor):
    """Gives blocks that turn out to be shown as code the first line that they have in the page."""

    def __init__(self, md, extension):
        super().__init__(md)
        self.extension = extension

    def run(self, lines):
        names = self.md.preprocessors
        fences = names["fenced_code_block"] if "fenced_code_block" in names else None
        stash = getattr(getattr(getattr(fences, "extension", None), "stash", None), "stash", {})
        for key, (text, indentation) in stash.items():
            for given, original in self.extension.originals.items():
                text = text.replace(given, original)
            stash[key] = text, indentation
        return lines


class Figures(Postprocessor):
    """Draws the figures where their marks have come to stand."""

    def __init__(self, md, extension):
        super().__init__(md)
        self.extension = extension

    def run(self, text):
        return self.extension.filled(self.md, text) if self.extension.figures else text


def draw(words, figure):
    """The figure as the command describes it, with its messages."""
    key = (words, figure.program, figure.path, figure.line)
    if key not in _drawn:
        words = ["filter", "block", "svg", *words]
        try:
            found, messages = run_command(words, figure.program, **place(figure.path, figure.line))
        except CommandMissing:
            raise
        except GradError:
            # Once more, to say where it is wrong.
            path = None if figure.path else file_with(figure.program)
            if not path:
                raise
            found, messages = run_command(words, figure.program, **place(path))
        _drawn[key] = json.loads(found), messages
    return _drawn[key]


def place(path, line=None):
    """The variables that tell the command where the block stands."""
    place = {"GRAPHVIZ_GRAD_SOURCE": path, "GRAPHVIZ_GRAD_LINE": line and str(line)}
    return {name: one for name, one in place.items() if one}


def is_strict(md):
    """Whether a mistake is to end a build of Zensical, which counts no warnings of extensions."""
    names = md.preprocessors
    return "rendering_context" in names and bool(names["rendering_context"].config.get("strict"))


def in_line(md, words):
    """Markdown of a caption as HTML, as the page's own extensions read it."""
    line = ElementTree.Element("p")
    line.text = words
    root = ElementTree.Element("div")
    root.append(line)
    md.treeprocessors["inline"].run(root)
    text = re.sub(r"^<p>(.*)</p>$", r"\1", md.serializer(line), flags=re.S)
    for one in md.postprocessors:
        if not isinstance(one, Figures):
            text = one.run(text)
    return text


def say(messages):
    """Tells the author; MkDocs and Pelican count what is said so, and end a strict build."""
    logger = logging.getLogger("mkdocs.plugins.graphviz_grad" if "mkdocs" in sys.modules else "graphviz_grad")
    logger.warning("%s", messages)
