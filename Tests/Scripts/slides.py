"""Opens the frames of a lecture in every slide system they are written for, and checks what is shown.

    apt-get install --no-install-recommends chromium libreoffice-impress poppler-utils \\
        texlive-latex-base texlive-latex-recommended texlive-latex-extra fonts-liberation
    pip install playwright sphinx-revealjs python-pptx pillow
    python3 Tests/Scripts/slides.py .build/debug/graphviz-grad samples

What each frame shows is read from its SVG; the same must be on each page of the PDF, on each slide of
Beamer, after each click in reveal.js and Slidev, at each moment of the animated SVG and the GIF, and on
each slide of the presentation, as python-pptx reads it and as LibreOffice converts it.
"""

import io
import json
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import sphinx_revealjs
from PIL import Image, ImageChops, ImageStat
from pptx import Presentation

from common import check, chromium, finish, run

SVG = "{http://www.w3.org/2000/svg}"


def shape(element):
    """What tells a shape of an SVG from others; `None` for what draws nothing."""
    if element.tag == SVG + "text":
        return "".join(element.itertext())
    if element.tag in (SVG + "path", SVG + "circle"):
        names = ["d", "cx", "cy", "fill", "stroke", "stroke-width"]
        return " ".join(element.get(name, "") for name in names)
    return None


def shapes(root):
    """The lines, boxes and texts of an SVG, as often as they are there."""
    return Counter(shape(element) for element in root.iter() if shape(element) is not None)


def texts(root):
    """The texts alone."""
    return Counter("".join(text.itertext()) for text in root.iter(SVG + "text"))


def letters(words):
    """The letters of words; where a word ends in a PDF is a reader's guess, by the distances between letters."""
    return Counter("".join(words.elements()))


def close(picture, other, limit, what):
    """Whether two pictures are the same but for rounding: the mean difference of a pixel, of 255."""
    check(picture.size == other.size, f"{what}: {picture.size} is not {other.size}")
    difference = ImageStat.Stat(ImageChops.difference(picture.convert("RGB"), other.convert("RGB")))
    check(max(difference.mean) <= limit, f"{what}: pixels differ by {difference.mean}")


class Lecture:
    def __init__(self, tool, program, folder, *options):
        self.tool, self.program, self.folder, self.options = tool, program, folder, options
        self.name = f"{program.stem} {' '.join(options)}".strip()
        self.frames = json.loads(self.write("-T", "json"))["frames"]
        self.write("-o", "f-{n}.svg")
        self.roots = [
            ET.parse(folder / f"f-{frame['number']}.svg").getroot() for frame in self.frames
        ]
        self.texts = [texts(root) for root in self.roots]
        self.shapes = [shapes(root) for root in self.roots]

    def write(self, *arguments):
        return run(self.tool, "frames", self.program, *self.options, *arguments, folder=self.folder)

    def pages(self, path):
        """The words of each page of a PDF, and the sizes of the pages."""
        words = run("pdftotext", path, "-", folder=self.folder).split("\f")[:-1]
        sizes = re.findall(r"MediaBox: +(.*)", run("pdfinfo", "-box", "-l", "999", path, folder=self.folder))
        return [Counter(page.split()) for page in words], sizes

    # The frames themselves.

    def check_frames(self):
        trace = json.loads(run(self.tool, "render", self.program, "-T", "json", "-o", "-"))
        operations = [node for node in trace["nodes"] if node["kind"] == "operation"]
        passes = [frame["pass"] for frame in self.frames]
        check(
            passes == ["forward"] * (1 + len(operations)) + ["backward"] * (1 + len(trace["edges"])),
            f"{self.name}: {passes}",
        )
        check(
            [frame["node"] for frame in self.frames[1 : 1 + len(operations)]]
            == [node["id"] for node in operations],
            f"{self.name}: values do not come in program order",
        )
        check(len({root.get("viewBox") for root in self.roots}) == 1, f"{self.name}: one viewBox")
        places = [
            {
                group.get("id").split("_", 1)[1]: group[0].get("d") or group[0].get("cx")
                for group in root.iter(SVG + "g")
                if "node" in group.get("class", "").split()
            }
            for root in self.roots
        ]
        check(len(places[0]) >= len(trace["nodes"]), f"{self.name}: nodes are there from the start")
        check(all(place == places[0] for place in places), f"{self.name}: nodes stay in place")
        for before, after in zip(self.texts, self.texts[1:]):
            check(before != after, f"{self.name}: a frame adds nothing")
        for root, frame in zip(self.roots, self.frames):
            check(root.find(SVG + "desc").text == frame["sentence"], f"{self.name}: desc")
        whole = ET.fromstring(
            run(self.tool, "render", self.program, *[o for o in self.options if o == "circuit" or o == "--style"], "-o", "-", "-T", "svg")
        )
        missing = texts(whole) - self.texts[-1]
        check(not missing, f"{self.name}: the last frame lacks {missing}")

    def check_pixels(self):
        self.write("-o", "p-{n}.png")
        self.pngs = [Image.open(self.folder / f"p-{frame['number']}.png") for frame in self.frames]
        check(len({png.size for png in self.pngs}) == 1, f"{self.name}: PNG sizes")
        self.write("-o", "g.gif")
        gif = Image.open(self.folder / "g.gif")
        check(gif.n_frames == len(self.frames), f"{self.name}: {gif.n_frames} frames in the GIF")
        check("loop" not in gif.info, f"{self.name}: the GIF repeats")
        for position, png in enumerate(self.pngs):
            gif.seek(position)
            check(gif.info["duration"] == 1200, f"{self.name}: {gif.info['duration']} ms")
            close(gif, png, 0.5, f"{self.name}: GIF frame {position}")

    # LaTeX.

    def check_pdf(self):
        snippet = self.write("-o", "all.pdf", "--latex-snippet")
        pages, sizes = self.pages("all.pdf")
        check(len(pages) == len(self.frames) and len(set(sizes)) == 1, f"{self.name}: PDF pages")
        numbered = self.write("-o", "one-{n}.pdf", "--latex-snippet")
        check("\\multiinclude" in numbered, f"{self.name}: no \\multiinclude")
        for position, frame in enumerate(self.frames):
            single, size = self.pages(f"one-{frame['number']}.pdf")
            same = len(single) == 1 and letters(single[0]) == letters(pages[position])
            check(same and size == sizes[:1], f"{self.name}: page {position}")
            wanted = sum((Counter(text.split()) for text in self.texts[position].elements()), Counter())
            wanted = Counter({word: n for word, n in wanted.items() if re.fullmatch(r"[−×]*[\d.]+", word)})
            check(not wanted - pages[position], f"{self.name}: page {position} lacks {wanted - pages[position]}")
        for kind, lines in [("pages", snippet), ("files", numbered)]:
            (self.folder / f"{kind}.tex").write_text(
                "\\documentclass{beamer}\n\\usepackage{graphicx,xmpmulti}\n"
                f"\\begin{{document}}\n{lines}\\end{{document}}\n"
            )
            run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{kind}.tex", folder=self.folder)
            slides, _ = self.pages(f"{kind}.pdf")
            check(len(slides) == len(pages), f"{self.name}: {len(slides)} Beamer slides of {kind}")
            for position, (slide, page) in enumerate(zip(slides, pages)):
                same = letters(slide) == letters(page)
                check(same, f"{self.name}: Beamer {kind}, slide {position}: {slide - page} {page - slide}")

    # The browser.

    VISIBLE = """root => [...root.querySelectorAll('text, path, circle')].filter(shape => {
        if (getComputedStyle(shape).visibility != 'visible') return false;
        for (let e = shape; e; e = e.parentElement)
            if (getComputedStyle(e).opacity == 0) return false;
        return true;
    }).map(shape => shape.tagName == 'text' ? shape.textContent
        : ['d', 'cx', 'cy', 'fill', 'stroke', 'stroke-width']
            .map(name => shape.getAttribute(name) ?? '').join(' '))"""

    def shown(self, page, selector="svg"):
        return Counter(page.eval_on_selector(selector, self.VISIBLE))

    def check_reveal(self, browser):
        dist = Path(sphinx_revealjs.__file__).parent / "_static/revealjs/dist"
        self.write("-T", "reveal", "-o", "r.html")
        fragment = (self.folder / "r.html").read_text()
        (self.folder / "deck.html").write_text(
            f"""<!doctype html><meta charset="utf-8">
            <link rel="stylesheet" href="file://{dist}/reveal.css">
            <style>.reveal * {{ transition: none !important }}</style>
            <div class="reveal"><div class="slides"><section>{fragment}</section>
            <section>after</section></div></div>
            <script src="file://{dist}/reveal.js"></script>
            <script>Reveal.initialize({{ transition: 'none', backgroundTransition: 'none' }});</script>"""
        )
        page = browser.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"file://{self.folder}/deck.html")
        page.wait_for_function("Reveal.isReady()")
        for position, wanted in enumerate(self.shapes):
            check(page.evaluate("Reveal.getIndices().h") == 0, f"{self.name}: reveal.js left at {position}")
            shown = self.shown(page, "section.present svg")
            check(shown == wanted, f"{self.name}: reveal.js, click {position}: {shown - wanted} {wanted - shown}")
            page.keyboard.press("ArrowRight")
        check(page.evaluate("Reveal.getIndices().h") == 1, f"{self.name}: reveal.js has clicks left")
        check(not errors, f"{self.name}: {errors}")
        page.close()

    def check_colors(self, browser):
        """In every theme of reveal.js the figure has no paper of its own, and letters that stand out from their boxes."""
        dist = Path(sphinx_revealjs.__file__).parent / "_static/revealjs/dist"
        fragment = (self.folder / "r.html").read_text()
        found = {}
        for theme in ["white", "beige", "black", "moon"]:
            (self.folder / "deck.html").write_text(
                f"""<!doctype html><meta charset="utf-8">
                <link rel="stylesheet" href="file://{dist}/reveal.css">
                <link rel="stylesheet" href="file://{dist}/theme/{theme}.css">
                <div class="reveal"><div class="slides"><section>{fragment}</section></div></div>
                <script src="file://{dist}/reveal.js"></script>
                <script>Reveal.initialize({{ transition: 'none', backgroundTransition: 'none' }});</script>""")
            page = browser.new_page()
            page.goto(f"file://{self.folder}/deck.html")
            page.wait_for_function("Reveal.isReady()")
            found[theme] = page.evaluate("""() => [getComputedStyle(document.querySelector('svg rect')).fill,
                ...['svg text', 'svg .node path'].map(one => getComputedStyle(document.querySelector(one)).fill)
                    .map(color => color.match(/[\\d.]+/g).slice(0, 3).map(Number))
                    .map(parts => parts.reduce((sum, part) => sum + part) / (Math.max(...parts) > 1 ? 255 : 1))]""")
            page.close()
        for theme, is_dark in [("white", False), ("beige", False), ("black", True), ("moon", True)]:
            paper, letters, box = found[theme]
            check(paper == "none", f"{self.name}: a box in {theme}: {found}")
            check((letters - box if is_dark else box - letters) > 1, f"{self.name}: colours in {theme}: {found}")

    def check_animation(self, browser):
        self.write("-o", "a.svg", "--animate", "1s")
        page = browser.new_page()
        page.goto(f"file://{self.folder}/a.svg")
        for position, wanted in enumerate(self.shapes):
            page.evaluate(
                f"document.getAnimations().forEach(a => {{ a.pause(); a.currentTime = {1000 * position + 500} }})"
            )
            shown = self.shown(page)
            check(shown == wanted, f"{self.name}: animation at {position}: {shown - wanted} {wanted - shown}")
        length = page.evaluate("[...new Set(document.getAnimations().map(a => a.effect.getTiming().duration))]")
        check(length == [1000 * len(self.frames)], f"{self.name}: {length}")
        page.close()
        still = browser.new_page(reduced_motion="reduce")
        still.goto(f"file://{self.folder}/a.svg")
        check(still.evaluate("document.getAnimations().length") == 0, f"{self.name}: moves")
        check(self.shown(still) == self.shapes[-1], f"{self.name}: without motion")
        still.close()

    def check_slidev(self):
        """Reads the clicks as Slidev's guide says: `n`, `[from, to]` without `to`, `.hide`."""
        self.write("-T", "slidev", "-o", "s.md")
        markdown = (self.folder / "s.md").read_text()
        svg = markdown[: markdown.index("</svg>") + 6]
        check("\n\n" not in svg and "{" not in svg, f"{self.name}: Markdown ends the SVG early")
        notes = markdown[markdown.index("<!--") : markdown.index("-->")]
        check(notes.count("[click]") == len(self.frames) - 1, f"{self.name}: notes of Slidev")
        root = ET.fromstring(svg.replace("v-click.hide", "hide").replace("v-click", "click"))
        for position, wanted in enumerate(self.shapes):
            shown = Counter()

            def walk(element):
                click = json.loads(element.get("click", "0"))
                first, end = click if isinstance(click, list) else (click, None)
                end = int(element.get("hide", end or len(self.frames)))
                if not first <= position < end:
                    return
                if shape(element) is not None:
                    shown[shape(element)] += 1
                for child in element:
                    walk(child)

            walk(root)
            check(shown == wanted, f"{self.name}: Slidev, click {position}: {shown - wanted} {wanted - shown}")

    # Presentations.

    def check_presentation(self):
        self.write("-o", "s.pptx")
        presentation = Presentation(str(self.folder / "s.pptx"))
        check(len(presentation.slides) == len(self.frames), f"{self.name}: slides")
        for slide, frame, png in zip(presentation.slides, self.frames, self.pngs):
            check(slide.shapes.title.text == frame["sentence"], f"{self.name}: {slide.shapes.title.text}")
            picture = slide.shapes[1]
            pixels = Image.open(io.BytesIO(picture.image.blob))
            check(abs(pixels.size[0] - picture.width / 9525 * 2) <= 1, f"{self.name}: {pixels.size}")
            close(pixels.resize(png.size), png, 2, f"{self.name}: PNG of a slide")
            check(abs(picture.width / picture.height - png.size[0] / png.size[1]) < 0.01, f"{self.name}: proportions")
            check(picture.left >= 0 and picture.left + picture.width <= presentation.slide_width, f"{self.name}: width")
            check(picture.top + picture.height <= presentation.slide_height, f"{self.name}: height")
            svgs = [part.target_part for part in slide.part.rels.values() if part.target_part.content_type == "image/svg+xml"]
            check(len(svgs) == 1 and texts(ET.fromstring(svgs[0].blob)), f"{self.name}: SVG of a slide")
        presentation.save(str(self.folder / "again.pptx"))
        run("soffice", f"-env:UserInstallation=file://{self.folder}/office", "--headless",
            "--convert-to", "pdf", "s.pptx", folder=self.folder)
        pages, _ = self.pages("s.pdf")
        check(len(pages) == len(self.frames), f"{self.name}: LibreOffice's pages")
        for position, (page, frame) in enumerate(zip(pages, self.frames)):
            numbers = lambda words: Counter(w for w in words if re.fullmatch(r"−?[\d.]+\.?", w))
            missing = numbers(frame["sentence"].split()) - numbers(page.elements())
            check(not missing, f"{self.name}: LibreOffice's page {position} lacks {missing}")
        # The picture is there too, not only its frame: it is as dark as our own PNG.
        run("pdftoppm", "-r", "96", "-png", "s.pdf", "office", folder=self.folder)
        for position, path in enumerate(sorted(self.folder.glob("office-*.png"))):
            page = Image.open(path)
            scale = page.size[0] / presentation.slide_width
            picture = presentation.slides[position].shapes[1]
            box = [picture.left, picture.top, picture.left + picture.width, picture.top + picture.height]
            cut = page.crop([round(edge * scale) for edge in box])
            close(cut, self.pngs[position].resize(cut.size), 6, f"{self.name}: LibreOffice's picture {position}")


def main(tool, samples):
    tool = Path(tool).resolve()
    with chromium() as browser:
        for name, *options in [
            ("lecture",),
            ("cs231n-neuron",),
            ("lecture", "--emphasis", "current", "--ghost", "--sentences"),
            ("cs231n-neuron", "--style", "circuit", "--emphasis", "current"),
            ("arrays/logistic-vectorised", "--descend", "--wrt", "w,b", "--rate", "0.009"),
            ("cs231n-neuron", "--descend", "--style", "circuit", "--sentences", "--steps", "5"),
        ]:
            with tempfile.TemporaryDirectory() as folder:
                lecture = Lecture(tool, Path(samples, f"{name}.grad").resolve(), Path(folder), *options)
                lecture.check_reveal(browser)
                lecture.check_animation(browser)
                lecture.check_slidev()
                if not options or "--wrt" in options:
                    if not options:
                        lecture.check_frames()
                        lecture.check_colors(browser)
                    lecture.check_pixels()
                    lecture.check_pdf()
                    lecture.check_presentation()
                print(f"{lecture.name}: {len(lecture.frames)} frames")
    finish("all slide systems show every frame")


if __name__ == "__main__":
    main(*sys.argv[1:])
