"""Asks axe-core about figures as pages carry them: inline, as an image with a text, as an object.

    apt-get install chromium
    pip install axe-playwright-python
    python3 Tests/Scripts/accessibility.py PATH/TO/graphviz-grad samples/*.grad

Fails on any finding in any style, light or dark.
"""

import html
import pathlib
import subprocess
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe

from common import chromium

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Figures</title></head>
<body style="background: {paper}"><main><h1 style="color: {ink}">Figures</h1>{body}</main></body></html>"""


def styles(tool):
    """Every style that the tool knows, as it says when it is asked for another."""
    asked = [tool, "render", "-e", "x = 1", "--style", "?", "-o", "-"]
    message = subprocess.run(asked, capture_output=True, text=True).stderr
    return message.split("known: ")[1].split("\n")[0].split(", ")


def figure(tool, sample, style, theme, folder):
    """Draws one figure; returns the file, its markup and its words."""
    path = folder / f"{pathlib.Path(sample).stem}-{style}-{theme}.svg"
    words = subprocess.run(
        [tool, "render", sample, "--style", style, "--theme", theme, "-o", str(path),
         "--alt-output", "-", "--legend"],
        check=True, capture_output=True, text=True,
    ).stdout
    return path, path.read_text(), words


def pages(tool, samples, folder):
    for theme, paper, ink in (("light", "#ffffff", "#000000"), ("dark", "#0f172a", "#ffffff")):
        bodies = {"inline": "", "image": "", "object": ""}
        for sample in samples:
            for style in styles(tool):
                path, markup, words = figure(tool, sample, style, theme, folder)
                alt = html.escape(words, quote=True)
                bodies["inline"] += markup
                bodies["image"] += f'<img src="{path.name}" alt="{alt}">'
                bodies["object"] += (
                    f'<object type="image/svg+xml" data="{path.name}" aria-label="{alt}"></object>'
                )
        for kind, body in bodies.items():
            page = folder / f"{kind}-{theme}.html"
            page.write_text(PAGE.format(body=body, paper=paper, ink=ink))
            yield f"{kind}, {theme}", page


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tool, samples = sys.argv[1], sys.argv[2:]
    findings = 0
    with tempfile.TemporaryDirectory() as name, chromium("--allow-file-access-from-files") as browser:
        for title, path in pages(tool, samples, pathlib.Path(name)):
            page = browser.new_page()
            page.goto(path.as_uri())
            results = Axe().run(page)
            findings += results.violations_count
            if results.violations_count:
                print(f"{title}: {results.generate_report()}")
            page.close()
    print(f"{len(samples)} samples, {len(styles(tool))} styles, 6 pages: {findings} findings")
    sys.exit(1 if findings else 0)


main()
