"""Makes documents with figures in them by LaTeX, knitr, Asciidoctor, Org, Hugo and Jekyll, as their articles say.

    apt-get install --no-install-recommends asciidoctor chromium emacs-nox hugo jekyll latexmk poppler-utils \
        r-cran-knitr r-cran-rmarkdown texlive-latex-recommended texlive-xetex
    pip install playwright
    python3 Tests/Scripts/documents.py .build/debug/graphviz-grad

Every document of an article has its figures, captions and references in all that the tool makes of it, and a mistake
in a program is told with its place and ends the run.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

from common import article, attempt, check, chromium, finish, run

TOOL = Path(sys.argv[1]).resolve()
# A figure that is wider than a page.
WIDE = "a = 5\nb = 3\nc = 2\nd = exp(sin(a*b) + cos(b*c)*tanh(a)*c) - 2\ne = tanh(d*c - a)\nJ = e**2 + d\n"
# What alternative texts have of a square of x = 3: every number.
SQUARE = "y = 9, computed from x"


def blocks(name, *languages):
    """The blocks of an article in one of the languages."""
    return [text for language, text in article(name) if language in languages]


def shell(line, folder, code=0, **variables):
    """Runs lines of shell as they stand in an article; what they say, on both streams."""
    done = attempt("sh", "-e", "-c", line, folder=folder, env=variables)
    said = done.stdout + done.stderr
    check(done.returncode == code if code is not None else done.returncode, f"{line} ends with {done.returncode}: {said[-3000:]}")
    return said


def words_of(pdf, folder):
    return run("pdftotext", "-layout", pdf, "-", folder=folder)


def images(browser, page):
    """The images of a page with their widths, where they are there."""
    tab = browser.new_page(viewport={"width": 1200, "height": 900})
    tab.goto(page.as_uri())
    found = tab.evaluate("""() => [...document.images].map(one => ({alt: one.alt, wide: one.naturalWidth,
        width: one.getBoundingClientRect().width, page: document.body.clientWidth}))""")
    words = tab.inner_text("body")
    tab.close()
    check(found and all(one["wide"] > 50 and one["alt"] for one in found), f"{page}: {found}")
    return found, words


def check_latex(work):
    folder = work / "latex"
    folder.mkdir()
    integration, build, latexmk = blocks("LaTeX", "sh")
    paper, talk = blocks("LaTeX", "latex")
    shell(integration, folder)
    # Letters that LaTeX would read, tabs, a program of its own file, and words in braces.
    more = "\n\\begin{grad}\n#: --decimals 1\na = 5  # 100% & a_b \\foo {\ngröße = 3\n\t# tab\nJ = a*größe\n\\end{grad}\n\n" \
        "\\begin{grad}[title={A square, it's 50\\% \\# sure},\n  legend , set={x=4}]\nx = 3\ny = x*x\n\\end{grad}\n\n" \
        "A line of text that stands before a figure which takes all of the line.\n\\begin{grad}\n" \
        f"{WIDE}\\end{{grad}}\nText behind it.\n\n\\begin{{grad}}\n{WIDE}\\end{{grad}}\n\n\\includegrad[width=3cm]{{own.grad}}\n"
    (folder / "own.grad").write_text("p = 2\nq = p**6\n")
    (folder / "paper.tex").write_text(paper.replace("\\end{document}", f"{more}\\end{{document}}"), "utf-8")
    for engine in ["pdflatex", "lualatex", "xelatex"]:
        for path in [*folder.glob("*-grad-*"), *folder.glob("own.pdf")]:
            path.unlink()
        line = build.replace("pdflatex", f"{engine} -interaction=nonstopmode")
        log = shell(f"{line}{line}", folder)
        check("Overfull" not in log, f"{engine}: a figure is too wide: {log}")
        text = words_of("paper.pdf", folder)
        for word in ["Figure 1 shows", "33", "größe", "15.0", "A square, it's 50% # sure", "16", "64"]:
            check(word in text, f"{engine} lacks {word}: {text}")
        # A name with a space, which TeX puts into quotes.
        (folder / "my paper.tex").write_text(paper)
        shell(line.replace("paper.tex", '"my paper.tex"'), folder)
        check("33" in words_of("my paper.pdf", folder), f"{engine}: a name with a space")
    (folder / "talk.tex").write_text(talk)
    shell(build.replace("pdflatex", "pdflatex -interaction=nonstopmode").replace("paper", "talk"), folder)
    check("9" in words_of("talk.pdf", folder), "Beamer lacks its figure")
    # A wrong program has no figure, not even that of its last state.
    wrong = paper.replace("b*c", "b*q")
    (folder / "paper.tex").write_text(wrong)
    said = shell(build.replace("pdflatex", "pdflatex -interaction=nonstopmode"), folder, code=1)
    check("paper.tex:10:16: error: 'q'" in said and "cannot be drawn" in said, f"LaTeX: {said}")
    check(not (folder / "paper-grad-1.pdf").exists(), "LaTeX keeps an old figure")
    # In the file that a chapter is in, and in the paper behind it.
    (folder / "chapters").mkdir()
    (folder / "chapters/one.tex").write_text("\n\\begin{grad}\nx = 3\ny = x*p\n\\end{grad}\n")
    (folder / "paper.tex").write_text(wrong.replace("\\begin{figure}", "\\input{chapters/one}\\begin{figure}"))
    said = shell(build.replace("pdflatex", "pdflatex -interaction=nonstopmode"), folder, code=1)
    check("chapters/one.tex:4:7: error: 'p'" in said and "paper.tex:10:16: error: 'q'" in said, f"LaTeX: {said}")
    # A size of its own and the text's: nothing is larger on paper than in a browser.
    (folder / "out").mkdir()
    (folder / "paper.tex").write_text(paper.replace("{graphviz-grad}", "[outputdir=out]{graphviz-grad}"))
    shell(build.replace("pdflatex", "pdflatex -output-directory=out -interaction=nonstopmode"), folder)
    check((folder / "out/paper-grad-1.pdf").exists() and "33" in words_of("out/paper.pdf", folder), "LaTeX: a folder")
    check_latexmk(work, integration, paper, latexmk)


def check_latexmk(work, integration, paper, build):
    folder = work / "latexmk"
    folder.mkdir()
    shell(integration, folder)
    (folder / ".latexmkrc").write_text(blocks("LaTeX", "perl")[0])
    (folder / "paper.tex").write_text(paper)
    run("pdflatex", "-interaction=nonstopmode", "paper.tex", folder=folder)
    log = (folder / "paper.log").read_text("utf-8", "replace")
    check("'paper-grad-1.pdf' is not drawn yet" in log.replace("\n", ""), f"LaTeX says nothing: {log[-2000:]}")
    build = build.replace("-pdf", "-pdf -interaction=nonstopmode")
    # latexmk takes a file of the same size and the same second for the same, and so does nothing for a paper of
    # the second in which it was printed.
    for age, (old, new, number) in enumerate([("b*c", "b*c", "33"), ("c = 2", "c = 14", "141")]):
        (folder / "paper.tex").write_text(paper.replace(old, new))
        written = (folder / "paper.tex").stat().st_mtime
        os.utime(folder / "paper.tex", (written + 2 + 2 * age, written + 2 + 2 * age))
        said = shell(build, folder)
        check(number in words_of("paper.pdf", folder), f"latexmk draws no {number}: {said}")
    # The program that LaTeX writes for it is of another size too, as all three may be of one second.
    (folder / "paper.tex").write_text(paper.replace("b*c", "b*unknown"))
    said = shell(build, folder, code=None)
    check("paper.tex:10:16: error: 'unknown'" in said, f"latexmk: {said}")


def check_knitr(browser, work):
    folder = work / "knitr"
    folder.mkdir()
    integration, build = blocks("RMarkdown", "sh")
    page = blocks("RMarkdown", "rmd")[0]
    shell(integration, folder)
    (folder / "notes.Rmd").write_text(page.replace("y = x * x", "größe = 2\ny = x*größe"), "utf-8")
    shell(build, folder)
    found, words = images(browser, folder / "notes.html")
    check(len(found) == 2 and "The cost, forward and back" in words and "größe = 2" in words, f"knitr: {found} {words}")
    check("a = 5" not in words and found[1]["width"] == found[1]["wide"], f"knitr: {found} {words}")
    check("graph of y: y = 8, " in found[1]["alt"] and "x = 4; größe = 2; y = x·größe = 8" in found[1]["alt"], f"knitr: {found[1]}")
    for kind in ["pdf_document", "word_document"]:
        said = shell(build.replace('Rmd"', f'Rmd", "{kind}"'), folder)
        check("arning" not in said, f"knitr: {said}")
    text = words_of("notes.pdf", folder)
    check("Figure 1: The cost" in text and "33" in text and "größe" in text, f"knitr: {text}")
    (folder / "notes.Rmd").write_text(page.replace("b*c", "b*q"), "utf-8")
    said = shell(build, folder, code=1)
    check("notes.Rmd:14:16: error: 'q' is not defined" in said, f"knitr: {said}")
    # Lines of options count too.
    (folder / "notes.Rmd").write_text(page.replace("x * x", "x * p"), "utf-8")
    said = shell(build, folder, code=1)
    check("notes.Rmd:22:9: error: 'p' is not defined" in said, f"knitr: {said}")
    (folder / "notes.Rmd").write_text(page.replace("style:", "sytle:"), "utf-8")
    said = shell(build, folder, code=1)
    check("did you mean '--style'" in said, f"knitr: {said}")


def check_asciidoctor(browser, work):
    folder = work / "asciidoctor"
    folder.mkdir()
    page = blocks("Asciidoctor", "asciidoc")[0]
    lines = blocks("Asciidoctor", "sh")[0]
    (folder / "notes.adoc").write_text(page + "\n[grad,legend,echo]\n....\n#: --caption Own --width 200px\nx = 2\ny = x**3\n....\n")
    shell(lines, folder)
    found, words = images(browser, folder / "notes.html")
    check(len(found) == 3 and "Figure 1. The cost, forward and back" in words and "Figure 2. Own" in words, f"asciidoctor: {words}")
    check(found[2]["width"] == 200 and "y = x**3" in words and "a = 5" not in words, f"asciidoctor: {found} {words}")
    check(sorted(path.suffix for path in (folder / "images").iterdir()) == [".svg"] * 3, "asciidoctor: images")
    build = lines.splitlines()[1]
    shell(f"{build} -D out\n{build} -b docbook5", folder)
    images(browser, folder / "out/notes.html")
    check("images/fig-cost.svg" in (folder / "notes.xml").read_text("utf-8"), "asciidoctor: DocBook")
    check("J = 33, computed from" in found[0]["alt"], f"asciidoctor: {found[0]}")
    # The writer of PDF has no letters for θ and for a minus sign; a figure is as large as on a page.
    (folder / "greek.adoc").write_text(f"= Notes\n\n[grad]\nθ = -3; y = θ*θ\n\n[grad]\n----\n{WIDE}----\n", "utf-8")
    said = shell(build.replace("asciidoctor ", "asciidoctor-pdf ").replace("notes", "greek"), folder)
    pictures = [line.split() for line in run("pdfimages", "-list", "greek.pdf", folder=folder).splitlines()[2:]]
    check(len(pictures) == 2 and pictures[0][12] == "288" and int(pictures[1][12]) > 288, f"asciidoctor: {pictures}")
    # Of two blocks with one program, the one that is wrong is told, at its line of attributes.
    (folder / "same.adoc").write_text("[grad]\n----\nx = 3\n----\n\n[grad,decimals=x]\n----\nx = 3\n----\n")
    said = shell(build.replace("notes", "same"), folder, code=1)
    check("same.adoc:6:7: error: decimals" in said, f"asciidoctor: {said}")
    (folder / "notes.adoc").write_text(page.replace("b*c", "b*q"))
    said = shell(build, folder, code=1)
    check(re.search(r"ERROR: .*notes\.adoc:12:16: error: 'q'", said), f"asciidoctor: {said}")


def check_org(browser, work):
    folder = work / "org"
    folder.mkdir()
    integration, build = blocks("OrgMode", "sh")
    page = blocks("OrgMode", "org")[0]
    shell(integration, folder)
    file = folder / "notes.org"
    own = "\n#+begin_src grad :file größe.svg :legend yes :exports both\ngröße = 2\ny = größe**3\n#+end_src\n"
    file.write_text(page + own, "utf-8")
    shell(build, folder)
    found, words = images(browser, folder / "notes.html")
    check(len(found) == 2 and "Figure 1: The cost, forward and back" in words and "größe = 2" in words, f"org: {words}")
    check("39" in (folder / "figures/fig-cost.svg").read_text("utf-8"), "org: :var says nothing")
    check("J = 39, computed from" in found[0]["alt"], f"org: {found[0]}")
    file.write_text(f"{page}\n#+begin_src grad :file own.svg :height 3cm\n{WIDE}#+end_src\n", "utf-8")
    shell(build, folder)
    check('style="height:3cm;"' in (folder / "notes.html").read_text("utf-8"), "org: :height in HTML")
    shell(build.replace("html-export-to-html", "latex-export-to-pdf"), folder)
    check("[height=3cm]{own.pdf}" in (folder / "notes.tex").read_text("utf-8"), "org: SVG for LaTeX")
    file.write_text(page, "utf-8")
    text = words_of("notes.pdf", folder)
    check("Figure 1: The cost" in text and "39" in text, f"org: {text}")
    # What a block gives when it is run stands below it, once.
    for _ in range(2):
        shell(build.replace("org-html-export-to-html", "org-babel-execute-buffer -f save-buffer"), folder)
    text = file.read_text("utf-8")
    check(text.count("[[file:figures/fig-cost.svg]]") == 1 and ":end:" in text, f"org: {text}")
    file.write_text(page.replace("b*c", "b*q"), "utf-8")
    said = shell(build, folder, code=1)
    check("notes.org:5:16: error: 'q' is not defined" in said, f"org: {said}")
    # All that is wrong, each at its own of two blocks with one program, and nothing of Lisp.
    program = "x = 3\ny = x*x\n#+end_src\n"
    words = ["", " :decimals x", " :stile circuit"]
    file.write_text("".join(f"#+begin_src grad{word}\n{program}" for word in words), "utf-8")
    said = shell(build, folder, code=1)
    check("notes.org:5:19: error: decimals" in said and "notes.org:9:19: error" in said, f"org: {said}")
    check("did you mean 'style'" in said and "Debugger" not in said and "mapbacktrace" not in said, f"org: {said}")
    said = run("emacs", "--batch", "-Q", "-L", ".", "--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile", "ob-grad.el", folder=folder)


def check_hugo(browser, work):
    folder = work / "hugo"
    (folder / "layouts/_default").mkdir(parents=True)
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/lecture").mkdir()
    site = 'baseURL = "https://example.org/"\ntitle = "Notes"\n'
    (folder / "hugo.toml").write_text(site)
    for name in ["single", "list"]:
        (folder / f"layouts/_default/{name}.html").write_text("<!DOCTYPE html><meta charset=utf-8><body>{{ .Content }}")
    page = folder / "content/lecture/index.md"
    program = "```grad #fig-cost width=60%\nx = 3\ny = x*x\n```\n"
    page.write_text(f"Before.\n\n{program}\nAfter.\n")
    bundle, others = [text for text in blocks("HugoAndJekyll", "sh") if "--plain" in text]
    command = bundle.splitlines()[0].replace(" --plain", "")
    said = shell(command, folder)
    check("which Hugo leaves out" in said and "hugo.toml" in said, f"hugo: {said}")
    unsafe = blocks("HugoAndJekyll", "toml")[0]
    (folder / "hugo.toml").write_text(site + unsafe)
    page.write_text(page.read_text().replace("x = 3", "x = 4"))
    check("leaves out" not in shell(f"{command}\nhugo --config hugo.toml", folder), "hugo: a warning without need")
    found, _ = images(browser, folder / "public/lecture/index.html")
    check(len(found) == 1 and 0.55 < found[0]["width"] / found[0]["page"] < 0.65, f"hugo: {found}")
    (folder / "hugo.toml").write_text(site)
    said = shell(bundle.replace("\nhugo", "\nhugo --config hugo.toml"), folder)
    check("no size" in said and "![" in page.read_text(), f"hugo: {said}")
    check(len(images(browser, folder / "public/lecture/index.html")[0]) == 1, "hugo: a plain image")
    (folder / "content/posts/one.md").write_text(program.replace(" width=60%", "").replace("cost", "post"))
    shell(f"{others}{others.strip()} --check\nhugo --config hugo.toml", folder)
    check((folder / "public/figures/fig-post.svg").exists(), "hugo: a figure in static")
    check('src="/figures/fig-post.svg"' in (folder / "public/posts/one/index.html").read_text("utf-8"), "hugo: its address")
    said = shell(f"{bundle.splitlines()[0]} --dark", folder, code=64)
    check("--dark needs HTML" in said, f"hugo: {said}")


def check_jekyll(browser, work):
    folder = work / "jekyll"
    (folder / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text("title: Notes\n")
    program = blocks("HugoAndJekyll", "md")[0]
    head = "---\ntitle: Lecture\n---\n\nBefore.\n\n"
    (folder / "lecture.md").write_text(f"{head}{program}\nBetween.\n\n```grad,style=circuit\nx = 3\ny = x*x\n```\n\nAfter.\n")
    (folder / "_posts/2026-11-01-one.md").write_text(head + program.replace("fig-cost", "fig-post"))
    lines = next(text for text in blocks("HugoAndJekyll", "sh") if "jekyll" in text)
    shell(lines, folder)
    found, words = images(browser, folder / "_site/lecture.html")
    check(len(found) == 2 and 0.55 < found[0]["width"] / found[0]["page"] < 0.65, f"jekyll: {found}")
    check("Between." in words and "```" not in words and "The cost, forward and back" in words, f"jekyll: {words}")
    html = (folder / "_site/lecture.html").read_text("utf-8")
    check('<figure id="fig-cost">' in html and "J = 33, computed from" in found[0]["alt"], f"jekyll: {html}")
    (folder / "spaced.md").write_text(f"{head}```grad,caption=\"A {{x}}\",width=300px\nx = 3\n```\n")
    said = shell("graphviz-grad markdown spaced.md", folder)
    check("spaced.md:7:" in said and "[space-in-fence]" in said, f"jekyll: {said}")
    post = (folder / "_site/2026/11/01/one.html").read_text("utf-8")
    check('src="/figures/fig-post.svg"' in post and (folder / "_site/figures/fig-post.svg").exists(), f"jekyll: {post}")


def main():
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        work = Path(name).resolve()
        (work / "bin").mkdir()
        (work / "bin/graphviz-grad").symlink_to(TOOL)
        os.environ["PATH"] = f"{work / 'bin'}:{os.environ['PATH']}"
        # Ruby and R read programs by the locale, which may not be there.
        os.environ["LC_ALL"] = "C.UTF-8"
        check_latex(work)
        check_knitr(browser, work)
        check_asciidoctor(browser, work)
        check_org(browser, work)
        check_hugo(browser, work)
        check_jekyll(browser, work)
    finish("LaTeX, knitr, Asciidoctor, Org, Hugo and Jekyll")


if __name__ == "__main__":
    main()
