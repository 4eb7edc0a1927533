import GradCore
import GradFigure
import GradLesson
import GraphvizGrad

extension TraceFormat {
  /// Columns for people.
  static let table = TraceFormat(name: "table", fileExtension: "txt") {
    trace, higher, write in
    let numbers = NumberText(precision: 12)
    let table = Table(
      columns: trace.columns(higher),
      isNumber: [false, false, true, true]
        + [Bool](repeating: true, count: higher?.columns.count ?? 0),
      rows: trace.rows({ numbers($0) }, higher)
    )
    write(Array(table.text().utf8))
  }
}
