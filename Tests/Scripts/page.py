"""Drives the interactive page in Chromium and compares it with the tool.

    apt-get install --no-install-recommends chromium fonts-liberation
    pip install playwright axe-playwright-python
    python3 Tests/Scripts/page.py .build/debug/graphviz-grad samples [TEST…]

The arithmetic: every operator of the table at points of its domain and far outside, and every sample
at other inputs, agrees with `eval --set` in every value, partial and derivative. What is computed
without rounding in either is equal; elsewhere the two libraries may differ by a few units in the last
place of an operation, so the bound is 1e-12, relative to the largest number that a sum is made of.
The texts: every number and sentence on the page is what `render` and `frames` print for the same
inputs, character by character. And the page: steps, keys, buttons, swipes, the live region, dragging,
typing, choosing, nudging, conditions, paper, dark pages, 320 pixels, and axe, which finds nothing.
"""

import json
import math
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from common import check, chromium, finish

TOOL = Path(sys.argv[1]).resolve()
SAMPLES = Path(sys.argv[2]).resolve()
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


def tool(*arguments):
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True)
    check(done.returncode == 0, f"{arguments}: {done.stderr}")
    return done.stdout


def sets(values):
    return [word for name, value in values.items() for word in ("--set", f"{name}={value!r}")]


def number(value):
    """A number of JSON, which writes those that are not finite as strings.

    Null is the derivative by a constant exponent, which a trace does not tell.
    """
    if value is None:
        return math.nan
    return float(value.replace("Infinity", "inf")) if isinstance(value, str) else value


def close(a, b, size=0.0):
    if a is None or b is None:
        return True
    a, b = number(a), number(b)
    if a == b or (math.isnan(a) and math.isnan(b)):
        return True
    return abs(a - b) <= 1e-12 * max(abs(a), abs(b), size)


class Page:
    """A page in the browser, written from a program."""

    def __init__(self, browser, folder, program, *options, **context):
        self.program, self.options = program, options
        path = Path(folder) / "page.html"
        tool("render", *self.source, *options, "-o", path)
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.faults.append(message.text) if message.type == "error" else None)
        # Nothing but the file itself is ever asked for.
        self.page.on(
            "request",
            lambda request: self.faults.append(request.url) if request.url != path.as_uri() else None)
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()
        check(self.faults == [], f"{self.program}: {self.faults}")

    @property
    def source(self):
        return [self.program] if isinstance(self.program, Path) else ["-e", self.program]

    def ask(self, script, argument=None):
        return self.page.evaluate(script, argument)

    def give(self, values):
        """Gives inputs other values, in one go."""
        self.ask(
            """(values) => {
              for (const input of page.inputs) {
                const name = page.shown[input.shown]?.id ?? input.name;
                if (name in values) given.set(input.node, Number(values[name]));
              }
              update();
            }""",
            {name: str(value).replace("inf", "Infinity") for name, value in values.items()})

    def numbers(self):
        """Everything that the page computes, over all operations."""
        return self.ask(
            """() => {
              const plain = (x) => Number.isFinite(x) ? x : String(x);
              const forward = run(recording, given);
              const { partials, derivatives } = differentiate(recording, forward);
              return {
                values: forward.values.map(plain), derivatives: derivatives.map(plain),
                partials: partials.flat().map(plain),
              };
            }""")

    def sentence(self):
        return self.page.inner_text("#sentence")


def compare(shown, values, what):
    """Compares all operations of a page with the trace that the tool computes."""
    trace = json.loads(tool(
        "eval", *shown.source, "--format", "json", "--detail", "operations", *sets(values)))
    numbers = shown.numbers()
    ids = [node["id"] for node in trace["nodes"]]
    check(len(ids) == len(numbers["values"]), f"{what}: {len(numbers['values'])} operations")
    check(len(trace["edges"]) == len(numbers["partials"]), f"{what}: edges")
    sizes = dict.fromkeys(ids, 0.0)
    operands = dict.fromkeys(ids, 0.0)
    for edge, partial in zip(trace["edges"], numbers["partials"]):
        check(
            close(edge["partial"], partial, 1e-3 * operands[edge["to"]]),
            f"{what}: ∂{edge['to']}/∂{edge['from']} is {partial}, not {edge['partial']}")
        contribution = number(edge["contribution"])
        if math.isfinite(contribution):
            sizes[edge["from"]] = max(sizes[edge["from"]], abs(contribution))
    for node, value, derivative in zip(
            trace["nodes"], numbers["values"], numbers["derivatives"]):
        check(
            close(node["value"], value),
            f"{what}: {node['id']} = {node['expression']} is {value}, not {node['value']}")
        check(
            close(node["derivative"], derivative, sizes[node["id"]]),
            f"{what}: the derivative of {node['id']} is {derivative}, not {node['derivative']}")


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
                bare(text) in (bare(want), bare(short(want))), f"{what}: '{text}', not '{want}'")
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
        figure = json.loads(tool("render", path, *options, "-T", "json", "-o", "-"))
        wanted = {node["name"]: node["rows"][1]["text"] for node in figure["nodes"]}
        with Page(browser, folder, path, *options) as shown:
            written = shown.ask("(values) => values.map(texts.number)", values)
            for index, (value, text) in enumerate(zip(values, written)):
                check(text == wanted[f"v{index}"], f"{options}: {value!r} is written '{text}', "
                      f"not '{wanted[f'v{index}']}'")
    print(f"{len(values)} numbers in 8 ways")


# The page


def visible(shown, kind):
    return shown.ask(
        """(kind) => figure.parts.flatMap(({ group, lines }) =>
          group.classList.contains("later") ? [] : lines
            .filter((line) => line.kind === kind
              && getComputedStyle(line.element).visibility === "visible")
            .map(({ element }) => element.textContent))""", kind)


def walk(browser, folder):
    with Page(browser, folder, SAMPLES / "lecture.grad") as shown:
        page = shown.page
        live = page.locator("#sentence")
        check(live.get_attribute("aria-live") == "polite", "the sentence is announced")
        check(shown.sentence() == "Given: a = 5, b = 3, c = 2.", shown.sentence())
        check(visible(shown, "value") == ["5", "3", "2"], "only inputs are known at first")
        check(visible(shown, "derivative") == [], "no derivative is known at first")
        page.keyboard.press("ArrowRight")
        check(shown.sentence() == "u = b·c = 3 · 2 = 6", shown.sentence())
        check(visible(shown, "value") == ["5", "3", "2", "6"], "u is known")
        page.click("#next")
        page.click("#next")
        check(visible(shown, "value") == ["5", "3", "2", "6", "11", "33"], "all values are known")
        page.click("#back")
        check(shown.sentence() == "v = a + u = 5 + 6 = 11", shown.sentence())
        page.focus("#step")
        page.keyboard.press("End")
        check(shown.sentence() == "dc = du · ∂u/∂c = 3 · 3 = 9", shown.sentence())
        check(page.inner_text("#position") == "Step 9 of 9", page.inner_text("#position"))
        derivatives = sorted(visible(shown, "derivative"))
        check(
            derivatives == ["dJ = 1", "da = 3", "db = 6", "dc = 9", "du = 3", "dv = 3"],
            f"{derivatives}")
        check(page.get_attribute("#next", "aria-disabled") == "true", "there is no next step")
        page.click("#first")
        check(shown.ask("step") == 0, "back at the start")
        page.click("#last")
        page.locator("body").press("Home")
        check(shown.ask("step") == 0, "Home goes to the start")
        # An arrow key in a field is the field's.
        page.focus("#inputs input[type=text]")
        page.keyboard.press("ArrowRight")
        check(shown.ask("step") == 0, "arrows in a field do not step")


def change(browser, folder):
    with Page(browser, folder, SAMPLES / "lecture.grad") as shown:
        page = shown.page
        page.keyboard.press("End")
        boxes = shown.ask("figure.parts.map(({ group }) => JSON.stringify(group.getBBox()))")
        places = shown.ask("[...figure.svg.querySelectorAll('text')].map((t) => [t.getAttribute('x'), t.getAttribute('y')])")
        # Typing
        page.get_by_label("Value of b", exact=True).fill("-1.25")
        compare(shown, {"b": -1.25}, "typing")
        check(visible(shown, "value")[1] == "−1.25", "the figure shows what was typed")
        page.get_by_label("Value of b", exact=True).fill("abc")
        check(
            page.get_by_label("Value of b", exact=True).get_attribute("aria-invalid") == "true",
            "letters are no number")
        compare(shown, {"b": -1.25}, "what is no number changes nothing")
        page.get_by_label("Value of b", exact=True).fill("3")
        # The slider, by keys
        page.get_by_label("Slider of c").focus()
        for _ in range(3):
            page.keyboard.press("ArrowUp")
        c = float(page.get_by_label("Value of c", exact=True).input_value())
        check(c > 2, f"the slider moves c to {c}")
        compare(shown, {"c": c}, "the slider")
        # Dragging the box of an input
        page.locator("h1").scroll_into_view_if_needed()
        box = page.locator("#figure .node.input").nth(1).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 3, steps=6)
        page.mouse.up()
        b = float(page.get_by_label("Value of b", exact=True).input_value())
        check(b > 3, f"dragging moves b to {b}")
        check(shown.ask("chosen") is None, "dragging is no choice")
        compare(shown, {"b": b, "c": c}, "dragging")
        # The layout stays.
        check(
            places == shown.ask("[...figure.svg.querySelectorAll('text')].map((t) => [t.getAttribute('x'), t.getAttribute('y')])"),
            "texts stay in their places")
        check(len(boxes) == shown.ask("figure.parts.length"), "parts stay")
        overflow = shown.ask(
            """figure.parts.flatMap(({ lines }) => lines.filter((line) => line.room !== null
              && line.element.getComputedTextLength() > line.room).map((l) => l.element.textContent))""")
        check(overflow == [], f"texts overflow: {overflow}")
        page.click("#reset")
        compare(shown, {}, "reset")


def choose(browser, folder):
    with Page(browser, folder, SAMPLES / "colah.grad") as shown:
        page = shown.page
        node = page.locator("#figure [role=button]").nth(1)
        node.focus()
        page.keyboard.press("Enter")
        check(node.get_attribute("aria-pressed") == "true", "Enter chooses a node")
        check(
            page.inner_text("#rule").replace("\n", " ")
            == "db = dc · ∂c/∂b + dd · ∂d/∂b = 2 · 1 + 3 · 1 = 2 + 3 = 5", page.inner_text("#rule"))
        check(page.inner_text("#paths") == "db over 2 paths: 1·2 + 1·3 = 5", page.inner_text("#paths"))
        dim = shown.ask("figure.parts.filter(({ group }) => group.classList.contains('dim')).map(({ node, edge }) => node ?? edge)")
        check(len(dim) == 4, f"a and its edge are dim: {dim}")
        page.keyboard.press(" ")
        check(shown.ask("chosen") is None, "Space chooses no more")
        page.locator("#figure [role=button]").nth(2).click()
        check(page.inner_text("#name") == "c = a + b = 3", page.inner_text("#name"))
        page.keyboard.press("Escape")
        check(page.locator("#chosen").is_hidden(), "Escape lets go")


def nudge(browser, folder):
    lecture = {
        "a": "ΔJ/Δa = 0.003 / 0.001 = 3, beside da = 3", "b": "ΔJ/Δb = 0.006 / 0.001 = 6, beside db = 6",
        "c": "ΔJ/Δc = 0.009 / 0.001 = 9, beside dc = 9",
    }
    with Page(browser, folder, SAMPLES / "lecture.grad") as shown:
        page = shown.page
        for name, text in lecture.items():
            page.get_by_role("button", name=f"Nudge {name}", exact=True).click()
            check(page.inner_text("#quotient") == text, page.inner_text("#quotient"))
            check(shown.sentence() == text, "the nudge is announced")
        rows = page.locator("#moves tr").all_inner_texts()
        check(
            rows == ["c\t2\t2.001\t0.001", "u\t6\t6.003\t0.003", "v\t11\t11.003\t0.003",
                     "J\t33\t33.009\t0.009"], f"{rows}")
        check("6 → 6.003" in visible(shown, "value"), "the figure shows before and after")
        # An intermediate is held at its moved value.
        page.locator("#figure [role=button]").nth(3).click()
        page.click("#nudge")
        check(page.locator("#moves tr").all_inner_texts()[0] == "u\t6\t6.001\t0.001", "u moves")
        check(page.inner_text("#quotient") == "ΔJ/Δu = 0.003 / 0.001 = 3, beside du = 3", "as it should")
        page.fill("#by", "0")
        page.keyboard.press("Tab")
        check(page.get_attribute("#by", "aria-invalid") == "true", "a nudge by 0 is none")
    with Page(browser, folder, SAMPLES / "lab-network.grad") as shown:
        shown.page.get_by_role("button", name="Nudge w", exact=True).click()
        check("121 → 121.066009" in visible(shown, "value"), f"{visible(shown, 'value')}")


def conditions(browser, folder):
    program = "x = 2; y = 3*x if x > 1 else x**2; z = where(y > 4, y, -y); w = relu(x) * z"
    with Page(browser, folder, program) as shown:
        page = shown.page
        check(page.inner_text("#notice") == "", "nothing to say yet")
        page.get_by_label("Value of x", exact=True).fill("-1")
        check("“x > 1” would turn out otherwise" in page.inner_text("#notice"), "the notice")
        # The recorded branch stays, where() follows its condition.
        values = shown.ask("state.values")
        check(values[:3] == [-1, -3, 3], f"{values}")
        check(
            shown.ask("figure.nodes()[0].group.classList.contains('faint')"),
            "what is behind a dead ReLU is faint")
        page.get_by_label("Value of x", exact=True).fill("5")
        check(page.inner_text("#notice") == "", "nothing to say any more")
        check(not shown.ask("figure.nodes()[0].group.classList.contains('faint')"), "alive again")
        page.get_by_label("Value of x", exact=True).fill("1e999")
    hostile = 'x</script><b title="y"> = 2'
    with Page(browser, folder, "x = 1; y = x / 0", "--title", hostile) as shown:
        check(shown.page.inner_text("h1") == hostile, "titles are text")
        check(shown.page.locator(".node.begins").count() == 1, "where infinity begins is marked")


def media(browser, folder):
    for name in ("lecture", "cs231n-neuron", "logistic"):
        for scheme in ("light", "dark"):
            for width in (1280, 320):
                for language in ("en", "zh-Hant"):
                    with Page(
                            browser, folder, SAMPLES / f"{name}.grad", "--language", language,
                            viewport={"width": width, "height": 700}, color_scheme=scheme,
                            has_touch=width == 320) as shown:
                        page = shown.page
                        what = f"{name}, {scheme}, {width} px, {language}"
                        page.locator("#figure [role=button]").first.press("Enter")
                        page.locator("#inputs button").nth(1).click()
                        page.emulate_media(reduced_motion="reduce")
                        check(
                            shown.ask("document.documentElement.scrollWidth") <= width,
                            f"{what}: the page scrolls to the side")
                        found = Axe().run(page).response["violations"]
                        check(found == [], f"{what}: {[(v['id'], v['nodes'][0]['html']) for v in found]}")
                        paper = shown.ask("getComputedStyle(document.body).backgroundColor")
                        check(
                            paper == ("rgb(15, 23, 42)" if scheme == "dark" else "rgb(255, 255, 255)"),
                            f"{what}: the page is {paper}")
                        if width == 320:
                            swipe(shown, what)
                        page.keyboard.press("Home")
                        page.emulate_media(media="print")
                        hidden = shown.ask(
                            """[...figure.svg.querySelectorAll("text")]
                              .filter((text) => getComputedStyle(text).visibility !== "visible").length""")
                        check(hidden == 0, f"{what}: {hidden} texts are not printed")
                        check(page.locator("#steps").is_hidden(), "buttons are not printed")
                        ink = shown.ask("getComputedStyle(figure.svg.querySelector('text.title')).fill")
                        check(ink == "rgb(17, 24, 39)", f"{what}: titles are printed {ink}")


def swipe(shown, what):
    """One finger over the sentence, to the left and to the right."""
    page = shown.page
    shown.ask("go(1)")
    page.locator("#sentence").scroll_into_view_if_needed()
    box = page.locator("#sentence").bounding_box()
    touch = page.context.new_cdp_session(page)
    y = box["y"] + box["height"] / 2
    for start, end, wanted in ((220, 90, 2), (90, 220, 1)):
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": end, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        for _ in range(50):
            if shown.ask("step") == wanted:
                break
            page.wait_for_timeout(100)
        check(shown.ask("step") == wanted, f"{what}: a swipe steps")


def main():
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        tests = (operators, ties, parameters, numbers, walk, change, choose, nudge, conditions, media, samples)
        for test in [test for test in tests if test.__name__ in sys.argv[3:] or not sys.argv[3:]]:
            test(browser, folder)
            print(f"{test.__name__} is as it should be", flush=True)
    finish("the page")


main()
