import GradLanguage

/// A table of text in columns, for terminals.
struct Table {
  /// The heads of the columns.
  var columns: [String]
  /// Which columns stand on the right.
  var isNumber: [Bool]
  /// The cells, row by row.
  var rows: [[String]]

  /// The lines of the table, each with its end.
  func text() -> String {
    let all = [columns] + rows
    let widths = columns.indices.map { column in
      all.map { Self.width(of: $0[column]) }.max() ?? 0
    }
    return all.map { row in
      var line = ""
      for column in columns.indices {
        let space = String(repeating: " ", count: widths[column] - Self.width(of: row[column]))
        line += isNumber[column] ? space + row[column] : row[column] + space
        if column + 1 < columns.count { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static func width(of text: String) -> Int {
    text.reduce(0) { $0 + displayWidth($1) }
  }
}
