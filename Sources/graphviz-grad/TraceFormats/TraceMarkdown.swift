import GradCore
import GradFigure
import GraphvizGrad

extension TraceFormat {
  /// A table for documents.
  static let markdown = TraceFormat(name: "markdown") { trace in
    let numbers = NumberText(precision: 12)
    let rows = trace.rows { numbers($0) }.map { row in
      ["`\(row[0])`", "`\(row[1])`", row[2], row[3]].map(escaped)
    }
    let lines = [trace.columns, ["---", "---", "---:", "---:"]] + rows
    return lines.flatMap { Array(("| " + $0.joined(separator: " | ") + " |\n").utf8) }
  }

  private static func escaped(_ cell: String) -> String {
    cell.map { $0 == "|" ? "\\|" : String($0) }.joined()
  }
}
