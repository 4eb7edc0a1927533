import GradCore

extension ArrayPiece {
  /// The measures of a heat map with names along its sides.
  private enum Map {
    /// The least and the largest height of a cell, and the least room of all of them.
    static let cell = (least: 9.0, largest: 20.0)
    static let longest = 420.0
    static let widest = 640.0
    static let textSize = Figure.ArrayBlock.entrySize
    /// From a name to the line that says what it stands for, and from there to the map.
    static let gap = 4.0
    /// What a line leaves free at its ends.
    static let inset = 1.0
  }

  /// Neighbours that belong to one name.
  struct Span {
    var name: MathText
    var range: Range<Int>
  }

  /// A heat map with the names of what its rows and columns belong to at the left and above.
  ///
  /// A name that has no room beside the one before it is left out.
  init(heat map: HeatMap, beside rows: [Span], under columns: [Span]) {
    let rowCount = rows.last?.range.upperBound ?? 1
    let columnCount = columns.last?.range.upperBound ?? 1
    let size = Map.textSize
    let longest = Double(max(rowCount, columnCount))
    let height = max(Map.cell.least, min(Map.cell.largest, Map.longest / longest))
    // Cells are wider than high where names of columns need it.
    let need =
      columns.map { ($0.name.width(size: size) + 6) / Double($0.range.count) }.max() ?? 0
    let width = max(height, min(need, Map.widest / Double(columnCount)))
    let names = rows.map { $0.name.width(size: size) }
    let left = (names.max() ?? 0) + 2 * Map.gap
    let top = 16 + 2 * Map.gap
    var lowest = -Double.infinity
    for (span, name) in zip(rows, names) {
      let (start, length) = Self.line(span.range, cell: height, from: top)
      items.append(.rule(x: left - Map.gap, y: start, length: length, isVertical: true))
      let middle = start + length / 2
      if middle - size * 0.55 < lowest { continue }
      lowest = middle + size * 0.55
      items.append(
        .text(span.name, x: left - 2 * Map.gap - name / 2, y: middle, size: size, .name))
    }
    var rightmost = -Double.infinity
    for span in columns {
      let (start, length) = Self.line(span.range, cell: width, from: left)
      items.append(.rule(x: start, y: top - Map.gap, length: length, isVertical: false))
      let (middle, half) = (start + length / 2, span.name.width(size: size) / 2)
      if middle - half < rightmost + 3 { continue }
      rightmost = middle + half
      items.append(.text(span.name, x: middle, y: 8, size: size, .name))
    }
    let room = Size(width: Double(columnCount) * width, height: Double(rowCount) * height)
    items.append(.heat(map, x: left, y: top, size: room))
    self.size = Size(width: max(left + room.width, rightmost), height: top + room.height)
  }

  private static func line(
    _ range: Range<Int>, cell: Double, from start: Double
  ) -> (start: Double, length: Double) {
    (
      start + Double(range.lowerBound) * cell + Map.inset,
      Double(range.count) * cell - 2 * Map.inset
    )
  }

  /// What the colours of a heat map say: all shades, above the numbers that they stand for.
  init(scaleTo largest: Double, _ number: (Double) -> MathText) {
    let shades = HeatMap.shades
    let means = (-shades...shades).map { largest * Double($0) / Double(shades) }
    let map = HeatMap(HeatMap.Cells(means: [means], of: [1, means.count]), largest: largest)
    let size = Reading.captionSize
    let bar = Size(width: 5 * Double(means.count), height: 9)
    let ends = [-largest, 0, largest].map(number)
    let margin = max(ends[0].width(size: size), ends[2].width(size: size)) / 2
    items = [.heat(map, x: margin, y: 0, size: bar)]
    for (text, share) in zip(ends, [0, 0.5, 1]) {
      items.append(
        .text(text, x: margin + share * bar.width, y: bar.height + 9, size: size))
    }
    self.size = Size(width: bar.width + 2 * margin, height: bar.height + 16)
  }
}
