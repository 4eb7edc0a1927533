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
  }

  /// Numbers between square brackets, the columns aligned at the decimal point.
  ///
  /// For an entry that is left out there is a box as wide as the numbers of its column.
  ///
  /// - Parameters:
  ///   - rows: The numbers.
  ///   - blanks: Which of them are left out.
  ///   - room: How wide columns are at least; then numbers stand in their middle.
  init(matrix rows: [[MathText]], blanks: [[Bool]], room: Double? = nil) {
    let size = Figure.ArrayBlock.entrySize
    var x = Matrix.inside
    let height = Double(rows.count) * Matrix.pitch
    for column in rows[0].indices {
      let parts = rows.map { $0[column].partsAtPoint(size: size) }
      let before = parts.map(\.before).max() ?? 0
      let after = parts.map(\.after).max() ?? 0
      let width = max(before + after, room ?? 0)
      for (row, part) in parts.enumerated() {
        if blanks[row][column] {
          items.append(
            .blank(
              x: x + width / 2, y: (Double(row) + 0.5) * Matrix.pitch,
              size: Size(
                width: width + Matrix.blankMargin, height: Matrix.blankHeight)))
          continue
        }
        items.append(
          .text(
            rows[row][column],
            x: room == nil
              ? x + before - part.before + (part.before + part.after) / 2 : x + width / 2,
            y: (Double(row) + 0.5) * Matrix.pitch, size: size, isMuted: false))
      }
      x += width + (column + 1 < rows[0].count ? Matrix.gap : 0)
    }
    x += Matrix.inside
    items.append(.bracket(x: 0, y: 0, height: height, isLeft: true))
    items.append(.bracket(x: x, y: 0, height: height, isLeft: false))
    self.size = Size(width: x, height: height)
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
    let whole = text.prefix { $0 != "." && $0 != "e" }
    let before = FontMetrics.width(of: whole, size: size)
    return (before, FontMetrics.width(of: text, size: size) - before)
  }
}
