"""Drives the interactive page in Chromium and compares it with the tool.

    apt-get install --no-install-recommends chromium fonts-liberation
    pip install playwright
    python3 Tests/Scripts/page.py .build/debug/graphviz-grad samples [TEST…]

The arithmetic: every operator of the table at points of its domain and far outside, and every sample
at other inputs, agrees with `eval --set` in every value, partial and derivative. What is computed
without rounding in either is equal; elsewhere the two libraries may differ by a few units in the last
place of an operation, so the bound is 1e-12, relative to the largest number that a sum is made of.
The texts: every number and sentence on the page is what `render` and `frames` print for the same
inputs, character by character. How the page is used is the part of `page_use.py`.
"""

import json
import math
import random
import re
import sys
import tempfile
from pathlib import Path

from common import check, chromium, finish
from page_browser import SAMPLES, Page, compare, sets, tool

OPERATORS = Path(__file__).resolve().parents[2] / "Sources/GradCore/Operators"
SEED = 4
STYLES = {
    "plain": [],
    "circuit": ["--style", "circuit"],
    "record": ["--style", "record", "--theme", "dark"],
    "down": ["--direction", "down", "--notation", "leibniz", "--edge-labels", "product"],
    "decimals": ["--decimals", "2", "--edge-labels", "contribution", "--detail", "operations"],
    "precise": ["--precision", "9", "--language", "zh-Hant", "--theme", "print", "--legend"],
}


# The arithmetic


def table():
    """The rows of the operator table: name, condition, and the domain of each operand."""
    rows = []
    for path in sorted(OPERATORS.glob("*.swift")):
        text = path.read_text()
        for row in re.findall(r"OperatorRow\(\s*(\"\w+\".*?)formula:", text, re.S):
            name = re.match(r"\"(\w+)\"", row)[1]
            domains = re.findall(r"in: (-?[\d.]+?) ?\.\.\. ?(-?[\d.]+)", row)
            rows.append((
                re.search(r"operation: \"(\w+)\"", row) and re.search(r"operation: \"(\w+)\"", row)[1]
                or name,
                re.search(r"condition: (\w+)", row) and re.search(r"condition: (\w+)", row)[1],
                "isVariadic: true" in row,
                [(float(low), float(high)) for low, high in domains]))
    return rows


def operators(browser, folder):
    rows = table()
    check(len(rows) >= 49, f"only {len(rows)} rows of the table were read")
    lines, domains = [], {}
    for index, (name, condition, is_variadic, operands) in enumerate(rows):
        names = [f"x{index}_{position}" for position in range(len(operands) + 2 * is_variadic)]
        for position, operand in enumerate(names):
            domains[operand] = operands[min(position, len(operands) - 1)]
            lines.append(f"{operand} = {sum(domains[operand]) / 2}")
        words = ", ".join(names)
        test = {"true": "1 > 0, ", "false": "1 < 0, "}.get(condition, "")
        lines.append(f"o{index} = {name}({test}{words})")
    for sign in "+-*/":
        lines.append(f"s{'+-*/'.index(sign)} = x0_0 {sign} x0_0")
    outputs = [line.split(" = ")[0] for line in lines if line[0] in "os"]
    lines.append("out = " + " + ".join(f"stop_gradient({name})" for name in outputs[:0]) + " + ".join(outputs))
    generator = random.Random(SEED)
    points = [{}]
    for _ in range(12):
        points.append({name: generator.uniform(*domain) for name, domain in domains.items()})
    for far in (0.0, 1e-9, -1e-9, 1.0, -1.0, 30.0, -30.0, 800.0, -800.0, math.inf, -math.inf):
        points.append({name: far for name in domains})
    path = Path(folder) / "operators.grad"
    path.write_text("\n".join(lines))
    with Page(browser, folder, path) as shown:
        for number, values in enumerate(points):
            if values:
                shown.give(values)
            compare(shown, values, f"operators, point {number}, seed {SEED}")
    print(f"{len(rows)} operators at {len(points)} points")


def ties(browser, folder):
    """Extrema whose operands tie: a literal takes all of the derivative, but not torch.maximum's."""
    calls = [
        "max(x, 0)", "np.maximum(0, x)", "min(0, x)", "np.minimum(x, 0.0)", "max(x, 1/2 - 1/2)",
        "max(0, x, y, 0)", "min(x, y, 1)", "maximum(x, y)", "max(x, y)", "torch.maximum(x, 0)",
        "torch.max(0, x)", "torch.minimum(x, 0)", "x.minimum(0)", "jnp.maximum(x, y)",
    ]
    lines = ["x = 0", "y = 0"] + [f"z{index} = {call}" for index, call in enumerate(calls)]
    lines.append("out = " + " + ".join(f"z{index}" for index in range(len(calls))))
    path = Path(folder) / "ties.grad"
    path.write_text("\n".join(lines))
    with Page(browser, folder, path) as shown:
        for values in ({}, {"x": 1}, {"y": 1}, {"x": 1, "y": 1}, {"x": -2}, {"x": 0, "y": -1}):
            if values:
                shown.give({"x": 0, "y": 0, **values})
            compare(shown, {"x": 0, "y": 0, **values}, f"ties at {values}")


def parameters(browser, folder):
    """Data has no derivative on the page, wherever it looks for one."""
    program = "x = torch.tensor(2.0)\nw = torch.tensor(3.0, requires_grad=True)\nJ = (w*x - 1)**2"
    with Page(browser, folder, program) as shown:
        for index in range(len(shown.ask("page.steps"))):
            shown.ask("(step) => go(step)", index)
            check("dx" not in shown.page.inner_text("body"), f"a derivative of data at step {index}")
        for node in shown.ask("page.shown.map((_, index) => index)"):
            shown.ask("(node) => { chosen = node; update(); }", node)
            text = shown.page.inner_text("body")
            check("dx" not in text and "null" not in text, f"a derivative of data at node {node}")
            shown.ask("(node) => startNudge(node)", node)
            text = shown.page.inner_text("body")
            check("dx" not in text and "null" not in text, f"a derivative of nudged data {node}")


# The texts

DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹₊₋⁻", "01234567890123456789+−−")


def bare(text):
    """A text without levels and tags: for what Unicode cannot raise or lower, and for the versions of
    names, which a figure writes small."""
    return re.sub(r"[_^@() ]", "", text.translate(DIGITS))


def short(text):
    """A sum without its terms, as the page writes it where there is no room."""
    parts = text.split(" = ")
    return f"{parts[0]} = {parts[-1]}"


def is_total(text, want):
    """Whether one is a total and the other the same with its terms: a page keeps the form that it was
    drawn with, and a figure chooses by the room that its numbers take."""
    if "Σ" not in (text[:1], want[:1]):
        return False
    totals = [float(each.split(" = ")[-1].replace("−", "-")) for each in (text, want)]
    return abs(totals[0] - totals[1]) <= 1e-3 * abs(totals[1])


def compare_texts(shown, values, what):
    figure = json.loads(tool(
        "render", *shown.source, *shown.options, "-T", "json", "-o", "-", *sets(values)))
    found = shown.ask(
        """() => figure.parts.filter(({ kind }) => kind === "node" || kind === "label")
          .map(({ kind, lines, tip }) => [
            kind, lines.map(({ element }) => element.textContent), tip.textContent])""")
    rows = [row["text"] for node in figure["nodes"] for row in node["rows"]]
    labels = [label["text"] for edge in figure["edges"] for label in edge["labels"]]
    for kind, wanted in (("node", rows), ("label", labels)):
        texts = [text for part, lines, _ in found if part == kind for text in lines]
        check(len(texts) == len(wanted), f"{what}: {len(texts)} texts, not {len(wanted)}")
        for text, want in zip(texts, wanted):
            check(
                bare(text) in (bare(want), bare(short(want))) or is_total(text, want),
                f"{what}: '{text}', not '{want}'")
    tips = [tip for kind, _, tip in found if kind == "node"]
    for tip, node in zip(tips, figure["nodes"]):
        check(tip == node["tooltip"], f"{what}: {tip!r}, not {node['tooltip']!r}")


def compare_sentences(shown, values, what):
    frames = json.loads(tool(
        "frames", *shown.source, *shown.options, "-T", "json", "-o", "-", *sets(values)))
    steps = frames["frames"]
    check(shown.ask("lastStep") + 1 == len(steps), f"{what}: {shown.ask('lastStep')} steps")
    for number, frame in enumerate(steps):
        said = shown.ask("(number) => { go(number); return find('sentence').textContent; }", number)
        check(said == frame["sentence"], f"{what}: '{said}', not '{frame['sentence']}'")


def samples(browser, folder):
    generator = random.Random(SEED)
    programs = sorted(SAMPLES.glob("*.grad"))
    check(len(programs) >= 14, "the samples are there")
    programs += [
        "x = 2; y = where(x > 1, 3*x, x**2); z = where(y < 0, y, -y) * relu(x) + max(x, y, 2)",
        "a = 1.5; b = -2; c = a*b; c = c + a; d = -c**2; e = sin(d)/b; f = abs(c)*e + (a - b)*(a - c)",
        "x = 1.1458372; y = 1.2345678; a = 3*x; b = a + a; c = b + a + y; d = c - a + 0.123456789; J = -a + d",
        "def f(p, q):\n  r = p*q + tanh(p)\n  return r*r - q\nx = 0.3\ny = f(x, 2) * f(0.5, x) + x\n",
    ]
    for program in programs:
        what = program.stem if isinstance(program, Path) else program.replace("\n", "; ")
        for style, options in STYLES.items():
            with Page(browser, folder, program, *options) as shown:
                names = shown.ask("page.inputs.map((input) => page.shown[input.shown].id)")
                start = shown.ask("page.inputs.map(({ value }) => value)")
                points = [{}]
                for _ in range(2):
                    points.append({
                        name: round(value + generator.uniform(-1, 1) * max(abs(value), 1) / 4, 3)
                        for name, value in zip(names, start)})
                for values in points:
                    if values:
                        shown.give(values)
                    place = f"{what}, {style}, {values}, seed {SEED}"
                    if style in ("plain", "decimals"):
                        compare(shown, values, place)
                        compare_sentences(shown, values, place)
                    compare_texts(shown, values, place)
    print(f"{len(programs)} programs in {len(STYLES)} styles, their texts and sentences")


def numbers(browser, folder):
    """Numbers that are hard to write, as NumberText writes them."""
    generator = random.Random(SEED)
    values = [0.0, -0.0, 0.125, 0.375, 2.5, -0.5, 1e15, 123456.5, 1234567.5, 1e-4, 0.00099995, 1e22,
              5e-324, 1.7976931348623157e308, 0.1 + 0.2, 33.00600000000001, 1 / 3, -2 / 3, 99999.95,
              999999.5, 0.0005, 0.5, 1.5, 1e-15, 8.5e14, 1e100, 100000, 1000000, 1234565e-6]
    values += [generator.choice((-1, 1)) * generator.uniform(1, 10) * 10 ** generator.randint(-12, 18)
               for _ in range(120)]
    values += [generator.randint(-9999, 9999) / 2 ** generator.randint(0, 14) for _ in range(120)]
    program = "\n".join(
        [f"v{index} = {value!r}" for index, value in enumerate(values)]
        + ["out = v0 + " + " + ".join(f"0*v{index}" for index in range(len(values)))])
    path = Path(folder) / "numbers.grad"
    path.write_text(program)
    for options in ([], ["--precision", "1"], ["--precision", "7"], ["--precision", "15"],
                    ["--decimals", "0"], ["--decimals", "1"], ["--decimals", "2"], ["--decimals", "15"]):
        figure = json.loads(tool("render", path, *options, "--max-nodes", "none", "-T", "json", "-o", "-"))
        wanted = {node["name"]: node["rows"][1]["text"] for node in figure["nodes"]}
        with Page(browser, folder, path, *options) as shown:
            written = shown.ask("(values) => values.map(texts.number)", values)
            for index, (value, text) in enumerate(zip(values, written)):
                check(text == wanted[f"v{index}"], f"{options}: {value!r} is written '{text}', "
                      f"not '{wanted[f'v{index}']}'")
    print(f"{len(values)} numbers in 8 ways")


# Programs whose backward pass is computed anew, and values for their inputs; the last ones cross a kink.
BACKWARD = [
    ("x = 2\ny = x**4 - 2*x**2", [{"x": 3}, {"x": -1.5}, {"x": 0}]),
    ("x = 0.3\ny = -0.7\nz = sin(x)*exp(y) + tanh(x*y)", [{"x": 1, "y": 0.5}, {"y": -2}]),
    ("a = 5\nb = 3\nc = 2\nu = b*c\nv = a + u\nJ = 3*v**2", [{"b": -1}, {"a": 0, "c": 7}]),
    ("x = 2\ny = relu(x)*x + max(x, 1)", [{"x": 5}]),
]
KINKS = [("x = 2\ny = relu(x)*x", {"x": -3}), ("x = 2\ny = max(x, 1)*x", {"x": -3})]


def backward(browser, folder):
    """Derivatives above order 1, and backward passes as graphs, follow the inputs."""
    for program, points in BACKWARD:
        for options in (["--order", "3"], ["--backward", "graph", "--order", "2"]):
            with Page(browser, folder, program, *options) as shown:
                for values in [{}, *points]:
                    shown.ask("given.clear()")
                    shown.give(values)
                    told = json.loads(tool("eval", "-e", program, "--order", "3", "--format", "json", *sets(values)))
                    names = {node["id"]: node for node in told["nodes"]}
                    for entry in told["higher"]:
                        name, order = entry["input"], entry["order"]
                        if "graph" in options and order > 2:
                            continue
                        id = "d(" * order + name + ")" * order
                        got = shown.ask(
                            """([name, id, order]) => {
                              const at = (id) => page.shown.findIndex((node) => node.id === id);
                              return page.higher ? state.all[page.higher[at(name)][order - 2]] : state.values[at(id)];
                            }""", [name, id, order])
                        want = entry["derivative"]
                        check(got is None or abs(got - want) <= 1e-10 * max(1, abs(want)), f"{program} at {values}: {id} is {got}, not {want}")
                        first = shown.ask("(id) => state.values[page.shown.findIndex((node) => node.id === id)] ?? null", f"d({name})")
                        want = names[name]["derivative"]
                        check(first is None or abs(first - want) <= 1e-10 * max(1, abs(want)), f"{program} at {values}: d({name}) is {first}")
                    check(shown.ask("find('notice').textContent") == "", f"{program} at {values} is past a kink")
    for program, values in KINKS:
        with Page(browser, folder, program, "--backward", "graph") as shown:
            check(shown.ask("find('notice').textContent") == "", f"{program} is past a kink at first")
            shown.give(values)
            check("kink" in shown.ask("find('notice').textContent"), f"{program} at {values} says nothing of a kink")
    with Page(browser, folder, "x = 0\ny = relu(x) + x*x", "--order", "2") as shown:
        check("second derivative counts as 0" in shown.ask("find('notice').textContent"), "a kink is said at first")
    print(f"the backward passes of {len(BACKWARD) + len(KINKS)} programs are computed anew")


def main():
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        tests = (operators, ties, parameters, numbers, backward, samples)
        for test in [test for test in tests if test.__name__ in sys.argv[3:] or not sys.argv[3:]]:
            test(browser, folder)
            print(f"{test.__name__} is as it should be", flush=True)
    finish("the numbers and texts of the page")


main()
