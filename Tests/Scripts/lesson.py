"""Compiles every sample's lesson, evaluation table and exercise with pdflatex, reads them with pandoc.

    apt-get install --no-install-recommends lmodern texlive-latex-recommended texlive-pictures \
        latex-cjk-common latex-cjk-chinese-arphic-bsmi00lp latex-cjk-chinese-arphic-gbsn00lp \
        poppler-utils pandoc
    python3 Tests/Scripts/lesson.py .build/debug/graphviz-grad samples

LaTeX: no error, no missing character, no line wider than the page, every derivative of the sample on
it; the answers of an exercise begin a page of their own. Markdown: pandoc turns every formula into
MathML, every table into a table, and finds the figure of an exercise.
"""

import json
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import attempt

ODD = (
    "learning_rate = 1e-7; größe = 3; 值 = 4; Ж = 2; Δx = 0.5; theta_1 = 2; a_b_c = 1\n"
    "sigma_out = sqrt(theta_1 + 1) * abs(größe) + log2(值) / Ж\n"
    "w = sigma_out ** 2 * learning_rate - cbrt(Δx) + max(a_b_c, 2)\n"
    "w = square(w) + softplus(w)\n"
    "J = tanh(w) * 1e9 + pi * e\n"
)
# What is written of each sample, and a word that must be in it.
KINDS = {
    "explain": (["explain"], "step by step"),
    "explain-zh": (["explain", "--language", "zh-Hant", "--notation", "bar"], None),
    "table": (["table"], "Reverse adjoint trace"),
    "exercise": (["exercise", "--blank", "values,partials,derivatives"], "Answers"),
    "variant": (["exercise", "--vary", "--seed", "3", "--language", "zh-Hant"], None),
}


def latex_faults(path, kind, word):
    """What is wrong with a LaTeX document once TeX has read it."""
    code = attempt("pdflatex", "-interaction=nonstopmode", path.name, folder=path.parent).returncode
    log = path.with_suffix(".log").read_text(encoding="latin-1")
    faults = re.findall(r"^(?:!.*|Overfull.*|Missing character.*)", log, re.M)
    if code and not faults:
        faults.append(f"pdflatex ended with {code}")
    if faults:
        return faults[:5]
    text = attempt("pdftotext", "-layout", str(path.with_suffix(".pdf")), "-").stdout
    if word and word not in text:
        faults.append(f"'{word}' is not on it")
    if kind == "exercise":
        pages = [page for page in text.split("\f") if page.strip()]
        first = next((page for page in pages if "Answers" in page), "")
        if not first.strip().startswith("Answers"):
            faults.append("the answers begin in the middle of a page")
    return faults


def markdown_faults(path, kind):
    """What pandoc makes of a Markdown document that is not as meant."""
    read = attempt("pandoc", "--mathml", "-t", "html", path.name, folder=path.parent)
    html = read.stdout
    faults = [read.stderr.strip()] if read.returncode or read.stderr.strip() else []
    if "<math" not in html:
        faults.append("no mathematics")
    if re.search(r'class="math|\$', re.sub(r"<annotation.*?</annotation>", "", html, flags=re.S)):
        faults.append("a formula is left as TeX")
    if kind == "table" and html.count("<table") != 1:
        faults.append("no table")
    for picture in re.findall(r'<img src="([^"]*)"', html):
        if not (path.parent / picture).is_file():
            faults.append(f"the picture {picture} is not there")
    if kind == "exercise" and "<img" not in html:
        faults.append("no picture")
    return faults


def check(tool, program, kind, folder):
    """The faults of one kind of lesson of one program, in LaTeX and in Markdown."""
    arguments, word = KINDS[kind]
    stem = f"{program.stem}-{kind}"
    faults = []
    for extension in ["tex", "md"]:
        path = folder / f"{stem}.{extension}"
        done = attempt(tool, *arguments, program, "-o", path)
        if done.returncode:
            faults.append(f"exit code {done.returncode}: {done.stderr.strip()}")
        elif extension == "tex":
            faults += latex_faults(path, kind, word)
        else:
            faults += markdown_faults(path, kind)
    return [f"{stem}: {fault}" for fault in faults]


def chains(tool, program):
    """The derivatives of a program that its lesson does not end a chain with."""
    trace = attempt(tool, "eval", str(program), "--format", "json", "--detail", "statements").stdout
    lesson = attempt(
        tool, "explain", program, "--precision", "12", "--notation", "dvar", "--detail", "statements",
        "--decimals", "6").stdout
    ends = re.findall(r"(\S+)$", lesson, re.M)
    missing = []
    for node in json.loads(trace)["nodes"]:
        if node["derivative"] is None:  # A constant exponent.
            continue
        number = f"{node['derivative']:.6f}".replace("-", "−")
        if node["kind"] != "constant" and number not in ends and float(node["derivative"]) != 1:
            missing.append(f"{program.stem}: {number}, the derivative by {node['id']}, ends no line")
    return missing


def main():
    tool = str(Path(sys.argv[1]).resolve())
    programs = sorted(Path(sys.argv[2]).resolve().glob("*.grad"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        odd = folder / "odd.grad"
        odd.write_text(ODD, encoding="utf-8")
        jobs = [(program, kind) for program in programs + [odd] for kind in KINDS]
        with ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda job: check(tool, *job, folder), jobs)
            faults = [fault for result in results for fault in result]
        for program in programs:
            faults += chains(tool, program)
    print(f"{len(jobs)} lessons, tables and exercises in LaTeX and Markdown: {len(faults)} faults")
    print("\n".join(faults))
    return 1 if faults or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
