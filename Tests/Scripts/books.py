"""Builds books of Jupyter Book 1 and of mystmd, which is Jupyter Book 2, as the article about them says.

    apt-get install --no-install-recommends chromium inkscape nodejs texlive-latex-base
    pip install mystmd playwright pypdf
    python3 -m venv BOOK && BOOK/bin/pip install 'jupyter-book<2'
    python3 Tests/Scripts/books.py .build/debug/graphviz-grad BOOK

The page of the article has a figure with its number, its caption and its name in both, and what its head says;
a mistake is told at its line and ends the build. mystmd makes its tree, a copy in Markdown, and LaTeX by a template
of this script: those for sites come from an address of its own.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

from pypdf import PdfReader

from common import article, attempt, check, chromium, finish, run

TOOL = Path(sys.argv[1]).resolve()
BOOK = Path(sys.argv[2]).resolve()
PACKAGE = Path(__file__).resolve().parents[2] / "Sources/Python"
BLOCKS = article("JupyterBook")
PAGE = next(text for language, text in BLOCKS if language == "md")
YAML = [text for language, text in BLOCKS if language == "yaml"]
SHELL = [text for language, text in BLOCKS if language == "sh"]
HEAD = "\n```{grad}\n#: --caption 'From the head' --name fig-head --width 40%\nx = 3\ny = x*x\n```\n"
PLAIN = "\n```{grad}\n:style: circuit\n:legend:\n:echo:\n\nx = 3\ny = x*x\n```\n"
TEMPLATE = r"""\documentclass{article}
\usepackage{hyperref,listings}
[-IMPORTS-]
\begin{document}
[-CONTENT-]
\end{document}
"""


def project(folder, files):
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def check_first(browser, work):
    toc = "format: jb-book\nroot: index\n"
    for name, configuration, path in [("package", YAML[0], str(PACKAGE)), ("alone", YAML[1], "")]:
        folder = project(work / name, {"_config.yml": configuration, "_toc.yml": toc, "index.md": f"# Notes\n\n{PAGE}{HEAD}"})
        if name == "alone":
            run("sh", "-e", "-c", SHELL[0], folder=folder)
        build = [BOOK / "bin/jupyter-book", "build", "-W", "-n", "--keep-going", "."]
        run(*build, folder=folder, env={"PYTHONPATH": path})
        tab = browser.new_page()
        tab.goto((folder / "_build/html/index.html").as_uri())
        figures = tab.evaluate("""() => [...document.querySelectorAll('figure')].map(figure => [figure.id,
            figure.innerText.replace(/\\s+/g, ' '), figure.querySelector('svg').getBoundingClientRect().width > 100])""")
        words = tab.inner_text("article")
        tab.close()
        check(len(figures) == 2 and all(is_wide for _, _, is_wide in figures), f"{name}: {figures}")
        check("Fig. 1" in figures[0][1] and figures[1][0] == "fig-head" and "From the head" in figures[1][1], f"{name}: {figures}")
        check("Fig. 1 shows every derivative" in words, f"{name}: {words}")
    (folder / "index.md").write_text(f"# Notes\n\n{PAGE.replace('b*c', 'b*q')}")
    done = attempt(*build, folder=folder, env={"PYTHONPATH": ""})
    check(done.returncode and "index.md:11: WARNING: 'q' is not defined" in done.stderr + done.stdout, f"{done}")


def nodes(tree, kind):
    """Every node of a kind below one."""
    found = [tree] if tree.get("type") == kind else []
    for child in tree.get("children", []):
        found += nodes(child, kind)
    return found


def check_second(work):
    exports = "---\nexports:\n  - format: tex\n    template: ./plain\n    output: out/paper.tex\n---\n"
    folder = project(work / "second", {"myst.yml": YAML[2] + "site:\n  template: book-theme\n", "index.md": f"{exports}# Notes\n\n{PAGE}{PLAIN}{HEAD}"})
    project(folder / "plain", {"template.yml": "jtex: v1\ntitle: Plain\nfiles: [template.tex]\n", "template.tex": TEMPLATE})
    run("sh", "-e", "-c", SHELL[1], folder=folder)
    said = attempt("myst", "build", "--site", folder=folder)
    check("graphviz-grad (graphviz-grad-myst) loaded: 1 directive" in said.stdout + said.stderr, f"mystmd: {said}")
    tree = json.loads((folder / "_build/site/content/index.json").read_text())["mdast"]
    containers, images = nodes(tree, "container"), nodes(tree, "image")
    check([one.get("label") for one in containers] == ["fig-cost", "fig-head"] and len(images) == 3, f"mystmd: {tree}")
    check([one["enumerator"] for one in containers] == ["1", "2"], f"mystmd: {containers}")
    check([one.get("width") for one in images] == ["60%", None, "40%"], f"mystmd: {images}")
    check(nodes(containers[0], "inlineMath") and nodes(containers[0], "emphasis"), f"mystmd: {containers[0]}")
    check(nodes(tree, "crossReference")[0]["enumerator"] == "1", "mystmd: a reference")
    check([one["value"] for one in nodes(tree, "code")] == ["x = 3\ny = x*x"], f"mystmd: {nodes(tree, 'code')}")
    for image in images:
        svg = (folder / "_build/site/public" / image["url"].strip("/")).read_text("utf-8")
        check("</svg>" in svg and image["alt"].startswith("Computation graph of") and "Backward" in image["alt"], f"mystmd: {image}")
    run("myst", "build", "--tex", folder=folder)
    for _ in range(2):
        run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex", folder=folder / "out")
    paper = PdfReader(folder / "out/paper.pdf")
    text = "".join(page.extract_text() for page in paper.pages)
    check("Figure 1 shows" in text and "33" in text and "From the head" in text, f"mystmd: {text}")
    (folder / "index.md").write_text(f"# Notes\n\n{PAGE.replace('b*c', 'b*q')}")
    said = attempt("myst", "build", "--site", "--strict", folder=folder)
    words = said.stdout + said.stderr
    check(said.returncode == 1 and "stopping build" in words and re.search(r"index\.md:11:16: error: 'q' is not defined", words), f"mystmd ends with {said.returncode}: {words}")
    # Without the command every figure says what is missing.
    paths = os.environ["PATH"].split(":")
    without = ":".join(path for path in paths if not Path(path, "graphviz-grad").exists())
    said = attempt("myst", "build", "--site", "--strict", folder=folder, env={"PATH": without})
    words = said.stdout + said.stderr
    check("the command 'graphviz-grad' is not found; install" in words and "index.md" in words, f"mystmd: {words}")
    # A plug-in is asked for nothing that it does not offer.
    said = attempt(folder / "graphviz-grad-myst", "--role", "grad", folder=folder, data="{}")
    check(said.returncode == 64 and "role grad" in said.stderr, f"mystmd: {said}")


def main():
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        work = Path(name).resolve()
        (work / "bin").mkdir()
        (work / "bin/graphviz-grad").symlink_to(TOOL)
        os.environ["PATH"] = f"{work / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        check_first(browser, work)
        check_second(work)
    finish("Jupyter Book 1 and mystmd")


if __name__ == "__main__":
    main()
