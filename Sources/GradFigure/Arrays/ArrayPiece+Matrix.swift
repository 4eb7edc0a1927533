import GradCore

extension ArrayPiece {
  /// The measures of a matrix of numbers.
  private enum Matrix {
    static let pitch = 16.0
    static let gap = 11.0
    /// From a bracket to the numbers.
    static let inside = 7.0
    /// By how much a box to write into is wider than the number that belongs there.
    static let blankMargin = 4.0
    static let blankHeight = 13.0
    /// From the names of columns to the numbers below them, those among them.
    static let head = 20.0
  }

  /// Numbers between square brackets, the columns aligned at the decimal point.
  ///
  /// For an entry that is left out there is a box as wide as the numbers of its column.
  ///
  /// - Parameters:
  ///   - rows: The numbers.
  ///   - blanks: Which of them are left out.
  ///   - room: How wide columns are at least; then numbers stand in their middle.
  ///   - names: What stands above the columns; empty for nothing.
  init(
    matrix rows: [[MathText]], blanks: [[Bool]], room: Double? = nil, under names: [MathText] = []
  ) {
    let size = Figure.ArrayBlock.entrySize
    var x = Matrix.inside
    let height = Double(rows.count) * Matrix.pitch
    let top = names.isEmpty ? 0 : Matrix.head
    for column in rows[0].indices {
      let parts = rows.map { $0[column].partsAtPoint(size: size) }
      let before = parts.map(\.before).max() ?? 0
      let after = parts.map(\.after).max() ?? 0
      let name = names.isEmpty ? 0 : names[column].width(size: size)
      let width = max(before + after, room ?? 0, name)
      let start = x + (width - before - after) / 2
      for (row, part) in parts.enumerated() {
        let y = top + (Double(row) + 0.5) * Matrix.pitch
        if blanks[row][column] {
          items.append(
            .blank(
              x: x + width / 2, y: y,
              size: Size(
                width: width + Matrix.blankMargin, height: Matrix.blankHeight)))
          continue
        }
        items.append(
          .text(
            rows[row][column],
            x: room == nil
              ? start + before - part.before + (part.before + part.after) / 2 : x + width / 2,
            y: y, size: size))
      }
      if !names.isEmpty {
        items.append(.text(names[column], x: x + width / 2, y: Matrix.pitch / 2, size: size, .name))
      }
      x += width + (column + 1 < rows[0].count ? Matrix.gap : 0)
    }
    x += Matrix.inside
    items.append(.bracket(x: 0, y: top, height: height, isLeft: true))
    items.append(.bracket(x: x, y: top, height: height, isLeft: false))
    self.size = Size(width: x, height: top + height)
  }

  /// Numbers between square brackets, with the names of the rows at the left and of the columns above, and at
  /// the right what each is multiplied by.
  init(
    matrix rows: [[MathText]], beside rowNames: [MathText], under columnNames: [MathText],
    times factor: MathText
  ) {
    let size = Figure.ArrayBlock.entrySize
    let blanks = rows.map { $0.map { _ in false } }
    let widths = rowNames.map { $0.width(size: size) }
    let widest = widths.max() ?? 0
    for (row, name) in rowNames.enumerated() {
      items.append(
        .text(
          name, x: widest - widths[row] / 2, y: Matrix.head + (Double(row) + 0.5) * Matrix.pitch,
          size: size, .name))
    }
    add(ArrayPiece(matrix: rows, blanks: blanks, under: columnNames), widest + Matrix.inside, 0)
    if factor.isEmpty { return }
    let piece = ArrayPiece(factor, size: size)
    let middle = (Matrix.head + self.size.height) / 2
    add(piece, self.size.width + 3, middle - piece.size.height / 2)
  }

  /// The measures of a heat map.
  private enum Heat {
    static let cell = 11.0
    static let longest = 150.0
    static let longestSlice = 80.0
    /// A map of few rows is not as thin as they are.
    static let thinnest = 11.0
  }

  /// A heat map, as large as it may be beside others.
  init(heat map: HeatMap, isSlice: Bool) {
    let longest = isSlice ? Heat.longestSlice : Heat.longest
    let cell = min(Heat.cell, longest / Double(max(map.rows, map.columns)))
    func length(_ cells: Int) -> Double { max(Double(cells) * cell, Heat.thinnest) }
    size = Size(width: length(map.columns), height: length(map.rows))
    items = [.heat(map, x: 0, y: 0, size: size)]
  }
}

extension MathText {
  /// The widths of a number before its decimal point and from there on.
  fileprivate func partsAtPoint(size: Double) -> (before: Double, after: Double) {
    let text = plain
    let whole = String(text.prefix { $0 != "." && $0 != "e" })
    let before = FontMetrics.width(of: whole, size: size)
    return (before, FontMetrics.width(of: text, size: size) - before)
  }
}
