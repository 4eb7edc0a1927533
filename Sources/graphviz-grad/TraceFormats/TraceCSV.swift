import GradCore
import GraphvizGrad

extension TraceFormat {
  /// Comma-separated values for spreadsheets (RFC 4180), numbers in full.
  static let csv = TraceFormat(name: "csv", separator: "") { trace in
    let rows = [trace.columns] + trace.rows(shortestText)
    return rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = field.utf8.allSatisfy { ![0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    if isPlain { return field }
    return "\"" + field.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
