"""Holds the committed SVGs against the programs that people open them with.

    apt-get install chromium librsvg2-bin inkscape libreoffice-impress poppler-utils fonts-liberation
    pip install numpy pillow cairosvg resvg-cli
    python3 Tests/Scripts/renderers.py samples/*.svg

Every text has the same ink width within 3 % (or half a point) in Chromium, librsvg, resvg and
CairoSVG, and none is empty; Inkscape and LibreOffice Impress show every text. A program that is not
there is a failure.
"""

import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as ET

import numpy
from PIL import Image

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
            run_.set("x", f"{float(run_.get('x')) - dx + MIDDLE:.2f}")
            run_.set("y", f"{float(run_.get('y')) - dy:.2f}")
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


def main():
    paths = [pathlib.Path(name).resolve() for name in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wrong = compare_widths(paths, folder) + convert(paths, folder)
    sys.exit(f"{wrong} differences" if wrong else 0)


main()
