import GradBase
import GradCore
import GradLesson
import GraphvizGrad

extension TraceFormat {
  /// Comma-separated values for spreadsheets (RFC 4180), numbers in full.
  static let csv = TraceFormat(name: "csv", fileExtension: "csv", separator: "") { trace, write in
    write(Array(CSVText.text([trace.columns] + trace.rows(shortestText, showsAll: true)).utf8))
  }
}
