"""Builds sites of MkDocs, Zensical and Pelican with figures in them, as the article about them says.

    apt-get install --no-install-recommends chromium
    pip install mkdocs-material pelican playwright zensical
    python3 Tests/Scripts/python_markdown.py .build/debug/graphviz-grad

Every form of a fence becomes one figure, in lists, admonitions and tabs too, and the rest of the page is as it was;
pages are light or dark with their figures; a mistake is said at its line and ends a strict build. Configurations,
pages and commands are those of the article.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from common import article, attempt, check, chromium, finish, run

TOOL = Path(sys.argv[1]).resolve()
PACKAGE = Path(__file__).resolve().parents[2] / "Sources/Python"
BLOCKS = article("MkDocsAndZensical")
YAML = [text for language, text in BLOCKS if language == "yaml"]
PAGES = [text for language, text in BLOCKS if language == "md"]
PELICAN = next(text for language, text in BLOCKS if language == "python")
# Every place where a block may stand, after those of the article, with what surrounds it.
PAGE = f"""# Notes

Before.

{PAGES[0]}
After.

!!! note

    ```grad style=circuit title='Don"t'
    x = 3
    y = x*x
    ```

- a list

    ``` {{.grad legend caption="In a list"}}
    x = 3
    y = x*x
    ```

> ~~~~ grad, show=forward
> x = 4
> y = x*x
> ~~~~

=== "Tab"

{re.sub("(?m)^(?=.)", "    ", PAGES[1].replace("fig-cost", "fig-head").replace("--width", "--echo --width"))}
````md
```grad #shown width=3
zz
```
````

The end: [cost](#fig-cost), [head](#fig-head).
"""
# What stands in a page of MkDocs twice, as code, in a comment, or in another file.
ODD = """---
title: Odd
---
# Odd

```grad
x = 3
y = x*x
```

```{.grad stile=circuit}
x = 3
y = x*x
```

    ```grad stile=shown title="q"
    zz
    ```

<!-- hidden
```grad stile=hidden
qq
```
-->

```grad
--8<-- "bad.grad"
```

--8<-- "snip.md"

```grad file="x.grad"
```

```grad #twice caption="The loss $L$, *forward*"
L = 2
J = L*L
```

```grad #twice
L = 2
J = L*L
```
"""
ODD_FAULTS = [
    "docs/odd.md:11:11: error: stile: unknown attribute 'stile'", "docs/bad.grad:2:7: error: 'q' is not defined",
    "docs/parts/snip.md:3:7: error: 'k' is not defined", "docs/odd.md:32:9: error: file: unknown attribute 'file'",
    "docs/odd.md:32:1: error: the block holds no program", "docs/odd.md:40:1: error: another figure is called 'twice'",
]
WRONG = "# Wrong\n\n- item\n\n    ```grad #a\n    x = 3\n    y = x*q\n    ```\n"


def project(folder, configuration):
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(configuration)
    (folder / "docs/index.md").write_text(PAGE)
    return folder


def check_page(browser, page, figures, is_dark=False):
    """The figures of a page as a browser shows them, and what stands around them."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto(page.as_uri())
    if is_dark:
        tab.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    shown = tab.evaluate("""() => [...document.querySelectorAll('figure.graphviz-grad')].map(figure => ({
        name: figure.id, title: figure.querySelector('title').textContent, caption: figure.querySelector('figcaption')?.innerHTML || '',
        width: figure.querySelector('svg').getBoundingClientRect().width,
        part: figure.querySelector('svg').getBoundingClientRect().width / figure.parentElement.clientWidth,
        paper: getComputedStyle(figure.querySelector('svg rect')).fill,
        before: figure.previousElementSibling?.querySelector('code, pre')?.textContent || '',
        text: [...figure.querySelectorAll('svg text')].map(one => one.textContent).join(' ')}))""")
    words = tab.inner_text("article, section#content")
    ids = tab.evaluate("() => [...document.querySelectorAll('[id]')].map(one => one.id)")
    tab.close()
    check(len(shown) == figures, f"{page}: {len(shown)} figures")
    check(len(ids) == len(set(ids)), f"{page}: ids are not unique")
    check(shown[0]["name"] == "fig-cost" and "<em>forward</em>" in shown[0]["caption"], f"{page}: {shown[0]}")
    check(0.55 < shown[0]["part"] < 0.65, f"{page}: a width of {shown[0]['part']:.0%}")
    check("Before." in words and "After." in words and "caption=" not in words, f"{page}: {words}")
    return shown, words


def check_site(browser, page):
    shown, words = check_page(browser, page, 5)
    check("In a list" in shown[2]["caption"] and "local partial" in shown[2]["text"], f"{page}: {shown[2]}")
    check("Don\"t" in shown[1]["title"], f"{page}: a title is {shown[1]['title']}")
    check("16" in shown[3]["text"] and "dy" not in shown[3]["text"], f"{page}: {shown[3]}")
    check(shown[4]["name"] == "fig-head" and "a = 5" in shown[4]["before"], f"{page}: {shown[4]}")
    check("#:" not in shown[4]["before"] and "forward" in shown[4]["caption"], f"{page}: {shown[4]}")
    check("#shown width=3" in words, f"{page}: what is shown as code became something else")
    dark, _ = check_page(browser, page, 5, is_dark=True)
    check(dark[0]["paper"] != shown[0]["paper"], f"{page}: light and dark are {shown[0]['paper']}")


def mkdocs(*words, **options):
    return attempt(sys.executable, "-m", "mkdocs", *words, **options)


def check_mkdocs(browser, work):
    folder = project(work / "mkdocs", YAML[0] + "  - pymdownx.tabbed: {alternate_style: true}\n")
    done = mkdocs("build", "--strict", folder=folder)
    check(done.returncode == 0 and "no such anchor" not in done.stderr, f"mkdocs: {done.stderr}")
    check_site(browser, folder / "site/index.html")
    (folder / "docs/wrong.md").write_text(WRONG)
    done = mkdocs("build", "--strict", folder=folder)
    check(done.returncode == 1 and "docs/wrong.md:7:11: error: 'q' is not defined" in done.stderr, f"mkdocs: {done.stderr}")
    # What holds for all figures comes after the head and the fence; a wrong name is a mistake of each.
    folder = project(work / "options", "site_name: Notes\n" + YAML[1])
    (folder / "docs/index.md").write_text(PAGES[1] + "\n```grad style=lecture width=30%\nx = 3; y = x*x\n```\n")
    check(mkdocs("build", "--strict", folder=folder).returncode == 0, "options of the extension")
    text = (folder / "site/index.html").read_text("utf-8")
    check(re.findall(r'<figure[^>]*style="([^"]*)"', text) == ["width:60%", "width:30%"], f"widths: {text}")
    # A file beside the configuration does the same.
    folder = project(work / "alone", YAML[0].replace("graphviz_grad.superfences", "graphviz_grad_mkdocs"))
    run(TOOL, "integration", "mkdocs", "-o", "graphviz_grad_mkdocs.py", folder=folder)
    (folder / "docs/index.md").write_text(PAGES[0])
    done = mkdocs("build", "--strict", folder=folder, env={"PYTHONPATH": ""})
    check(done.returncode == 0 and "<svg" in (folder / "site/index.html").read_text("utf-8"), f"alone: {done.stderr}")


def check_odd(browser, work):
    """Every mistake at its place, once, and nothing drawn of what is no figure; on the theme of MkDocs itself."""
    folder = project(work / "odd", """site_name: Odd
theme: {name: mkdocs, color_mode: dark}
exclude_docs: parts
markdown_extensions:
  - pymdownx.superfences
  - pymdownx.snippets: {base_path: [docs, docs/parts]}
  - pymdownx.arithmatex: {generic: true}
  - graphviz_grad.superfences
""")
    (folder / "docs/parts").mkdir()
    for name, text in {"index.md": "# A\n", "odd.md": ODD, "bad.grad": "x = 3\ny = x*q\n",
                       "parts/snip.md": "```grad\nz = 3\nw = z*k\n```\n"}.items():
        (folder / "docs" / name).write_text(text)
    done = mkdocs("build", "--strict", folder=folder)
    faults = re.findall(r"(docs/\S+: error: .*?) \[", done.stderr)
    check(done.returncode == 1 and faults == ODD_FAULTS, f"odd: {done.stderr}")
    mkdocs("build", folder=folder)
    html = (folder / "site/odd/index.html").read_text("utf-8")
    check('```grad stile=shown title="q"\nzz' in html and "<!-- hidden\n```grad stile=hidden\nqq" in html, f"odd: {html}")
    check('The loss <span class="arithmatex">\\(L\\)</span>, <em>forward</em>' in html, f"odd: {html}")
    paper = {}
    for mode in ("dark", "light"):
        tab = browser.new_page()
        tab.goto((folder / "site/odd/index.html").as_uri())
        tab.evaluate(f"document.documentElement.dataset.bsTheme = '{mode}'")
        paper[mode] = tab.evaluate("getComputedStyle(document.querySelector('figure svg rect')).fill")
        tab.close()
    check(paper["dark"] != paper["light"] == "rgb(255, 255, 255)", f"odd: {paper}")
    done = mkdocs("build", folder=folder, env={"GRAPHVIZ_GRAD": "nowhere"})
    check(done.stderr.count("'nowhere' is not found") == 1, f"odd: without the tool {done.stderr}")


def check_zensical(browser, work):
    folder = project(work / "zensical", YAML[0] + "  - pymdownx.tabbed: {alternate_style: true}\n")
    run("zensical", "build", folder=folder)
    check_site(browser, folder / "site/index.html")
    (folder / "docs/wrong.md").write_text(WRONG)
    done = attempt("zensical", "build", folder=folder)
    check(done.returncode == 0 and "docs/wrong.md:7:11: error" in done.stderr, f"zensical: {done.stderr}")
    (folder / "mkdocs.yml").write_text("strict: true\n" + YAML[0])
    shutil.rmtree(folder / ".cache")
    done = attempt("zensical", "build", folder=folder)
    check(done.returncode == 1 and "docs/wrong.md:7:11: error" in done.stderr, f"zensical: {done.stderr}")


def check_pelican(browser, work):
    folder = work / "pelican"
    (folder / "content").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(
        f"SITENAME = 'Notes'\nSITEURL = 'https://example.org'\nRELATIVE_URLS = True\nPATH = 'content'\nTIMEZONE = 'UTC'\n{PELICAN}")
    page = folder / "content/lecture.md"
    head = "Title: Lecture\nDate: 2026-11-26\n\nBefore.\n\n"
    tail = "\nAfter.\n\n````md\n```grad #a\nzz\n```\n````\n"
    page.write_text(head + PAGES[0] + tail)
    run(sys.executable, "-m", "pelican", "--fatal=warnings", folder=folder)
    check_page(browser, folder / "output/lecture.html", 1)
    page.write_text(head + PAGES[0].replace("b*c", "b*q") + tail)
    done = attempt(sys.executable, "-m", "pelican", "--fatal=warnings", folder=folder)
    said = " ".join((done.stderr + done.stdout).split())
    check(done.returncode != 0 and "content/lecture.md:10:16: error: 'q'" in said, f"pelican: {said}")


def main():
    os.environ.update({
        "GRAPHVIZ_GRAD": str(TOOL), "PYTHONPATH": str(PACKAGE), "NO_MKDOCS_2_WARNING": "1",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"})
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        work = Path(name).resolve()
        check_mkdocs(browser, work)
        check_odd(browser, work)
        check_zensical(browser, work)
        check_pelican(browser, work)
    finish("MkDocs, Zensical and Pelican")


if __name__ == "__main__":
    main()
