"""Holds the committed SVGs against the programs that people open them with.

    apt-get install chromium librsvg2-bin inkscape libreoffice-impress poppler-utils fonts-liberation
    pip install numpy pillow cairosvg resvg-cli
    python3 Tests/Scripts/renderers.py .build/release/graphviz-grad samples/*.svg

Every text has the same ink width within 3 % (or half a point) in Chromium, librsvg, resvg and
CairoSVG, and none is empty; Inkscape and LibreOffice Impress show every text. Beside Chromium, the
whole figure is the same picture in librsvg, resvg, CairoSVG and Inkscape, and as the tool's PNG and PDF
(the programs stand beside the SVGs). A program that is not there is a failure. As part of a page of HTML the
figure is the same, whatever the page says of its own letters and lines.
"""

import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as ET

import numpy
from PIL import Image, ImageFilter

from common import run

Image.MAX_IMAGE_PIXELS = None
SVG = "{http://www.w3.org/2000/svg}"
ET.register_namespace("", "http://www.w3.org/2000/svg")
SCALE, ROW, WIDTH, MIDDLE = 4, 30, 700, 350


def texts(path):
    """The text elements of a figure, each moved to x = MIDDLE and y = 0, without repetitions."""
    found = {}
    for element in ET.parse(path).getroot().iter(SVG + "text"):
        words = "".join(element.itertext())
        key = (words, element.get("font-size"), element.get("font-weight"))
        if key in found or not words.strip():
            continue
        dx, dy = float(element.get("x")), float(element.get("y"))
        element.attrib.update(x=str(MIDDLE), y="0", fill="#000000")
        for run_ in element.iter(SVG + "tspan"):
            for side, shift in (("x", MIDDLE - dx), ("y", -dy)):
                if place := run_.get(side):
                    run_.set(side, f"{float(place) + shift:.2f}")
        found[key] = ET.tostring(element, encoding="unicode")
    return found


def sheet(elements, path):
    """One text a row; every y is moved into its row."""
    height = ROW * len(elements)
    rows = "".join(
        f'<g transform="translate(0 {ROW * index + 20})">{element}</g>'
        for index, element in enumerate(elements)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" '
        "font-family=\"Arial, 'Liberation Sans', Helvetica, sans-serif\">"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{rows}</svg>'
    )
    return height


def ink_widths(picture, count):
    pixels = numpy.asarray(Image.open(picture).convert("L")) < 128
    widths = []
    for index in range(count):
        columns = pixels[index * ROW * SCALE : (index + 1) * ROW * SCALE].any(axis=0).nonzero()[0]
        widths.append(0 if len(columns) == 0 else (columns[-1] - columns[0] + 1) / SCALE)
    return widths


def draw(source, folder, height):
    """The sheet as every renderer draws it."""
    target = {name: folder / f"{name}.png" for name in ("chromium", "librsvg", "resvg", "cairosvg")}
    run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--force-device-scale-factor={SCALE}", f"--window-size={WIDTH},{height}",
        f"--screenshot={target['chromium']}", source.as_uri(),
    )
    run("rsvg-convert", "-z", str(SCALE), "-o", str(target["librsvg"]), str(source))
    run("resvg", "-z", str(SCALE), str(source), str(target["resvg"]))
    run("cairosvg", "-s", str(SCALE), "-o", str(target["cairosvg"]), str(source))
    return target


def compare_widths(paths, folder):
    found = {}
    for path in paths:
        found.update(texts(path))
    keys, wrong, widest = list(found), 0, 0.0
    for start in range(0, len(keys), 60):
        part = keys[start : start + 60]
        source = folder / f"sheet{start}.svg"
        height = sheet([found[key] for key in part], source)
        widths = {
            name: ink_widths(picture, len(part))
            for name, picture in draw(source, folder, height).items()
        }
        for index, key in enumerate(part):
            row = {name: values[index] for name, values in widths.items()}
            least, most = min(row.values()), max(row.values())
            if least > 8:
                widest = max(widest, most / least - 1)
            if least == 0 or (most > least * 1.03 and most - least > 0.5):
                wrong += 1
                print(f"{key[0]!r} is drawn with different widths: {row}")
    print(f"{len(keys)} texts in four renderers; widest difference {widest:.1%}")
    return wrong


def squeezed(text):
    return re.sub(r"\s", "", text)


def missing_words(path, shown):
    """The texts of a figure that a conversion lacks, run by run, because runs may move apart."""
    shown, missing = squeezed(shown), []
    for element in ET.parse(path).getroot().iter(SVG + "text"):
        for words in element.itertext():
            if squeezed(words) and squeezed(words) not in shown:
                missing.append(words)
    return missing


def convert(paths, folder):
    wrong = 0
    for path in paths:
        run("inkscape", f"--export-filename={folder / path.stem}-inkscape.pdf", str(path))
    run(
        "soffice", "--headless", "--impress", "--convert-to", "pdf", "--outdir", str(folder),
        *map(str, paths),
    )
    for path in paths:
        for program, name in (("Inkscape", f"{path.stem}-inkscape"), ("LibreOffice", path.stem)):
            pdf = folder / f"{name}.pdf"
            if not pdf.exists():
                sys.exit(f"{program} did not convert {path}")
            missing = missing_words(path, run("pdftotext", "-raw", str(pdf), "-"))
            if missing:
                wrong += 1
                print(f"{program} lacks {missing} of {path.name}")
    print(f"{len(paths)} figures in Inkscape and LibreOffice Impress")
    return wrong


def whole(tool, path, folder):
    """A figure as every program draws it, in pixels of half a point."""
    svg = ET.parse(path).getroot()
    width, height = (2 * round(float(svg.get(side).removesuffix("px"))) for side in ("width", "height"))
    program, pdf = path.with_suffix(".grad"), folder / f"{path.stem}-own.pdf"
    target = {
        name: folder / f"{path.stem}-{name}.png"
        for name in ("chromium", "librsvg", "resvg", "cairosvg", "inkscape", "png", "pdf")
    }
    page = folder / f"{path.stem}.html"
    page.write_text(
        f'<style>body{{margin:0}}img{{display:block;width:{width}px;height:{height}px}}</style>'
        f'<img src="{path.as_uri()}">'
    )
    run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--window-size={width},{height}", f"--screenshot={target['chromium']}", page.as_uri(),
    )
    size = ("-w", str(width), "-h", str(height))
    run("rsvg-convert", *size, "-o", str(target["librsvg"]), str(path))
    run("resvg", *size, str(path), str(target["resvg"]))
    run(
        "cairosvg", "--output-width", str(width), "--output-height", str(height),
        "-o", str(target["cairosvg"]), str(path),
    )
    run("inkscape", *size, f"--export-filename={target['inkscape']}", str(path))
    run(tool, "render", str(program), "--dpi", "192", "-o", str(target["png"]))
    run(tool, "render", str(program), "-o", str(pdf))
    run(
        "pdftoppm", "-png", "-singlefile", "-scale-to-x", str(width), "-scale-to-y", str(height),
        str(pdf), str(target["pdf"].with_suffix("")),
    )
    return target


def blurred(picture):
    """The pixels on white, blurred, since every program smooths the edges of letters in its own way."""
    drawn = Image.open(picture).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return numpy.asarray(paper.convert("RGB").filter(ImageFilter.GaussianBlur(1.5))).astype(int)


def compare_pictures(tool, paths, folder):
    """Pixels that differ by more than 32 of 255: at most 0.3 % in the middle figure, and 1 % in any.
    `text-rendering="geometricPrecision"` would bring librsvg to 0, but CairoSVG then draws letters as bars."""
    shares, wrong = {}, 0
    for path in paths:
        target = whole(tool, path, folder)
        reference = blurred(target.pop("chromium"))
        for name, picture in target.items():
            pixels = blurred(picture)
            height, width = (min(pair) for pair in zip(pixels.shape[:2], reference.shape[:2]))
            if max(abs(a - b) for a, b in zip(pixels.shape, reference.shape)) > 2:
                sys.exit(f"{path.name} has another size in {name}: {pixels.shape}, {reference.shape}")
            far = abs(pixels[:height, :width] - reference[:height, :width]).max(axis=2) > 32
            shares.setdefault(name, []).append((far.mean(), path.name))
    for name, found in shares.items():
        middle, (worst, where) = numpy.median([share for share, _ in found]), max(found)
        print(f"{name}: {middle:.2%} of the pixels differ in the middle, at most {worst:.2%} ({where})")
        wrong += (middle > 0.003) + (worst > 0.01)
    return wrong


# What a figure could inherit, with values that would be seen.
INHERITED = {
    "direction": "rtl", "writing-mode": "vertical-rl", "text-orientation": "upright", "text-anchor": "end",
    "dominant-baseline": "hanging", "letter-spacing": "3px", "word-spacing": "9px", "text-indent": "50px",
    "text-transform": "uppercase", "text-shadow": "2px 2px red", "text-align": "right", "text-emphasis": "filled",
    "text-decoration": "underline", "font": "italic small-caps 900 condensed 40px/3 'DejaVu Sans Mono'",
    "font-kerning": "none", "font-size-adjust": "1", "font-feature-settings": "'smcp', 'zero'", "line-height": "4",
    "font-variant-numeric": "slashed-zero", "font-variation-settings": "'wght' 900", "white-space": "pre", "color": "red",
    "fill": "red", "fill-opacity": "0.3", "fill-rule": "evenodd", "stroke": "red", "stroke-width": "5",
    "stroke-opacity": "0.3", "stroke-dasharray": "2 2", "stroke-dashoffset": "3", "stroke-linecap": "square",
    "stroke-linejoin": "bevel", "stroke-miterlimit": "1", "paint-order": "stroke", "-webkit-text-stroke": "2px red",
}


def compare_in_page(path, folder):
    """The properties of a page that change a figure in it."""
    svg = path.read_text("utf-8")

    def shown(style):
        page, picture = folder / "inherited.html", folder / "inherited.png"
        page.write_text(
            f'<!DOCTYPE html><meta charset="utf-8"><style>svg{{position:absolute;left:0;top:0}}</style>'
            f'<div style="{style}">{svg}</div>', "utf-8")
        run(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,800",
            f"--screenshot={picture}", page.as_uri(),
        )
        return numpy.asarray(Image.open(picture).convert("RGB"))

    plain = shown("")
    every = "; ".join(f"{name}: {value}" for name, value in INHERITED.items())
    wrong = [] if (shown(every) == plain).all() else [
        name for name, value in INHERITED.items() if (shown(f"{name}: {value}") != plain).any()
    ] or ["all together"]
    print(f"{path.name} within a page: {', '.join(wrong) or 'nothing'} changes it")
    return len(wrong)


def main():
    tool, *paths = [pathlib.Path(name).resolve() for name in sys.argv[1:]] or sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wrong = compare_widths(paths, folder) + convert(paths, folder)
        wrong += compare_pictures(str(tool), paths, folder) + compare_in_page(paths[0], folder)
    sys.exit(f"{wrong} differences" if wrong else 0)


main()
