import GradCore

extension Style {
  /// A box of three rows: title, value and derivative.
  public static let lecture = Style(
    name: "lecture", detail: nil,
    table: TableLook(heads: { $0.tableHeads }, cells: { LectureBox.row($0, $1) })
  ) { reading in
    let nodes = reading.trace.nodes.indices.map { index in
      let title = reading.titleLines(of: index)
      let value = reading.valueContent(of: index)
      let derivative = reading.derivativeRowContent(of: index)
      let shape = reading.shapeText(of: index)
      return reading.node(
        index, .box,
        LectureBox.adding(
          reading.higherRows(of: index),
          to: reading.direction == .right
            ? LectureBox.stacked(title, shape, value, derivative)
            : LectureBox.sideBySide(title, shape, value, derivative)))
    }
    let edges = reading.trace.edges.indices.map { index in
      reading.edge(
        index, .pair, reading.backwardLabels(index) + reading.forwardLabels(index))
    }
    return (nodes, edges)
  }
}

/// The measures of a box in the lecture's style.
private enum LectureBox {
  static let titleSize = 15.0
  /// Whole at 96 dots an inch, so that hinted letters of the raster formats keep their widths.
  static let numberSize = 13.5
  static let padding = 10.0

  /// Value above derivative, for values that flow to the right; data has no derivative.
  static func stacked(
    _ title: [MathText], _ shape: MathText?, _ value: Figure.Content, _ derivative: Figure.Content?
  ) -> [[Figure.Cell]] {
    var cells = titles(title, shape) + [cell(.value, value, height: derivative == nil ? 25 : 23)]
    if let derivative { cells.append(cell(.derivative, derivative, height: 25)) }
    let width = max(58, cells.map(\.size.width).max() ?? 0)
    return cells.map { [widened($0, to: width)] }
  }

  /// Value beside derivative, for values that flow down.
  static func sideBySide(
    _ title: [MathText], _ shape: MathText?, _ value: Figure.Content, _ derivative: Figure.Content?
  ) -> [[Figure.Cell]] {
    let titles = titles(title, shape)
    let titleWidth = titles.map(\.size.width).max() ?? 0
    guard let derivative else {
      let value = cell(.value, value, height: 28)
      let width = max(58, value.size.width, titleWidth)
      return (titles + [value]).map { [widened($0, to: width)] }
    }
    let numbers = [
      cell(.value, value, height: 28), cell(.derivative, derivative, height: 28),
    ].ofOneHeight
    var widths = numbers.map { max(36, $0.size.width) }
    let rest = max(0, titleWidth - widths[0] - widths[1])
    // What is left goes to the narrower one first, so that they are halves where there is room.
    let narrow = widths[0] < widths[1] ? 0 : 1
    let more = min(rest, abs(widths[1] - widths[0]))
    widths[narrow] += more
    widths = widths.map { $0 + (rest - more) / 2 }
    return titles.map { [widened($0, to: widths[0] + widths[1])] }
      + [zip(numbers, widths).map { widened($0, to: $1) }]
  }

  /// The rows with those of derivatives of a higher order below them.
  static func adding(_ higher: [Figure.Content], to rows: [[Figure.Cell]]) -> [[Figure.Cell]] {
    if higher.isEmpty { return rows }
    let own = higher.map { cell(.derivative, $0, height: 25) }
    let width = rows.map { $0.reduce(0) { $0 + $1.size.width } }.max() ?? 0
    let wide = own.reduce(width) { max($0, $1.size.width) }
    let grown = rows.map { row in
      row.map { widened($0, to: $0.size.width + (wide - width) / Double(row.count)) }
    }
    return grown + own.map { [widened($0, to: wide)] }
  }

  /// The lines of a title; several stand close, but indices and exponents clear of the borders.
  private static func titles(_ lines: [MathText], _ shape: MathText?) -> [Figure.Cell] {
    var cells = lines.map { cell(.title, .line($0), height: lines.count == 1 ? 27 : 24) }
    if let shape { cells[0].setAside(shape) }
    return cells
  }

  /// The name, the value and the derivative without its name, beside each other.
  static func row(_ reading: Reading, _ index: Int) -> [Figure.Cell] {
    let height = 26.0
    var cells = [
      cell(.title, .line(reading.name(of: index)), height: height),
      cell(.value, reading.valueContent(of: index), height: height),
    ]
    if let shape = reading.shapeText(of: index) { cells[0].setAside(shape) }
    if reading.hasDerivative(index) {
      cells.append(
        cell(
          .derivative,
          reading.derivativeContent(of: index, lead: MathText())
            ?? .line(reading.derivativeWithTerms(of: index)), height: height))
    }
    return cells.ofOneHeight
  }

  private static func cell(
    _ kind: Figure.Cell.Kind, _ content: Figure.Content, height: Double
  ) -> Figure.Cell {
    let isTitle = kind == .title
    let size = isTitle ? titleSize : numberSize
    let width = content.width(size: size, bold: isTitle) + 2 * padding
    return Figure.Cell(
      kind: kind, content: content,
      size: Size(width: width.rounded(.up), height: content.height(least: height)),
      fontSize: size, isBold: isTitle)
  }

  private static func widened(_ cell: Figure.Cell, to width: Double) -> Figure.Cell {
    var cell = cell
    cell.size.width = width
    return cell
  }
}
