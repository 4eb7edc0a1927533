import GradBase
import GradCore

/// The code of a Jupyter notebook (version 4 of its format), as one program.
///
/// Cells of code are counted from 1. Without a choice of cells, those are read up to the last that
/// differentiates, or all where none does.
/// <https://nbformat.readthedocs.io/en/latest/format_description.html>
struct Notebook {
  /// The program, whose lines know their cells.
  let source: Source

  /// What is wrong with a notebook.
  struct Fault: Error {
    var message: String
    var help: String?
    var offset = 0
  }

  /// Reads the code of `source`.
  ///
  /// - Throws: Why it is no notebook, or one without code.
  init(_ source: Source) throws(Fault) {
    let document: JSONDocument
    do throws(JSONMistake) { document = try JSONDocument(source.bytes) } catch {
      throw Fault(
        message: "the notebook is no JSON: \(error.message)",
        help: "save it again in Jupyter", offset: error.offset)
    }
    guard let version = document.root["nbformat"]?.number else {
      throw Fault(
        message: "the file is no notebook: it has no 'nbformat'",
        help: "a notebook is JSON as Jupyter saves it")
    }
    guard version == 4 else {
      throw Fault(
        message: "a notebook of version \(shortestText(version)) is not read, only of version 4",
        help: version < 4
          ? "convert it: jupyter nbconvert --to notebook --nbformat 4 FILE"
          : "save it as version 4")
    }
    let cells = (document.root["cells"]?.elements ?? []).filter {
      $0["cell_type"]?.isString("code") == true
    }.map { Self.text(of: $0["source"]) }
    if cells.isEmpty {
      throw Fault(
        message: "the notebook has no cells of code", help: "text in Markdown is not read")
    }
    let chosen = try Self.chosen(source.cells, cells)
    var text = ""
    var origins: [Labels.Place] = []
    var cellOfLine: [Int32] = []
    for number in chosen {
      let lines = cells[number].split(separator: "\n", omittingEmptySubsequences: false)
      for (line, content) in lines.enumerated() {
        text += content + "\n"
        origins.append(.init(line: Int32(line + 1), column: 1))
        cellOfLine.append(Int32(number + 1))
      }
    }
    self.source = Source(source.name, text: text, at: origins, inCells: cellOfLine)
  }

  /// The cells to read, from 0.
  private static func chosen(
    _ wanted: ClosedRange<Int>?, _ cells: [String]
  ) throws(Fault) -> Range<Int> {
    if let wanted {
      guard wanted.upperBound <= cells.count else {
        throw Fault(
          message: "the notebook has \(counted(cells.count, "cell")) of code, and cell "
            + "\(wanted.upperBound) is asked for")
      }
      return wanted.lowerBound - 1..<wanted.upperBound
    }
    let last = cells.lastIndex(where: Program.mayDifferentiate)
    return 0..<(last.map { $0 + 1 } ?? cells.count)
  }

  /// The text of a cell: one string, or one for each line.
  private static func text(of value: JSONValue?) -> String {
    guard let value else { return "" }
    return (value.string ?? value.elements.compactMap(\.string).joined())
      .replacing("\r\n", with: "\n")
  }
}

extension Program {
  /// Whether a cell of a notebook seems to ask for derivatives: then the cells up to it are a program.
  package static func mayDifferentiate(_ cell: String) -> Bool {
    [".backward(", ".gradient(", "grad(", "value_and_grad("].contains { cell.contains($0) }
  }
}
