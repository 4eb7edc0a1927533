import GradCore
import GradFigure
import GraphvizGrad

extension TraceFormat {
  /// A table for documents.
  static let markdown = TraceFormat(name: "markdown", fileExtension: "md") {
    trace, higher, write in
    let numbers = NumberText(precision: 12)
    let rows = trace.rows({ numbers($0) }, higher).map { row in
      ["`\(row[0])`", "`\(row[1])`", row[2], row[3]].map(escaped)
    }
    let lines =
      [
        trace.columns(higher),
        ["---", "---", "---:", "---:"]
          + [String](repeating: "---:", count: higher?.columns.count ?? 0),
      ] + rows
    for line in lines { write(Array(("| " + line.joined(separator: " | ") + " |\n").utf8)) }
  }

  private static func escaped(_ cell: String) -> String {
    cell.map { $0 == "|" ? "\\|" : String($0) }.joined()
  }
}
