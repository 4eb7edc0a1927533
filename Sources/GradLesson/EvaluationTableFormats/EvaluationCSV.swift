import GradBase
import GradCore

extension EvaluationTableFormat {
  /// Comma-separated values for spreadsheets (RFC 4180), numbers in full.
  public static let csv = EvaluationTableFormat(name: "csv", fileExtension: "csv") { table in
    let orders = ["second", "third"].prefix(table.order - 1)
    var lines = [["name", "expression", "value"]]
    if table.seed != nil { lines[0] += ["tangent"] + orders.map { "\($0) tangent" } }
    if table.hasAdjoints { lines[0] += ["adjoint"] + orders }
    for row in table.rows {
      var line = [row.id, row.expression, row.arrayValue?.programText ?? shortestText(row.value)]
      if let tangent = row.tangent {
        line.append(row.arrayTangent?.programText ?? shortestText(tangent))
        line += row.higherTangents.map(shortestText)
      }
      if table.hasAdjoints {
        // Data has no adjoint, and what is no input none of a higher order, but their columns.
        line.append(row.arrayAdjoint?.programText ?? row.adjoint.map(shortestText) ?? "")
        for place in orders.indices {
          let isThere = row.higherAdjoints.indices.contains(place)
          let value = isThere ? row.higherAdjoints[place] : nil
          line.append(
            value.map { $0.shape.isEmpty ? shortestText($0.entries[0]) : $0.programText } ?? "")
        }
      }
      lines.append(line)
    }
    return CSVText.text(lines)
  }
}
