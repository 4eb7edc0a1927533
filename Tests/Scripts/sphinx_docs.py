"""Builds a documentation project with figures in reStructuredText and MyST by every builder of Sphinx.

    apt-get install --no-install-recommends chromium fonts-liberation latexmk lmodern man-db \
        poppler-utils tex-gyre texlive-fonts-recommended texlive-latex-extra texlive-latex-recommended \
        texlive-plain-generic
    pip install axe-playwright-python furo myst-parser playwright sphinx
    python3 Tests/Scripts/sphinx_docs.py .build/debug/graphviz-grad samples

Every builder ends without a warning and shows every figure: pages inline, with ids of their own, no wider
than a small screen, dark where the page is; PDF by LaTeX without a fault in its log; EPUB with images that
are there; text and manual pages with the words. What is unchanged is not drawn again, what is changed is.
A mistake is reported at its line, wherever the program stands, all of them at once, and fails the build.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from common import check, chromium, finish, run

TOOL = Path(sys.argv[1]).resolve()
SAMPLES = Path(sys.argv[2]).resolve()
CONF = """
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
project, version, copyright = "Sketch", "1", "nobody"
extensions = ["graphviz_grad", "myst_parser"]
graphviz_grad_command = {tool!r}
graphviz_grad_options = {{"precision": 5}}
html_theme = os.environ.get("PAGES", "alabaster")
numfig = True
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["parts", "_build"]
"""
INDEX = """
Sketch
======

.. toctree::

   other
   myst
   sub/deep

.. grad::

   x = 3
   y = x * x

The same twice, as :numref:`fig-twice`, :ref:`fig-twice` and :ref:`bare <fig-bare>`:

.. grad::
   :caption: The same, *twice*
   :name: fig-twice
   :align: center
   :class: special
   :alt: My own < words > & "more"

   x = 3
   y = x * x

- In a list:

  .. grad::
     :style: circuit
     :legend:
     :set: x=4
     :name: fig-bare
     :width: 60%

     x = 3
     y = x * x + 1

.. include:: parts/included.rst

.. grad:: dir ö/größe.grad
   :caption: Read from a file
   :theme: dark
   :width: 200
   :align: right

.. grad:: wide.grad
   :edge-labels: product

.. grad::
   :theme: themes/own.json

   t = 8
   s = t / 2
"""
INCLUDED = "Included\n--------\n\n.. grad::\n\n   w = 2\n\n   z = w ** 3\n"
OTHER = "Other\n=====\n\n.. grad::\n\n   x = 3\n   y = x * x\n"
DEEP = """
Deep
====

.. grad:: ../dir ö/größe.grad
   :title: A "title" of <its> own & more
   :nudge: b=-0.5
   :legend: false

.. grad::
   :theme: ../themes/own.json
   :set: m=1/4, n=3
   :vary: false
   :id-prefix: mine

   # a program whose own options come last
   k = m * n
"""
MYST = """# MyST

```{grad}
:caption: A neuron
:name: fig-neuron
:style: circuit

w = 2
y = relu(w * 3)
```

See {numref}`fig-neuron`.

:::{grad}
---
decimals: 2
set: w=3
legend: true
theme: auto
---
w = 2
y = sigmoid(w)
:::

- list

  ```{grad} dir ö/größe.grad
  :alt: Said in MyST
  ```

> ```{grad}
> a = 1
> b = 4 * a
> ```
"""
# What the descriptions of the figures say, in the order of the documents.
WORDS = {
    "index": ["y = x·x = 9", 'My own < words > & "more"', "= 17", "z = w³ = 8", "= 33", "nj = ni + 9 = 46", "s = t/2 = 4"],
    "other": ["y = x·x = 9"],
    "myst": ["ReLU", "0.95", "Said in MyST", "b = 4·a = 4"],
    "sub/deep": ['A "title" of <its> own & more', "k = m·n = 0.75"],
}
# Documents that make Sphinx read and write in several processes, which are no part of the book.
CROWD = {f"crowd{n}.rst": f":orphan:\n\nCrowd\n=====\n\n.. grad::\n\n   x = {n}\n   y = x * x\n" for n in range(8)}
THEME = '{"base": "light", "colors": {"forward": "#00aa44"}}'


def project(folder, files):
    """Writes a documentation project."""
    files = {"conf.py": CONF.format(tool=str(TOOL)), **files}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run(TOOL, "integration", "sphinx", "-o", folder / "graphviz_grad.py")
    return folder


def build(folder, builder, *options, output=None, pages="alabaster"):
    """Runs Sphinx as CI does; returns its exit code, its messages and the folder written."""
    output = folder / "_build" / (output or builder)
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-j", "2", "-b", builder,
         "-d", f"{output}.trees", *options, ".", str(output)],
        cwd=folder, capture_output=True, text=True, env={**os.environ, "PAGES": pages, "NO_COLOR": "1"})
    return done.returncode, done.stderr, output


def built(folder, builder, *options, **more):
    code, messages, output = build(folder, builder, *options, **more)
    check(code == 0 and not messages.strip(), f"{builder}: exit code {code}, {messages}")
    return output


def words_of(text):
    return re.sub(r"\s+", " ", text)


def check_settings(folder):
    """The directive has the options of the tool's own help."""
    text = run(TOOL, "render", "--help")
    help = text[text.index("FIGURE OPTIONS:"):].split("\n\n")[0]
    options = set(re.findall(r"^  --([\w-]+)", help, re.M)) | {"of", "set", "vary", "seed"}
    namespace = dict(re.findall(r'^(SETTINGS|FLAGS) = "([^"]*)"', (folder / "graphviz_grad.py").read_text(), re.M))
    own = namespace["SETTINGS"].split() + namespace["FLAGS"].split()
    check(set(own) == options and len(own) == len(options), f"options: {set(own) ^ options}")
    check(set(namespace["FLAGS"].split()) == {"legend", "repeat-inputs", "standalone", "vary"}, f"flags: {namespace['FLAGS']}")


# Pages.

FIGURES = """() => [...document.querySelectorAll('.graphviz-grad > svg')].map(svg => ({
  role: svg.getAttribute('role'), width: svg.getBoundingClientRect().width,
  right: svg.getBoundingClientRect().right, room: svg.closest('section').getBoundingClientRect().right,
  height: svg.getBoundingClientRect().height, box: svg.viewBox.baseVal.width / svg.viewBox.baseVal.height,
  paper: getComputedStyle(svg.querySelector('rect')).fill,
  texts: svg.getAttribute('aria-labelledby').split(' ').map(id => {
    const all = document.querySelectorAll('#' + CSS.escape(id));
    return all.length === 1 && svg.contains(all[0]) ? all[0].textContent : null; }) }))"""
DARK, LIGHT = "rgb(15, 23, 42)", "rgb(255, 255, 255)"


def figures(browser, path, words, *, scheme="light", width=400, script=None):
    """The figures of a page, which must be those of `words`, whole, within the page, with ids of their own."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    if script:
        page.evaluate(script)
    found = page.evaluate(FIGURES)
    check(len(found) == len(words), f"{path} has {len(found)} figures")
    for figure, word in zip(found, words):
        check(None not in figure["texts"] and word in " ".join(figure["texts"]), f"{path}: {word}: {figure}")
        check(figure["role"] == "img", f"{path}: {figure}")
        check(figure["right"] <= figure["room"] + 1, f"{path} at {width}: {word} is wider than its text")
        check(abs(figure["width"] / figure["height"] / figure["box"] - 1) < 0.02, f"{path}: {word}: {figure}")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    twice = sorted({one for one in ids if ids.count(one) > 1})
    check(not twice, f"{path}: ids are there twice: {twice[:5]}")
    findings = Axe().run(page, ".graphviz-grad")
    check(not findings.violations_count, f"{path}: {findings.generate_report()}")
    page.close()
    return found


def check_pages(folder, browser):
    html = built(folder, "html")
    for document, words in WORDS.items():
        for width in (320, 1200):
            figures(browser, html / f"{document}.html", words, width=width)
    wide = figures(browser, html / "index.html", WORDS["index"], width=1200)
    check(abs(wide[4]["width"] - 200) < 1, f"width: 200 is {wide[4]['width']}")
    text = (html / "index.html").read_text("utf-8")
    check("Fig. 2" in text and 'href="#fig-twice"' in text and 'href="#fig-bare"' in text, "references")
    check('id="fig-bare"' in text and "special" in text and "#00aa44" in text, "names, classes, themes")
    check("Fig. 1" in (html / "myst.html").read_text("utf-8"), "the caption of MyST has no number")
    # Pages that are always light have light figures, except where something else is asked for.
    dark = figures(browser, html / "index.html", WORDS["index"], scheme="dark")
    check([one["paper"] for one in dark] == [LIGHT] * 4 + [DARK] + [LIGHT] * 2, f"light pages: {dark}")
    furo = built(folder, "html", output="furo", pages="furo")
    switch = "document.body.dataset.theme = '{}'".format
    for scheme, script, paper in [
        ("dark", None, DARK), ("light", None, LIGHT), ("dark", switch("light"), LIGHT), ("light", switch("dark"), DARK),
    ]:
        found = figures(browser, furo / "other.html", WORDS["other"], scheme=scheme, script=script)
        check(found[0]["paper"] == paper, f"Furo, {scheme}, {script}: {found[0]['paper']}")
    folders = built(folder, "dirhtml")
    for document, words in WORDS.items():
        path = folders / "index.html" if document == "index" else folders / document / "index.html"
        figures(browser, path, words)
    single = built(folder, "singlehtml")
    # The table of contents stands before the figures of the first document.
    figures(browser, single / "index.html", WORDS["other"] + WORDS["myst"] + WORDS["sub/deep"] + WORDS["index"])


# Other builders.


def check_latex(folder):
    output = built(folder, "latex")
    run("latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "sketch.tex", folder=output)
    log = (output / "sketch.log").read_text("latin-1")
    faults = re.findall(r"^(?:!.*|LaTeX Warning:.*|Overfull.*)", log, re.M)
    check(not faults, f"LaTeX: {faults[:5]}")
    tex = (output / "sketch.tex").read_text("utf-8")
    check(tex.count(r"\sphinxincludegraphics") == sum(map(len, WORDS.values())), "LaTeX: figures")
    check(r"width=0.600\linewidth" in tex and r"width=200\sphinxpxdimen" in tex, "LaTeX: widths")
    text = run("pdftotext", "-layout", output / "sketch.pdf", "-")
    for word in ["dx = 3 + 3 = 6", "4 + 4 = 8", "dJ = 1", "0.95", "ds = 1", "d nj = 1"]:
        # Whether there is a space between narrow letters is pdftotext's guess.
        check(word.replace(" ", "") in text.replace(" ", ""), f"the PDF lacks {word}")


def check_epub(folder):
    output = built(folder, "epub")
    with zipfile.ZipFile(next(output.glob("*.epub"))) as archive:
        names = set(archive.namelist())
        for document, words in WORDS.items():
            name = next(one for one in names if re.search(rf"(^|/){document}.xhtml$", one))
            images = [one for one in ET.fromstring(archive.read(name)).iter() if one.tag.endswith("}img")]
            check(len(images) == len(words), f"EPUB: {document} has {len(images)} images")
            for image, word in zip(images, words):
                check(word in image.get("alt"), f"EPUB: {image.get('alt')}")
                picture = os.path.normpath(os.path.join(os.path.dirname(name), image.get("src")))
                check(picture in names and b"<svg" in archive.read(picture), f"EPUB: {picture}")
        manifest = next(archive.read(one).decode() for one in names if one.endswith(".opf"))
        check("image/svg+xml" in manifest, "EPUB: the manifest lacks the images")


def check_words(folder):
    text = built(folder, "text")
    for document, words in WORDS.items():
        written = words_of((text / f"{document}.txt").read_text("utf-8"))
        for word in words:
            check(words_of(word) in written, f"text: {document} lacks {word}")
    built(folder, "texinfo")
    output = built(folder, "man")
    page = words_of(run("man", "-l", next(output.glob("*.1")), env={"MANWIDTH": "500", "LC_ALL": "C.UTF-8"}))
    for word in sum(WORDS.values(), []):
        check(words_of(word) in page, f"man lacks {word}")
    check("UNINDENT" not in page, "man shows a request")
    catalogs = built(folder, "gettext")
    check('msgid "The same, *twice*"' in (catalogs / "index.pot").read_text("utf-8"), "gettext lacks a caption")


# What is drawn, and when.


def check_cache(folder):
    def pictures():
        return {path.name: path.stat().st_mtime_ns for path in (folder / "_build/html.trees/graphviz_grad").glob("*.svg")}

    before = pictures()
    # Those of the book, without two that are there again, and those of the crowd without one.
    count = sum(map(len, WORDS.values())) - 2 + len(CROWD) - 1
    check(len(before) == count, f"{len(before)} pictures, not {count}")
    built(folder, "html", "-E")
    check(pictures() == before, "what is unchanged was drawn again")
    for name, old, new, word, count in [
        ("dir ö/größe.grad", "c = 2", "c = 4", "= 51", 3), ("parts/included.rst", "w = 2", "w = 5", "= 125", 1),
        ("themes/own.json", "#00aa44", "#00bb55", "#00bb55", 2),
    ]:
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        output = built(folder, "html")
        check(word in (output / "index.html").read_text("utf-8"), f"{name} was changed, the page was not")
        check(len(set(pictures()) - set(before)) == count, f"{name}: {len(set(pictures()) - set(before))} pictures are new")
        before = pictures()
    # Pictures that are gone are drawn again for pages that are written again.
    shutil.rmtree(folder / "_build/html.trees/graphviz_grad")
    output = built(folder, "html", "-a")
    check("= 125" in (output / "index.html").read_text("utf-8"), "a picture that is gone stays away")


# Mistakes.

WRONG = {
    "index.rst": """
Wrong
=====

.. toctree::

   other
   myst

.. grad::

   a = 1
   b = a + q1

.. grad::
   :name: here
   :caption: A caption

   a = 1


   c = (q2
     + 2)
   d = q3

* In a list

  #. deeper

     .. grad::
        :style: circuit

        # comment
        b = q4

+-------------+
| .. grad::   |
|             |
|    b = q5   |
+-------------+

See :ref:`here`.

.. include:: parts/part.rst

.. grad:: bad.grad

.. grad::
   :direction: down
   :theme: drak! did you mean 'dark'?

   a = 1
   b = a + 1

.. grad:: !begins right behind
   x = 1
   y = x + 1

.. grad:: !needs a program

.. grad:: missing.grad!cannot be read

.. grad:: bad.grad!a program is given and the file

   a = 1

.. grad::
   :of: nope !no node is called 'nope'

   a = 1
   b = a + 1
""",
    "other.rst": "Other\n=====\n\n.. grad::\n\n   b = q6\n",
    "myst.md": """# MyST

```{grad}
a = 1
b = q7
```

```{grad}
---
style: circuit
caption: |
  two
  lines
---

a = 1

b = q8

```

::::{note}
:::{grad}
:legend:

b = q9
:::
::::

- list
  1. deeper

     ```{grad}
     :decimals: 2
     b = q10
     ```

> ```{grad}
> b = q11
> ```

```{include} parts/part.md
```

```{eval-rst}
.. grad::

   a = 1
   b = q12
```

```{grad} !needs a program
```

```{grad}
:decimals: many! is no number of digits
a = 1
b = a + 1
```

```{grad}
:style: circuit
:of: nowhere! no node is called 'nowhere'
a = 1
b = a + 1
```

```{grad}
:style: circuit
:set: missing=3! the program has no input 'missing'
a = 1
b = a + 1
```

```{grad}
:set: a=five! 'five' is not defined
a = 1
b = a + 1
```
""",
    "parts/part.rst": "Part\n----\n\n.. grad::\n\n   a = 1\n   b = q13\n",
    "parts/part.md": "## Part\n\n```{grad}\nb = q14\n```\n",
    "bad.grad": "a = 1\n\nb = a + q15\n",
    **{f"crowd{n}.rst": f":orphan:\n\nCrowd\n=====\n\n.. grad::\n\n   y = q{n}\n" for n in range(20, 28)},
}


def check_mistakes(folder):
    """Each wrong line is reported, at its own place; after `!` stands what is said, which is not part of it."""
    expected, files = set(), {}
    for name, text in WRONG.items():
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            words = re.findall(r"\bq\d+\b", line)
            line, _, said = line.partition("!")
            if words or said:
                expected.add((name, number, f"'{words[0]}' is not defined" if words else said.strip()))
            lines[number - 1] = line
        files[name] = "\n".join(lines)
    project(folder, files)
    for attempt in ["first", "again"]:
        code, messages, _ = build(folder, "html")
        check(code == 1, f"mistakes end with {code}")
        found = re.findall(rf"^{re.escape(str(folder))}/(.*?):(\d+): WARNING: (.*)$", messages, re.M)
        check(len(found) == messages.count("WARNING"), f"{attempt}: {messages}")
        missing = {(name, number, said) for name, number, said in expected if not any(
            (name, str(number)) == one[:2] and said in one[2] for one in found)}
        check(not missing, f"{attempt}: not reported: {missing} in {messages}")
        check(len(found) == len(expected), f"{attempt}: {len(found)} reports, not {len(expected)}: {messages}")


def check_missing_tool(folder):
    code, messages, output = build(folder, "html", "-D", "graphviz_grad_command=no-such-tool", output="missing")
    check(code == 1 and messages.count("WARNING") == 1, f"without the tool: {messages}")
    check("set graphviz_grad_command in conf.py" in messages, f"without the tool: {messages}")
    # Once it is there, the same folder is built right.
    code, messages, output = build(folder, "html", output="missing")
    check(code == 0 and "<svg" in (output / "other.html").read_text("utf-8"), f"with the tool: {messages}")
    conf = folder / "conf.py"
    text = conf.read_text("utf-8")
    conf.write_text(text.replace('"precision"', '"precison"'), "utf-8")
    code, messages, _ = build(folder, "html", output="option")
    check(code and "unknown option 'precison'; did you mean 'precision'?" in messages, f"an option: {messages}")
    # A wrong value there is told there, once, and not of every figure.
    conf.write_text(re.sub('"precision": *\\d+', '"precision": "many"', text), "utf-8")
    code, messages, _ = build(folder, "html", output="value")
    place = [number for number, line in enumerate(conf.read_text("utf-8").splitlines(), 1) if '"precision"' in line][0]
    check(code and f"conf.py:{place}: WARNING: graphviz_grad_options: --precision: 'many'" in messages, f"a value: {messages}")
    conf.write_text(text, "utf-8")


def check_sizes(folder):
    """The program above its figure, and a height, from the directive or from the head; for pages and paper."""
    figure = ".. grad::\n{}\n   x = 3\n   y = x*x\n\n"
    project(folder, {"index.rst": "Sizes\n=====\n\n" + figure.format("   :echo:\n   :height: 120px\n") + figure.format(
        "\n   #: --echo --height 90px\n")})
    html = built(folder, "html")
    text = (html / "index.html").read_text("utf-8")
    check(re.findall(r"height:(\d+)px", text) == ["120", "90"], f"heights: {text}")
    programs = re.findall(r"<pre>(.*?)</pre>", text, re.S)
    check([words.count("\n") for words in programs] == [2, 2] and "#:" not in "".join(programs), f"echo: {programs}")
    latex = next(built(folder, "latex").glob("*.tex")).read_text("utf-8")
    check("height=120" in latex and "height=90" in latex, f"heights in LaTeX: {latex[-900:]}")


def main():
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        names = [f"n{letter}" for letter in "abcdefghij"]
        wide = "na = 1\n" + "".join(f"{b} = {a} + {n}\n" for n, (a, b) in enumerate(zip(names, names[1:]), 1))
        docs = project(Path(name).resolve() / "docs", {
            "index.rst": INDEX, "other.rst": OTHER, "myst.md": MYST, "parts/included.rst": INCLUDED,
            "dir ö/größe.grad": (SAMPLES / "lecture.grad").read_text("utf-8"), "wide.grad": wide,
            "themes/own.json": THEME, "sub/deep.rst": DEEP, **CROWD,
        })
        check_settings(docs)
        check_pages(docs, browser)
        check_latex(docs)
        check_epub(docs)
        check_words(docs)
        check_missing_tool(docs)
        check_cache(docs)
        check_mistakes(Path(name).resolve() / "wrong")
        check_sizes(Path(name).resolve() / "sizes")
    finish("figures by every builder of Sphinx")


if __name__ == "__main__":
    main()
