import GradCore
import GradFigure
import GradLesson
import GraphvizGrad

extension TraceFormat {
  /// Columns for people.
  static let table = TraceFormat(name: "table", fileExtension: "txt") { trace, write in
    let numbers = NumberText(precision: 12)
    let table = Table(
      columns: trace.columns, isNumber: [false, false, true, true],
      rows: trace.rows { numbers($0) }
    )
    write(Array(table.text().utf8))
  }
}
