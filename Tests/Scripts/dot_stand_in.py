"""Lets programs that call dot call graphviz-grad instead: Sphinx, pandoc, doxygen, Python's graphviz.

    apt-get install --no-install-recommends doxygen graphviz pandoc poppler-utils \
        texlive-latex-recommended texlive-latex-extra
    pip install graphviz pillow pypandoc-binary sphinx
    python3 Tests/Scripts/dot_stand_in.py .build/debug/graphviz-grad samples

Every one of them must show the figure of a program with its numbers, and draw plain graphs as with dot.
Plain graphs are compared with dot byte by byte, in many formats and by all engines.
"""

import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import graphviz
import pypandoc
from PIL import Image

from common import attempt, check, finish

DOT = shutil.which("dot")
GRAPHS = {
    "plain": 'digraph { rankdir=LR; a -> b [label="é < 3"]; b -> c; a -> c; c -> c }\n',
    "undirected": "// a comment\nstrict graph g { a -- b -- c -- a; subgraph cluster_x { d } }\n",
    "table": "digraph { n [shape=plain, label=<<table><tr><td port='p'>x<sub>1</sub></td></tr></table>>,"
    " tooltip=T, URL=\"http://example.org\"]; n:p -> m }\n",
    "several": "digraph a { x }\ngraph b { y -- z }\n",
    "latin": "graph { charset=latin1; a [label=\"\u00e9\"] }\n",
    "broken": "digraph { a -> \n",
}
# What a filter for diagrams does: the program that DOT_BIN names makes a picture of each block.
FILTER = """
local formats = {html = 'svg', latex = 'pdf', docx = 'png'}
function CodeBlock(block)
  if not block.classes:includes('dot') then return nil end
  local format = formats[FORMAT:match('%a+')] or 'svg'
  local picture = pandoc.pipe(os.getenv('DOT_BIN') or 'dot', {'-T' .. format}, block.text)
  local name = pandoc.sha1(picture) .. '.' .. format
  pandoc.mediabag.insert(name, nil, picture)
  return pandoc.Para{pandoc.Image({}, name)}
end
"""


def run(*words, **options):
    options["env"] = {"SOURCE_DATE_EPOCH": "0", **options.get("env", {})}
    return attempt(*words, text=False, **options)


def figure_in(text):
    """Whether an SVG is the figure of the lecture, with its derivatives."""
    return 'data-derivative="9"' in text and ">Computation graph of J</title>" in text


def without_ids(svg):
    return svg[svg.index("\n"):]


def check_plain(dot, work):
    formats = ["svg", "png", "ps", "eps", "dot", "canon", "xdot", "xdot_json", "json0", "plain",
               "plain-ext", "cmapx", "imap", "fig", "svg:cairo", "nonsense"]
    for name, text in GRAPHS.items():
        path = work / f"{name}.gv"
        path.write_bytes(text.encode("latin-1" if name == "latin" else "utf-8"))
        differ = []
        for arguments in [["-T" + each] for each in formats] + [
            ["-Tsvg", "-K" + each]
            for each in ["dot", "neato", "fdp", "sfdp", "twopi", "circo", "osage", "patchwork", "none"]
        ] + [["-Tplain", "-Gdpi=50", "-Nshape=box", "-Earrowhead=dot", "-q", "-y", "-s36"], ["-v"]]:
            for how in [{"data": path.read_bytes()}, {}]:
                words = arguments if how else arguments + [path.name]
                ours, theirs = (run(each, *words, folder=work, **how) for each in (dot, DOT))
                same = ours.stdout == theirs.stdout and ours.returncode == theirs.returncode
                # What -v tells is of memory and time.
                if not same or arguments != ["-v"] and ours.stderr != theirs.stderr:
                    differ.append(" ".join(words))
        check(not differ, f"{name}: as dot has it {'; '.join(differ)}")
    for words in (["-O", "-Tsvg", "-Tpng:cairo", "plain.gv", "several.gv"],
                  ["-Tsvg", "-oa.svg", "-Tcmapx", "-oa.map", "several.gv", "plain.gv"]):
        results = []
        for program in (dot, DOT):
            folder = Path(tempfile.mkdtemp(dir=work))
            for name in ("plain", "several"):
                shutil.copy(work / f"{name}.gv", folder)
            done = run(program, *words, folder=folder)
            files = {file.name: file.read_bytes() for file in folder.iterdir()}
            results.append((done.returncode, done.stdout, done.stderr, files))
        check(results[0] == results[1], f"files of {' '.join(words)}: as dot writes them")


def check_sphinx(dot, lecture, work):
    def build(name, builder, settings):
        source, out = work / name, work / f"{name}-out"
        (source / "part").mkdir(parents=True)
        shutil.copy(lecture, source / "part")
        (source / "conf.py").write_text(
            f"extensions = ['sphinx.ext.graphviz']\ngraphviz_dot = {str(dot)!r}\n"
            f"latex_elements = {{'fontpkg': ''}}\n{settings}\n")
        (source / "index.rst").write_text(
            "Course\n======\n\n.. graphviz:: part/lecture.grad\n   :alt: The lecture.\n"
            "   :caption: The lecture\n\n.. digraph:: plain\n\n   first -> second\n\n"
            ".. graphviz::\n\n   a = 5; b = 3; c = 2; u = b * c; v = a + u\n   J = 3 * v\n")
        done = run(sys.executable, "-m", "sphinx", "-W", "--keep-going", "-b", builder, source, out)
        check(done.returncode == 0, f"Sphinx, {name}: builds without a warning")
        print(done.stderr.decode()[-1500:], end="")
        return out

    out = build("svg", "html", "graphviz_output_format = 'svg'")
    page = (out / "index.html").read_text()
    shown = [(out / path).read_text() for path in re.findall(r'data="([^"]+\.svg)"', page)]
    check(
        len(shown) == 3 and figure_in(shown[0]) and figure_in(shown[2]) and "first" in shown[1],
        "Sphinx, svg: the page shows both figures and the plain graph")
    out = build("png", "html", "graphviz_dot_args = ['-Gdpi=192']")
    page = (out / "index.html").read_text()
    image = re.search(r'<img src="([^"]+)" alt="The lecture." usemap="#([^"]+)"', page)
    check(bool(image) and f'<map id="{image[2]}"' in page, "Sphinx, png: the picture has its map")
    areas = re.findall(r'<area [^>]*title="([^"]*)"[^>]*coords="([\d,]+)"', page)
    picture = Image.open(out / image[1]).convert("RGB")
    check(
        any(words.startswith("c = 2") and "9" in words for words, _ in areas),
        "Sphinx, png: areas say values and derivatives")
    inside = 0
    for _, coordinates in areas[:6]:
        left, top, right, bottom = map(int, coordinates.split(","))
        # The middle of each side is a pixel of the box's line, which is darker than paper and box.
        def dark(x, y):
            near = [picture.getpixel((x + dx, y + dy)) for dx in range(-2, 3) for dy in range(-2, 3)]
            return min(sum(pixel) for pixel in near) < 500
        inside += (dark(left, (top + bottom) // 2) and dark(right, (top + bottom) // 2)
                   and dark((left + right) // 2, top) and dark((left + right) // 2, bottom))
    check(inside == 6, f"Sphinx, png: {inside} of 6 areas lie on the boxes of the picture")
    out = build("latex", "latex", "")
    tex = next(out.glob("*.tex"))
    for _ in range(2):
        done = run("pdflatex", "-interaction=nonstopmode", tex.name, folder=out)
    text = run("pdftotext", "-layout", tex.with_suffix(".pdf"), "-").stdout.decode()
    check(
        done.returncode == 0 and text.count("dc = 9") == 2 and "second" in text,
        "Sphinx, latex: the PDF has the numbers of both figures and the plain graph")


def check_pandoc(pandoc, name, dot, work):
    folder = work / name
    folder.mkdir()
    (folder / "draw.lua").write_text(FILTER)
    (folder / "lesson.md").write_text(
        "# Lesson\n\n``` dot\na = 5; b = 3; c = 2; u = b * c; v = a + u\nJ = 3 * v\n```\n\n"
        "``` dot\ndigraph { first -> second }\n```\n")
    env = {"DOT_BIN": str(dot)}
    version = run(pandoc, "--version").stdout.decode().split("\n")[0]
    for out in ["lesson.html", "lesson.tex", "lesson.docx"]:
        media = folder / out.split(".")[1]
        done = run(
            pandoc, "lesson.md", "--lua-filter", "draw.lua", "--extract-media", media.name, "-o", out,
            folder=folder, env=env)
        print(done.stderr.decode(), end="")
        if out == "lesson.docx":
            names = zipfile.ZipFile(folder / out).namelist() if done.returncode == 0 else []
            good = sum(name.endswith(".png") for name in names) == 2
        elif out == "lesson.tex":
            texts = [run("pdftotext", "-layout", file, "-").stdout.decode() for file in media.glob("*.pdf")]
            good = len(texts) == 2 and "dc = 9" in "".join(texts) and "first" in "".join(texts)
        else:
            texts = [file.read_text() for file in media.glob("*.svg")]
            page = (folder / out).read_text()
            good = len(texts) == 2 == page.count("<img") and any(map(figure_in, texts))
        check(done.returncode == 0 and good, f"{version}: {out} shows both pictures")
    (folder / "wrong.md").write_text("``` dot\na = 5\nJ = a * q\n```\n")
    done = run(pandoc, "wrong.md", "--lua-filter", "draw.lua", "-o", "wrong.html", folder=folder, env=env)
    check(
        done.returncode != 0 and not (folder / "wrong.html").exists()
        and b"'q' is not defined" in done.stderr + done.stdout, f"{version}: stops at a mistake")


def check_python(dot, lecture, work):
    graphviz.backend.dot_command.DOT_BINARY = dot
    check(len(graphviz.version()) >= 2, "Python: graphviz reads our version")
    text = lecture.read_text()
    svg = graphviz.Source(text).pipe(format="svg", encoding="utf-8")
    check(figure_in(svg), "Python: Source.pipe gives the figure")
    done = graphviz.Source(text, filename="x.grad", directory=work).render(format="png")
    check(done.endswith("x.grad.png") and Image.open(done).size[0] > 300, "Python: Source.render writes")
    shown = graphviz.render("neato", "pdf", work / "x.grad", renderer="cairo")
    check(Path(shown).read_bytes().startswith(b"%PDF"), f"Python: render gives {Path(shown).name}")
    graph = graphviz.Digraph()
    graph.edge("first", "second")
    ours = graph.pipe(format="svg")
    graphviz.backend.dot_command.DOT_BINARY = DOT
    check(ours == graph.pipe(format="svg"), "Python: a Digraph is as dot has it")
    graphviz.backend.dot_command.DOT_BINARY = dot
    try:
        graphviz.Source("a = 5\nJ = a * q").pipe(format="svg")
        check(False, "Python: a mistake is an exception")
    except graphviz.CalledProcessError as error:
        check("<stdin>:2:9: error" in str(error.stderr), "Python: a mistake is an exception with its place")


def check_doxygen(dot, lecture, work):
    for kind in ["svg", "png"]:
        folder = work / f"doxygen-{kind}"
        folder.mkdir()
        shutil.copy(lecture, folder)
        (folder / "a.hpp").write_text(
            "/** \\file\n * \\dotfile lecture.grad \"The lecture\"\n */\n"
            "/** Base. */\nclass Base {};\n/** Derived. */\nclass Derived : public Base {};\n")
        pages = {}
        for name, program in [("ours", dot), ("theirs", DOT)]:
            (folder / "Doxyfile").write_text(
                f"INPUT = a.hpp\nHAVE_DOT = YES\nDOT_PATH = {Path(program).parent}\nQUIET = YES\n"
                f"DOTFILE_DIRS = .\nGENERATE_LATEX = NO\nDOT_IMAGE_FORMAT = {kind}\n"
                f"DOT_CLEANUP = NO\nOUTPUT_DIRECTORY = {name}\n")
            (folder / name).mkdir()
            if name == "theirs":
                (folder / "a.hpp").write_text((folder / "a.hpp").read_text().replace("dotfile", "brief"))
            done = run("doxygen", folder=folder)
            print(done.stderr.decode()[-800:] if name == "ours" else "", end="")
            pages[name] = folder / name / "html"
        figure = next(pages["ours"].glob(f"dot_lecture.{kind}"), None)
        page = next(pages["ours"].glob("a_8hpp.html")).read_text()
        good = figure is not None and f"dot_lecture.{kind}" in page
        if good and kind == "svg":
            good = figure_in(figure.read_text())
        check(good, f"doxygen, {kind}: the page shows the figure")
        diagram = f"classBase__inherit__graph.{kind}"
        check(
            (pages["ours"] / diagram).read_bytes() == (pages["theirs"] / diagram).read_bytes(),
            f"doxygen, {kind}: its own diagrams are as dot has them")


def main():
    tool, samples = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    lecture = samples / "lecture.grad"
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        links = work / "bin"
        links.mkdir()
        for name in ["dot", "graphviz-grad-dot"]:
            (links / name).symlink_to(tool)
        dot = links / "graphviz-grad-dot"
        check_plain(dot, work)
        check_sphinx(dot, lecture, work)
        check_pandoc("pandoc", "pandoc-apt", dot, work)
        check_pandoc(pypandoc.get_pandoc_path(), "pandoc-pypi", dot, work)
        check_python(dot, lecture, work)
        check_doxygen(links / "dot", lecture, work)
    finish("All of them call graphviz-grad as they call dot")


main()
