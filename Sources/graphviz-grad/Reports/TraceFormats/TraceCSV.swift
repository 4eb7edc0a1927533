import GradBase
import GradCore
import GradLesson
import GraphvizGrad

extension TraceFormat {
  /// Comma-separated values for spreadsheets (RFC 4180), numbers in full.
  static let csv = TraceFormat(name: "csv", fileExtension: "csv", separator: "") {
    trace, higher, write in
    let rows = trace.rows(shortestText, higher, showsAll: true)
    write(Array(CSVText.text([trace.columns(higher)] + rows).utf8))
  }
}
