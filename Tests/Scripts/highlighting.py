"""Colours programs with every tool that the table of colours is written for, and compares the words.

    apt-get install --no-install-recommends bat
    pip install babi pygments typst
    python Tests/Scripts/highlighting.py GRAPHVIZ_GRAD SAMPLES

What Pygments and a grammar of TextMate (as the editor babi reads it) take for comments, numbers, names,
operators, texts and words of the language is what the language's own reader takes for them, as the server
of editors tells it. Sublime's syntax is read by bat and by Typst.
"""

import asyncio
import importlib.util
import json
import shutil
import sys
import tempfile
from pathlib import Path

from lsprotocol import types
from pygments.token import Comment, Error, Generic, Keyword, Name, Number, Operator, String
from pytest_lsp import client_capabilities, make_test_lsp_client

from common import check, finish, run

TOOL, SAMPLES = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])

MORE = {
    "numbers": "a = 1_000 + .5 + 1. + 1e-3 + 2E+5\nb = a² + ½ + a⁻¹² · √a × 2\nJ = |b| - 1\n",
    "texts": "a = 2 # it's\nprint('it\\'s', \"#\", f\"{a}\", '''two\nlines \\''' # ''')\nJ = a * 2\n",
    "names": "θ_1 = 2\n權重 = 3\nexp1 = θ_1\nnotes = 1\npi2 = pi * e\nis_in = np.exp(x1) if notes else 0\n",
    "words": "def f(x, y=None):\n    return lambda t: t if x and not y else True\nz = [f(i) for i in range(3)]\n",
    "options": "#: --style circuit --of J\n# plain\nx = 1; J = x ** 2 // 1 % 3 @ 2 != 4\n",
    "lookalikes": "expand = 1\nformat = 2\nJ = expand.exp() + torch.tanh(format)\n",
}


def classes_of_server(legend, text, data):
    """Each character's class, as the server tells words."""
    lines = text.split("\n")
    result = [["" for _ in line] for line in lines]
    row = column = 0
    for index in range(0, len(data), 5):
        step, shift, length, kind, _ = data[index : index + 5]
        row, column = row + step, shift + (0 if step else column)
        for place in range(column, column + length):
            result[row][place] = legend[kind]
    return result


PLAIN = {
    "variable": "name", "parameter": "name", "function": "name", "class": "name", "namespace": "name",
    "property": "name", "macro": "options"}


def compare(name, text, expected, found):
    for row, line in enumerate(text.split("\n")):
        for column, letter in enumerate(line):
            if letter.isspace():
                continue
            mine = found[row][column]
            theirs = PLAIN.get(expected[row][column], expected[row][column])
            check(mine == theirs or theirs == "" and mine == "punctuation",
                  f"{name}: {letter!r} in {line!r} is {mine or 'nothing'}, not {theirs or 'nothing'}")


def classes_of_pygments(lexer, text):
    kinds = [
        (Comment.Special, "options"), (Comment, "comment"), (String, "string"), (Number, "number"),
        (Keyword, "keyword"), (Name, "name"), (Operator, "operator"), (Generic.Prompt, "prompt")]
    result = [[]]
    for token, part in lexer.get_tokens(text):
        check(token not in Error, f"an error at {part!r}")
        kind = next((kind for known, kind in kinds if token in known), "punctuation")
        for letter in part:
            if letter == "\n":
                result.append([])
            else:
                result[-1].append(kind)
    return result


SCOPES = {
    "comment.line.number-sign.documentation": "options", "comment.line": "comment", "string": "string",
    "constant.character.escape": "string", "constant.numeric": "number", "keyword.control": "keyword",
    "constant.language": "keyword", "keyword.operator": "operator", "support": "name",
    "entity.name": "name", "variable": "name", "punctuation": "punctuation", "comment.other": "prompt"}


def classes_of_textmate(folder, text):
    from babi.highlight import Grammars, highlight_line

    grammars = Grammars(str(folder))
    compiler = grammars.compiler_for_scope("source.grad")
    state, result = compiler.root_state, []
    for number, line in enumerate(text.split("\n")):
        state, regions = highlight_line(compiler, state, f"{line}\n", number == 0)
        row = []
        for region in regions:
            scope = region.scope[-1]
            kind = next((kind for known, kind in SCOPES.items() if scope.startswith(known)), "")
            row += [kind] * (region.end - region.start)
        result.append(row[: len(line)])
    return result


async def words_of_server(texts):
    client = make_test_lsp_client()
    client.feature("workspace/inlayHint/refresh")(lambda *_: None)
    await client.start_io(TOOL, "lsp")
    abilities = client_capabilities("neovim")
    abilities.general.position_encodings = [types.PositionEncodingKind.Utf16]
    answer = await client.initialize_session(types.InitializeParams(capabilities=abilities))
    legend = answer.capabilities.semantic_tokens_provider.legend.token_types
    result = {}
    for name, text in texts.items():
        uri = f"file:///words/{name}"
        client.text_document_did_open(types.DidOpenTextDocumentParams(
            types.TextDocumentItem(uri, "grad", 1, text)))
        tokens = await client.text_document_semantic_tokens_full_async(
            types.SemanticTokensParams(types.TextDocumentIdentifier(uri)))
        result[name] = classes_of_server(legend, text, tokens.data)
    await client.shutdown_session()
    return result


def main():
    texts = {path.name: path.read_text(encoding="utf-8")
             for pattern in ("*.grad", "*.py") for path in sorted(SAMPLES.rglob(pattern))}
    texts |= {f"{name}.grad": text for name, text in MORE.items()}
    expected = asyncio.run(words_of_server(texts))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        module = folder / "grad_lexer.py"
        run(TOOL, "integration", "pygments", "-o", module)
        spec = importlib.util.spec_from_file_location("grad_lexer", module)
        lexers = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(lexers)
        grammar = folder / "source.grad.json"
        run(TOOL, "integration", "textmate", "-o", grammar)
        json.loads(grammar.read_text(encoding="utf-8"))
        for name, text in texts.items():
            lexer = lexers.GradLexer(stripnl=False, ensurenl=False)
            compare(f"Pygments, {name}", text, expected[name], classes_of_pygments(lexer, text))
            compare(f"TextMate, {name}", text, expected[name], classes_of_textmate(folder, text))
        a_syntax_of_sublime(folder)


def a_syntax_of_sublime(folder):
    syntaxes = folder / "bat/syntaxes"
    syntaxes.mkdir(parents=True)
    syntax = syntaxes / "grad.sublime-syntax"
    run(TOOL, "integration", "sublime", "-o", syntax)
    bat = shutil.which("batcat") or shutil.which("bat")
    check(bat, "bat is not installed")
    places = {"BAT_CONFIG_DIR": str(folder / "bat"), "BAT_CACHE_PATH": str(folder / "cache")}
    run(bat, "cache", "--build", env=places)
    said = run(bat, "--color=always", "--style=plain", "--theme=ansi", SAMPLES / "lecture.grad", env=places)
    check("\x1b[" in said, "bat colours a program")
    import typst

    document = folder / "a.typ"
    text = (SAMPLES / "lecture.grad").read_text(encoding="utf-8")
    document.write_text(f'#set raw(syntaxes: "bat/syntaxes/grad.sublime-syntax")\n```grad\n{text}```\n')
    plain = folder / "b.typ"
    plain.write_text(f"```grad\n{text}```\n")
    coloured = typst.compile(str(document), format="svg")
    check(coloured.count(b'fill="#') > typst.compile(str(plain), format="svg").count(b'fill="#')
          or coloured != typst.compile(str(plain), format="svg"), "Typst colours a program")


main()
finish("colours")
