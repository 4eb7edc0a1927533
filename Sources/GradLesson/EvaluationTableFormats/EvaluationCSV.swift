import GradBase
import GradCore

extension EvaluationTableFormat {
  /// Comma-separated values for spreadsheets (RFC 4180), numbers in full.
  public static let csv = EvaluationTableFormat(name: "csv", fileExtension: "csv") { table in
    let hasAdjoints = table.rows.contains { $0.adjoint != nil }
    var lines = [["name", "expression", "value"]]
    if table.seed != nil { lines[0].append("tangent") }
    if hasAdjoints { lines[0].append("adjoint") }
    for row in table.rows {
      let value = row.arrayValue?.programText ?? shortestText(row.value)
      let numbers = [value] + (row.tangent.map { [shortestText($0)] } ?? [])
      // Data has no adjoint, but its column.
      let adjoint =
        hasAdjoints ? [row.arrayAdjoint?.programText ?? row.adjoint.map(shortestText) ?? ""] : []
      lines.append([row.id, row.expression] + numbers + adjoint)
    }
    return CSVText.text(lines)
  }
}
