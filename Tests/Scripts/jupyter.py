"""Runs a notebook with figures in it and exports it, on a machine where Inkscape is not to be found.

    apt-get install --no-install-recommends fonts-liberation pandoc poppler-utils lmodern \
        texlive-fonts-recommended texlive-latex-extra texlive-plain-generic texlive-xetex
    pip install ipykernel nbclient nbconvert nbformat pillow pypdf
    python3 Tests/Scripts/jupyter.py .build/debug/graphviz-grad samples

The bundle of media types is what Jupyter takes: SVG, PNG of the size asked for, a PDF, and words. A
notebook with the magic and the function runs; HTML, slides and LaTeX made of it hold every figure once,
with ids of their own; the PDF that LaTeX makes has every number. Mistakes read as the tool prints them
and stop a notebook.
"""

import base64
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image
from pypdf import PdfReader

from common import check, finish, run

TOOL = Path(sys.argv[1]).resolve()
SAMPLES = Path(sys.argv[2]).resolve()
PACKAGE = Path(__file__).resolve().parents[2] / "Sources/Python"
# Each cell with what its figure must say.
CELLS = [
    ("%load_ext graphviz_grad_jupyter\nfrom graphviz_grad_jupyter import grad", None),
    ("%%grad\na = 5\nb = 3\nc = 2\nJ = 3*(a + b*c)", "J = 3·t₂ = 33"),
    ("%%grad\na = 5\nb = 3\nc = 2\nJ = 3*(a + b*c)", "J = 3·t₂ = 33"),
    ("value = 7\nimport numpy\nfrom pathlib import Path\nrow = numpy.array([1.5, 2.5])", None),
    ("%%grad --set x={row[1]} --title 'A {title} of $value'\nx = 1\ny = x*x", "A {title} of 7"),
    ("grad('x = 1; y = x*x', set={'x': row[0]})", "= 2.25"),
    (f"grad(Path('{SAMPLES}/lab-network.grad'), decimals=1)", "121.0"),
    ("%%grad --style circuit --theme auto --title 'Seven squared' --set x=$value\nx = 1\ny = x*x", "= 49"),
    (f"%grad '{SAMPLES}/lab-network.grad' --decimals 1", "121.0"),
    ("grad('größe = 3; y = größe**2', set={'größe': 4}, edge_labels='none', legend=True)", "= 16"),
]
FIGURES = [word for _, word in CELLS if word]


def check_bundle():
    """What `render --format mimebundle` prints, for every sample and several sizes."""
    for sample in sorted(SAMPLES.glob("*.grad")):
        for options, pixels in [([], 2), (["--scale", "3"], 3), (["--dpi", "96"], 1), (["--width", "900"], None)]:
            bundle = json.loads(run(TOOL, "render", sample, "-T", "mimebundle", "-o", "-", *options))
            data, metadata = bundle["data"], bundle["metadata"]
            check(list(bundle) == ["data", "metadata"], f"{sample.name}: {list(bundle)}")
            kinds = ["image/svg+xml", "image/png", "application/pdf", "text/plain"]
            check(list(data) == kinds, f"{sample.name}: {list(data)}")
            # A picture by itself has a stamp; in a bundle, the bundle has it.
            alone = re.sub(r' data-stamp="[^"]*"', "", run(TOOL, "render", sample, "-o", "-"), count=1)
            check(data["image/svg+xml"] == alone, f"{sample.name}: SVG")
            words = run(TOOL, "render", sample, "-o", "/dev/null", "-T", "svg", "--alt-output", "-")
            check(data["text/plain"] + "\n" == words, f"{sample.name}: words")
            image = Image.open(io.BytesIO(base64.b64decode(data["image/png"], validate=True)))
            shown = metadata["image/png"]
            wanted = shown["width"] * pixels if pixels else 900
            check(abs(image.size[0] - wanted) <= 2, f"{sample.name} {options}: {image.size}, {shown}")
            check(abs(image.size[0] / image.size[1] - shown["width"] / shown["height"]) < 0.02,
                  f"{sample.name} {options}: proportions of {image.size}, {shown}")
            pages = PdfReader(io.BytesIO(base64.b64decode(data["application/pdf"], validate=True))).pages
            check(len(pages) == 1, f"{sample.name}: {len(pages)} pages of PDF")
    # The format has an extension of its own, and leaves that of the other JSON alone.
    with tempfile.TemporaryDirectory() as folder:
        for name, key in [("a.json", "schema"), ("a.mimebundle", "data")]:
            run(TOOL, "render", SAMPLES / "lecture.grad", "-o", f"{folder}/{name}")
            check(key in json.loads(Path(folder, name).read_text()), f"{name} lacks {key}")


def notebook(cells):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    book.metadata["kernelspec"] = {"name": "figures", "display_name": "Figures", "language": "python"}
    return book


def execute(cells, folder):
    book = notebook(cells)
    NotebookClient(book, timeout=120, kernel_name="figures", resources={"metadata": {"path": str(folder)}}).execute()
    nbformat.validate(book)
    return book


def check_notebook(folder):
    """The outputs of a notebook; returns its file."""
    book = execute([text for text, _ in CELLS], folder)
    for (text, word), cell in zip(CELLS, book.cells):
        bundles = [output.data for output in cell.outputs if "data" in output]
        check(len(bundles) == (word is not None), f"{text}: {cell.outputs}")
        if word:
            check(word in bundles[0]["text/plain"], f"{text}: {bundles[0]['text/plain']}")
            check("application/pdf" in bundles[0] and "image/png" in bundles[0], f"{text}: {list(bundles[0])}")
    path = folder / "figures.ipynb"
    nbformat.write(book, path)
    return path


def check_mistakes(folder):
    """What a notebook says where the tool refuses."""
    load = CELLS[0][0]
    def printed(place):
        text = f"#line {place}\na = 1\nb = a + q\n"
        return subprocess.run([TOOL, "render", "-", "-o", "-"], input=text, capture_output=True, text=True).stderr.strip()

    in_cell = printed('2 "In [2]"')
    check(in_cell.startswith("In [2]:3:9: error:"), f"the place in a cell: {in_cell}")
    for cell, words in [
        ("%%grad\na = 1\nb = a + q\n", in_cell),
        ("grad('a = 1\\nb = a + q\\n')", printed('1 "In [2], program"')),
        ("grad('a = 1; b = 2*a', theme='drak')", "--theme: unknown theme 'drak'"),
        ("grad('a = 1; b = 2*a', teme='dark')", "unknown option '--teme"),
        ("%grad nowhere.grad", "cannot read 'nowhere.grad'"),
        ("grad('nowhere.grad')", "grad(Path('nowhere.grad')) draws the file"),
        ("import numpy; row = numpy.array([1.5, 2.5]); grad('a = 1; b = 2*a', set={'a': row})", "a setting is a number"),
        ("%%grad --set a=$nobody\na = 1; b = 2*a", "no Python value is called 'nobody'"),
        ("%%grad -o x.svg\na = 1; b = 2*a", "'-o' is for the command line"),
        ("%%grad --help\na = 1; b = 2*a", "'--help' is for the command line"),
        ("grad('a = 1; b = 2*a', format='png')", "'--format=png' is for the command line"),
        ("import os; os.environ['GRAPHVIZ_GRAD'] = 'nope'; grad('a = 1')", "set the environment variable GRAPHVIZ_GRAD"),
    ]:
        try:
            execute([load, cell], folder)
        except CellExecutionError as error:
            text = re.sub(r"\x1b\[[\d;]*m", "", str(error))
            check(words in text, f"{cell}: {text}")
            check("Traceback" not in text and "subprocess" not in text, f"{cell} shows Python: {text}")
        else:
            check(False, f"{cell} is no error")
    # A word about a figure that there is all the same.
    book = execute([load, "%%grad\nx = 0\ny = log(x)"], folder)
    texts = [output.get("text", "") for output in book.cells[1].outputs]
    check(any("In [2]:3:5: warning: log(0) is -inf" in text for text in texts) and len(texts) == 2, f"a warning: {texts}")


def check_exports(path, folder):
    """The notebook in other formats, with nothing but pandoc on the PATH."""
    only = folder / "bin"
    only.mkdir()
    pandoc = next(Path(place, "pandoc") for place in os.environ["PATH"].split(os.pathsep)
                  if Path(place, "pandoc").exists())
    (only / "pandoc").symlink_to(pandoc)
    environment = {"PATH": str(only)}
    for kind in ["html", "slides", "latex"]:
        run(sys.executable, "-m", "nbconvert", "--to", kind, path.name, folder=path.parent, env=environment)
    for name in ["figures.html", "figures.slides.html"]:
        text = (path.parent / name).read_text("utf-8")
        sources = re.findall(r'<img\b[^>]*src="data:image/svg\+xml;base64,([^"]+)"', text)
        pictures = [base64.b64decode(source).decode() for source in sources]
        check(len(pictures) == len(FIGURES), f"{name} has {len(pictures)} figures")
        for picture, word in zip(pictures, FIGURES):
            check(word in picture, f"{name}: a figure lacks {word}")
            own = re.search(r'<svg\b[^>]* id="([^"]+)"', picture)[1]
            referred = re.search(r'aria-labelledby="([^"]+)"', picture)[1].split()
            check(all(f'id="{one}"' in picture and one.startswith(own) for one in referred), f"{name}: {referred}")
            check(set(re.findall(r"#([\w-]+) \.", picture)) <= {own}, f"{name}: styles of another figure")
            check("</style>" in picture or "Seven" not in picture, f"{name}: no dark colours")
        ids = re.findall(r'\bid="([^"]+)"', " ".join(pictures))
        check(len(ids) == len(set(ids)), f"{name}: ids are not unique")
    # nbconvert leaves the words of SVG out, unless it is told where they are.
    run(sys.executable, "-m", "nbconvert", "--to", "html", "--output", "described", path.name,
        "--HTMLExporter.preprocessors=graphviz_grad.export.DescribedFigures", folder=path.parent,
        env={**environment, "PYTHONPATH": str(PACKAGE)})
    described = (path.parent / "described.html").read_text("utf-8")
    words = re.findall(r'<img alt="((?:Computation graph of|Seven squared|A {title} of 7)[^"]*)"', described)
    check(len(words) == len(FIGURES) and all("Backward" in one for one in words), f"words of figures: {words}")
    check("No description" not in described, "a figure has no words")
    tex = (path.parent / "figures.tex").read_text("utf-8")
    files = re.findall(r"\\(?:adjustimage|includegraphics).*?[{]([^{}]+[.]\w+)[}]", tex)
    check(len(files) == len(FIGURES) and all(name.endswith(".pdf") for name in files), f"LaTeX takes {files}")
    for _ in range(2):
        run("xelatex", "-interaction=nonstopmode", "-halt-on-error", "figures.tex", folder=path.parent)
    run("pdftotext", "-layout", "figures.pdf", folder=path.parent)
    text = (path.parent / "figures.txt").read_text("utf-8")
    for number in ["33", "49", "121.0", "Seven squared", "16", "66.0"]:
        check(number in text, f"the PDF lacks {number}")


def main():
    check_bundle()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(TOOL, "integration", "jupyter", "-o", folder / "graphviz_grad_jupyter.py")
        run(sys.executable, "-m", "ipykernel", "install", "--prefix", folder / "kernel", "--name", "figures")
        os.environ["JUPYTER_PATH"] = str(folder / "kernel/share/jupyter")
        os.environ["GRAPHVIZ_GRAD"] = str(TOOL)
        path = check_notebook(folder)
        check_mistakes(folder)
        check_exports(path, folder)
    finish(f"{len(FIGURES)} figures in a notebook, HTML, slides and LaTeX")


if __name__ == "__main__":
    main()
