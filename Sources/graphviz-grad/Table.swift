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

  /// How many columns of a terminal a text takes: wide characters two, combining marks none.
  static func width(of text: String) -> Int {
    text.reduce(0) { sum, character in
      let isWide = character.unicodeScalars.contains { scalar in
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
          0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
          true
        default: false
        }
      }
      return sum + (isWide ? 2 : 1)
    }
  }
}
