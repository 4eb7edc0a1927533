"""Builds a trace: the document in which a computation is told to the command."""

from __future__ import annotations

import json
import os

from .numbers import Array, array

SCHEMA = "graphviz-grad/trace/2"


class Trace:
    """A computation with its numbers: nodes, each after those that it is computed from, and edges.

    Numbers may be those of Python, nested lists, arrays of any library that has ``shape`` and ``tolist``, and
    what :func:`graphviz_grad.numbers.array` makes. Above ``entries`` entries only shape, range, norm and the
    means of blocks are written.
    """

    def __init__(self, entries=10_000):
        # Above which number of entries an array is summed up.
        self.entries = entries
        self.nodes = []
        self.edges = []
        # The id of the node that is differentiated; the last node if there is none.
        self.output = None
        # What is drawn where nobody says it: "statements", "operations" or "calls". Where it is given, inputs that
        # belong to a call are its parameters, which go with it when it is closed.
        self.detail = None
        # How many times an id was asked for, and how many nodes without a name have each letter.
        self._ids, self._unnamed = {}, {}

    def add(
        self, name=None, *, operation=None, value=None, derivative=None, kind=None, shape=None, expression=None,
        call=(), file=None, line=None, column=None, data=False, id=None,
    ):
        """Adds a node and returns its id, which is unique.

        Without an operation it is an input, or a constant if it has no name either. `call` holds the calls
        around it, outermost first, as ``("net#1", "net.fc1#1")``. A value of None is one that is not known, a
        derivative of None one that nobody asks for; `data` says that nobody asks for it of an input.
        """
        kind = kind or ("operation" if operation else "input" if name else "constant")
        node = {"id": self._identifier(id, name, call, kind), "name": name, "kind": kind}
        if kind == "operation":
            node["operation"] = operation
        if expression:
            node["expression"] = expression
        number = self._number(value)
        if number is None:
            node["value"] = None
            shape = getattr(value, "shape", None) if shape is None else shape
            if shape is not None:
                node["shape"] = list(shape)
            if value is not None and hasattr(value, "dtype"):
                node["dtype"] = str(value.dtype).rsplit(".", 1)[-1]
        else:
            node["shape"] = list(number.shape)
            if number.dtype not in (None, "float64"):
                node["dtype"] = number.dtype
            node["value"] = number.json()
        number = self._number(derivative)
        node["derivative"] = None if number is None else number.json()
        if call:
            node["call"] = list(call)
        if file:
            node["file"] = os.fspath(file)
        if line:
            node["line"], node["column"] = line, column or 1
        if data:
            node["data"] = True
        self.nodes.append(node)
        return node["id"]

    def connect(self, source, target, operand=None, *, map=None, partial=None, contribution=None):
        """Adds an edge between the nodes of two ids.

        `map` is a word of the trace's maps or a dictionary, ``{"is": "sum", "axes": [0]}``. An edge whose
        contribution is not known has None.
        """
        edge = {"from": source, "to": target}
        if operand is not None:
            edge["operand"] = operand
        if map is not None:
            edge["map"] = {"is": map} if isinstance(map, str) else map
        number = self._number(partial)
        if isinstance(number, Array):
            edge["partial"] = number.json()
        number = self._number(contribution)
        edge["contribution"] = None if number is None else number.json()
        self.edges.append(edge)

    def _number(self, value):
        """A value as the trace has it; None for one that is not known."""
        return None if value is None else array(value, self.entries)

    def _identifier(self, given, name, call, kind):
        """`c`, `c@2` for a later value of the name, `f#1.y` in a call, `t1` and `k1` without a name."""
        if given is None and name is None:
            letter = {"operation": "t", "constant": "k"}.get(kind, "x")
            self._unnamed[letter] = self._unnamed.get(letter, 0) + 1
            given = f"{letter}{self._unnamed[letter]}"
        base = given or (f"{call[-1]}.{name}" if call else name)
        identifier, count = base, 1
        while identifier in self._ids:
            count += 1
            identifier = f"{base}@{count}"
        self._ids[identifier] = 0
        return identifier

    def _named_output(self):
        """The id of the output, which is called `out` where it has no name, as in programs of the language."""
        last = self.output or (self.nodes[-1]["id"] if self.nodes else None)
        node = next((node for node in self.nodes if node["id"] == last), None)
        if node is None or node["name"] or node["kind"] != "operation" or "out" in self._ids:
            return last
        self._ids["out"] = 0
        node["id"] = node["name"] = self.output = "out"
        for edge in self.edges:
            edge.update({end: "out" for end in ("from", "to") if edge[end] == last})
        return "out"

    def document(self):
        """The trace as a value of JSON."""
        output = self._named_output()
        detail = {"detail": self.detail} if self.detail else {}
        return {"schema": SCHEMA, "output": output, **detail, "nodes": self.nodes, "edges": self.edges}

    def json(self):
        """The trace as the text of a file, a node or an edge a line."""
        made = self.document()
        lines = [
            f'  "{key}": [\n    ' + ",\n    ".join(json.dumps(one, allow_nan=False, default=_plain) for one in value) + "\n  ]"
            if isinstance(value, list) else f'  "{key}": {json.dumps(value)}' for key, value in made.items()]
        return "{\n" + ",\n".join(lines) + "\n}\n"

    def write(self, path):
        """Writes the trace to a file, which every verb of the tool reads."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.json())
        return self

    def drawing(self, **options):
        """The figure, with options of ``graphviz-grad render``."""
        from .picture import Drawing

        return Drawing(self.json(), **options)

    def draw(self, path, **options):
        """Draws to a file, whose extension is the format."""
        return self.drawing(**options).draw(path)

    def svg(self, **options):
        """The text of the figure as SVG."""
        return self.drawing(**options).svg()

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.drawing()._repr_mimebundle_(include, exclude)

    def _mime_(self):
        return self.drawing()._mime_()


def _plain(number):
    """A number of NumPy as one of Python: the axis of an array."""
    return number.item()
