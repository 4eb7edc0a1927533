import GradLanguage

/// A table of text in columns, for terminals.
package struct Table {
  /// The heads of the columns.
  package var columns: [String]
  /// Which columns stand on the right.
  package var isNumber: [Bool]
  /// The cells, row by row.
  package var rows: [[String]]

  package init(columns: [String], isNumber: [Bool], rows: [[String]]) {
    self.columns = columns
    self.isNumber = isNumber
    // A cell is one line, and may come from a file.
    self.rows = rows.map { $0.map { printable($0) } }
  }

  /// The lines of the table, each with its end.
  package func text() -> String {
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

  /// The number of columns of a terminal that `text` takes.
  package static func width(of text: String) -> Int {
    text.reduce(0) { $0 + displayWidth($1) }
  }
}
