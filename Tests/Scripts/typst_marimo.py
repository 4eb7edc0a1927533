"""Makes the documents of Typst and the notebook of marimo that their articles show.

    apt-get install --no-install-recommends chromium fonts-liberation poppler-utils
    pip install executing jax marimo playwright torch typst
    python3 Tests/Scripts/typst_marimo.py .build/debug/graphviz-grad

Figures are in the PDF with their letters as text; the notebook, served by itself, shows each figure once, follows a
value that changes, and tells a mistake as the command does; what its cells record has the names of the program.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import typst

from common import article, attempt, check, chromium, finish, run

TOOL = Path(sys.argv[1]).resolve()
PACKAGE = Path(__file__).resolve().parents[2] / "Sources/Python"
PROGRAM = "a = 5\nb = 3\nc = 2\nJ = 3 * (a + b*c)\n"
MORE = """

@app.cell
def _(grad):
    grad("x = 3; y = x*x", set={"x": 4})
    return


@app.cell
def _(grad):
    grad("x = 3; y = x*x", set={"x": 4})
    return


@app.cell
def _(grad):
    grad("x = 3; y = x*q")
    return


if __name__"""
# Cells are parts of a file that begin further right there than in the code that runs.
RECORDINGS = """
import marimo

app = marimo.App()

with app.setup:
    import graphviz_grad
    import jax.numpy as jnp
    import torch


@app.cell
def _():
    W = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    x = torch.tensor([1.0, -1.0])

    def halved(t):
        u = t / 2
        return u + 1

    with graphviz_grad.record() as r:
        h = torch.tanh(
            W @ x)
        for _ in range(1):
            y = halved(h)
        loss = (y**2).sum()
        loss.backward()
    print([node["name"] for node in r.trace().nodes])
    return


@app.cell
def _():
    def f(w, x):
        a = w * x
        b = jnp.tanh(a)
        return b

    print([node["name"] for node in graphviz_grad.trace(f, 2.0, 3.0).nodes])
    return


if __name__ == "__main__":
    app.run()
"""


def check_typst(work):
    blocks = article("Typst")
    document = next(text for language, text in blocks if language == "typst")
    (work / "lecture.grad").write_text(PROGRAM)
    run(TOOL, *next(text for language, text in blocks if language == "sh").split()[1:], folder=work)
    run(TOOL, "render", "lecture.grad", "-o", "lecture.pdf", "--alt-output", "lecture.txt", folder=work)
    for picture in ["lecture.svg", "lecture.pdf"]:
        text = document.replace("lecture.svg", picture).replace('"Computation graph of J"', 'read("lecture.txt")')
        (work / "notes.typ").write_text(text)
        typst.compile(str(work / "notes.typ"), output=str(work / "notes.pdf"))
        words = run("pdftotext", "-layout", "notes.pdf", "-", folder=work)
        check("Figure 1 shows every derivative" in words and "33" in words, f"typst: {picture}: {words}")
        check("LiberationSans" in run("pdffonts", "notes.pdf", folder=work), f"typst: fonts of {picture}")


def answer(server, address):
    """Waits for the first answer: marimo says its address before it listens."""
    end = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(address, timeout=60).close()
        except urllib.error.URLError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def served(notebook):
    """The address of a notebook that marimo serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "marimo", "run", notebook.name, "--headless", "--no-token", "--host", "127.0.0.1"]
    server = subprocess.Popen(
        [*words, "--port", str(port)], cwd=notebook.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in server.stdout:
            if "URL" in line:
                break
        answer(server, f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def check_marimo(browser, work):
    notebook = work / "lecture.py"
    text = next(text for language, text in article("Marimo") if language == "python")
    notebook.write_text(text.replace("\n\nif __name__", MORE))
    with served(notebook) as address:
        tab = browser.new_page()
        tab.goto(address)
        tab.wait_for_function("document.querySelectorAll('svg[role=img]').length == 3", timeout=60_000)
        figures = tab.evaluate("""() => [...document.querySelectorAll('svg[role=img]')].map(svg => ({id: svg.id,
            wide: svg.getBoundingClientRect().width, text: svg.textContent}))""")
        tab.close()
    check("J = 33" in figures[0]["text"] and "y = 16" in figures[1]["text"], f"marimo: {figures}")
    check(len({one["id"] for one in figures}) == 3 and all(one["wide"] > 100 for one in figures), f"marimo: {figures}")
    done = attempt(sys.executable, notebook, folder=work)
    check(done.returncode and "'q' is not defined" in done.stderr, f"marimo: {done.stderr}")

    (work / "recordings.py").write_text(RECORDINGS)
    lines = run(sys.executable, "recordings.py", folder=work).splitlines()
    for line, names in zip(lines, [["W", "x", "h", "u", "y", "loss"], ["w", "x", "a", "b"]], strict=True):
        check(set(names) <= set(eval(line)), f"marimo: the names {names} are not all among {line}")


def main():
    os.environ.update({"GRAPHVIZ_GRAD": str(TOOL), "PYTHONPATH": str(PACKAGE)})
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        work = Path(name).resolve()
        check_typst(work)
        check_marimo(browser, work)
    finish("Typst and marimo")


if __name__ == "__main__":
    main()
