"""Evaluates with NumPy what figures of arrays write at their red edges, and compares it with the numbers.

    python3 Tests/Scripts/backward_formulas.py PATH/TO/graphviz-grad samples/arrays/*.grad

Random programs come first, then those that are named. A formula is read as a person reads it: `·` is a
product of matrices or by a number, `⊙` one entry by entry, `Σ … over rows` a sum along an axis. A formula that
says in words what is done ("back through …") is counted as not read; of random programs all are read.
"""

import json
import random
import re
import sys
import tempfile
from pathlib import Path

import numpy as np

from common import check, finish, run

GREEK = {"mu": "μ", "beta": "β", "gamma": "γ", "alpha": "α", "theta": "θ", "eps": "ε", "sigma": "σ"}
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
TOKEN = re.compile(
    r"\s*(?:(?P<ones>1_[\d×]+)|(?P<number>\d+(?:\.\d+)?(?:e[-−]?\d+)?)|(?P<words>over (?:rows|columns|axes [\d, ]+))"
    r"|(?P<tight>(?<=\S)·(?=\S))|(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<name>d? ?[A-Za-zα-ω_][A-Za-z0-9_]*)"
    r"|(?P<sign>[()\[\],=·⊙×/+−Σᵀ′√<>≤≥|]))")


class Unread(Exception):
    """The formula has words in it that are no formula."""


# What says in words what is done.
WORDS = ("back through", "into ", "reshaped", "part ", "outside ", "mask", "einsum", "rot180", " * ", "…", "∂")


def slope(function):
    step = 1e-6
    return lambda x: (function(x + step) - function(x - step)) / (2 * step)


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


FUNCTIONS = {
    "tanh": np.tanh, "exp": np.exp, "log": np.log, "sin": np.sin, "cos": np.cos, "sqrt": np.sqrt,
    "σ": lambda x: 1 / (1 + np.exp(-x)), "relu": lambda x: np.maximum(x, 0), "sum": np.sum, "mean": np.mean,
    "softmax": softmax, "log_softmax": lambda x, axis=-1: np.log(softmax(x, axis)), "abs": np.abs, "sign": np.sign, "max": np.maximum, "min": np.minimum,
    "log1p": np.log1p, "expm1": np.expm1, "softplus": lambda x: np.log1p(np.exp(x)),
}


class Formula:
    """One formula, read from left to right with the values of the figure's names."""

    def __init__(self, text, values):
        # What is raised is a power of what stands before it; a T there is the transposed.
        self.tokens, at = [], 0
        # The second version of h is h@2.
        text = text.replace("@", "")
        text = re.sub("Σ([₀-₉])", r"Σ along \1 ", text).translate(SUBSCRIPTS)
        while at < len(text.rstrip()):
            found = TOKEN.match(text, at)
            if not found:
                raise Unread(text[at:])
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at, self.values = 0, values

    def peek(self, *signs):
        return self.at < len(self.tokens) and self.tokens[self.at][1] in signs

    def take(self, *signs):
        if self.peek(*signs):
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def need(self, sign):
        if not self.take(sign):
            raise Unread(f"{sign} is missing at {self.tokens[self.at:]}")

    def value(self):
        result = self.sum()
        if self.at < len(self.tokens):
            raise Unread(str(self.tokens[self.at:]))
        return result

    def sum(self):
        result = self.product()
        while sign := self.take("+", "−"):
            other = self.product()
            result = result + other if sign == "+" else result - other
        return result

    def begins_factor(self):
        return self.at < len(self.tokens) and (
            self.tokens[self.at][0] in ("number", "name", "ones") or self.peek("(", "[", "Σ", "√"))

    def tight(self):
        """Factors that stand close, which are those of an operator's own formula: entry by entry."""
        result = self.factor()
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "tight":
            self.at += 1
            result = result * self.factor()
        return result

    def product(self):
        result = self.tight()
        while True:
            if sign := self.take("·", "⊙", "×", "/"):
                other = self.tight()
                if sign == "/":
                    result = result / other
                elif sign == "·" and np.ndim(result) and np.ndim(other):
                    result = self.matrices(result, other)
                else:
                    result = result * other
            elif self.begins_factor():
                # Matrices side by side: W X.
                result = self.matrices(result, self.tight())
            else:
                return result

    @staticmethod
    def matrices(left, right):
        if np.ndim(left) == np.ndim(right) == 1:
            return np.outer(left, right)
        try:
            return left @ right
        except ValueError as error:
            raise Unread(str(error)) from error

    def factor(self):
        if self.take("−"):
            return -self.factor()
        if self.take("Σ"):
            axis = None
            if self.take("along"):
                axis = int(self.tokens[self.at][1])
                self.at += 1
            inner = self.postfix(words=False)
            while self.take("⊙"):
                inner = inner * self.postfix(words=False)
            if self.at < len(self.tokens) and self.tokens[self.at][0] == "words":
                words = self.tokens[self.at][1]
                self.at += 1
                if words == "over rows":
                    return inner.sum(axis=0, keepdims=True)
                if words == "over columns":
                    return inner.sum(axis=1, keepdims=True)
                axes = tuple(int(axis) for axis in words[len("over axes "):].split(","))
                return inner.sum(axis=axes, keepdims=True)
            return np.sum(inner) if axis is None else inner.sum(axis=axis, keepdims=True)
        if self.take("√"):
            return np.sqrt(self.factor())
        return self.postfix()

    def postfix(self, words=True):
        result = self.atom()
        while True:
            if self.take("ᵀ"):
                result = np.transpose(result)
            elif self.at < len(self.tokens) and self.tokens[self.at][0] == "raised":
                result = result ** float(self.tokens[self.at][1].translate(RAISED))
                self.at += 1
            elif words and self.at < len(self.tokens) and self.tokens[self.at][0] == "words":
                # Every row or column of what comes back alike.
                axis = self.tokens[self.at][1]
                self.at += 1
                if axis == "over columns" and np.ndim(result) == 1:
                    result = result[:, None]
            else:
                return result

    def atom(self):
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")
        self.at += 1
        if kind == "ones":
            return np.ones([int(count) for count in text[2:].split("×")])
        if kind == "number":
            return float(text.replace("−", "-"))
        if kind == "name":
            if self.take("′"):
                self.need("(")
                inner = self.sum()
                self.need(")")
                return slope(FUNCTIONS[text])(inner)
            if text in self.values:
                value = self.values[text]
                while self.peek("[") and self.at + 2 < len(self.tokens) and self.tokens[self.at + 2][1] == "]":
                    value = value[int(self.tokens[self.at + 1][1])]
                    self.at += 3
                return value
            if self.peek("(") and text in FUNCTIONS:
                self.take("(")
                inner, options = [self.sum()], {}
                while self.take(","):
                    if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1][1] == "=":
                        name = self.tokens[self.at][1]
                        self.at += 2
                        options[name] = True if self.take("True") else int(self.sum())
                    else:
                        inner.append(self.sum())
                self.need(")")
                return FUNCTIONS[text](*inner, **options)
            raise Unread(text)
        if text == "(":
            inner = self.sum()
            self.need(")")
            return inner
        if text == "[":
            # A condition: 1 where it holds.
            left = self.sum()
            sign = self.take("=", "<", ">", "≤", "≥")
            right = self.sum()
            self.need("]")
            return {"=": np.equal, "<": np.less, ">": np.greater, "≤": np.less_equal,
                    "≥": np.greater_equal}[sign](left, right).astype(float)
        raise Unread(text)


def array(value):
    return np.array(value, dtype=float)


def shown(name):
    """A node's id as the figure writes its name, without signs."""
    return GREEK.get(name, name.replace("@", ""))


def derivative(name):
    return f"d{name}" if len(re.sub(r"\d", "", name)) == 1 else f"d {name}"


def compare(tool, program, title):
    """Checks each red edge of a program's figure; how many were read, and how many were not."""
    figure = json.loads(run(tool, "render", program, "--format", "json", "-o", "-", "--max-nodes", "none"))
    # Inputs that are drawn again stand for nodes that are there.
    nodes = [node for node in figure["nodes"] if "of" not in node]
    values = {}
    for node in nodes:
        name = shown(node["id"])
        values[name] = array(node["value"])
        if node.get("derivative") is not None:
            values[derivative(name)] = array(node["derivative"])
    read = unread = 0
    shapes = {node["id"]: tuple(node.get("shape", ())) for node in nodes}
    for edge in figure["edges"]:
        if edge.get("contribution") is None or "tooltip" not in edge:
            continue
        sides = edge["tooltip"].split(" = ")
        if shapes[edge["from"]] == shapes[edge["to"]] == ():
            # Of numbers the chain rule is told by names.
            continue
        if len(sides) < 3:
            # Data, by which nothing is differentiated.
            continue
        formula = " = ".join(sides[1:-1]).removeprefix("… + ")
        shape = shapes[edge["from"]]
        texts = [formula]
        for label in edge["labels"]:
            if label["kind"] == "partial" and label["text"][0] in "⊙×":
                name = shown(edge["to"])
                own = derivative(name)
                texts.append(f"{own} {label['text']}")
        for text in texts:
            try:
                result = np.asarray(Formula(text, values).value(), dtype=float)
            except Unread as reason:
                if any(words in text for words in WORDS):
                    unread += 1
                    if "-v" in sys.argv: print(text)
                    continue
                check(False, f"{title}: {edge['from']} from {edge['to']}: not read, {reason}: {text}")
            expected = array(edge["contribution"])
            if result.size == int(np.prod(shape)):
                result = result.reshape(shape)
            where = f"{title}: {edge['from']} from {edge['to']}: {text}"
            try:
                result = np.broadcast_to(result, shape)
            except ValueError:
                check(False, f"{where} has the shape {result.shape}")
            # Slopes of σ′ are differences; a number is printed with four digits.
            digits = 1e-3 if re.search(r"×−?\d", text) else 1e-6
            check(np.allclose(result, expected, rtol=digits, atol=1e-7), f"{where} is {result}, not {expected}")
            read += 1
    return read, unread


def random_program(dice):
    """A program of arrays whose every edge has a formula without words."""
    lines, numbers, matrices = [], ["p", "q"], []
    lines += [f"{name} = {dice.choice([-1.5, 0.5, 0.75, 2.5])}" for name in numbers]
    for name in ("A", "B", "C"):
        rows, columns = dice.randint(1, 3), dice.randint(1, 3)
        entries = [[dice.choice([-1.25, -0.5, 0.25, 0.75, 1.5]) for _ in range(columns)] for _ in range(rows)]
        lines.append(f"{name} = {entries}")
        matrices.append((name, rows, columns))

    def pick():
        return dice.choice(matrices)

    def number():
        form = dice.choice(["{}", "({} + 1)", "(1 - {})", "tanh({})", "cos({})", "{}**2", "2", "-{}", "sigmoid({})"])
        return form.format(dice.choice(numbers))

    def expression(depth=2):
        """Text with rows and columns."""
        if depth == 0:
            return pick()
        x, rows, columns = expression(depth - 1)
        kind = dice.randrange(9)
        if kind == 0:
            y, other_rows, other_columns = pick()
            if columns == other_rows:
                return f"({x} @ {y})", rows, other_columns
            if rows == other_rows:
                return f"(({x}).T @ {y})", columns, other_columns
            if columns == other_columns:
                return f"({x} @ {y}.T)", rows, other_rows
        if kind == 1:
            y, other_rows, other_columns = pick()
            if other_rows in (1, rows) and other_columns in (1, columns):
                return f"({x} {dice.choice('+-*')} {y})", rows, columns
        if kind == 2:
            return f"({x} * {number()})", rows, columns
        if kind == 3:
            return f"({number()} {dice.choice('+-')} {x})", rows, columns
        if kind == 4:
            return f"({x} / ({dice.choice(numbers)}**2 + 1))", rows, columns
        if kind == 5:
            return f"-{x}", rows, columns
        if kind == 6:
            axis = dice.randrange(2)
            word = dice.choice(["sum", "mean"])
            shape = (1, columns) if axis == 0 else (rows, 1)
            return f"np.{word}({x}, axis={axis}, keepdims=True)", *shape
        if kind == 7:
            return f"({x})**2", rows, columns
        if kind == 8 and dice.random() < 0.4:
            word = dice.choice(["softmax", "log_softmax"])
            return f"{word}({x}, axis={dice.choice([0, 1, -1])})", rows, columns
        return f"{dice.choice(['tanh', 'exp', 'sigmoid', 'sin', 'cos'])}({x})", rows, columns

    for position in range(dice.randint(2, 4)):
        text, rows, columns = expression(dice.randint(1, 3))
        name = "EFGHK"[position]
        lines.append(f"{name} = {text}")
        matrices.append((name, rows, columns))
    # All that is unused leads to the output, in two statements: a longer one is told by its name alone.
    for name, some in (("U", matrices[:3]), ("V", matrices[3:])):
        terms = " + ".join(f"{number()} * np.sum({matrix} * {matrix})" for matrix, _, _ in some)
        lines.append(f"{name} = {terms}")
    lines.append("J = U - V + p*q")
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tool, programs = Path(sys.argv[1]).resolve(), [Path(name) for name in sys.argv[2:]]
    dice = random.Random(1)
    read = rest = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(150):
            program = Path(folder) / f"random-{number}.grad"
            program.write_text(random_program(dice))
            found, unread = compare(tool, program, program.read_text())
            read += found
            rest += unread
    for program in programs:
        found, unread = compare(tool, program, program.stem)
        read, rest = read + found, rest + unread
    check(rest < read / 10, f"{rest} formulas are not read, {read} are")
    finish(f"{read} formulas of red edges, {rest} in words")


main()
