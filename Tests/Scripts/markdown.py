"""Keeps the images of programs in pages of Markdown, and finds the programs as other readers of CommonMark do.

    apt-get install --no-install-recommends chromium
    pip install commonmark markdown-it-py playwright
    python3 Tests/Scripts/markdown.py .build/debug/graphviz-grad

Random pages of nested lists, quotations, HTML and fences have their programs where markdown-it and
commonmark.py find them (one of the two, where they do not agree); what a browser shows of a page has every figure in its place; all else in a page is
the same bytes, and a second run changes nothing.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path

import commonmark
from markdown_it import MarkdownIt

from common import attempt, check, chromium, finish

TOOL = Path(sys.argv[1]).resolve()
PAGES = 3000


def run(*words, folder, code=0):
    done = attempt(TOOL, "markdown", *words, folder=folder, text=False)
    check(code is None or done.returncode == code, f"{words} ends with {done.returncode}: {done.stderr.decode()[:1500]}")
    return done


# What random lines are made of. A program that asks for "zz" is told at the line of its fence.
STARTS = ["", "", "", "> ", ">", "- ", "* ", "1. ", "2) ", "10. ", "-   ", "-\t", " ", "  ", "   ", "    ", "\t", ">\t", "-     "]
ENDS = [
    "", "", "text", "```grad zz=1", "``` grad zz=1", "~~~grad zz=1", "````grad zz=1", "```", "```", "~~~", "````",
    "# head", "---", "***", "===", "<!--", "-->", "<div>", "</div>", "<pre>", "</pre>", "<b>", "<?a", "?>",
    "<script>x</script>", "```grad zz=`1", "<a href='x'>", "[a]: b", "- ", "<!X", ">", "<![CDATA[", "]]>",
]


def random_page(dice):
    lines = []
    for _ in range(dice.randrange(3, 14)):
        starts = "".join(dice.choice(STARTS) for _ in range(dice.choice([0, 1, 1, 2, 2, 3])))
        lines.append(starts + dice.choice(ENDS))
    return "\n".join(lines) + "\n"


def programs_by_markdown_it(page):
    tokens = MarkdownIt("commonmark").parse(page)
    return [token.map[0] + 1 for token in tokens if token.type == "fence" and token.info.strip() == "grad zz=1"]


def programs_by_commonmark(page):
    nodes = (node for node, is_entering in commonmark.Parser().parse(page).walker() if is_entering)
    return [node.sourcepos[0][0] for node in nodes if node.t == "code_block" and node.info == "grad zz=1"]


def check_places(work):
    """Every program is where the other readers find it."""
    dice = random.Random(7)
    folder = work / "random"
    folder.mkdir()
    expected, pages = {}, {}
    while len(pages) < PAGES:
        page = random_page(dice)
        lines = [programs_by_markdown_it(page), programs_by_commonmark(page)]
        if any(lines) or dice.random() < 0.1:
            name = f"{len(pages)}.md"
            pages[name] = page
            expected[name] = lines
            (folder / name).write_bytes(page.encode())
    found = {name: [] for name in pages}
    # Of many mistakes only a hundred are told one by one.
    names = list(pages)
    for start in range(0, len(names), 15):
        group = names[start:start + 15]
        said = run("--diagnostics", "json", *group, folder=folder, code=None).stderr.decode()
        messages = json.loads(said) if said else []
        check(len(messages) < 100, f"{len(messages)} mistakes in 15 pages")
        for message in messages:
            if message["code"] == "bad-attribute":
                found[message["file"]].append(message["line"])
    wrong = [name for name in pages if found[name] not in expected[name]]
    for name in wrong[:6]:
        print(f"{name}: {found[name]} rather than {expected[name]}\n{pages[name]!r}")
    check(not wrong, f"{len(wrong)} of {len(pages)} pages have their programs elsewhere")
    differ = sum(lines[0] != lines[1] for lines in expected.values())
    count = sum(map(len, found.values()))
    print(f"{len(pages)} pages with {count} programs, as others find them; they differ in {differ}")


PAGE = """# Notes

```grad
a = 5
b = 3
c = 2
J = 3*(a + b*c)
```
Text at once.

- an item

  ~~~~ grad {#square width=60%}
  x = 7
  y = x*x
  ~~~~
  more of it
  > 1. in a quotation
  >    ``` grad, caption="A \\"sum\\" [1]", show=forward
  >    p = 1
  >    q = p + 2
  >    ```
> quoted
> ```{.grad alt="A *star* & <more>"}
> s = 2; t = s**3
> ```
After.

````md
```grad
zz = zzz
```
````
<!--
```grad
zz = zzz
```
-->
    ```grad
    zz = zzz
"""


def check_page(work, browser, name, change, *options):
    folder = work / name
    folder.mkdir()
    page = folder / "notes.md"
    text = change(PAGE)
    page.write_bytes(text.encode())
    run("notes.md", *options, folder=folder)
    first = page.read_bytes()
    files = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    run("notes.md", *options, folder=folder)
    check(page.read_bytes() == first, f"{name}: a second run changes the page")
    check(all(path.stat().st_mtime_ns == time for path, time in files.items()), f"{name}: a file was written again")
    run("notes.md", "--check", *options, folder=folder)
    pictures = sorted(str(path.relative_to(folder)) for path in files if path.suffix == ".svg")
    place = options[options.index("--folder") + 1] if "--folder" in options else "figures"
    stems = ["notes-1", "notes-3", "notes-4", "square"]
    if "--dark" in options:
        stems = sorted(stems + [f"{stem}-dark" for stem in stems])
    check(pictures == sorted(f"{place}/{stem}.svg" for stem in stems), f"{name}: the pictures are {pictures}")
    # The lines of the page are there, in their order, and what is new are images and empty lines.
    old, new = text.encode().split(b"\n"), first.split(b"\n")
    added = []
    for line in new:
        if old and line.rstrip(b"\r") == old[0].rstrip(b"\r"):
            check(line == old[0] or len(old) == 1, f"{name}: a line ends otherwise")
            old.pop(0)
        else:
            added.append(line.decode())
    check(not old, f"{name}: a line is gone: {old[:1]}")
    images = [line for line in added if "src=" in line or "](" in line]
    check(len(images) == 4 and len(added) <= 12, f"{name}: new lines are {added}")
    check(all(not line.strip(" >\r") for line in added if line not in images), f"{name}: new lines are {added}")
    # A reader of CommonMark shows each of them, in the list or quotation of its program.
    html = MarkdownIt("commonmark").render(first.decode("utf-8-sig"))
    (folder / "page.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{html}")
    tab = browser.new_page()
    tab.goto((folder / "page.html").as_uri())
    shown = tab.evaluate("""() => [...document.images].map(image => ({alt: image.alt,
      caption: image.closest('figure')?.querySelector('figcaption')?.textContent ?? '', id: image.closest('figure')?.id,
      width: image.naturalWidth, before: image.closest('figure, p')?.previousElementSibling?.tagName,
      around: [image.closest('li') ? 'li' : '', image.closest('blockquote') ? 'quote' : ''].join('')}))""")
    tab.close()
    check([image["around"] for image in shown] == ["", "li", "liquote", "quote"], f"{name}: {shown}")
    check(all(image["width"] > 50 and image["before"] == "PRE" for image in shown), f"{name}: {shown}")
    check(shown[0]["alt"].startswith("Computation graph of J: J = ") and shown[3]["alt"] == "A *star* & <more>", f"{name}: {shown}")
    check(shown[1]["id"] == "square" and shown[2]["caption"] == 'A "sum" [1]', f"{name}: {shown[1:3]}")
    return folder


def check_changes(folder):
    """A page follows its programs, whatever they are called then."""
    page = folder / "notes.md"
    text = page.read_text()
    page.write_text(text.replace("a = 5", "a = 6").replace("#square", "#squared"))
    stale = run("notes.md", "--check", folder=folder, code=1)
    paths = stale.stdout.decode().split()
    check(paths == ["notes.md", "figures/notes-1.svg", "figures/squared.svg"], f"--check says {paths}")
    run("notes.md", folder=folder)
    check("36" in (folder / "figures/notes-1.svg").read_text(), "the figure is old")
    new = page.read_text()
    check(new.count("squared.svg") == 1 and "square.svg" not in new, "an image is there twice")
    # A block that is gone leaves a picture, which goes on request.
    start = new.index("> quoted")
    page.write_text(new[:start] + new[new.index("After."):])
    run("notes.md", folder=folder)
    (folder / "figures/notes-9.svg").write_text("<svg/>")
    check((folder / "figures/notes-4.svg").exists(), "a picture went without a word")
    paths = run("notes.md", "--check", "--prune", folder=folder, code=1).stdout.decode().split()
    check(paths == ["figures/notes-4.svg"], f"--check --prune says {paths}")
    run("notes.md", "--prune", folder=folder)
    left = sorted(path.name for path in (folder / "figures").iterdir())
    check(left == ["notes-1.svg", "notes-3.svg", "notes-9.svg", "square.svg", "squared.svg"], f"left are {left}")


MISTAKES = {
    "a wrong name": ("> - ```grad\n>   x = 1\n>   y = x + q\n>   ```\n", ["notes.md:3:13: error", "'q'"]),
    "an empty block": ("A\n\n```grad\n```\n", ["notes.md:3:4: error", "holds no program"]),
    "an unknown attribute": ("``` grad é=1 stile=circuit\nx = 1; y = x\n```\n", ["notes.md:1:14: error", "style"]),
    "an open block": ("- ```grad\n  x = 1; y = x\n\nA\n", ["notes.md:1:6: error", "nothing ends the block"]),
    "one name twice": ("```grad #f\nx = 1; y = x\n```\n\n```grad #f\nx = 2; y = x\n```\n", ["notes.md:5:", "notes.md:1:"]),
    "a name as a number": ("```grad\nx = 1; y = x\n```\n```grad #notes-1\nx = 2; y = x\n```\n", ["notes.md:4:", "notes.md:1:"]),
    "steps": ("```grad steps\nx = 1; y = x\n```\n", ["notes.md:1:9: error", "graphviz-grad frames"]),
    "Windows": ("\ufeff# A\r\n\r\n```grad\r\nx = 1\r\ny = x + q\r\n```\r\n", ["notes.md:5:9: error"]),
    "two": ("```grad\ny = q\n```\n\n```grad\nz = r\n```\n", ["notes.md:2:", "notes.md:6:"]),
}


def check_mistakes(work):
    for name, (text, words) in MISTAKES.items():
        folder = work / f"mistake {name}"
        folder.mkdir()
        (folder / "notes.md").write_bytes(text.encode())
        said = run("notes.md", folder=folder, code=1).stderr.decode()
        check(all(word in said for word in words), f"{name}: {said}")
        check([path.name for path in folder.iterdir()] == ["notes.md"], f"{name}: files were left")
        check((folder / "notes.md").read_bytes() == text.encode(), f"{name}: the page changed")
    folder = work / "foreign"
    (folder / "figures").mkdir(parents=True)
    (folder / "notes.md").write_text(PAGE)
    (folder / "figures/notes-1.svg").write_text("<svg/>")
    said = run("notes.md", folder=folder, code=1).stderr.decode()
    check("notes.md:3:4: error" in said and "has not made" in said, f"another's file: {said}")
    check((folder / "figures/notes-1.svg").read_text() == "<svg/>", "another's file was replaced")
    said = run("notes.md", "--folder", "notes.md", folder=folder, code=74).stderr.decode()
    check("notes.md" in said and (folder / "notes.md").read_text() == PAGE, f"a file for a folder: {said}")
    run("none.md", folder=folder, code=74)
    run(folder=folder, code=64)
    run("notes.md", "notes.md", folder=folder, code=64)


def check_folders(work):
    """A folder is all of its pages, but for hidden ones, and nothing else of it changes."""
    folder = work / "folders"
    block = "```grad\nx = 3\ny = x*x\n```\n"
    texts = {"docs/a.md": block, "docs/more/b.md": block, "docs/.git/c.md": block, "docs/plain.md": "text\n", "d.md": block}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    run("docs", folder=folder)
    changed = [name for name, text in texts.items() if (folder / name).read_text() != text]
    check(changed == ["docs/a.md", "docs/more/b.md"], f"pages of a folder: {changed}")
    figures = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.svg"))
    check(figures == ["docs/figures/a-1.svg", "docs/more/figures/b-1.svg"], f"figures of a folder: {figures}")
    run(".", "docs/a.md", "--check", folder=folder, code=1)
    run("docs", "--check", folder=folder)
    (folder / "empty").mkdir()
    said = run("empty", folder=folder, code=1).stderr.decode()
    check("there is no .md file in 'empty'" in said, f"a folder without pages: {said}")


def check_size(work):
    """Ten megabytes without programs stay the same bytes, in less time than anyone notices."""
    page = work / "long.md"
    text = (PAGE.replace("grad", "text") + "> - <b>\n" * 40 + "words and more words\n" * 400).encode()
    page.write_bytes(text * (10_000_000 // len(text) + 1))
    before, changed = page.read_bytes(), page.stat().st_mtime_ns
    start = time.monotonic()
    run("long.md", folder=work)
    print(f"{len(before) / 1e6:.0f} MB without programs: {time.monotonic() - start:.1f} s")
    check(page.read_bytes() == before and page.stat().st_mtime_ns == changed, "a long page was written")
    check(not (work / "figures").exists(), "a folder was made for nothing")


def main():
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        work = Path(name)
        check_places(work)
        folder = check_page(work, browser, "plain", lambda text: text)
        check_page(work, browser, "windows", lambda text: "\ufeff" + text.replace("\n", "\r\n"))
        check_page(work, browser, "twins", lambda text: text, "--dark", "--folder", "pictures/all")
        check_page(work, browser, "short", lambda text: text[: text.index("After.")].rstrip("\n"))
        check_changes(folder)
        check_mistakes(work)
        check_folders(work)
        check_size(work)
    finish("Markdown in place")


if __name__ == "__main__":
    main()
