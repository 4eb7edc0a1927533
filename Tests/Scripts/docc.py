"""Draws and checks the figures of DocC catalogs, and converts the catalogs with warnings as errors.

    Swift 6 with docc, and the headers of Graphviz: apt-get install libgraphviz-dev graphviz pkg-config
    python3 Tests/Scripts/docc.py samples

This package: `render-figures --check` finds every figure up to date, and `docc convert` finds no fault;
every article is a page, and every picture of an article is there for light and for dark pages, with
words for who cannot see it.

A package made for the purpose, which depends on this one: the command does nothing without a catalog,
finds what is missing, draws pairs whose ids differ all over the catalog, sees changed and broken
programs, and its pages show what was drawn.
"""

import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from common import check, finish

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ["swift", "package", "--allow-writing-to-package-directory"]
MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
  name: "Course",
  dependencies: [.package(name: "graphviz-grad", path: "%s")],
  targets: [.target(name: "Course"), .target(name: "Other")])
"""


def swift(*command, folder):
    """The exit code and all that a command says."""
    for _ in range(3):
        done = subprocess.run(
            command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        # SwiftPM's own process can fall over when a plugin ends; the plugin's answer is then lost.
        if done.returncode != -signal.SIGSEGV:
            break
        print("      swift package crashed; once more", flush=True)
    return done.returncode, done.stdout


def figures(folder, *arguments):
    return swift(*COMMAND, "render-figures", *arguments, folder=folder)


def convert(package, catalog, module, work):
    """Converts a catalog as its own article says; the folder of pages."""
    code, said = swift(
        "swift", "package", "dump-symbol-graph", "--minimum-access-level", "public", folder=package)
    graphs = next(package.glob(".build/*/symbolgraph"), None)
    check(graphs is not None, f"{module}: symbol graphs: {said[-2000:]}")
    chosen = work / f"{module}-graphs"
    chosen.mkdir()
    for graph in graphs.glob("*.symbols.json"):
        if "Tests" not in graph.name and "TestSupport" not in graph.name:
            shutil.copy(graph, chosen)
    pages = work / f"{module}-pages"
    docc = shutil.which("docc") or str(Path(shutil.which("swift")).resolve().parent / "docc")
    code, said = swift(
        docc, "convert", str(catalog), "--output-path", str(pages),
        "--additional-symbol-graph-dir", str(chosen), "--fallback-display-name", module,
        "--fallback-bundle-identifier", module, "--warnings-as-errors",
        "--transform-for-static-hosting", folder=package)
    check(code == 0, f"{module}: docc convert finds no fault: {said[-4000:]}")
    return pages


def check_pages(catalog, pages, module):
    """Every article is a page, and shows its pictures to all readers."""
    data = pages / "data/documentation" / module.lower()
    for article in sorted(catalog.rglob("*.md")):
        is_root = article.stem == module
        page = data.with_suffix(".json") if is_root else data / f"{article.stem.lower()}.json"
        check(page.exists(), f"{module}: {article.stem} is a page (else name it under Topics)")
        references = json.loads(page.read_text())["references"]
        # Images in blocks of code are not shown.
        text = re.sub(r"^(`{3,})[^`\n]*\n.*?^\1$", "", article.read_text(), flags=re.M | re.S)
        for name in re.findall(r"^!\[[^\]]*\]\(([^)]+)\)", text, re.M):
            picture = references.get(name, {})
            traits = {trait for each in picture.get("variants", []) for trait in each["traits"]}
            files = [pages / each["url"].lstrip("/") for each in picture.get("variants", [])]
            good = (
                {"light", "dark"} <= traits and all(file.exists() for file in files)
                and len(picture.get("alt", "")) > 20)
            check(good, f"{module}: {article.stem} shows {name} on light and dark pages, with words: {picture}")


def check_ids(catalog):
    used = [
        id for file in sorted(catalog.rglob("*.svg"))
        for id in re.findall(r'\bid="([^"]+)"', file.read_text())
    ]
    check(len(used) == len(set(used)) > 0, f"{len(used)} ids of a catalog, all different")


def check_this_package(work):
    code, said = figures(ROOT, "--check")
    check(code == 0 and "up to date" in said, f"this package: figures are up to date: {said[-2000:]}")
    catalog = ROOT / "Sources/GraphvizGrad/Documentation.docc"
    check_pages(catalog, convert(ROOT, catalog, "GraphvizGrad", work), "GraphvizGrad")


def check_other_package(work, samples):
    package = work / "Course"
    for target in ["Course", "Other"]:
        (package / "Sources" / target).mkdir(parents=True)
        (package / f"Sources/{target}/{target}.swift").write_text(
            f"/// A thing of {target}.\npublic struct {target}Thing {{}}\n")
    (package / "Package.swift").write_text(MANIFEST % ROOT)
    code, said = figures(package)
    check(code == 0 and "no DocC catalog in" in said, f"another package: nothing to draw, and it says so: {said[-3000:]}")
    catalog = package / "Sources/Course/Course.docc"
    (catalog / "Figures").mkdir(parents=True)
    code, said = figures(package)
    check(code == 0 and "no program" in said, "a catalog without programs is no mistake")
    names = ["lecture", "colah", "karpathy-neuron"]
    for name in names:
        shutil.copy(samples / f"{name}.grad", catalog / "Figures")
    # Two names that are one id but for care, and one that begins with no letter.
    shutil.copy(samples / "lecture.grad", catalog / "karpathy_neuron.grad")
    shutil.copy(samples / "lecture.grad", catalog / "2-lectures.grad")
    names += ["karpathy_neuron", "2-lectures"]
    shown = "\n\n".join(f"![The computation graph called {name}.]({name}.svg)" for name in names)
    (catalog / "Course.md").write_text(f"# ``Course``\n\nA course.\n\n## Overview\n\n{shown}\n")
    code, said = figures(package, "--check")
    check(code == 1 and said.count(": missing") == 10, "--check names ten missing figures and fails")
    check(not list(catalog.rglob("*.svg")), "--check writes nothing")
    code, said = figures(package, "--target", "Other")
    check(code == 0 and not list(catalog.rglob("*.svg")), "--target looks at one target alone")
    code, said = figures(package, "--target", "Nobody")
    check(code == 1 and "known: " in said, "--target knows its targets")
    code, said = figures(package)
    drawn = sorted(file.name for file in catalog.rglob("*.svg"))
    expected = sorted(f"{name}{dark}.svg" for name in names for dark in ["", "~dark"])
    check(code == 0 and drawn == expected, "figures are drawn beside their programs")
    check_ids(catalog)
    texts = {file: file.read_bytes() for file in catalog.rglob("*.svg")}
    code, said = figures(package, "--check")
    check(code == 0 and "10 figures are up to date" in said, "drawn figures are up to date")
    check_pages(catalog, convert(package, catalog, "Course", work), "Course")
    code, said = figures(package, "--check", "--", "--style", "record")
    check(code == 1 and said.count(": out of date") == 10, "options are given to render")
    program = catalog / "Figures/lecture.grad"
    text = program.read_text()
    program.write_text(text.replace("a = 5", "a = 4"))
    code, said = figures(package, "--check")
    check(
        code == 1 and "Figures/lecture.svg: out of date" in said
        and said.count(": out of date") == 2, "--check sees a changed program")
    program.write_text("a = 5\nJ = a * q\n")
    code, said = figures(package)
    check(code == 1 and re.search(r"lecture\.grad:2:9: error: 'q'", said), "a mistake has its place")
    check(
        all(file.read_bytes() == old for file, old in texts.items()),
        "a mistake leaves figures as they were")


def main():
    samples = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        check_this_package(Path(folder))
        check_other_package(Path(folder), samples)
    finish("DocC shows every figure")


main()
