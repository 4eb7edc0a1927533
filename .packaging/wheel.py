"""The wheels: the library for Python with the folder in it, and the commands; and the server for that folder."""

import base64
import hashlib
import os
import stat
import time
import zipfile

import libraries
from common import HERE, REPOSITORY, File, end
from licences import linked_in

LIBRARY = REPOSITORY / "Sources/Python/graphviz_grad"
COMMANDS = """[console_scripts]
graphviz-grad = graphviz_grad_program:run
graphviz-grad-dot = graphviz_grad_program:dot
pandoc-graphviz-grad = graphviz_grad_program:pandoc

[pygments.lexers]
grad = graphviz_grad.pygments_lexer:GradLexer
"""

METADATA = """Metadata-Version: 2.1
Name: graphviz-grad
Version: VERSION
Summary: Draws a computation with every value and every derivative
Requires-Python: >=3.9
Provides-Extra: executing
Requires-Dist: executing; extra == "executing"
Provides-Extra: serve
Requires-Dist: graphviz-grad-serve==VERSION; extra == "serve"
Description-Content-Type: text/markdown

A text file of formulas goes in, or what a program in Python has computed, and a figure of its computation
graph comes out: every value on the way forward, every derivative on the way back.

This wheel holds the command `graphviz-grad` with the libraries and fonts that it needs, and the package
`graphviz_grad` for programs and notebooks. Names of variables are read from the source with the package
`executing`: install `graphviz-grad[executing]` for that.
"""

METADATA_OF_SERVER = """Metadata-Version: 2.1
Name: graphviz-grad-serve
Version: VERSION
Summary: The server that `graphviz-grad serve` becomes
Requires-Python: >=3.9
Requires-Dist: graphviz-grad==VERSION
Description-Content-Type: text/markdown

Shows the programs of a folder as pages that follow them, has a playground, and draws for whoever asks by
HTTP. The libraries and fonts are those of the wheel `graphviz-grad`.
"""


def make_wheel(program, bundle, output):
    """Writes ``graphviz_grad-VERSION-py3-none-manylinux_MAJOR_MINOR_MACHINE.whl``."""
    # The library looks for the program in its own folder before it looks anywhere else.
    files = {f"graphviz_grad/{name}": file for name, file in bundle.files.items()}
    files["graphviz_grad_program.py"] = File((HERE / "graphviz_grad_program.py").read_bytes())
    files.update(library())
    data = f"graphviz_grad-{program.version}.data/data"
    files.update({f"{data}/{name}": file for name, file in bundle.share.items()})
    told = {"METADATA": METADATA, "entry_points.txt": COMMANDS}
    return write_wheel("graphviz_grad", program, files, told, bundle.licences.files, bundle.glibc, output)


def make_server_wheel(program, bundle, output):
    """Writes ``graphviz_grad_serve-….whl``, which puts the server beside the program of the other wheel.

    Two programs with Swift's libraries inside would make one wheel half as large again, for the few who serve.
    """
    files = {"graphviz_grad/bin/graphviz-grad-serve": bundle.server}
    glibc = libraries.newest_glibc([program.server])
    return write_wheel(
        "graphviz_grad_serve", program, files, {"METADATA": METADATA_OF_SERVER}, linked_in(program), glibc, output)


def write_wheel(distribution, program, files, told, licences, glibc, output):
    """Writes a wheel of ``files`` with what is ``told`` about it, and returns its path.

    Its tag names the version of the C library that the files really ask for; pip refuses it elsewhere.
    """
    tag = f"py3-none-manylinux_{glibc[0]}_{glibc[1]}_{os.uname().machine}"
    info = f"{distribution}-{program.version}.dist-info"
    files.update({f"{info}/licenses/{name}": file for name, file in licences.items()})
    files.update({
        f"{info}/{name}": File(text.replace("VERSION", program.version).encode()) for name, text in told.items()})
    files[f"{info}/WHEEL"] = File(
        f"Wheel-Version: 1.0\nGenerator: graphviz-grad\nRoot-Is-Purelib: false\nTag: {tag}\n".encode())

    path = output / f"{distribution}-{program.version}-{tag}.whl"
    moment = time.gmtime(program.epoch)[:6]
    record = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        def write(name, file):
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | file.mode) << 16
            wheel.writestr(entry, file.data, zipfile.ZIP_DEFLATED, 9)

        # Those that tell about the wheel stand at its end, as the specification recommends.
        for name in sorted(files, key=lambda name: (name.startswith(info), name)):
            digest = base64.urlsafe_b64encode(hashlib.sha256(files[name].data).digest())
            record += f"{name},sha256={digest.decode().rstrip('=')},{len(files[name].data)}\n"
            write(name, files[name])
        write(f"{info}/RECORD", File(f"{record}{info}/RECORD,,\n".encode()))
    return path


def library():
    """The files of the library for Python, as they are."""
    paths = [path for path in LIBRARY.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    if not paths:
        end(f"{LIBRARY} is empty")
    return {
        f"graphviz_grad/{path.relative_to(LIBRARY).as_posix()}": File(path.read_bytes()) for path in paths}
