"""Checks with axe-core that the committed pictures can be read by those who do not see them.

    apt-get install chromium
    pip install axe-playwright-python
    python3 Tests/Scripts/accessibility.py [FOLDER]

Every SVG in FOLDER, by default samples/, is put into a page of its own in three ways: inline, as
`<img>` with its description as alternative text, and as `<object>`. axe-core may report nothing wrong,
and nothing undecided but the contrast of SVG text, which it cannot see. All inline pictures together
on one page must not share an id. Ends with 1 if anything is wrong.
"""

import html
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SVG = "{http://www.w3.org/2000/svg}"

failures = []


def page_of(body):
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A figure</title></head>'
        f"<body><main><h1>A figure</h1>{body}</main></body></html>"
    )


def ways(path):
    """The picture in a page, in every way that pages hold pictures."""
    picture = path.read_text("utf-8")
    root = ElementTree.fromstring(picture)
    description = html.escape(root.find(SVG + "desc").text)
    heading = html.escape(root.find(SVG + "title").text)
    address = path.resolve().as_uri()
    return {
        "inline": picture,
        "img": f'<img src="{address}" alt="{description}">',
        "object": f'<object type="image/svg+xml" data="{address}" aria-label="{heading}"></object>',
    }


def check(name, way, page, axe):
    """What axe-core says of the page, and whether the picture is there under its name."""
    results = axe.run(page).response
    for kind in ["violations", "incomplete"]:
        for rule in results[kind]:
            # It cannot see what SVG text stands on; the colours have a test of their own.
            if (kind, rule["id"]) == ("incomplete", "color-contrast"):
                continue
            nodes = "; ".join(node["html"][:120] for node in rule["nodes"][:3])
            failures.append(f"{name}, {way}: {kind}: {rule['id']}: {rule['help']}: {nodes}")
    if not results["passes"]:
        failures.append(f"{name}, {way}: axe-core has looked at nothing")


def check_name(name, path, page):
    """A screen reader is told the title and the description of an inline picture."""
    root = ElementTree.parse(path).getroot()
    wanted = " ".join(root.find(SVG + part).text for part in ["title", "desc"])
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    told = [
        node["name"]["value"]
        for node in tree["nodes"]
        if not node["ignored"] and node["role"]["value"] in ["image", "img", "SvgRoot"]
    ]
    if [" ".join(text.split()) for text in told] != [" ".join(wanted.split())]:
        failures.append(f"{name}: the page is read as {str(told)[:160]}")


def main():
    root = Path(__file__).resolve().parents[2]
    samples = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "samples"
    pictures = sorted(samples.glob("*.svg"))
    if not pictures:
        sys.exit(f"there are no pictures in {samples}")
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit(f"chromium is not installed; see the head of {__file__}")
    axe = Axe()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        page = browser.new_page()
        file = Path(folder) / "page.html"

        def show(body):
            file.write_text(page_of(body), "utf-8")
            page.goto(file.as_uri(), wait_until="load")

        for path in pictures:
            for way, body in ways(path).items():
                show(body)
                check(path.stem, way, page, axe)
                if way == "inline":
                    check_name(path.stem, path, page)
        # A page of many figures.
        show("".join(path.read_text("utf-8") for path in pictures))
        ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), part => part.id)")
        shared = {name for name in ids if ids.count(name) > 1}
        if shared:
            failures.append(f"pictures of one page share the ids {sorted(shared)[:5]}")
        check("all pictures", "inline", page, axe)
        browser.close()
    for failure in failures:
        print("not as it should be:", failure)
    print(f"{len(pictures)} pictures in 3 ways each: {len(failures)} reports by axe-core")
    sys.exit(1 if failures else 0)


main()
