"""Types programs into an editor that speaks with the server, and reads what it would show.

    pip install pytest-lsp
    python Tests/Scripts/lsp.py GRAPHVIZ_GRAD SAMPLES

The editor is the client of pytest-lsp, which knows the abilities of real ones and checks every message
against the protocol. What a name has, as the editor shows it, is what `eval` says of it; after every letter
that somebody types, nothing is shown that does not hold.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lsprotocol import types
from pytest_lsp import client_capabilities, make_test_lsp_client

from common import check, finish, run

TOOL, SAMPLES = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
EDITORS = ["visual-studio-code", "neovim", "emacs", "helix"]


class Editor:
    """An editor with one program open."""

    async def start(self, name="neovim"):
        self.client = make_test_lsp_client()
        self.client.feature("workspace/inlayHint/refresh")(lambda *_: None)
        await self.client.start_io(TOOL, "lsp", "--stdio")
        try:
            abilities = client_capabilities(name)
        except ValueError:
            abilities = client_capabilities("neovim")
        self.abilities = await self.client.initialize_session(
            types.InitializeParams(capabilities=abilities, process_id=os.getpid()))
        return self

    async def stop(self):
        process = self.client._server
        await self.client.shutdown_session()
        check(await asyncio.wait_for(process.wait(), 20) == 0, "the server ends in peace")

    def open(self, path, text, language="grad"):
        self.uri, self.text, self.version = Path(path).resolve().as_uri(), text, 1
        self.document = types.TextDocumentIdentifier(self.uri)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(
            types.TextDocumentItem(self.uri, language, 1, text)))

    def replace(self, begin, end, text):
        """Puts a text in the place of some letters, as an editor tells it."""
        self.version += 1
        part = types.TextDocumentContentChangePartial(
            types.Range(self.position(begin), self.position(end)), text)
        self.text = self.text[:begin] + text + self.text[end:]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(self.version, self.uri), [part]))

    def position(self, offset):
        head = self.text[:offset].split("\n")
        encoding = self.abilities.capabilities.position_encoding
        last = head[-1]
        units = len(last.encode("utf-8")) if encoding == "utf-8" else len(last.encode("utf-16-le")) // 2
        return types.Position(len(head) - 1, units)

    async def hints(self):
        """What stands behind each line."""
        found = await self.client.text_document_inlay_hint_async(types.InlayHintParams(
            self.document, types.Range(types.Position(0, 0), types.Position(10**6, 0))))
        return {hint.position.line: hint.label for hint in found}

    async def hover(self, offset):
        found = await self.client.text_document_hover_async(
            types.HoverParams(self.document, self.position(offset)))
        if not found:
            return None
        contents = found.contents
        return contents.value if hasattr(contents, "value") else contents

    async def completion(self, offset):
        found = await self.client.text_document_completion_async(
            types.CompletionParams(self.document, self.position(offset)))
        return found.items

    def messages(self):
        return self.client.diagnostics.get(self.uri, [])


def numbers(program, name):
    """The names of a program with their values and derivatives, as `eval` has them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(program, encoding="utf-8")
        done = subprocess.run([TOOL, "eval", path, "--format", "json"], capture_output=True, text=True)
        if done.returncode != 0:
            return None
        return [node for node in json.loads(done.stdout)["nodes"] if node["name"]]


def ends_with(text, number):
    """Whether a line of a text ends with a number, as figures round it."""
    for line in text.split("\n"):
        last = re.search(r"([−-]?[\d.]+(?:e[−+-]?\d+|·10[⁻⁰¹²³⁴-⁹]+)?|[−-]?∞|NaN)$", line.strip())
        if not last:
            continue
        plain = last.group(1).replace("−", "-").replace("∞", "inf")
        if "·10" in plain:
            plain = plain.replace("·10", "e").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        if abs(float(plain) - number) <= max(0.006, 2e-3 * abs(number)):
            return True
    return False


async def a_lecture_is_typed(editor_name):
    """Every letter, with a look at what the editor shows."""
    editor = await Editor().start(editor_name)
    program = "a = 5\nb = 3  # θ\nc = 2\nu = b * c\nv = a + u\nJ = 3 * v\n"
    editor.open("typed.grad", "")
    for letter in program:
        editor.replace(len(editor.text), len(editor.text), letter)
        if letter not in "\n=*+ 3":
            continue
        hints = await editor.hints()
        known = {node["line"] - 1: node for node in numbers(editor.text, "typed.grad") or []}
        for line, hint in hints.items():
            for part in hint.split(" · "):
                # Without the whole program nothing is known of derivatives.
                name, _, value = part.rpartition("= ")
                if name:
                    check(line in known and float(value) == known[line]["derivative"],
                          f"after {editor.text!r}: {hint} in line {line}")
                else:
                    text = editor.text.split("\n")[line]
                    alone = numbers("\n".join(editor.text.split("\n")[: line + 1]), "typed.grad")
                    check(alone and float(value) == alone[-1]["value"], f"{text!r}: {hint}")
    hints = await editor.hints()
    check(hints == {0: "da = 3", 1: "db = 6", 2: "dc = 9", 3: "= 6 · du = 3", 4: "= 11 · dv = 3",
                    5: "= 33 · dJ = 1"}, f"the whole lecture: {hints}")
    check("du = dv · ∂v/∂u = 3 · 1 = 3" in await editor.hover(program.index("u = b")), "the chain rule")
    check("∂u/∂c = b = 3" in await editor.hover(program.index("c\nv")), "the local partial")
    await editor.stop()


async def a_mistake_is_mended():
    editor = await Editor().start("visual-studio-code")
    editor.open("mended.grad", "𝜃 = 2\ny = 𝜃 ^ 2 + sigmod(𝜃)\n")
    await editor.hints()
    while True:
        messages = editor.messages()
        if not messages:
            break
        whole = types.Range(types.Position(0, 0), types.Position(9, 0))
        actions = await editor.client.text_document_code_action_async(types.CodeActionParams(
            editor.document, whole, types.CodeActionContext(messages)))
        check(actions, f"nothing mends {messages}")
        changes = actions[0].edit.document_changes
        check(changes[0].text_document.version == editor.version, "the version is named")
        lines = editor.text.split("\n")
        for edit in changes[0].edits:
            start, end = edit.range.start, edit.range.end
            units = lines[start.line].encode("utf-16-le")
            begin = sum(len(line) + 1 for line in lines[: start.line]) + len(
                units[: 2 * start.character].decode("utf-16-le"))
            stop = sum(len(line) + 1 for line in lines[: end.line]) + len(
                units[: 2 * end.character].decode("utf-16-le"))
            editor.replace(begin, stop, edit.new_text)
        await editor.hints()
    check(editor.text == "𝜃 = 2\ny = 𝜃 ** 2 + sigmoid(𝜃)\n", editor.text)
    await editor.stop()


async def names_are_found():
    editor = await Editor().start()
    editor.open("names.grad", "def f(x):\n    return x * k\nk = 3\ny = f(2) + np.ta\n")
    labels = [item.label for item in await editor.completion(editor.text.index("np.ta") + 5)]
    check("tanh" in labels and "k" not in labels, f"after a module: {labels[:9]}")
    editor.replace(editor.text.index("np.ta"), len(editor.text), "tanh(k)\n")
    at = editor.position(editor.text.index("k)"))
    found = await editor.client.text_document_definition_async(
        types.DefinitionParams(editor.document, at))
    check([place.range.start.line for place in found] == [2], "where a name comes from")
    found = await editor.client.text_document_references_async(types.ReferenceParams(
        types.ReferenceContext(True), editor.document, at))
    check([place.range.start.line for place in found] == [1, 2, 3], "where a name is")
    edit = await editor.client.text_document_rename_async(
        types.RenameParams(editor.document, at, "w"))
    count = sum(len(change.edits) for change in edit.document_changes or []) or sum(
        len(edits) for edits in (edit.changes or {}).values())
    check(count == 3, "a name is changed everywhere")
    for wrong in ("y", "tanh", "2x"):
        try:
            await editor.client.text_document_rename_async(
                types.RenameParams(editor.document, at, wrong))
        except Exception as refusal:
            check("already" in str(refusal) or "no name" in str(refusal), f"{refusal}")
        else:
            check(False, f"'{wrong}' is taken for k")
    symbols = await editor.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(editor.document))
    check([symbol.name for symbol in symbols] == ["f", "k", "y"], "the names of a program")
    await editor.stop()


async def samples_are_told():
    """What is said of every name of every sample is what `eval` says."""
    editor = await Editor().start("visual-studio-code")
    for path in sorted(SAMPLES.rglob("*.grad")) + sorted(SAMPLES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        editor.open(path, text, "python" if path.suffix == ".py" else "grad")
        trace = json.loads(run(TOOL, "eval", path, "--format", "json"))
        lines = text.split("\n")
        for node in trace["nodes"]:
            if not node["name"] or node.get("shape") or node.get("call"):
                continue
            offset = sum(len(line) + 1 for line in lines[: node["line"] - 1]) + node["column"] - 1
            if not text[offset:].startswith(node["name"]):
                continue
            said = await editor.hover(offset)
            # Of a name with many values the first ones are told.
            check(said and (ends_with(said, float(node["value"])) or " more values" in said),
                  f"{path}: {node['id']} = {node['value']}, and not {said}")
        tokens = await editor.client.text_document_semantic_tokens_full_async(
            types.SemanticTokensParams(editor.document))
        check(len(tokens.data) % 5 == 0 and tokens.data, f"{path}: words")
        check(not [m for m in editor.messages() if m.severity == 1], f"{path}: {editor.messages()}")
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(editor.document))
    await editor.stop()


async def endless_programs_wait():
    """A program that does not end keeps nobody from typing."""
    editor = await Editor().start()
    editor.open("endless.grad", "x = 1.5\nwhile x > 0:\n    x = x * 1\n")
    begun = time.monotonic()
    labels = [item.label for item in await editor.completion(len(editor.text))]
    check("x" in labels and time.monotonic() - begun < 2, "words come at once")
    check(await editor.hints() == {}, "no number of an endless loop is shown")
    for _ in range(100):
        if editor.messages():
            break
        await asyncio.sleep(0.1)
    check(editor.messages()[0].severity == 3, "that is no mistake")
    editor.replace(editor.text.index("while"), len(editor.text), "y = x * 2\n")
    check((await editor.hints())[1] == "= 3 · dy = 1", "the next program has its numbers")
    await editor.stop()


async def files_are_read():
    """A program reads files below its folder, and no others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "in").mkdir()
        Path(folder, "in/data.csv").write_text("1,2\n3,4\n")
        Path(folder, "out.csv").write_text("1,2\n")
        editor = await Editor().start()
        editor.open(f"{folder}/in/a.grad", 'X = np.loadtxt("data.csv", delimiter=",")\ny = sum(X)\n')
        check((await editor.hints())[1].startswith("= 10"), "a file beside the program")
        Path(folder, "in/data.csv").write_text("1,2\n3,5\n")
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(editor.document))
        check((await editor.hints())[1].startswith("= 11"), "the file has changed")
        editor.open(f"{folder}/in/b.grad", 'X = np.loadtxt("../out.csv", delimiter=",")\ny = sum(X)\n')
        check(await editor.hints() == {}, "a file elsewhere")
        check("below the folder" in editor.messages()[0].message, f"{editor.messages()}")
        await editor.stop()


async def notebooks_are_read():
    """Cells of a notebook, as editors that know notebooks tell of them."""
    editor = await Editor().start("visual-studio-code")
    client = editor.client
    check(editor.abilities.capabilities.notebook_document_sync, "notebooks are taken")
    name = "file:///course/week.ipynb"
    texts = ["%%grad --style circuit\nx = 3\ny = x * x\n", "import pandas as pd\ndata = pd.read(q)\n",
             "%%grad\nz = w * 2\n"]
    cells = [types.NotebookCell(types.NotebookCellKind.Code, f"cell:/{number}") for number in range(3)]
    client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(
        types.NotebookDocument(name, "jupyter-notebook", 1, cells),
        [types.TextDocumentItem(f"cell:/{number}", "python", 1, text) for number, text in enumerate(texts)]))

    async def hints(number):
        found = await client.text_document_inlay_hint_async(types.InlayHintParams(
            types.TextDocumentIdentifier(f"cell:/{number}"),
            types.Range(types.Position(0, 0), types.Position(99, 0))))
        return {hint.position.line: hint.label for hint in found or []}

    async def change(cells):
        client.notebook_document_did_change(types.DidChangeNotebookDocumentParams(
            types.VersionedNotebookDocumentIdentifier(2, name),
            types.NotebookDocumentChangeEvent(cells=cells)))

    check(await hints(0) == {1: "dx = 6", 2: "= 9 · dy = 1"}, "a cell of the magic")
    check(await hints(1) == {}, "a cell about something else")
    wrong = client.diagnostics.get("cell:/2", [])
    check([message.range.start.line for message in wrong] == [1], f"a mistake in a cell: {wrong}")
    check(not client.diagnostics.get("cell:/1"), "nothing is said of other cells")
    await change(types.NotebookDocumentCellChanges(text_content=[types.NotebookDocumentCellContentChanges(
        types.VersionedTextDocumentIdentifier(2, "cell:/2"),
        [types.TextDocumentContentChangePartial(
            types.Range(types.Position(1, 4), types.Position(1, 5)), "5")])]))
    check(await hints(2) == {1: "= 10 · dz = 1"}, f"a mended cell: {await hints(2)}")
    # Without cells of the magic all is one program.
    parts = ["import torch\nw = torch.tensor(2.0, requires_grad=True)", "u = w * 3", "J = u ** 2\nJ.backward()"]
    await change(types.NotebookDocumentCellChanges(structure=types.NotebookDocumentCellChangeStructure(
        types.NotebookCellArrayChange(0, 3, [
            types.NotebookCell(types.NotebookCellKind.Code, f"cell:/{number}") for number in range(3, 6)]),
        did_open=[types.TextDocumentItem(f"cell:/{number + 3}", "python", 1, text)
                  for number, text in enumerate(parts)],
        did_close=[types.TextDocumentIdentifier(f"cell:/{number}") for number in range(3)])))
    check(await hints(3) == {1: "= 2 · dw = 36"} and await hints(4) == {0: "= 6 · du = 12"}, "cells are one program")
    found = await client.text_document_definition_async(types.DefinitionParams(
        types.TextDocumentIdentifier("cell:/5"), types.Position(0, 4)))
    check([(place.uri, place.range.start.line) for place in found] == [("cell:/4", 0)], f"across cells: {found}")
    edit = await client.text_document_rename_async(types.RenameParams(
        types.TextDocumentIdentifier("cell:/4"), types.Position(0, 4), "weight"))
    check([change.text_document.uri for change in edit.document_changes] == ["cell:/3", "cell:/4"],
          f"renamed in cells: {edit}")
    client.notebook_document_did_close(types.DidCloseNotebookDocumentParams(
        types.NotebookDocumentIdentifier(name), []))
    await editor.stop()


def broken_conversations_end():
    """What is no message is told so, and an editor that goes leaves no process."""
    def talk(data):
        return subprocess.run([TOOL, "lsp"], input=data, capture_output=True, timeout=60)

    done = talk(b"")
    check(done.returncode == 1 and not done.stdout, "an editor that says nothing")
    done = talk(b"Content-Length: 3\r\n\r\n{{{")
    check(b"-32700" in done.stdout, "no JSON")
    done = talk(b"Content-Length: x\r\n\r\nContent-Length: 2\r\n\r\n[]")
    check(b"-32700" in done.stdout and b"-32600" in done.stdout, "no length, and then a list")
    done = talk(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
    check(done.stdout.count(b"-32700") == 3 and done.returncode == 1, "a browser")
    done = talk(b"A" * 200_000)
    check(done.returncode == 1, "noise without an end")


def cpu_of(process):
    """The processor time that a process has had, in milliseconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


async def long_programs_are_typed():
    """10,000 lines: what a letter costs in processor time, with words, colours and messages."""
    editor = await Editor().start("visual-studio-code")
    lines = ["x0 = 1.5"]
    for number in range(1, 10_000):
        lines.append(f"x{number} = x{number - 1} * 0.5 + sin(x{max(0, number - 7)})  # {number}")
    editor.open("long.grad", "\n".join(lines) + "\n")
    await editor.client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(editor.document))
    process = editor.client._server.pid
    await asyncio.sleep(5)
    place = editor.text.index("x5000 = ") + len("x5000 = ")
    count, before = 20, cpu_of(process)
    for letter in "cos(x1) + tan(x2) + 1"[:count]:
        editor.replace(place, place, letter)
        place += 1
        await editor.completion(place)
        row = types.Range(types.Position(4990, 0), types.Position(5040, 0))
        await editor.client.text_document_semantic_tokens_range_async(
            types.SemanticTokensRangeParams(editor.document, row))
    each = (cpu_of(process) - before) / count
    print(f"10,000 lines: {each:.0f} ms of processor time a letter")
    await editor.stop()
    return each


async def main():
    for name in EDITORS:
        await a_lecture_is_typed(name)
    await a_mistake_is_mended()
    await names_are_found()
    await samples_are_told()
    await endless_programs_wait()
    await files_are_read()
    await notebooks_are_read()
    broken_conversations_end()
    await long_programs_are_typed()


asyncio.run(main())
finish("the server of editors")
