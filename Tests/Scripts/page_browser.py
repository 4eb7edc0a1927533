"""A page in the browser, for the scripts that drive it: `TOOL` and the samples are their arguments."""

import json
import math
import subprocess
import sys
from pathlib import Path

from common import check

TOOL = Path(sys.argv[1]).resolve()
SAMPLES = Path(sys.argv[2]).resolve()


def tool(*arguments):
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True)
    check(done.returncode == 0, f"{arguments}: {done.stderr}")
    return done.stdout


def sets(values):
    return [word for name, value in values.items() for word in ("--set", f"{name}={value!r}")]


class Page:
    """A page in the browser, written from a program."""

    def __init__(self, browser, folder, program, *options, address="", clock=False, **context):
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
        if clock:
            self.page.clock.install()
        self.address = path.as_uri()
        self.page.goto(self.address + address)

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

    def until(self, script):
        """Waits until something holds; the page lets nobody else evaluate text in it."""
        for _ in range(200):
            if self.ask(script):
                return
            self.page.wait_for_timeout(50)
        check(False, f"{self.program}: never {script}")

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
