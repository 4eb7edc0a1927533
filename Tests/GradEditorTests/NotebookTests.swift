import GradBase
import Testing

@testable import GradEditor

/// Cells of notebooks as programs.
@Suite struct NotebookTests {
  private static func cells(_ texts: [String]) -> (cells: String, texts: String) {
    let cells = texts.indices.map { #"{"kind": 2, "document": "cell:/\#($0)"}"# }
    let items = texts.enumerated().map { number, text in
      #"{"uri": "cell:/\#(number)", "languageId": "python", "version": 1, "text": \#(JSONDocument.quoted(text))}"#
    }
    return ("[\(cells.joined(separator: ", "))]", "[\(items.joined(separator: ", "))]")
  }

  private static let notebook = #""notebookDocument": {"uri": "file:///n.ipynb", "version": 2}"#

  private static func opened(_ texts: String...) -> (Editor, [JSONValue]) {
    var editor = Editor.started()
    let (cells, items) = cells(texts)
    let answers = editor.send(
      """
      {"method": "notebookDocument/didOpen", "params": {"notebookDocument": {"uri": "file:///n.ipynb", \
      "notebookType": "jupyter-notebook", "version": 1, "cells": \(cells)}, "cellTextDocuments": \(items)}}
      """)
    return (editor, answers)
  }

  private func hints(_ editor: inout Editor, _ cell: Int) -> [String] {
    let answer = editor.send(
      """
      {"id": 1, "method": "textDocument/inlayHint", "params": {"textDocument": {"uri": "cell:/\(cell)"}, \
      "range": {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}}}
      """
    ).last?["result"]
    return (answer?.elements ?? []).map { hint in
      "\(Int(hint["position"]?["line"]?.number ?? -1)): \(hint["label"]?.string ?? "")"
    }
  }

  /// What is wrong, by cell and line.
  private func messages(_ answers: [JSONValue]) -> [String] {
    answers.filter { $0["method"]?.isString("textDocument/publishDiagnostics") == true }.flatMap {
      answer in
      (answer["params"]?["diagnostics"]?.elements ?? []).map { message in
        let line = Int(message["range"]?["start"]?["line"]?.number ?? -1)
        return
          "\(answer["params"]?["uri"]?.string ?? ""), \(line): \(message["code"]?.string ?? "")"
      }
    }
  }

  @Test func cellsUpToTheOneThatDifferentiatesAreOneProgram() {
    var (editor, answers) = Self.opened(
      "import torch\na = torch.tensor(2.0, requires_grad=True)", "# u\nu = a * 3\n",
      "J = u * u\nJ.backward()", "import pandas as pd\npd.read_csv(q)")
    #expect(messages(answers) == [])
    #expect(hints(&editor, 0) == ["1: = 2 · da = 36"])
    #expect(hints(&editor, 1) == ["1: = 6 · du = 12"])
    #expect(hints(&editor, 2) == ["0: = 36 · dJ = 1"])
    // What comes after is about something else.
    #expect(hints(&editor, 3) == [])
    answers = editor.send(
      #"""
      {"method": "notebookDocument/didChange", "params": {\#(Self.notebook), "change": {"cells": {"textContent": [{
      "document": {"uri": "cell:/1", "version": 2}, "changes": [{"range": {"start": {"line": 1, "character": 4},
      "end": {"line": 1, "character": 5}}, "text": "q"}]}]}}}}
      """#)
    #expect(messages(answers) == ["cell:/1, 1: undefined-name"])
    // A cell goes, and with it what is said of it.
    answers = editor.send(
      #"""
      {"method": "notebookDocument/didChange", "params": {\#(Self.notebook), "change": {"cells": {"structure": {
      "array": {"start": 1, "deleteCount": 1}, "didClose": [{"uri": "cell:/1"}]}}}}}
      """#)
    #expect(messages(answers) == ["cell:/2, 0: undefined-name"])
    #expect(answers.contains { $0["params"]?["uri"]?.isString("cell:/1") == true })
    answers = editor.send(
      #"{"method": "notebookDocument/didClose", "params": {\#(Self.notebook), "cellTextDocuments": []}}"#
    )
    #expect(messages(answers) == [] && editor.server.documents.isEmpty)
  }

  @Test func cellsOfTheMagicAreProgramsOfTheirOwn() {
    var (editor, answers) = Self.opened(
      "import pandas\nx = pandas.nothing()", "%%grad --style circuit\nx = 3\ny = x * x",
      "%%grad\ny = q * 2",
      "%%gradual\nz")
    #expect(messages(answers) == ["cell:/2, 1: undefined-name"])
    #expect(hints(&editor, 1) == ["1: dx = 6", "2: = 9 · dy = 1"])
    #expect(hints(&editor, 0) == [] && hints(&editor, 3) == [])
    // Text in Markdown and a cell that is no more a program have no program either.
    answers = editor.send(
      #"""
      {"method": "notebookDocument/didChange", "params": {\#(Self.notebook), "change": {"cells": {"textContent": [{
      "document": {"uri": "cell:/2", "version": 2}, "changes": [{"text": "print(1)"}]}]}}}}
      """#)
    #expect(messages(answers) == [])
    #expect(editor.server.documents.keys.sorted() == ["cell:/1"])
  }

  @Test func aNameIsRenamedInAllCells() {
    var (editor, _) = Self.opened("θ = 2", "u = θ * 3\nJ = u * θ", "J.backward()")
    let edit = editor.send(
      """
      {"id": 1, "method": "textDocument/rename", "params": {"textDocument": {"uri": "cell:/1"}, \
      "position": {"line": 0, "character": 4}, "newName": "w"}}
      """
    ).last?["result"]?["changes"]
    let lines = { (cell: Int) in
      (edit?["cell:/\(cell)"]?.elements ?? []).map {
        Int($0["range"]?["start"]?["line"]?.number ?? -1)
      }
    }
    #expect(lines(0) == [0] && lines(1) == [0, 1])
    let found = editor.send(
      """
      {"id": 2, "method": "textDocument/definition", "params": {"textDocument": {"uri": "cell:/1"}, \
      "position": {"line": 1, "character": 8}}}
      """
    ).last?["result"]?[0]
    #expect(
      found?["uri"]?.string == "cell:/0" && found?["range"]?["end"]?["character"]?.number == 1)
    let tokens =
      editor.send(
        #"{"id": 3, "method": "textDocument/semanticTokens/full", "params": {"textDocument": {"uri": "cell:/1"}}}"#
      ).last?["result"]?["data"]?.elements.compactMap(\.number) ?? []
    #expect(tokens.prefix(3) == [0, 0, 1] && tokens.count == 10 * 5)
  }
}
