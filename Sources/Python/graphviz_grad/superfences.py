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

import contextlib
import html
import json
import logging
import os
import re
import sys
from pathlib import Path

import markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from .command import CommandMissing, GradError, run_command
from .pages import inline

FENCE = re.compile(r"^(?P<start>[> \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\n]*?)[ \t]*$")
# A word of a fence's line, with its value in quotation marks or without.
WORD = re.compile(r"""(?P<name>[^\s,={}"']+)(?:=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|(?P<plain>[^\s,}]*)))?""")

# Figures of this process, so that a page that is built again for another's sake draws none.
_drawn = {}


def makeExtension(**config):
    """Makes this an extension of Python-Markdown."""
    return GradFences(**config)


class GradFences(Extension):
    """Fenced blocks of the language grad as figures."""

    def __init__(self, **config):
        self.config = {"options": [{}, "What holds for all figures: options and width"]}
        # How many figures of a page have ids with the same beginning.
        self.taken = {}
        super().__init__(**config)

    def extendMarkdown(self, md):
        md.registerExtension(self)
        # Right before the blocks are found.
        md.preprocessors.register(Fences(md, self), "graphviz_grad", 25.5)

    def reset(self):
        self.taken.clear()

    def figure(self, md, program, asked):
        """The HTML of a block; where it is wrong, the program with what is to be said of it."""
        options = self.getConfig("options")
        words = [f"default.{name}={one}" for name, one in options.items()]
        if "theme" not in options:
            words.append("default.theme=auto")
        words += [f"{name}={one}" for name, one in asked.items()]
        page = path_of_page(md)
        try:
            figure, messages = draw(tuple(words), program, page)
        except GradError as error:
            if is_strict(md):
                # All other errors are a block that superfences takes for text.
                from pymdownx.superfences import SuperFencesException

                raise SuperFencesException(str(error)) from error
            say(str(error))
            text = html.escape(f"{program.rstrip()}\n\n{error}", quote=False)
            return f'<pre class="graphviz-grad-mistake"><code>{text}</code></pre>'
        if messages:
            say(messages)
        is_own = figure["description"] == figure["alternative"]
        alt = figure["description"] if is_own else None
        # Part of the page's width is that of the whole; a theme may make the figure as small as its picture.
        width, style = figure["width"], ""
        if width.endswith("%"):
            width, style = "100%", f' style="width:{width}"'
        # Themes that can be dark mark their pages.
        svg = inline(figure["picture"], self.taken, width, figure["height"], alt, is_marked=True)
        for one in md.treeprocessors:
            # MkDocs asks whether what links lead to is there.
            if figure["name"] and hasattr(one, "present_anchor_ids"):
                one.present_anchor_ids.add(figure["name"])
        name = f' id="{html.escape(figure["name"])}"' if figure["name"] else ""
        caption = figure["caption"] and f"<figcaption>{in_line(figure['caption'])}</figcaption>"
        listing = self.listing(md, program) if figure["echo"] else ""
        return f'{listing}<figure class="graphviz-grad"{name}{style}>{svg}{caption}</figure>'

    def listing(self, md, program):
        """The program as a block of code, without what it says of its figure."""
        program = re.sub(r"(?m)^[ \t]*#:.*\n", "", program)
        fences = md.preprocessors["fenced_code_block"] if "fenced_code_block" in md.preprocessors else None
        if hasattr(fences, "highlighter"):
            return fences.highlight(
                src=program, language="python", options={}, md=md, classes=[], id_value="", attrs={})
        return f"<pre><code>{html.escape(program, quote=False)}</code></pre>\n"


class Fences(Preprocessor):
    """Gives superfences the blocks in the one form that it reads, or draws them where there is none."""

    def __init__(self, md, extension):
        super().__init__(md)
        self.extension = extension
        self.is_known = False

    def run(self, lines):
        has_others = self.register()
        result, number = [], 0
        while number < len(lines):
            line = lines[number]
            found = FENCE.match(line)
            end = found and self.end(lines, number, found["fence"])
            if not end:
                result.append(line)
                number += 1
                continue
            asked = asked_of(found["info"])
            if asked is None:
                result += lines[number:end + 1]
            elif has_others:
                result.append(f"{found['start']}{found['fence']} {braced(asked)}")
                result += lines[number + 1:end + 1]
            elif found["start"]:
                result += lines[number:end + 1]
            else:
                program = "\n".join(lines[number + 1:end]) + "\n"
                result += ["", self.md.htmlStash.store(self.extension.figure(self.md, program, asked)), ""]
            number = end + 1
        return result

    @staticmethod
    def end(lines, number, fence):
        """The line of the fence that ends the block; 0 without one."""
        for there in range(number + 1, len(lines)):
            if lines[there].strip("> \t") == fence:
                return there
        return 0

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
        if id_value:
            asked["name"] = id_value
        return self.extension.figure(md, src + "\n", asked)


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


def braced(asked):
    """The same as a list of attributes, which has no way to write a quotation mark."""
    words = [f'{name}="{html.escape(one)}"' if one else name for name, one in asked.items() if name != "name"]
    name = [f"#{asked['name']}"] if "name" in asked else []
    return "{ " + " ".join([".grad", *name, *words]) + " }"


def draw(words, program, page):
    """The figure as the command describes it, with its messages."""
    key = (words, program, page)
    if key not in _drawn:
        words = ["filter", "block", "svg", *words]
        try:
            found, messages = run_command(words, program, **place(page))
        except CommandMissing:
            raise
        except GradError:
            # Once more, to say where it is wrong.
            if page or not (page := page_with(program)):
                raise
            found, messages = run_command(words, program, **place(page))
        _drawn[key] = json.loads(found), messages
    return _drawn[key]


def place(page):
    """The variable that tells the command where the block stands."""
    return {"GRAPHVIZ_GRAD_SOURCE": page} if page else {}


def page_with(program):
    """The first page below the working folder that has the program, where nobody tells the page."""
    for path in sorted(Path().rglob("*.md")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if program.rstrip() in path.read_text("utf-8"):
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


def is_strict(md):
    """Whether a mistake is to end a build of Zensical, which counts no warnings of extensions."""
    names = md.preprocessors
    return "rendering_context" in names and bool(names["rendering_context"].config.get("strict"))


def in_line(words):
    """Markdown of a caption as HTML without a paragraph around it."""
    return re.sub(r"^<p>(.*)</p>$", r"\1", markdown.markdown(words), flags=re.S)


def say(messages):
    """Tells the author; MkDocs and Pelican count what is said so, and end a strict build."""
    logger = logging.getLogger("mkdocs.plugins.graphviz_grad" if "mkdocs" in sys.modules else "graphviz_grad")
    logger.warning("%s", messages)
