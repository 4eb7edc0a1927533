"""Draws the programs in documents of pandoc, by Debian's pandoc 2 and by pandoc 3.

    apt-get install --no-install-recommends lmodern pandoc poppler-utils texlive-latex-recommended \\
        texlive-latex-extra
    pip install playwright pypandoc-binary pypdf python-pptx pyyaml
    python3 Tests/Scripts/pandoc.py .build/debug/graphviz-grad

What a browser shows, LaTeX sets and PowerPoint opens has every number of every figure; what is no figure
is the same as without the filter; mistakes name their line and stop the build.
"""

import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import pypandoc
import yaml
from pptx import Presentation
from pypdf import PdfReader

from common import attempt, check, chromium, finish

TOOL = Path(sys.argv[1]).resolve()
DOCUMENT = """---
title: Backpropagation
---

## The graph

``` {.grad #fig-cost caption="Red arrows carry $dJ/dv$, as `dv`" width=70%}
a = 5
b = 3
c = 2
J = 3*(a + b*c)
```

## Squared

``` {.grad steps=true alt="Seven squared" style=circuit}
x = 7; y = x*x
```

## In a list

1. a quote

    > ~~~ {.grad show=forward}
    > p = 1
    > q = p + 2
    > ~~~

and `x = 1`{.grad} stays, as do "quotes", ünïcödé and

```python
print(1)
```
"""
NUMBERS = {"the lecture": ["dc = 9", "J = 3·t₂"], "squared": ["49"], "the sum": ["q = p + 2"]}


def run(command, folder, text=None, environment=None):
    return attempt(*command, folder=folder, data=text, text=False, env=environment)


def make(pandoc, folder, target, file, *options, text=DOCUMENT):
    folder.mkdir(parents=True)
    (folder / "notes.md").write_text(text)
    made = run(
        [pandoc, "notes.md", "-s", "-t", target, "--slide-level=2", "--filter", "pandoc-graphviz-grad", "-o", file,
         *options], folder)
    check(made.returncode == 0, f"{pandoc} makes no {target}: {made.stderr.decode()}")
    # Only a figure in a list is not on a slide of PowerPoint, which is told.
    said = made.stderr.decode()
    expected = "[not-shown]" in said and said.count("warning") == 1 if target == "pptx" else not said
    check(expected, f"{pandoc} says of {target}: {said}")
    return folder / file


def check_page(browser, page, is_slides):
    tab = browser.new_page()
    tab.goto(page.as_uri())
    pictures = tab.evaluate("""async () => Promise.all([...document.images].map(async image => {
      // Slides load their pictures when they are shown.
      if (image.dataset.src) image.src = image.dataset.src;
      await image.decode();
      return {
      width: image.naturalWidth, alt: image.alt, label: image.getAttribute('aria-label'),
      text: image.src.startsWith('data:image/svg+xml') ? await (await fetch(image.src)).text() : ''}}))""")
    text = "".join(picture["text"] for picture in pictures) + tab.content()
    check(all(picture["width"] > 50 for picture in pictures), f"{page}: a picture is not shown")
    alts = [picture["alt"] for picture in pictures]
    check(all(any(alt.startswith(f"Computation graph of {one}: {one} = ") for alt in alts) for one in "Jq"), f"{page}: alt texts {alts}")
    if is_slides:
        check(len(pictures) == 2 and text.count('class="fragment') >= 4, f"{page}: no steps")
    else:
        check(len(pictures) == 3 and "Seven squared" in alts, f"{page}: alt texts {alts}")
    check("Red arrows carry" in text, f"{page}: no caption")
    for name, numbers in NUMBERS.items():
        for number in numbers:
            check(number in re.sub(r"<[^>]*>", "", text).replace("\\u00b7", "·"), f"{page}: {name} does not say {number}")
    tab.close()


def check_paper(path, latex, is_slides):
    source = path.read_text()
    check("Red arrows carry" in source and "\\includegraphics" in source, f"{path}: no figure")
    made = run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", path.name], path.parent)
    check(made.returncode == 0, f"{path}: {made.stdout.decode(errors='replace')[-600:]}")
    pages = [page.extract_text() for page in PdfReader(path.with_suffix(".pdf")).pages]
    words = run(["pdftotext", "-layout", path.with_suffix(".pdf").name, "-"], path.parent).stdout.decode()
    for number in ["33", "dc = 9", "49", "q = p + 2"]:
        check(number.replace(" ", "") in words.replace(" ", ""), f"{path}: the PDF does not say {number}")
    if is_slides:
        check(sum("Squared" in page for page in pages) >= 4, f"{path}: no overlays, {len(pages)} pages")


def check_office(document, presentation):
    with zipfile.ZipFile(document) as file:
        pictures = [name for name in file.namelist() if name.startswith("word/media/")]
        words = file.read("word/document.xml").decode()
    check(len(pictures) == 3 and all(name.endswith(".png") for name in pictures), f"{document} has {pictures}")
    check("Red arrows" in words and "base64" not in words, f"{document}: no caption, or a picture as words")
    check('descr="Seven squared"' in words, f"{document}: no description")
    slides = Presentation(str(presentation)).slides
    pictures = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    check(len(pictures) == 2, f"{presentation} has {len(pictures)} pictures")
    check(all(shape.width > 914400 for shape in pictures), f"{presentation}: a picture is small")
    words = [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures]
    check("Seven squared" in words[1] and not any("fig:" in word for word in words), f"{presentation}: {words}")
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    check(any("Red arrows" in text for text in texts), f"{presentation}: no caption")


def check_bytes(pandoc, folder):
    """What the filter does not draw is the same bytes, whatever wrote them."""
    plain = DOCUMENT.replace(".grad", ".other").encode()
    document = run([pandoc, "-f", "markdown", "-t", "json"], folder, plain).stdout
    spaced = document.replace(b'{"t":"Space"}', b'{ "t" : "Space"\t}')
    huge = document.replace(b'"print(1)"', b'"' + b"x" * 10_000_000 + b'"')
    for text in [document, document + b"\n", spaced, huge, document.replace("ü".encode(), b"\\u00fc")]:
        for target in ["html", "latex"]:
            passed = run([TOOL, "filter", "pandoc", target], folder, text)
            check(passed.returncode == 0 and passed.stdout == text, f"{pandoc}: the filter changed a document")
    read = run([pandoc, "-f", "markdown", "-t", "json"], folder, DOCUMENT.encode()).stdout
    passed = run([TOOL, "filter", "pandoc", "html"], folder, read)
    check(passed.returncode == 0, f"{pandoc}: the filter failed: {passed.stderr.decode()}")
    drawn = json.loads(passed.stdout)
    other = json.loads(document)
    same = [block in drawn["blocks"] for block in other["blocks"] if "other" not in json.dumps(block)]
    check(len(same) > 3 and all(same), f"{pandoc}: the filter changed a block")


MISTAKES = {
    "a wrong name": ("# A\n\n``` {.grad}\nx = 1\ny = x + q\n```\n", ["notes.md:5:9: error", "'q'"]),
    "in a list in a quote": ("> 1. A\n>\n>     ``` {.grad}\n>     x = 1 +\n>     ```\n", ["notes.md:4:"]),
    "an empty block": ("A\n\n``` {.grad}\n```\n", ["the block holds no program"]),
    "an unknown attribute": ("``` {.grad stile=circuit}\nx = 1; y = x\n```\n", ["notes.md:1:12: error", "style"]),
    "one name twice": (
        "``` {.grad #f}\nx = 1; y = x\n```\n\n``` {.grad #f}\nx = 2; y = x\n```\n",
        ["notes.md:5:", "notes.md:1:", "another figure is called 'f'"]),
    "two mistakes": ("``` {.grad}\ny = q\n```\n\n``` {.grad}\nz = r\n```\n", ["notes.md:2:", "notes.md:6:"]),
    "defaults": ("---\ngraphviz-grad:\n  theme: drak\n---\n\n``` {.grad}\nx = 1; y = x\n```\n", ["theme", "dark"]),
    "lines that end as on Windows": ("# A\r\n\r\n``` {.grad}\r\nx = 1\r\ny = x + q\r\n```\r\n", ["notes.md:5:9: error"]),
}


def check_mistakes(pandoc, folder):
    for name, (text, words) in MISTAKES.items():
        folder.mkdir(exist_ok=True)
        (folder / "notes.md").write_bytes(text.encode())
        made = run([pandoc, "notes.md", "--filter", "pandoc-graphviz-grad", "-t", "latex", "-o", "out.tex"], folder)
        said = made.stderr.decode()
        check(made.returncode != 0 and all(word in said for word in words), f"{pandoc}, {name}: {said}")
        check([path.name for path in folder.iterdir()] == ["notes.md"], f"{pandoc}, {name}: files were left")
    (folder / "notes.md").write_text(DOCUMENT)
    (folder / "figures").write_text("mine")
    made = run([pandoc, "notes.md", "--filter", "pandoc-graphviz-grad", "-o", "out.tex"], folder)
    check(made.returncode != 0 and b"figures" in made.stderr, f"{pandoc}: a file for a folder: {made.stderr.decode()}")
    check((folder / "figures").read_text() == "mine", f"{pandoc}: a file was lost")


def check_integrations(pandoc, folder):
    """The defaults file draws, and Quarto's lines are the same filter."""
    folder.mkdir()
    (folder / "notes.md").write_text(DOCUMENT)
    (folder / "grad.yaml").write_bytes(run([TOOL, "integration", "pandoc"], folder).stdout)
    made = run([pandoc, "--defaults", "grad.yaml", "notes.md", "-t", "html"], folder)
    check(made.returncode == 0 and made.stdout.count(b"data:image/svg") == 3, f"{pandoc}: {made.stderr.decode()}")
    filters = [
        yaml.safe_load(run([TOOL, "integration", name], folder).stdout)["filters"] for name in ["pandoc", "quarto"]]
    check(filters[0] == filters[1], f"the filters are {filters}")


def check_sameness(pandoc, folder):
    """A second build writes no picture again, and a byte order mark is no trouble."""
    file = make(pandoc, folder, "latex", "out.tex", text="\ufeff" + DOCUMENT)
    pictures = {path: path.stat().st_mtime_ns for path in (folder / "figures").iterdir()}
    check(len(pictures) == 3 and folder / "figures/fig-cost.pdf" in pictures, f"{pandoc} writes {list(pictures)}")
    first = file.read_bytes()
    run([pandoc, "notes.md", "-s", "-t", "latex", "--slide-level=2", "--filter", "pandoc-graphviz-grad", "-o",
         "out.tex"], folder)
    check(first == file.read_bytes(), f"{pandoc}: a second build differs")
    check(all(path.stat().st_mtime_ns == time for path, time in pictures.items()), f"{pandoc}: drawn again")


def main():
    pandocs = [shutil.which("pandoc"), pypandoc.get_pandoc_path()]
    with tempfile.TemporaryDirectory() as work, chromium() as browser:
        work = Path(work)
        (work / "bin").mkdir()
        (work / "bin/pandoc-graphviz-grad").symlink_to(TOOL)
        os.environ["PATH"] = f"{work / 'bin'}:{os.environ['PATH']}"
        for number, pandoc in enumerate(pandocs):
            version = run([pandoc, "--version"], work).stdout.decode().split("\n")[0]
            print(version)
            folder = work / str(number)
            folder.mkdir()
            check_page(browser, make(pandoc, folder / "html", "html", "out.html"), False)
            check_page(browser, make(pandoc, folder / "revealjs", "revealjs", "out.html"), True)
            check_paper(make(pandoc, folder / "latex", "latex", "out.tex"), version, False)
            check_paper(make(pandoc, folder / "beamer", "beamer", "out.tex"), version, True)
            check_office(
                make(pandoc, folder / "docx", "docx", "out.docx"), make(pandoc, folder / "pptx", "pptx", "out.pptx"))
            check_bytes(pandoc, folder)
            check_mistakes(pandoc, folder / "mistakes")
            check_integrations(pandoc, folder / "defaults")
            check_sameness(pandoc, folder / "again")
        words = run([TOOL, "filter", "pandoc", "html"], work, b"no JSON")
        check(words.returncode == 1 and b"pandoc notes.md" in words.stderr, f"no JSON: {words}")
        words = run([TOOL, "filter", "pandok"], work, b"")
        check(words.returncode == 64 and b"pandoc" in words.stderr, f"pandok: {words}")
    versions = {run([pandoc, "--version"], "/").stdout.split()[1].split(b".")[0] for pandoc in pandocs}
    check(versions == {b"2", b"3"}, f"the pandocs are {versions}; both 2 and 3 are to be there")
    finish("pandoc")


main()
