import GradCore

/// How a table of numbers is written, line by line.
struct TableFormat: Sendable {
  /// What stands between two fields: `nil` for white space.
  var separator: String?
  /// Whether a line tells by itself what stands between its fields.
  var isGuessed = false
  /// What begins a comment.
  var comment = "#"
  /// How many lines at the beginning are passed by.
  var skippedLines = 0
  /// The columns that are read; `nil` for all.
  var columns: [Int]?
  /// The most rows that are read.
  var mostRows = Int.max

  /// A file whose way of writing nobody says.
  static let guessed = TableFormat(isGuessed: true)

  /// The fields of a line.
  fileprivate func fields(_ line: Substring) -> [Substring] {
    var separator = separator
    if isGuessed { separator = line.contains(",") ? "," : line.contains(";") ? ";" : nil }
    guard let separator, let letter = separator.first, separator.count == 1 else {
      return line.split { $0 == " " || $0 == "\t" }
    }
    return line.split(separator: letter, omittingEmptySubsequences: false)
  }
}

extension ArrayFile {
  /// The numbers of a table: a matrix, or a vector where it has one line or one column.
  static func table(
    _ bytes: [UInt8], _ name: String, _ format: TableFormat
  ) throws(Fault) -> NumberArray {
    let text = String(decoding: bytes, as: UTF8.self)
    var rows: [[Double]] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if number < format.skippedLines || rows.count >= format.mostRows { continue }
      var line = line
      if let comment = format.comment.first, let start = line.firstIndex(of: comment) {
        line = line[..<start]
      }
      let content = Substring(line.trimmed(" \t\r\u{FEFF}"))
      if content.isEmpty { continue }
      rows.append(try row(format.fields(content), number + 1, name, format, isFirst: rows.isEmpty))
      if rows[rows.count - 1].count != rows[0].count {
        throw Fault(
          message:
            "'\(name)', line \(number + 1) has \(rows[rows.count - 1].count) fields, and the first line \(rows[0].count)",
          help: "an array has rows of one length")
      }
    }
    guard let first = rows.first, !first.isEmpty else {
      throw Fault(message: "'\(name)' holds no numbers", help: nil)
    }
    let entries = Array(rows.joined())
    if rows.count == 1 || first.count == 1 { return NumberArray(entries) }
    return NumberArray([rows.count, first.count], entries)
  }

  private static func row(
    _ fields: [Substring], _ line: Int, _ name: String, _ format: TableFormat, isFirst: Bool
  ) throws(Fault) -> [Double] {
    var row: [Double] = []
    for place in format.columns ?? Array(fields.indices) {
      let wanted = place < 0 ? place + fields.count : place
      guard fields.indices.contains(wanted) else {
        throw Fault(
          message: "'\(name)', line \(line) has \(fields.count) fields, and no column \(place)",
          help: "columns are counted from 0")
      }
      guard let value = Double(fields[wanted].trimmed(" \t\"")) else {
        throw Fault(
          message:
            "'\(name)', line \(line), field \(wanted + 1): '\(fields[wanted].prefix(40))' is no number",
          help: isFirst
            ? "leave the line of names out, begin it with '#', or pass it by with np.loadtxt's skiprows=1"
            : nil)
      }
      row.append(value)
    }
    return row
  }
}
