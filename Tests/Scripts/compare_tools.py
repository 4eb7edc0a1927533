"""Compares all that two builds of the tool write for the same programs, byte by byte.

    python3 Tests/Scripts/compare_tools.py OTHER/graphviz-grad .build/debug/graphviz-grad samples

Runs every verb, format, style, theme, notation and language with both programs, each in a folder of its own,
and names what is different: files, printed text, messages and exit codes. For changes that must not be seen.
Words after the folder choose the commands that contain one of them, such as 'frames' or 'html'.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOOLS = [Path(word).resolve() for word in sys.argv[1:3]]
SAMPLES = Path(sys.argv[3]).resolve()
CHOSEN = sys.argv[4:]

DOCUMENT = """# A lesson

``` {.grad #fig-cost caption="The cost $J$" width=70%}
a = 5; b = 3; c = 2
u = b*c
v = a + u
J = 3*v
```

Some text, $x^2$.

``` {.grad steps=true style=circuit alt="Seven squared"}
x = 7; y = x*x
```
"""
PAGE = """# A page

```grad name=first
a = 5; b = 3; c = 2
u = b*c
v = a + u
J = 3*v
```

![](one.svg)
"""
WRONG = {
    "unknown": "a = 1\nb = a*d\nc = b*eee\n",
    "domain": "a = 0\nb = log(a)\nc = 1/a\n",
    "syntax": "a = (1\nb = a +\nfor i in range(3):\n  a = a*i\nc = [1, 2]\n",
    "empty": "",
    "head": "#: --style round --theme x.json --nonsense\na = 1; b = a*2\n",
}


def commands():
    """Words of each command; IN stands for a program, files are written below the present folder."""
    programs = sorted(SAMPLES.glob("*.grad"))
    lecture = SAMPLES / "lecture.grad"
    some = [path for path in programs if path.stem in ("lecture", "logistic", "colah", "cs231n-patterns")]
    for each in ["svg", "tikz", "typ", "mermaid", "drawio", "dot", "json", "cmapx", "html", "png", "webp", "jpg",
                     "pdf", "eps"]:
        yield ["render", *programs, "-T", each, "--out-dir", f"render-{each}", "-j", "1", "--force"]
    yield ["render", *some, "--out-dir", "dark", "--dark", "--force", "-j", "1"]
    yield ["render", *some, "--out-dir", "batch", "-j", "2", "--deps", "batch.d"]
    for program in some:
        name = program.stem
        for style in ["lecture", "circuit", "record"]:
            for direction in ["right", "down"]:
                yield ["render", program, "-o", f"{name}-{style}-{direction}.svg", "--style", style,
                       "--direction", direction, "--legend", "--title", "A title", "--edge-labels", "product"]
            yield ["render", program, "-o", f"{name}-{style}.tex", "--style", style, "--edge-labels", "contribution"]
            yield ["render", program, "-o", f"{name}-{style}.html", "--style", style]
        for notation in ["dvar", "leibniz", "partial", "grad", "bar"]:
            yield ["render", program, "-o", f"{name}-{notation}.svg", "--notation", notation, "--language", "zh-TW",
                   "--legend"]
        for theme in ["light", "dark", "print", "auto"]:
            yield ["render", program, "-o", f"{name}-{theme}.svg", "--theme", theme]
        for show in ["forward", "backward"]:
            yield ["render", program, "-o", f"{name}-{show}.svg", "--show", show, "--decimals", "3"]
        yield ["render", program, "-o", f"{name}-forward-mode.svg", "--mode", "forward", "--alt-output", "-"]
        yield ["render", program, "-o", f"{name}-zh.html", "--language", "zh-TW", "--detail", "operations"]
        yield ["render", program, "-o", "-", "-T", "notebook"]
        for each in ["svg", "png", "webp", "jpg", "pdf", "eps", "typ", "gif", "pptx", "reveal", "slidev",
                     "json"]:
            yield ["frames", program, "-o", f"frames-{name}-{each}", "-T", each, "--frames", "0-4"]
        yield ["frames", program, "-o", f"{name}-frames.svg", "--animate", "1s", "--sentences", "--ghost"]
        yield ["frames", program, "-o", f"{name}-frames.pdf", "--sentences", "--style", "record"]
        yield ["frames", program, "-o", f"snippet-{name}", "-T", "pdf", "--latex-snippet"]
        for each in ["text", "markdown", "latex"]:
            yield ["explain", program, "-T", each]
            yield ["table", program, "-T", each]
        yield ["explain", program, "--language", "zh-TW", "--notation", "leibniz"]
        yield ["table", program, "-T", "csv", "--mode", "both"]
        for each in ["table", "json", "csv", "markdown"]:
            yield ["eval", program, "-T", each]
        for each in ["markdown", "latex"]:
            yield ["exercise", program, "-T", each, "-o", f"sheet-{name}-{each}.txt"]
        yield ["exercise", program, "-o", f"sheet-zh-{name}.md", "--language", "zh-TW", "--vary", "--seed", "3"]
        yield ["gradcheck", program]
        yield ["gradcheck", program, "-T", "json"]
    for each in ["table", "markdown", "json"]:
        yield ["nudge", lecture, "--by", "b=0.001", "-T", each]
    yield ["render", lecture, "-o", "nudge.svg", "--nudge", "b=0.001"]
    yield ["render", lecture, "-o", "blank.svg", "--blank", "db,v"]
    yield ["render", lecture, "-o", "focus.svg", "--focus", "b", "--background", "white"]
    yield ["render", lecture, "-o", "vary.svg", "--vary", "--seed", "2", "--set", "a=4"]
    yield ["render", lecture, "-o", "wrt.svg", "--wrt", "b,c"]
    yield ["render", lecture, "-o", "small.png", "--width", "300"]
    yield ["gallery", lecture, SAMPLES / "logistic.grad", "-o", "gallery"]
    yield ["markdown", "page.md", "--dark"]
    for each in ["html", "latex", "pptx", "docx"]:
        yield ["filter", "pandoc", each, "<document.json"]
    yield ["filter", "mdbook", "supports", "html"]
    for kind in ["make", "ninja", "github-actions", "pre-commit", "sphinx", "jupyter", "pandoc", "quarto", "docc",
                 "mdbook", "bazel"]:
        yield ["integration", kind]
    for name in WRONG:
        for verb in ["render", "eval", "explain", "frames"]:
            yield [verb, f"{name}.grad"]
        yield ["render", f"{name}.grad", "-T", "html", "--diagnostics", "json"]
    for words in [["rendr"], ["render"], ["render", "-o", "x.nonsense", lecture], ["frames", "-o", "x.docx", lecture],
                  ["render", lecture, "--theme", "missing.json"], ["render", "missing.grad"],
                  ["eval", "-e", "a=5; b=3; c=2; J = 3*(a + b*c)"], ["render", lecture, "--style", "round"],
                  ["exercise", lecture, "-o", "x.pdf"], [lecture]]:
        yield words
    for verb in ["render", "frames", "explain", "eval", "table", "exercise", "grade", "gradcheck", "nudge", "gallery",
                 "markdown", "filter", "integration", "watch", "doctor"]:
        yield ["help", verb]


def prepare(folder):
    folder.mkdir()
    (folder / "page.md").write_text(PAGE)
    for name, text in WRONG.items():
        (folder / f"{name}.grad").write_text(text)
    document = folder.parent / "document.json"
    if not document.exists():
        made = subprocess.run(["pandoc", "-f", "markdown", "-t", "json"], input=DOCUMENT, text=True,
                              capture_output=True, check=True).stdout
        document.write_text(made)
    shutil.copy(document, folder)


def run(tool, folder, words):
    """What a command prints, and every file that it writes, as digests; it begins in an empty folder."""
    prepare(folder)
    before = {path.name for path in folder.iterdir()}
    data = None
    if str(words[-1]).startswith("<"):
        data = (folder / words[-1][1:]).read_bytes()
        words = words[:-1]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "COLUMNS": "100"}
    done = subprocess.run([tool, *words], cwd=folder, capture_output=True, input=data, env=environment)
    said = re.sub(rb"in [0-9.]+ m?s\n", b"in some time\n", done.stderr)
    made = {"exit code": done.returncode, "output": done.stdout, "messages": said}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.name not in before or path.name == "page.md"):
            made[str(path.relative_to(folder))] = path.read_bytes()
    shutil.rmtree(folder)
    return made


def first_difference(left, right):
    if not isinstance(left, bytes) or not isinstance(right, bytes):
        return f"{left!r:.80} | {right!r:.80}"
    at = next((i for i, (a, b) in enumerate(zip(left, right)) if a != b), min(len(left), len(right)))
    return f"at byte {at}: {left[max(0, at - 40):at + 40]!r} | {right[max(0, at - 40):at + 40]!r}"


def compare(work, number, words):
    sides = [run(tool, work / f"{side}-{number}", words) for side, tool in enumerate(TOOLS)]
    shown = " ".join(str(word).replace(str(SAMPLES), "samples") for word in words)[:150]
    names = sorted(set(sides[0]) | set(sides[1]))
    faults = [f"{name}: {first_difference(sides[0].get(name), sides[1].get(name))}"
              for name in names if sides[0].get(name) != sides[1].get(name)]
    return shown, len(names), faults


def main():
    words = [line for line in commands()
             if not CHOSEN or any(each in " ".join(map(str, line)) for each in CHOSEN)]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        prepare(work / "first")
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda pair: compare(work, *pair), enumerate(words)))
    different = 0
    for shown, _, faults in results:
        if faults:
            different += 1
            print(f"DIFFERENT  graphviz-grad {shown}")
            for fault in faults[:5]:
                print(f"    {fault}")
            if len(faults) > 5:
                print(f"    and {len(faults) - 5} more")
    print(f"{len(results)} commands, {sum(count for _, count, _ in results)} results compared; "
          f"{different} commands differ")
    sys.exit(1 if different or not results else 0)


main()
