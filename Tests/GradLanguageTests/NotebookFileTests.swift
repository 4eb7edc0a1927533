import GradCore
import GradLanguage
import Testing

/// Notebooks as files: their cells of code are one program.
@Suite struct NotebookFileTests {
  private func trace(_ text: String, _ name: String) throws -> Trace {
    try Program(Source(name, text: text)).trace().trace
  }

  private func notebook(_ cells: [(String, String)], version: Int = 4) -> String {
    let written = cells.map { kind, text in
      "{\"cell_type\": \"\(kind)\", \"source\": [\"\(text.replacing("\n", with: "\\n\", \""))\"]}"
    }
    return "{\"nbformat\": \(version), \"cells\": [\(written.joined(separator: ", "))]}"
  }

  @Test func cellsAreOneProgram() throws {
    let text = notebook([
      ("markdown", "Hello"), ("code", "x = 3.0\n%matplotlib inline"),
      ("code", "y = x*x\ny.backward()"),
      ("code", "z = undefined_thing"),
    ])
    #expect(try trace(text, "a.ipynb")["x"]?.derivative == 6)
    var source = Source("a.ipynb", text: text)
    source.cells = 1...1
    #expect(try Program(source).trace().trace.nodes.count == 1)
  }

  @Test(arguments: [
    ("{", "the notebook is no JSON"), ("{\"cells\": []}", "the file is no notebook"),
    ("{\"nbformat\": 2, \"worksheets\": []}", "a notebook of version 2 is not read"),
    ("{\"nbformat\": 5, \"cells\": []}", "a notebook of version 5 is not read"),
    (
      "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\", \"source\": \"x\"}]}",
      "the notebook has no cells of code"
    ),
  ])
  func notebooksThatAreNone(_ text: String, _ message: String) {
    let error = #expect(throws: ProgramError.self) { try trace(text, "a.ipynb") }
    #expect(error?.diagnostics.map(\.code) == ["notebook"])
    #expect(error?.diagnostics.first?.message.hasPrefix(message) == true)
  }

  @Test func placesAreInCells() {
    let text = notebook([("code", "x = 3.0"), ("code", "y = x*x\nz = q")])
    let error = #expect(throws: ProgramError.self) { try trace(text, "a.ipynb") }
    let printed = DiagnosticPrinter.text.print(error?.diagnostics ?? [], false)
    #expect(printed.hasPrefix("a.ipynb: cell 2, line 2: error: 'q' is not defined"))
  }
}
