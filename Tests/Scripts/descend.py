"""Holds gradient descent against PyTorch's optimizers, training loops against running them, and the page of a
descent against the tables.

    pip install torch numpy playwright
    apt-get install --no-install-recommends chromium fonts-liberation
    python3 Tests/Scripts/descend.py .build/release/graphviz-grad samples

Programs are given starts and rates at random, by a seed that is printed and can be given.
"""

import csv
import io
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

from common import check, chromium, finish, run, seed_of_programs

TOOL = Path(sys.argv[1]).resolve()
SAMPLES = Path(sys.argv[2]).resolve()
torch.set_default_dtype(torch.float64)


def table(program, *options):
    """Every step of a descent: a dictionary of numbers by the names of columns."""
    source = ["-e", program] if isinstance(program, str) else [program]
    text = run(TOOL, "frames", *source, "--descend", "-T", "csv", *options)
    rows = list(csv.reader(io.StringIO(text)))
    # Of step 0 no rate is known.
    return rows[0], [[float(number or "nan") for number in row] for row in rows[1:]]


def close(a, b, size=1.0):
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b), size)


def compare(rows, expected, what):
    check(len(rows) == len(expected), f"{what}: {len(rows)} steps, not {len(expected)}")
    for row, other in zip(rows, expected):
        check(len(row) == len(other), f"{what}: {len(row)} columns, not {len(other)}")
        for place, (a, b) in enumerate(zip(row, other)):
            check(close(a, b), f"{what}: step {row[0]}, column {place}: {a} is not {b}")


# PyTorch's optimizers.

OPTIMIZERS = {
    "sgd": lambda p, rate: torch.optim.SGD(p, lr=rate),
    "momentum": lambda p, rate: torch.optim.SGD(p, lr=rate, momentum=0.9),
    "adam": lambda p, rate: torch.optim.Adam(p, lr=rate),
}


def history(parameters, loss, optimizer, count):
    """The rows of PyTorch's own descent: step, loss, parameters, derivatives."""
    rows = []
    for number in range(count + 1):
        optimizer.zero_grad()
        value = loss(*parameters)
        value.backward()
        rows.append(
            [number, value.item()] + [x for p in parameters for x in p.detach().flatten().tolist()]
            + [x for p in parameters for x in p.grad.flatten().tolist()])
        optimizer.step()
    return rows


def logistic(w, b):
    X = torch.tensor([[1.0, 2.0, -1.0], [3.0, 4.0, -3.2]])
    Y = torch.tensor([[1.0, 0.0, 1.0]])
    A = torch.sigmoid(w.T @ X + b)
    return (-(Y * torch.log(A) + (1 - Y) * torch.log(1 - A))).mean()


def network(W1, b1, W2, b2):
    X = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]])
    Y = torch.tensor([[0.2, -0.4, 1.0]])
    return ((W2 @ torch.tanh(W1 @ X + b1) + b2 - Y) ** 2).mean()


LOGISTIC = """w = np.array({})
b = {}
X = np.array([[1.0, 2.0, -1.0], [3.0, 4.0, -3.2]])
Y = np.array([[1, 0, 1]])
A = sigmoid(w.T @ X + b)
J = np.mean(-(Y*np.log(A) + (1 - Y)*np.log(1 - A)))"""

NETWORK = """W1 = np.array({})
b1 = np.array({})
W2 = np.array({})
b2 = np.array({})
X = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]])
Y = np.array([[0.2, -0.4, 1.0]])
J = np.mean((W2 @ np.tanh(W1 @ X + b1) + b2 - Y)**2)"""

# A program with blanks for its parameters, the same in PyTorch, their shapes and names.
PROGRAMS = [
    ("x = {}\ny = x**4 - 2*x**2", lambda x: x**4 - 2 * x**2, [()], "x"),
    ("x = {}\ny = {}\nf = 100*(y - x**2)**2 + (1 - x)**2",
     lambda x, y: 100 * (y - x**2) ** 2 + (1 - x) ** 2, [(), ()], "x,y"),
    (LOGISTIC, logistic, [(2, 1), ()], "w,b"),
    (NETWORK, network, [(4, 2), (4, 1), (1, 4), (1, 1)], "W1,b1,W2,b2"),
]


# One whose Hessian is far from having no inverse.
NEAR = (
    "w = np.array({})\nb = {}\nJ = np.sum(np.cosh(w - b)) + np.sum(w**4) + b**2",
    lambda w, b: torch.cosh(w - b).sum() + (w**4).sum() + b**2, [(3,), ()], "w,b")


def check_optimizers(numbers):
    for program, loss, shapes, names in PROGRAMS:
        for name, make in OPTIMIZERS.items():
            rate = round(10 ** numbers.uniform(-4, -2.5), 6)
            starts = [torch.tensor(
                [round(numbers.uniform(-1, 1), 3) for _ in range(math.prod(shape))]).reshape(shape)
                for shape in shapes]
            parameters = [start.clone().requires_grad_() for start in starts]
            expected = history(parameters, loss, make(parameters, rate), 60)
            text = program.format(*[start.tolist() for start in starts])
            head, rows = table(
                text, "--wrt", names, "--optimizer", name, "--rate", repr(rate), "--steps", "60")
            compare(rows, expected, f"{name}, rate {rate}, {text}")
            check(head[:2] == ["step", loss_name(text)], f"{head}")
        print(f"{names}: as PyTorch's optimizers go")


def loss_name(program):
    return program.splitlines()[-1].split(" = ")[0]


def check_newton(numbers):
    for program, loss, shapes, names in [*PROGRAMS[:2], NEAR]:
        start = [torch.tensor([round(numbers.uniform(1.5, 2.5), 3) for _ in range(math.prod(shape))]).reshape(shape)
                 for shape in shapes]
        sizes = [math.prod(shape) for shape in shapes]

        def whole(flat):
            return loss(*[part.reshape(shape) for part, shape in zip(flat.split(sizes), shapes)])

        point = torch.cat([part.flatten() for part in start])
        expected = []
        for number in range(7):
            gradient = torch.func.grad(whole)(point)
            expected.append([number, whole(point).item()] + point.tolist() + gradient.tolist())
            point = point - torch.linalg.solve(torch.func.hessian(whole)(point), gradient)
        text = program.format(*[part.tolist() for part in start])
        _, rows = table(text, "--wrt", names, "--optimizer", "newton", "--steps", "6")
        for row, other in zip(rows, expected, strict=True):
            size = max(1, *map(abs, expected[0]))
            check(all(abs(a - b) <= 1e-7 * max(abs(b), size) for a, b in zip(row, other, strict=True)),
                  f"newton: {row} is not {other}, {text}")
    print("newton: as with PyTorch's Hessians")


# Training loops of programs.

LOOPS = [
    """w = torch.tensor([[1.0], [2.0]], requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
X = torch.tensor([[1.0, 2.0, -1.0], [3.0, 4.0, -3.2]])
Y = torch.tensor([[1.0, 0.0, 1.0]])
optimizer = torch.optim.{}
for i in range({}):
    A = torch.sigmoid(w.T @ X + b)
    loss = -(Y*torch.log(A) + (1 - Y)*torch.log(1 - A)).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
""",
    """rate = {}
w = torch.tensor([1.0, -2.0], requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
x = torch.tensor([[3.0, 0.5], [-1.0, 2.0]])
y = torch.tensor([1.0, 0.0])
for epoch in range({}):
    loss = ((x @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= rate * w.grad
        b -= rate * b.grad
        w.grad.zero_()
        b.grad.zero_()
""",
    """lr = {}
w = torch.tensor([1.0, -2.0], requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
for step in range({}):
    loss = (w.sum() - 1) ** 2 + (w * w).sum() + (b - w[0]) ** 2
    loss.backward()
    w.data = w.data - lr * w.grad
    b.data = b.data - lr * b.grad
    w.grad = None
    b.grad = None
""",
]


def check_loops(numbers):
    makers = [
        "SGD([w, b], lr={})", "SGD([w, b], lr={}, momentum=0.8)", "Adam([w, b], lr={})",
        "Adam([w, b], lr={}, betas=(0.8, 0.99))", "Adam([w, b])",
    ]
    programs = []
    for loop in LOOPS:
        count, rate = numbers.randint(3, 40), round(10 ** numbers.uniform(-3, -1.5), 5)
        fillings = makers if "optimizer" in loop else ["{}"]
        programs += [(loop.format(filling.format(rate), count), count) for filling in fillings]
    for program, count in programs:
        scope = {"torch": torch}
        exec(program, scope)
        _, rows = table(program)
        check(len(rows) == count + 1, f"{len(rows)} steps of {program}")
        end = scope["w"].detach().flatten().tolist() + [scope["b"].item()]
        for a, b in zip(rows[-1][2:], end):
            check(close(a, b), f"{a} is not {b} after {program}")
        # What is given comes first.
        _, rows = table(program, "--steps", "2", "--rate", "0.5", "--optimizer", "sgd")
        check(len(rows) == 3, f"{len(rows)} steps where 2 are asked for")
        first, second = rows[0], rows[1]
        half = (len(first) - 2) // 2
        for place in range(2, 2 + half):
            check(close(second[place], first[place] - 0.5 * first[place + half]), f"rate of {program}")
    print(f"{len(programs)} training loops are followed")


# Rates that change, rates of groups, and batches: a beginning, and loops over data of four rows.

BEGIN = """import torch
w = torch.tensor([1.0, -2.0], requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
X = torch.tensor([[0.3, 0.5], [-0.4, 0.2], [0.3, 0.7], [1.0, -0.5]])
Y = torch.tensor([1.0, 0.0, 0.5, 2.0])
"""

STEP = """    loss = ((X @ w + b - Y) ** 2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
"""

BATCHES = """for epoch in range(4):
    for i in range(0, 4, 2):
        xb = X[i:i+2]
        yb = Y[i:i+2]
        loss = ((xb @ w + b - yb) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
"""

BY_HAND = """    loss = ((X @ w + b - Y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    w.grad = None
    b.grad = None
"""

SGD = "opt = torch.optim.SGD([w, b], lr=0.2)\n"
GROUPS = "opt = torch.optim.SGD([{'params': [w], 'lr': 0.05}, {'params': [b]}], lr=0.1)\n"

# Loops, and how many updates they make.
CHANGING = [
    (f"lr = 0.2\nfor t in range(7):\n{BY_HAND}    lr *= 0.9\n", 7),
    (f"lr = 0.2\nfor t in range(7):\n    lr = lr * 0.8\n{BY_HAND}", 7),
    (f"for t in range(7):\n    lr = 0.2 / (1 + t)\n{BY_HAND}", 7),
    (f"lr0 = 0.3\nfor t in range(7):\n    lr = lr0 * 0.9 ** t\n{BY_HAND}", 7),
    (f"lr = 0.2\nfor t in range(9):\n{BY_HAND}    if t % 3 == 2:\n        lr *= 0.5\n", 9),
    (f"lr = 0.2\nfor t in range(6):\n{BY_HAND}    lr = lr / 1.1\n", 6),
    (f"for t in range(5):\n{BY_HAND.replace('lr * b', '0.01 * b').replace('lr * w', '0.2 * w')}", 5),
    (f"{SGD}for t in range(6):\n{STEP}    for g in opt.param_groups:\n        g['lr'] *= 0.9\n", 6),
    (f"{SGD}for t in range(6):\n    lr = 0.2 / (1 + t)\n    for g in opt.param_groups:\n"
     f"        g['lr'] = lr\n{STEP}", 6),
    (f"{GROUPS}for t in range(6):\n{STEP}", 6),
    (f"{GROUPS}s = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.9)\nfor t in range(6):\n{STEP}"
     "    s.step()\n", 6),
    (f"{SGD}{BATCHES}", 8),
    (f"{SGD}sch = torch.optim.lr_scheduler.ExponentialLR(opt, 0.7)\n{BATCHES}    sch.step()\n", 8),
    (f"{SGD}sch = torch.optim.lr_scheduler.StepLR(opt, step_size=3, gamma=0.5)\n{BATCHES}"
     "        sch.step()\n", 8),
    (f"lr = 0.2\nfor epoch in range(3):\n    for i in range(4):\n        p = X[i] @ w + b\n"
     "        loss = (p - Y[i]) ** 2\n        loss.backward()\n        with torch.no_grad():\n"
     "            w -= lr * w.grad\n            b -= lr * b.grad\n        w.grad = None\n"
     "        b.grad = None\n    lr *= 0.5\n", 12),
] + [
    (f"{SGD}sched = torch.optim.lr_scheduler.{scheduler}\nfor t in range(12):\n{STEP}    sched.step()\n", 12)
    for scheduler in [
        "StepLR(opt, 4)", "StepLR(opt, step_size=2, gamma=0.8)", "MultiStepLR(opt, [2, 5, 9], 0.3)",
        "MultiStepLR(opt, milestones=[3], gamma=0.1)", "CosineAnnealingLR(opt, T_max=12)",
        "CosineAnnealingLR(opt, 20, eta_min=0.01)", "LinearLR(opt)",
        "LinearLR(opt, start_factor=0.5, total_iters=8)", "ConstantLR(opt, 0.25, 3)"]
]

# What is refused, and the words that say why.
UNKNOWN = [
    (f"{SGD}s = torch.optim.lr_scheduler.LambdaLR(opt, lambda t: 0.9 ** t)\nfor t in range(6):\n{STEP}"
     "    s.step()\n", "LambdaLR"),
    (f"{SGD}s = torch.optim.lr_scheduler.ReduceLROnPlateau(opt)\nfor t in range(6):\n{STEP}"
     "    s.step(loss)\n", "ReduceLROnPlateau"),
    (f"{SGD}for t in range(6):\n{STEP}    for g in opt.param_groups:\n        g['lr'] = 0.1 / (1 + t)\n",
     "the rates of groups become"),
    (f"lr = 0.2\nfor t in range(7):\n    lr *= 0.9\n{BY_HAND}    lr *= 0.9\n", "before and after"),
    (f"for t in range(7):\n{BY_HAND.replace('lr *', '0.2 / (1 + t) *')}", "how it moves parameters"),
]


def check_changing():
    for program, count in CHANGING:
        scope = {}
        exec(BEGIN + program, scope)
        head, rows = table(BEGIN + program)
        check(len(rows) == count + 1, f"{len(rows)} steps of {program}")
        end = scope["w"].detach().tolist() + [scope["b"].item()]
        for a, b in zip(rows[-1][2:5], end):
            check(close(a, b), f"{rows[-1][2:5]} is not {end} after {program}")
    for program, words in UNKNOWN:
        done = subprocess.run(
            [TOOL, "frames", "-e", BEGIN + program, "--descend", "-T", "csv"], capture_output=True, text=True)
        check(done.returncode != 0 and words in done.stderr, f"{program}: {done.stderr}")
        table(BEGIN + program, "--rate", "0.1")
    print(f"{len(CHANGING)} changing rates, groups and batches are followed, {len(UNKNOWN)} refused")


# The page.

def check_page(browser, folder, program, options, names):
    path = Path(folder) / "page.html"
    source = ["-e", program] if isinstance(program, str) else [program]
    run(TOOL, "frames", *source, "--descend", *options, "-T", "html", "-o", path)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: request.url == path.as_uri() or faults.append(request.url))
    page.goto(path.as_uri())

    def shown():
        """The row of the table that the page is at."""
        return page.evaluate(
            """() => [descent.losses.length - 1, descent.loss,
              ...descent.parameters.flatMap(({ node }) => [...entriesOf(descent.valueOf(node))]),
              ...descent.parameters.flatMap(({ shown }) => [...entriesOf(state.derivatives[shown])])]""")

    def expect(rows, what):
        row = shown()
        number = int(row[0])
        check(all(close(a, b) for a, b in zip(row, rows[number], strict=True)), f"{what}: {row} {rows[number]}")
        return number

    _, rows = table(program, *options)
    check(expect(rows, "at first") == 0, "the page begins at step 0")
    page.click("#one")
    check(expect(rows, "one step") == 1, "one click is one step")
    page.click("#ten")
    check(expect(rows, "ten more") == 11, "the other is ten")
    check("11" in page.inner_text("#descended"), page.inner_text("#descended"))
    # Newton's rule moves all at once.
    least = 1 if "newton" in options else len(names.split(","))
    check(page.inner_text("#rules").count("←") >= least, page.inner_text("#rules"))
    points = page.get_attribute("#losses polyline", "points").split()
    check(len(points) == 12, f"{len(points)} points of the curve")

    # Another rate goes as far anew.
    rate = float(options[options.index("--rate") + 1]) / 2
    page.fill("#rate", repr(rate))
    other = [*options, "--rate", repr(rate)]
    _, slower = table(program, *[word for word in other])
    check(expect(slower, "half the rate") == 11, "a rate goes as far anew")
    check(f"{rate:.4g}".rstrip("0") in page.inner_text("#rules"), page.inner_text("#rules"))
    for wrong in ["0", "-1", "fast", ""]:
        page.fill("#rate", wrong)
        check(page.inner_text("#rate_fault") != "", f"a rate of '{wrong}' is refused")
        check(expect(slower, "a wrong rate") == 11, "a wrong rate changes nothing")
    page.evaluate("find('rate_slider').value = 0; find('rate_slider').dispatchEvent(new Event('input'))")
    check(expect(rows, "the slider") == 11, "the slider sets the rate")

    page.click("#again")
    check(expect(rows, "again") == 0, "it begins again")
    page.evaluate("find('rate').value = '1e6'; find('rate').dispatchEvent(new Event('input'))")
    for _ in range(40):
        page.click("#ten")
    said = page.evaluate("[...find('descended').children].map((line) => line.textContent)")
    ends = page.evaluate("descent.isOver")
    check(ends == (len(said) == 2), f"{said}")
    check(all(math.isfinite(number) for number in shown()), "what is shown is finite")
    page.click("#reset")
    check(expect(rows, "reset") == 0, "other inputs are another start")
    context.close()
    check(faults == [], f"{faults}")
    print(f"the page of {names}: as the table")


def main():
    seed = seed_of_programs(3)
    numbers = random.Random(seed)
    check_optimizers(numbers)
    check_newton(numbers)
    check_loops(numbers)
    check_changing()
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        logistic = SAMPLES / "arrays/logistic-vectorised.grad"
        for optimizer in OPTIMIZERS:
            check_page(
                browser, folder, logistic,
                ["--wrt", "w,b", "--rate", "0.02", "--optimizer", optimizer], "w,b")
        check_page(browser, folder, "x = 2\ny = x**4 - 2*x**2", ["--rate", "0.01"], "x")
        check_page(
            browser, folder, "x = 2\ny = x**4 - 2*x**2", ["--optimizer", "newton", "--rate", "0.5"], "x")
        check_page(
            browser, folder, "w = np.array([1.5, 2, 1.8])\nb = 2.2\n"
            "J = np.sum(np.cosh(w - b)) + np.sum(w**4) + b**2",
            ["--optimizer", "newton", "--rate", "0.5"], "w,b")
        check_page(browser, folder, "x = 2\ny = max(x, 1)**2 + relu(x - 1.9)", ["--rate", "0.1"], "x")
    finish("descent goes where PyTorch and the page go")


if __name__ == "__main__":
    main()
