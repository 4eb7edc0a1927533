"""The package of Debian, which leaves libraries and fonts to the packages that have them."""

import gzip
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

import libraries
from common import REPOSITORY, File, output_of, owner, version
from completions import completions
from licences import linked_in
from manual import manual
from program import OTHER_NAMES

DESCRIPTION = """\
Description: draws a computation with every value and every derivative
 A text file of formulas goes in, and a figure of its computation graph comes
 out: forward values in blue, backward derivatives in red, and on each edge the
 partial derivative that it stands for.
 .
 Writes SVG, PNG, PDF, EPS, TikZ and a page to play with, one picture a step for
 slides, and exercise sheets. The figures stand in documents of pandoc, Sphinx,
 mdBook and Jupyter, and the command takes the place of dot.
"""


def make_package(program, bundle, output):
    """Writes ``graphviz-grad_VERSION_ARCHITECTURE.deb``."""
    architecture = output_of("dpkg", "--print-architecture").strip()
    path = output / f"graphviz-grad_{program.version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        for name, file in files(program).items():
            place(tree / name, file)
        size = sum(max(1, -(-p.lstat().st_size // 1024)) for p in tree.rglob("*"))
        fields = {
            "Package": "graphviz-grad", "Version": program.version, "Architecture": architecture,
            "Maintainer": maintainer(), "Installed-Size": size, "Section": "graphics",
            "Priority": "optional", "Depends": ", ".join(dependencies(program, Path(folder))),
            "Suggests": "fonts-noto-cjk, pandoc"}
        control = "".join(f"{name}: {value}\n" for name, value in fields.items()) + DESCRIPTION
        sums = output_of(
            "sh", "-c", "find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum", cwd=tree)
        place(tree / "DEBIAN/control", File(control.encode()))
        place(tree / "DEBIAN/md5sums", File(sums.encode()))
        for entry in [tree, *tree.rglob("*")]:
            os.utime(entry, (program.epoch, program.epoch), follow_symlinks=False)
        output_of(
            "dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, path,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(program.epoch)})
    return path


def place(path, file):
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.link:
        path.symlink_to(file.link)
    else:
        path.write_bytes(file.data)
        path.chmod(file.mode)


def packed(data):
    return File(gzip.compress(data, 9, mtime=0))


def files(program):
    """What the package installs, by its path."""
    page = "usr/share/man/man1"
    documents = "usr/share/doc/graphviz-grad"
    result = {
        "usr/bin/graphviz-grad": File(program.path.read_bytes(), is_program=True),
        "usr/bin/graphviz-grad-serve": File(program.server.read_bytes(), is_program=True),
        f"{page}/graphviz-grad-serve.1.gz": File(link="graphviz-grad.1.gz"),
        f"{page}/graphviz-grad.1.gz": packed(manual(program).encode()),
        f"{documents}/changelog.gz": packed(changelog(program).encode()),
        **completions(
            program, bash="usr/share/bash-completion/completions", zsh="usr/share/zsh/vendor-completions",
            fish="usr/share/fish/vendor_completions.d")}
    for name in OTHER_NAMES:
        result[f"usr/bin/{name}"] = File(link="graphviz-grad")
        result[f"{page}/{name}.1.gz"] = File(link="graphviz-grad.1.gz")
    # Swift's libraries and ArgumentParser are inside the program.
    for name, file in linked_in(program).items():
        result[f"{documents}/licences/{name}.gz"] = packed(file.data)
    return result


def maintainer():
    """As Debian's own tools find it: by two variables, else who made the commit."""
    name, address = os.environ.get("DEBFULLNAME"), os.environ.get("DEBEMAIL")
    if name and address:
        return f"{name} <{address}>"
    return output_of("git", "-C", REPOSITORY, "log", "-1", "--format=%an <%ae>").strip()


def changelog(program):
    day = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(program.epoch))
    return (
        f"graphviz-grad ({program.version}) unstable; urgency=medium\n\n"
        f"  * What changed is told in the documentation, WhatChanged.md.\n\n -- {maintainer()}  {day}\n")


def dependencies(program, folder):
    """The packages with what the program is linked with, what it opens by name, and its font."""
    # That tool asks a source package which binary packages it has.
    place(
        folder / "debian/control",
        File(b"Source: graphviz-grad\n\nPackage: graphviz-grad\nArchitecture: any\n"))
    shutil.copy(program.path, folder / "program")
    said = output_of("dpkg-shlibdeps", "-O", "program", cwd=folder)
    found = said.strip().removeprefix("shlibs:Depends=").split(", ")
    # How Graphviz keeps its records changes with the second number of its version, its name does not.
    gvc = next(one for one in found if re.match(r"libgvc\d", one)).split()[0]
    major, minor = map(int, version(gvc).split(".")[:2])
    result = [one for one in found if one.split()[0] != gvc]
    result += [f"{gvc} (>= {major}.{minor})", f"{gvc} (<< {major}.{minor + 1})"]
    named = {one.split()[0] for one in result}
    for path in libraries.named(program.opened_libraries).values():
        if owner(path) not in named:
            named.add(owner(path))
            result.append(owner(path))
    return sorted([*result, "fonts-liberation"])
