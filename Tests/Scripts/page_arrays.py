"""Holds the pages of programs with arrays against the tool, in Chromium.

    apt-get install --no-install-recommends chromium fonts-liberation
    pip install numpy playwright
    python3 Tests/Scripts/page_arrays.py .build/debug/graphviz-grad samples [TEST…]

Every value and derivative that a page computes is what `eval` says: at first, and after entries were
typed; every number that is written is that one. A nudge moves what `nudge` says. What a page cannot
compute anew it says, and inputs that decided what was recorded have no fields.
"""

import json
import random
import sys
import tempfile
from pathlib import Path

import numpy

from common import check, chromium, finish
from page_browser import SAMPLES, Page, close, number, tool

X = "X = np.array([[0.5, -1.5, 2.0], [1.25, 0.75, -0.25]])\n"
V = "v = np.array([1.5, -0.5, 0.75])\n"
PROGRAMS = {
    "products": X + V + "A = X @ v\nB = X @ X.T\ny = np.sum(A) + np.sum(B*B)",
    "vectors": V + "w = np.array([2.0, 1.0, -1.0])\ny = v @ w + np.sum(np.outer(v, w)**2)",
    "batches": "A = np.arange(12).reshape(2, 3, 2)*0.1\nM = np.array([[1.0, 2.0], [0.5, -1.0]])\ny = np.sum((A @ M)**2)",
    "einsum": X + "y = np.sum(np.einsum('ij,kj->ik', X, X)**2) + np.sum(np.einsum('ij->j', X)**3)",
    "reductions": X + "y = np.sum(np.max(X, axis=1)*np.min(X, axis=1)) + np.prod(X) + np.sum(np.mean(X, axis=0)**2)",
    "matrices": "A = np.array([[3.0, 1.0], [0.5, 2.5]])\nB = np.array([[1.0, -2.0, 0.5], [0.25, 1.5, 2.0]])\n"
                "b = np.array([1.0, -0.5])\nZ = np.linalg.inv(A)\nC = np.linalg.solve(A, B)\nx = np.linalg.solve(A, b)\n"
                "y = np.sum(Z**3) + np.sum(C**2) + np.sum(x**2) + np.linalg.det(A) + np.median(B)",
    "spread": X + "y = np.var(X) + np.sum(np.std(X, axis=1, ddof=1)) + np.linalg.norm(X) + np.sum(np.linalg.norm(X, axis=0))",
    "softmax": X + "P = softmax(X, axis=1)\nL = log_softmax(X, axis=0)\ny = np.sum(P[:, 0]*L[:, 1]) + logsumexp(X)",
    "shapes": X + "y = np.sum(X.reshape(3, 2)*X.T) + np.sum(np.concatenate([X, 2*X], axis=0)[1:3, ::2]**2)",
    "stacks": X + "y = np.sum(np.stack([X[0], X[1]*X[0]], axis=1)**2) + np.sum(X[:, None]*X[None, :])",
    "selections": X + "y = np.sum(X[[1, 0, 1]]*X[0]) + X[-1, -1]*X[0, 2] + np.sum(X[[0, 1], [2, 0]]**2)",
    "sums": X + "y = np.sum(np.cumsum(X, axis=1)**2) + np.sum(np.cumsum(X)*2) + np.sum(np.tile(X, 2)**2)",
    "pads": X + "y = np.sum(np.pad(X, 1)**2) + np.sum(np.flip(X, 0)*X) + np.sum(np.repeat(X, 2, axis=0)**3)",
    "elements": X + "Z = X*1\nZ[0, 1] = X[1, 1]*2\ny = np.sum(Z**3)",
    "extrema": X + "y = np.sum(np.maximum(X, 0.5)*X) + np.sum(relu(X)) + np.sum(np.minimum(X, X[0]))",
    "broadcasts": X + V + "b = 0.5\ny = np.sum((X + v)*b/(2 + X[:, :1])) + np.sum(np.exp(-X)*b)",
    "convolution": "x = np.arange(9).reshape(1, 1, 3, 3)*0.1 + np.array([[0.3]])\nK = np.array([[[[1.0, -1.0], [0.5, 2.0]]]])\n"
                   "C = F.conv2d(x, K, padding=1)\nM = F.max_pool2d(C, 2)\nG = F.avg_pool2d(C, 2)\ny = np.sum(M*G)",
    "losses": X + "y = F.cross_entropy(X, torch.tensor([1, 2])) + F.mse_loss(X, X*0.5) + np.sum(F.layer_norm(X, (3,))**3)",
    "mixed": "w = np.array([0.5, -1.0])\nb = 0.1\nx = 2.0\nz = w*x + b\na = tanh(z)\nJ = np.sum(a) + b*x*w[0]",
    "one": "b = np.array([[2.0]])\nx = np.array([1.0, 3.0])\ny = np.sum(b*x)*b[0, 0]",
}


def entries(value):
    """The numbers of nested lists, in order."""
    return [n for part in value for n in entries(part)] if isinstance(value, list) else [value]


def trace(source, arrays, folder):
    words = []
    for place, (name, array) in enumerate(arrays.items()):
        path = Path(folder) / f"input{place}.npy"
        if numpy.ndim(array) == 0:
            words += ["--set", f"{name}={float(array)!r}"]
        else:
            numpy.save(path, numpy.asarray(array, dtype=float))
            words += ["--set", f"{name}=@{path}"]
    return json.loads(tool("eval", *source, "--format", "json", "--detail", "operations", *words))


STATE = """() => {
  const plain = (value) => [...entriesOf(value)].map((x) => Number.isFinite(x) ? x : String(x));
  return page.shown.map(({ id, derivativeName }, node) => ({
    id, value: plain(state.values[node]), hasDerivative: derivativeName !== null,
    derivative: plain(state.derivatives[node]),
  }));
}"""


def same(shown, told, what):
    """Compares all nodes of a page with a trace."""
    nodes = {node["id"]: node for node in told["nodes"]}
    for own in shown.ask(STATE):
        node = nodes[own["id"]]
        names = ["value"] + (["derivative"] if own["hasDerivative"] else [])
        for name in names:
            right = entries(node[name])
            size = max((abs(number(x)) for x in right), default=0)
            check(
                len(right) == len(own[name])
                and all(close(a, b, size) or abs(number(a) - number(b)) < 1e-11 * max(1, size)
                        for a, b in zip(right, own[name])),
                f"{what}: the {name} of {own['id']} is {own[name]}, not {right}")


def written(shown, what):
    """What is drawn is what is computed: the entries of every array, in their order."""
    wrong = shown.ask(
        """() => figure.parts.flatMap((part) => part.lines.flatMap((line) => {
          const pieces = line.runs.flat();
          if (slots(pieces).length === 0 || part.kind === "fold") return [];
          const text = line.runs.map((run) => fill(run, writer(pieces, state, texts))).join("");
          const drawn = line.element.textContent.replace(/ +/g, " ").trim();
          const short = line.runs.map((run) => fill(run, writer(pieces, state, texts)).split(" = ").at(-1)).join("");
          return drawn === text || drawn.endsWith(short) ? [] : [[drawn, text]];
        }))""")
    check(wrong == [], f"{what}: drawn and computed differ: {wrong[:3]}")
    overlaps = shown.ask(
        """() => {
          const boxes = figure.parts.flatMap((part) => part.lines.filter(({ group }) => group).map(({ element }) => {
            const { x, y, width, height } = element.getBBox();
            return { x, y: y + height / 4, width, height: height / 2, text: element.textContent };
          }));
          return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.text && b.text
            && a.x + 0.5 < b.x + b.width && b.x + 0.5 < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
            .map((b) => [a.text, b.text]));
        }""")
    check(overlaps == [], f"{what}: numbers over each other: {overlaps[:3]}")


def fields(shown):
    return shown.ask("inputs.map(({ id, value, node, entry }) => ({ id, value, node, entry: entry ?? null }))")


def edited(browser, folder, program, name, *options):
    """Types other numbers into some fields, and compares everything with the tool."""
    dice = random.Random(name)
    with Page(browser, folder, program, *options) as shown:
        first = trace(shown.source, {}, folder)
        same(shown, first, name)
        shown.ask("go(lastStep)")
        written(shown, name)
        shapes = {node["id"]: node for node in first["nodes"]}
        arrays = {}
        all_fields = fields(shown)
        check(len(all_fields) > 0, f"{name}: no field")
        for field in dice.sample(all_fields, min(4, len(all_fields))):
            value = round(dice.uniform(-3, 3), 2) if "." in str(field["value"]) or dice.random() < 0.7 else 7
            place = f"value-{field['node']}" + (f"-{field['entry']}" if field["entry"] is not None else "")
            shown.page.fill(f"#{place}", str(value))
            base = field["id"].rsplit("[", 1)[0] if field["entry"] is not None else field["id"]
            array = arrays.setdefault(base, numpy.array(shapes[base]["value"], dtype=float))
            array.flat[field["entry"] or 0] = value
        told = trace(shown.source, arrays, folder)
        same(shown, told, f"{name}, edited {arrays}")
        written(shown, f"{name}, edited")
        address = shown.ask("new Promise((done) => setTimeout(() => done(location.hash), 300))")
        state = shown.ask(STATE)
        shown.page.goto("about:blank")
        shown.page.goto(shown.address + address)
        check(shown.ask(STATE) == state, f"{name}: the address {address} loses the entries")
        shown.page.click("#reset")
        same(shown, first, f"{name}, reset")


def samples(browser, folder):
    for path in sorted((SAMPLES / "arrays").glob("*.grad")):
        for options in ((), ("--style", "circuit"), ("--detail", "operations")):
            edited(browser, folder, path, f"{path.stem} {' '.join(options)}", *options)


def operations(browser, folder):
    for name, program in PROGRAMS.items():
        edited(browser, folder, program, name)


def nudges(browser, folder):
    program = "W = np.array([[0.1, 0.5], [-0.3, 0.8]]); x = np.array([0.2, 0.4]); q = W @ x; f = np.sum(q**2)"
    with Page(browser, folder, program) as shown:
        shown.page.focus("#value-0-1")
        shown.page.get_by_role("button", name="Nudge W[0, 1]").click()
        told = tool("nudge", *shown.source, "--by", "W[0,1]=0.001").splitlines()
        rows = [" ".join(row.inner_text().split()[:-1]) for row in shown.page.locator("#moves tr").all()]
        check(rows == [" ".join(line.replace("→", "").split()) for line in told[:3]], f"{rows}, not {told}")
        quotient = shown.page.inner_text("#quotient")
        check(quotient == f"{told[4]}, beside {told[5]}", f"{quotient}, not {told}")
        shown.page.click("text=Reset")
        check(shown.page.is_hidden("#effect"), "a nudge is over after a reset")


def limits(browser, folder):
    mask = "x = np.array([1.0, 2.0, 3.0]); w = np.array([2.0, 1.0, 0.5]); y = np.sum(w*np.where(x > 1.5, x, -x))"
    with Page(browser, folder, mask) as shown:
        names = {field["id"].split("[")[0] for field in fields(shown)}
        check(names == {"w"}, f"x decides a mask, and has fields: {names}")
        check("Not to be edited here: x." in shown.page.inner_text("#panes"), "why x has no field")
    large = "X = np.arange(60).reshape(2, 30); w = np.array([1.0, -1.0]); z = w @ X; J = np.mean(z**2)"
    with Page(browser, folder, large) as shown:
        names = {field["id"].split("[")[0] for field in fields(shown)}
        check(names == {"w"}, f"large arrays have fields: {names}")
        check("Too large to be edited here: X." in shown.page.inner_text("#panes"), "why X has no field")
        check(shown.page.locator("#figure .array rect, #figure .array path[fill^='#']").count() == 0, "a heat map")
    edited(browser, folder, large, "large")
    wrong = "x = np.array([1.0, 2.0]); y = np.sum(x**2)"
    with Page(browser, folder, wrong) as shown:
        shown.page.fill("#value-0-1", "two")
        check("“two” is not a number; x[1] stays 2." in shown.page.inner_text("#panes"), "what is no number")
        check(shown.ask("state.values[recording.outputNode]") == 5, "nothing is computed of what is no number")
    # What another tool computed with an operation of its own stays as it was.
    told = json.loads(tool("eval", "-e", "x = np.array([1.0, 2.0]); z = tanh(x); y = np.sum(z)", "--format", "json"))
    node = next(node for node in told["nodes"] if node["id"] == "z")
    node["operation"] = "my_kernel"
    for edge in told["edges"]:
        if edge["to"] == "z":
            edge["map"] = {"is": "opaque", "operation": "my_kernel"}
            edge.pop("partial", None)
    path = Path(folder) / "foreign.json"
    path.write_text(json.dumps(told))
    with Page(browser, folder, path) as shown:
        check("cannot compute “my_kernel” (z) anew" in shown.page.inner_text("main"), "what is not known")
        check(shown.page.locator("input").count() == 0, "fields of what is not known")


TESTS = [samples, operations, nudges, limits]

if __name__ == "__main__":
    wanted = sys.argv[3:] or [test.__name__ for test in TESTS]
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for test in TESTS:
            if test.__name__ in wanted:
                test(browser, folder)
    finish("pages of arrays")
