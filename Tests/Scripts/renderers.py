"""Checks that other programs draw the committed pictures as they are meant.

    apt-get install chromium librsvg2-bin inkscape libreoffice-impress poppler-utils fonts-liberation
    pip install playwright resvg-cli cairosvg pillow
    python3 Tests/Scripts/renderers.py [FOLDER]

For every SVG in FOLDER, by default samples/:

- each of its texts has the same ink width, within 3 % and the kerning of two ones, in Chromium,
  librsvg, resvg and CairoSVG, and is empty in none of them;
- each of them draws the picture, with ink near all of its sides;
- Inkscape, and LibreOffice Impress on a slide, keep every letter of its text.

A program that is not there fails the check. Prints the widest difference; ends with 1 if anything is
wrong.
"""

import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import cairosvg
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

SVG = "{http://www.w3.org/2000/svg}"
SCALE = 8
ROW = 30
WIDTH = 420
TOLERANCE = 0.03
SLIDE = 28, 15.75  # centimetres
# Where a renderer sets two ones closer, as the font's kerning says, in em.
KERNING = 152 / 2048

ElementTree.register_namespace("", SVG[1:-1])
failures = []


def fail(message):
    failures.append(message)
    print("not as it should be:", message)


def run(*command, **options):
    """Runs a program of this machine; one that is missing or fails ends the check."""
    if shutil.which(command[0]) is None:
        sys.exit(f"{command[0]} is not installed; see the head of {__file__}")
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


# Specimens: the texts of one picture below each other, in black on white.


def content(text):
    return "".join(text.itertext())


def specimen(path):
    """An SVG with the different texts of a picture, one a row; those texts, and how much narrower
    kerning may make each."""
    root = ElementTree.parse(path).getroot()
    rows, seen = [], set()
    for text in root.iter(SVG + "text"):
        text.attrib.pop("class", None)
        text.attrib["fill"] = "#000000"
        for span in text.iter(SVG + "tspan"):
            span.attrib.pop("class", None)
            span.attrib.pop("fill", None)
        spans = [(s.text, s.get("font-size"), s.get("dy")) for s in text.iter(SVG + "tspan")]
        key = (content(text), text.get("font-size"), text.get("font-weight"), str(spans))
        if key in seen or not content(text).strip():
            continue
        seen.add(key)
        rows.append(text)
    height = ROW * len(rows)
    sheet = ElementTree.Element(
        SVG + "svg",
        {
            "width": str(WIDTH * SCALE),
            "height": str(height * SCALE),
            "viewBox": f"0 0 {WIDTH} {height}",
            "font-family": root.get("font-family"),
        },
    )
    ElementTree.SubElement(
        sheet, SVG + "rect", {"width": str(WIDTH), "height": str(height), "fill": "#ffffff"}
    )
    for row, text in enumerate(rows):
        start = WIDTH / 2 if text.get("text-anchor") == "middle" else 20
        dx = start - float(text.get("x"))
        dy = ROW * row + 20 - float(text.get("y"))
        group = ElementTree.SubElement(
            sheet, SVG + "g", {"transform": f"translate({dx:.3f} {dy:.3f})"}
        )
        group.append(text)
    kerning = [
        len(re.findall("(?=11)", content(text))) * KERNING * float(text.get("font-size"))
        for text in rows
    ]
    sheet = ElementTree.tostring(sheet, encoding="unicode")
    return sheet, list(zip(map(content, rows), kerning))


def ink_widths(png, count):
    """The width of the ink in each row of a specimen, in pixels; 0 where there is none."""
    image = Image.open(png).convert("RGB").convert("L").point(lambda level: 255 * (level < 144))
    widths = []
    for row in range(count):
        box = image.crop((0, ROW * SCALE * row, image.width, ROW * SCALE * (row + 1))).getbbox()
        widths.append(box[2] - box[0] if box else 0)
    return widths


# The four renderers, from an SVG file to a PNG file.


def librsvg(svg, png):
    run("rsvg-convert", svg, "-o", png)


def resvg(svg, png):
    run("resvg", svg, png)


def cairo(svg, png):
    cairosvg.svg2png(url=str(svg), write_to=str(png))


class Chromium:
    def __init__(self, playwright):
        path = shutil.which("chromium")
        if path is None:
            sys.exit(f"chromium is not installed; see the head of {__file__}")
        self.browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        self.page = self.browser.new_page(viewport={"width": 800, "height": 600})

    def __call__(self, svg, png):
        self.page.set_content(
            f"<body style='margin:0;background:#fff'>{Path(svg).read_text('utf-8')}</body>"
        )
        self.page.locator("svg").screenshot(path=png, animations="disabled")


# Checks.


def check_texts(name, path, renderers, folder):
    """Compares the ink of each text; returns the widest difference, as a share."""
    sheet, texts = specimen(path)
    svg = folder / f"{name}-texts.svg"
    svg.write_text(sheet, "utf-8")
    widths = {}
    for renderer, draw in renderers.items():
        png = folder / f"{name}-texts-{renderer}.png"
        draw(svg, png)
        widths[renderer] = ink_widths(png, len(texts))
    widest = 0
    for row, (text, kerning) in enumerate(texts):
        found = {renderer: widths[renderer][row] for renderer in renderers}
        if min(found.values()) == 0:
            fail(f"{name}: ‘{text}’ is not drawn: {found}")
            continue
        difference = max(found.values()) - min(found.values())
        # Two pixels of an eighth of a point are the blur at both ends.
        share = max(0, difference - 2 - kerning * SCALE) / max(found.values())
        widest = max(widest, share)
        if share > TOLERANCE:
            fail(f"{name}: ‘{text}’ is {found} pixels wide")
    return widest, len(texts)


def check_picture(name, path, renderers, folder):
    """Whether each renderer draws the whole picture."""
    root = ElementTree.parse(path).getroot()
    size = float(root.get("width")[:-2]), float(root.get("height")[:-2])
    for renderer, draw in renderers.items():
        png = folder / f"{name}-{renderer}.png"
        draw(path, png)
        image = Image.open(png).convert("RGBA")
        paper = Image.new("RGBA", image.size, "#ffffff")
        paper.alpha_composite(image)
        image = paper.convert("L")
        corner = Image.new("L", image.size, image.getpixel((1, 1)))
        box = ImageChops.difference(image, corner).point(lambda level: 255 * (level > 24)).getbbox()
        if box is None:
            fail(f"{name}: {renderer} draws nothing")
            continue
        scale = image.width / size[0]
        margins = [box[0], box[1], image.width - box[2], image.height - box[3]]
        if max(margins) > 60 * scale or abs(image.height / size[1] - scale) > 0.02 * scale:
            fail(f"{name}: {renderer} leaves margins of {margins} pixels")


def letters(text):
    """The letters of a text, however they are put together."""
    return Counter(re.sub(r"[\s\u200b\u202a-\u202e\f]", "", text))


def check_letters(name, path, program, printed):
    root = ElementTree.parse(path).getroot()
    wanted = letters("".join(content(text) for text in root.iter(SVG + "text")))
    missing = wanted - letters(printed)
    if missing:
        fail(f"{name}: {program} loses {dict(missing)}")


def inkscape(pictures, folder):
    """The text of each picture as Inkscape exports it."""
    for path in pictures:
        shutil.copy(path, folder / f"{path.stem}.svg")
    copies = [folder / f"{path.stem}.svg" for path in pictures]
    run("inkscape", "--export-type=pdf", *copies, env={**os.environ, "HOME": str(folder)})
    return [run("pdftotext", copy.with_suffix(".pdf"), "-") for copy in copies]


def impress(pictures, folder):
    """The text of each picture on a slide of its own, as LibreOffice Impress exports it."""
    slides = []
    for number, path in enumerate(pictures):
        root = ElementTree.parse(path).getroot()
        width, height = (float(root.get(side)[:-2]) for side in ["width", "height"])
        scale = min(SLIDE[0] / width, SLIDE[1] / height) * 0.9
        width, height = width * scale, height * scale
        data = base64.b64encode(path.read_bytes()).decode()
        slides.append(
            f'<draw:page draw:name="page{number + 1}" draw:master-page-name="Default">'
            f'<draw:frame svg:x="1cm" svg:y="1cm" svg:width="{width:.2f}cm" '
            f'svg:height="{height:.2f}cm"><draw:image draw:mime-type="image/svg+xml">'
            f"<office:binary-data>{data}</office:binary-data></draw:image></draw:frame></draw:page>"
        )
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [
            ("office", "office"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        ]
    )
    deck = folder / "deck.fodp"
    deck.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{names} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.presentation">'
        '<office:automatic-styles><style:page-layout style:name="PM"><style:page-layout-properties '
        f'fo:page-width="{SLIDE[0]}cm" fo:page-height="{SLIDE[1]}cm"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Default" '
        'style:page-layout-name="PM"/></office:master-styles>'
        f"<office:body><office:presentation>{''.join(slides)}</office:presentation></office:body>"
        "</office:document>",
        "utf-8",
    )
    run(
        "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
        "pdf:impress_pdf_Export", "--outdir", folder, deck,
    )  # fmt: skip
    return [
        run("pdftotext", "-f", str(page + 1), "-l", str(page + 1), folder / "deck.pdf", "-")
        for page in range(len(pictures))
    ]


def main():
    root = Path(__file__).resolve().parents[2]
    samples = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "samples"
    pictures = sorted(samples.glob("*.svg"))
    if not pictures:
        sys.exit(f"there are no pictures in {samples}")
    widest = texts = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        chromium = Chromium(playwright)
        renderers = {"chromium": chromium, "librsvg": librsvg, "resvg": resvg, "cairosvg": cairo}
        for path in pictures:
            share, count = check_texts(path.stem, path, renderers, folder)
            widest, texts = max(widest, share), texts + count
            check_picture(path.stem, path, renderers, folder)
        chromium.browser.close()
        for program, convert in [("Inkscape", inkscape), ("Impress", impress)]:
            for path, printed in zip(pictures, convert(pictures, folder)):
                check_letters(path.stem, path, program, printed)
    print(
        f"{len(pictures)} pictures, {texts} texts: ink widths differ by at most {widest:.1%} "
        f"among {', '.join(renderers)}; Inkscape and Impress were asked for every letter"
    )
    sys.exit(1 if failures else 0)


main()
