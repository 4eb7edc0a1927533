"""Compiles the TikZ of every sample with pdflatex, by itself and in Beamer, and checks the pages.

    apt-get install --no-install-recommends lmodern texlive-latex-recommended texlive-latex-extra \
        texlive-pictures latex-cjk-common latex-cjk-chinese-arphic-bsmi00lp \
        latex-cjk-chinese-arphic-gbsn00lp poppler-utils
    python3 Tests/Scripts/tikz.py .build/debug/graphviz-grad samples

By itself: one page of the figure's size, every number of the figure on it, no text across the border
of a box. In Beamer: one slide a step, pages of one size, nothing that moves or goes away, no value or
derivative before its step. Nowhere a missing character, an overfull line or an error.
"""

import collections
import json
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import attempt

STYLES = {
    "lecture": [],
    "circuit": ["--style", "circuit"],
    "record": ["--style", "record", "--theme", "dark"],
    "print": ["--theme", "print", "--notation", "leibniz", "--edge-labels", "product"],
    "down": ["--direction", "down", "--notation", "partial", "--legend"],
}
# Names and titles that TeX must not stumble over.
ODD = {
    "names": (
        "learning_rate = 1e-7; größe = 3; 值 = 4; 权 = 1.5; 権 = 1; Ж = 2; Δx = 0.5; theta_1 = 2\n"
        "sigma_out = sqrt(theta_1 + 1) * abs(größe) + log2(值) / Ж\n"
        "w = sigma_out ** 2 * learning_rate - cbrt(Δx) + max(权, 権)\n"
        "w = square(w) + softplus(w)\n"
        "J = tanh(w) * 1e9 + pi * e",
        ["--title", "50% of _x^2 & {y}~ #1 $5 <T> \\end{document} “q” -- 損失 Ω"],
    ),
    "one": ("J = 3", []),
}


def compile(path):
    """What TeX says against a document; nothing if all is well."""
    code = attempt("pdflatex", "-interaction=nonstopmode", path.name, folder=path.parent).returncode
    log = path.with_suffix(".log").read_text(encoding="latin-1")
    found = re.findall(r"^(?:!.*|Overfull.*|Missing character.*|LaTeX Font Warning.*)", log, re.M)
    return found[:5] or ([f"pdflatex ended with {code}"] if code else [])


def pages(path):
    """The words of each page with their places, and the size of each page."""
    text = attempt("pdftotext", "-bbox", str(path.with_suffix(".pdf")), "-").stdout
    result = []
    for size, body in re.findall(r"<page ([^>]*)>(.*?)</page>", text, re.S):
        words = re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', body)
        result.append((
            [float(number) for number in re.findall(r'"(.*?)"', size)],
            [(word, *map(float, box)) for *box, word in words],
        ))
    return result


def numbers(text):
    """The numbers of a text without signs; powers of ten in pieces."""
    text = re.sub(r"\b1e(?=[−\d])", "10 ", text).replace("e−", " 10 ").replace("−", " ")
    return collections.Counter(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d)e(?=\d)", " 10 ", text)))


def shown(figure):
    """Every value in a box and every text at an edge, with the step in which it appears."""
    step_of = {node.get("id"): node["step"] for node in figure["nodes"]}
    for node in figure["nodes"]:
        for row in node["rows"]:
            if row["kind"] == "value":
                yield node["step"], row["text"]
    for edge in figure["edges"]:
        for label in edge["labels"]:
            if label["kind"] != "value":
                yield edge["step"], label["text"]
            else:
                yield step_of.get(edge.get("from"), max(step_of.values())), label["text"]


def check_page(name, figure, size, words):
    width, height = figure["size"]
    if abs(size[0] - width) > 0.1 or abs(size[1] - height) > 0.1:
        yield f"{name}: page of {size}, figure of {width} x {height}"
    texts = [row["text"] for node in figure["nodes"] for row in node["rows"]
             if row["kind"] != "title" and row["kind"] != "gate"]
    texts += [label["text"] for edge in figure["edges"] for label in edge["labels"]]
    plain = [text.replace("/d", " ").split(" = ", 1)[-1] for text in texts]
    # Scripts may run into the word before them, so that digits alone are compared then.
    found = numbers(" ".join(word[0] for word in words))
    for number, count in numbers(" ".join(plain)).items():
        if found[number] < count:
            yield f"{name}: {number} is there {found[number]} times, not {count}"
    for node in figure["nodes"]:
        left, top, across, down = node["box"]
        right = left + across
        for word, x1, y1, x2, y2 in words:
            if top < (y1 + y2) / 2 < top + down and (x1 < left < x2 or x1 < right < x2):
                yield f"{name}: {word!r} crosses the border of {node.get('id', 'a gate')}"


def check_slides(name, figure, slides):
    steps = [node["step"] for node in figure["nodes"]]
    last = max([max(steps) + 1] + [edge["step"] for edge in figure["edges"]])
    if len(slides) != last + 1:
        yield f"{name}: {len(slides)} slides, not {last + 1}"
        return
    if len({tuple(size) for size, _ in slides}) != 1:
        yield f"{name}: slides of different sizes"
    # Letters rather than words: what appears may join a word that was there.
    places = [
        {(letter, round((y1 + y2) / 2)) for word, x1, y1, x2, y2 in words for letter in word}
        for _, words in slides]
    for index in range(last):
        gone = places[index] - places[index + 1]
        if any(not any((letter, y + near) in places[index + 1] for near in (-1, 1))
               for letter, y in gone):
            yield f"{name}: something moved or went away on slide {index + 2}"
    counts = [sum(numbers(" ".join(word[0] for word in words)).values()) for _, words in slides]
    if counts != sorted(counts):
        yield f"{name}: numbers went away"
    if last > 0 and counts[0] >= counts[-1] and figure["edges"]:
        yield f"{name}: nothing builds up"
    words = [" ".join(word[0] for word in page) for _, page in slides]
    texts = list(shown(figure))
    rows = [(row["kind"], row["text"]) for node in figure["nodes"] for row in node["rows"]]
    for step, text in texts:
        (number, *_), final = numbers(text) or [None], numbers(words[-1])
        if number is None:
            continue
        if final[number] == 0:
            yield f"{name}: {number} is on no slide"
        # A number that stands nowhere else must not be there before its step.
        others = [other for when, other in texts if when < step]
        others += [other for kind, other in rows
                   if kind in ("title", "gate") or kind == "derivative" and step > max(steps)]
        if step > 0 and len(number) > 3 and not any(number in other for other in others):
            if numbers(words[step - 1])[number]:
                yield f"{name}: {text} is there before step {step}"


def check(tool, folder, name, source, options):
    def made(form, ending):
        path = folder / f"{name}.{ending}"
        done = attempt(tool, "render", source, "-T", form, "-o", path, *options)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr.strip()}")
        return path

    path, figure = made("tikz", "tex"), json.loads(made("json", "json").read_text())
    faults = [f"{name}: {message}" for message in compile(path)]
    if not faults:
        (size, words), *more = pages(path)
        faults += [f"{name}: more than one page"] if more else []
        faults += check_page(name, figure, size, words)
    beamer = folder / f"{name}-slides.tex"
    width, height = figure["size"]
    size = "{\\linewidth}{!}" if width > 1.6 * height else "{!}{0.7\\textheight}"
    beamer.write_text(
        "\\documentclass{beamer}\n\\setbeamertemplate{navigation symbols}{}\n"
        "\\usepackage[T1]{fontenc}\n"
        "\\usepackage{standalone,lmodern,tikz,amsmath,amssymb,CJKutf8}\n\\begin{document}\n"
        "\\begin{frame}\\resizebox" + size + "{\\input{" + name + "}}\\end{frame}\n"
        "\\end{document}\n")
    messages = compile(beamer)
    faults += [f"{name}, slides: {message}" for message in messages]
    if not messages:
        faults += check_slides(f"{name}, slides", figure, pages(beamer))
    return faults


def main(tool, samples):
    tool = str(Path(tool).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        jobs = []
        for index, path in enumerate(sorted(Path(samples).glob("*.grad"))):
            for style in ("lecture", list(STYLES)[1 + index % (len(STYLES) - 1)]):
                jobs.append((f"{path.stem}-{style}", path, STYLES[style]))
        for name, (text, options) in ODD.items():
            path = folder / f"{name}.grad"
            path.write_text(text + "\n")
            jobs.append((f"odd-{name}", path, options))
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda job: check(tool, folder, *job), jobs))
    faults = [fault for result in results for fault in result]
    print("\n".join(faults) or f"{len(jobs)} figures, by themselves and as slides")
    return 1 if faults or len(jobs) == len(ODD) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
