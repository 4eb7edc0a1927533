"""Uses what `integration` writes for build tools, as its first lines tell.

    apt-get install --no-install-recommends git make ninja-build
    pip install pre-commit pyyaml
    python3 Tests/Scripts/integrations.py .build/debug/graphviz-grad samples

make and ninja draw a figure, draw nothing twice, and draw again what depends on a theme that changed; a
commit stops at a changed figure, of a program and of a page; every other file is what its language takes, and every verb and flag
that any of them names is known to the tool.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

import yaml

from common import check, finish, run

TOOL = Path(sys.argv[1]).resolve()
SAMPLES = Path(sys.argv[2]).resolve()
MAKEFILE = "paper.pdf: lecture.pdf\n\tcp $< $@\ninclude figures.mk\n"
NINJA = """include figures.ninja
build lecture.svg: grad lecture.grad
build themed.svg: grad themed.grad
  gradflags = --trust-heads
build gates.pdf: grad lecture.grad
  gradflags = --style circuit
"""


def written(name):
    return run(TOOL, "integration", name)


def project(folder):
    """Two programs, of which one has a theme of its own."""
    folder.mkdir()
    lecture = (SAMPLES / "lecture.grad").read_text("utf-8")
    (folder / "lecture.grad").write_text(lecture, "utf-8")
    (folder / "themed.grad").write_text("#: --theme own.json\n" + lecture, "utf-8")
    (folder / "own.json").write_text(json.dumps({"base": "dark"}))
    return folder


def times(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.suffix in (".svg", ".pdf")}


def check_builds(folder, *command):
    """The second build draws nothing, the third what the theme is for."""
    run(*command, folder=folder)
    before = times(folder)
    check({"lecture.svg", "themed.svg"} <= set(before), f"{command} draws {set(before)}")
    run(*command, folder=folder)
    check(times(folder) == before, f"{command} draws what is unchanged")
    theme = folder / "own.json"
    theme.write_text(json.dumps({"base": "dark", "colors": {"forward": "#00ff7f"}}))
    later = max(before.values()) + 2_000_000_000
    os.utime(theme, ns=(later, later))
    run(*command, folder=folder)
    changed = {name for name, time in times(folder).items() if time != before[name]}
    check(changed == {"themed.svg"}, f"{command} draws {changed} for a theme that changed")
    check("#00ff7f" in (folder / "themed.svg").read_text("utf-8"), f"{command} keeps the old theme")


def check_make(folder):
    (folder / "figures.mk").write_text(written("make"))
    (folder / "Makefile").write_text(MAKEFILE)
    make = ["make", f"GRAPHVIZ_GRAD={TOOL}", "GRADFLAGS=--trust-heads"]
    run(*make, "paper.pdf", folder=folder)
    check((folder / "paper.pdf").read_bytes().startswith(b"%PDF"), "make draws no PDF")
    check_builds(folder, *make, "figures")
    (folder / "wrong.grad").write_text("v = q\n")
    run(*make, "figures", folder=folder, code=2)
    check(not (folder / "wrong.svg").exists(), "make leaves a figure of a wrong program")


def check_ninja(folder):
    rules = written("ninja")
    (folder / "figures.ninja").write_text(rules.replace("graphviz_grad = graphviz-grad", f"graphviz_grad = {TOOL}"))
    (folder / "build.ninja").write_text(NINJA)
    check_builds(folder, "ninja")
    check((folder / "gates.pdf").read_bytes().startswith(b"%PDF"), "ninja draws no PDF")


def check_commit(folder):
    """A changed program brings its figure before it is committed."""
    (folder / ".pre-commit-config.yaml").write_text(written("pre-commit").replace(
        "graphviz-grad render", f"{TOOL} render --trust-heads").replace("graphviz-grad markdown", f"{TOOL} markdown"))
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    run("git", "init", "-q", folder=folder)
    run(TOOL, "render", "--trust-heads", "lecture.grad", "themed.grad", folder=folder)
    run("git", "add", ".", folder=folder)
    run(sys.executable, "-m", "pre_commit", "run", folder=folder)
    run(*git, "commit", "-qm", "Programs and figures", folder=folder)
    program = folder / "lecture.grad"
    program.write_text(program.read_text("utf-8").replace("c = 2", "c = 4"), "utf-8")
    run("git", "add", ".", folder=folder)
    run(sys.executable, "-m", "pre_commit", "run", folder=folder, code=1)
    check("51" in (folder / "lecture.svg").read_text("utf-8"), "the figure of a commit is old")
    run("git", "add", ".", folder=folder)
    run(sys.executable, "-m", "pre_commit", "run", folder=folder)
    run(*git, "commit", "-qm", "Another number", folder=folder)
    # A new program's figure is to be in the commit too, unless figures are ignored.
    (folder / "new one.grad").write_text("x = 3\ny = x*x\n")
    run("git", "add", "new one.grad", folder=folder)
    said = run(sys.executable, "-m", "pre_commit", "run", folder=folder, code=1)
    check("new one.svg is not part of the commit" in said, f"a new figure: {said}")
    run("git", "add", "new one.svg", folder=folder)
    run(sys.executable, "-m", "pre_commit", "run", folder=folder)
    (folder / ".gitignore").write_text("ignored.svg\n")
    (folder / "ignored.grad").write_text("x = 3\ny = x*x\n")
    run("git", "add", ".gitignore", "ignored.grad", folder=folder)
    run(sys.executable, "-m", "pre_commit", "run", folder=folder)
    (folder / "ignored.grad").write_text("x = 3\ny = x*q\n")
    run("git", "add", "ignored.grad", folder=folder)
    run(sys.executable, "-m", "pre_commit", "run", folder=folder, code=1)


def check_pages(folder):
    """A page brings its figures before it is committed."""
    (folder / "docs").mkdir(parents=True)
    (folder / ".pre-commit-config.yaml").write_text(written("pre-commit").replace(
        "graphviz-grad markdown", f"{TOOL} markdown"))
    page = folder / "docs/a page.md"
    page.write_text("```grad\nx = 3\ny = x*x\n```\n")
    run("git", "init", "-q", folder=folder)
    commit = [sys.executable, "-m", "pre_commit", "run"]
    run("git", "add", ".", folder=folder)
    run(*commit, folder=folder, code=1)
    check("(figures/a-page-" in page.read_text("utf-8"), "a page has no image")
    run("git", "add", "docs/a page.md", folder=folder)
    said = run(*commit, folder=folder, code=1)
    check("docs/figures/a-page-" in said, f"a new figure of a page: {said}")
    run("git", "add", ".", folder=folder)
    run(*commit, folder=folder)
    run(TOOL, "markdown", "docs", "--check", folder=folder)


def check_languages(folder):
    """The other files are read by their languages, and name what the tool has."""
    steps = yaml.safe_load(written("github-actions"))["jobs"]["figures"]["steps"]
    check(any("--check" in step.get("run", "") for step in steps), f"github-actions: {steps}")
    (folder / "figures.sh").write_text(written("docc"))
    run("sh", "-n", "figures.sh", folder=folder)
    # Bazel's language is a part of Python.
    compile(written("bazel"), "BUILD.bazel", "exec")
    for name in re.findall(r"^([a-z-]+)  ", run(TOOL, "integration"), re.M)[1:]:
        text = re.sub(r"\$\w+|\$\(\w+\)", "graphviz-grad", written(name)) if name in ("make", "ninja") else written(name)
        for verb, rest in re.findall(r"graphviz-grad (render|watch|markdown)\b([^`\n]*)", text):
            help = run(TOOL, verb, "--help")
            for word in re.findall(r"--[\w-]+", rest):
                check(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", help), f"{name}: {verb} knows no {word}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        check_commit(project(folder / "commit"))
        check_pages(folder / "pages")
        check_make(project(folder / "make"))
        check_ninja(project(folder / "ninja"))
        check_languages(folder)
    finish("make, ninja, pre-commit and other integrations")


if __name__ == "__main__":
    main()
