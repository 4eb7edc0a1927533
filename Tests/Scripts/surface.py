"""Checks what a program sees that imports the library, from outside of this package.

    python3 Tests/Scripts/surface.py .build/debug

A program with names of its own compiles, and what only the package needs is not there. Compiles against the
modules of a build; needs pkg-config, which finds Graphviz's headers.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from common import check, finish

ROOT = Path(__file__).resolve().parents[2]
build = Path(sys.argv[1]).resolve()
headers = subprocess.run(
    ["pkg-config", "--cflags", "libgvc"], capture_output=True, text=True, check=True).stdout.split()
command = ["swiftc", "-typecheck", "-swift-version", "6", "-package-name", "elsewhere",
           "-I", build / "Modules", "-I", ROOT / "Modules/CGraphviz"]
for word in headers:
    command += ["-Xcc", word]

PROGRAM = """
import GraphvizGrad

/// Names that a program is likely to have for itself.
struct Add {}
struct Max {}
struct Option {}
struct Page {}
struct Format {}

func trace() -> Trace {
  record { tape in
    var x = tape.input(3, "x")
    let n = 2
    let y = n * x + 1 - x / n + 2 * x
    x += 1
    x *= y
    x -= y
    x /= 4
    return (x > 0 && y != 0 && 1 < x ? pow(x, n) + max(x, 0) : -y).named("J")
  }
}

func files() throws -> [[UInt8]] {
  let recorded = trace()
  let given = try Trace(json: recorded.json())
  let made = try Trace(
    TraceDescription(
      nodes: [.input("x", 3), .operation("J", "square")], edges: [.init(from: "x", to: "J")]))
  let text = try Computation(parsing: "x = 3; y = x*x").trace
  return try [recorded, given, made, text].map { try $0.picture(.svg).bytes }
}

let codable: any Codable.Type = Trace.self
let row = Operators.Multiply.row
let isKnown = Opcode.add == .add
"""

HIDDEN = [
    "Add", "Abs", "Identity", "Max", "Min", "Power", "Sign", "Square", "Where", "Option", "Page", "Format", "Setting",
    "Formula", "NodeTexts", "FontMetrics", "GIFAnimation", "Pixels", "DotProgram", "JavaScript", "JSONText",
    "JSONDocument", "XML", "CSVText", "HeadWord", "shortestText", "nearestName", "displayWidth", "getpid",
]


def compiled(program, folder):
    file = Path(folder) / "program.swift"
    file.write_text(program)
    done = subprocess.run([*command, file], capture_output=True, text=True)
    return done.returncode, done.stderr


with tempfile.TemporaryDirectory() as folder:
    code, said = compiled(PROGRAM, folder)
    check(code == 0, f"a program does not compile: {said}")
    names = "\n".join(f"let _{name} = {name}.self" if name[0].isupper() else f"let _{name} = {name}" for name in HIDDEN)
    code, said = compiled(f"import GraphvizGrad\n{names}\n", folder)
    for name in HIDDEN:
        check(f"cannot find '{name}' in scope" in said, f"'{name}' is seen from outside")

finish("surface")
