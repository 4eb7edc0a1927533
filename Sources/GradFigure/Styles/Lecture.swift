import GradCore

extension Style {
  /// A box of three rows: title, value and derivative.
  public static let lecture = Style(
    name: "lecture", detail: nil,
    table: TableLook(heads: { $0.tableHeads }, cells: { LectureBox.row($0, $1) })
  ) { reading in
    let nodes = reading.trace.nodes.indices.map { index in
      let title = reading.titleLines(of: index)
      let value = reading.value(of: index)
      let hasDerivative = reading.hasDerivative(index)
      let derivative = hasDerivative ? reading.derivativeRow(of: index) : nil
      return reading.node(
        index, .box,
        reading.direction == .right
          ? LectureBox.stacked(title, value, derivative)
          : LectureBox.sideBySide(title, value, derivative))
    }
    let edges = reading.trace.edges.indices.map { index in
      reading.edge(index, .pair, reading.backwardLabels(index))
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
    _ title: [MathText], _ value: MathText, _ derivative: MathText?
  ) -> [[Figure.Cell]] {
    var cells = titles(title) + [cell(.value, value, height: derivative == nil ? 25 : 23)]
    if let derivative { cells.append(cell(.derivative, derivative, height: 25)) }
    let width = max(58, cells.map(\.size.width).max() ?? 0)
    return cells.map { [widened($0, to: width)] }
  }

  /// Value beside derivative, in halves, for values that flow down.
  static func sideBySide(
    _ title: [MathText], _ value: MathText, _ derivative: MathText?
  ) -> [[Figure.Cell]] {
    let titles = titles(title)
    let titleWidth = titles.map(\.size.width).max() ?? 0
    guard let derivative else {
      let value = cell(.value, value, height: 28)
      let width = max(58, value.size.width, titleWidth)
      return (titles + [value]).map { [widened($0, to: width)] }
    }
    let halves = [
      cell(.value, value, height: 28), cell(.derivative, derivative, height: 28),
    ]
    let half = max(36, titleWidth / 2, halves.map(\.size.width).max() ?? 0)
    return titles.map { [widened($0, to: 2 * half)] } + [halves.map { widened($0, to: half) }]
  }

  /// The lines of a title; several stand close, but indices and exponents clear of the borders.
  private static func titles(_ lines: [MathText]) -> [Figure.Cell] {
    lines.map { cell(.title, $0, height: lines.count == 1 ? 27 : 24) }
  }

  /// The name, the value and the derivative without its name, beside each other.
  static func row(_ reading: Reading, _ index: Int) -> [Figure.Cell] {
    let height = 26.0
    var cells = [
      cell(.title, reading.name(of: index), height: height),
      cell(.value, reading.value(of: index), height: height),
    ]
    if reading.hasDerivative(index) {
      cells.append(cell(.derivative, reading.derivativeWithTerms(of: index), height: height))
    }
    return cells
  }

  private static func cell(
    _ kind: Figure.Cell.Kind, _ text: MathText, height: Double
  ) -> Figure.Cell {
    let isTitle = kind == .title
    let size = isTitle ? titleSize : numberSize
    let width = text.width(size: size, bold: isTitle) + 2 * padding
    return Figure.Cell(
      kind: kind, content: .line(text), size: Size(width: width.rounded(.up), height: height),
      fontSize: size, isBold: isTitle)
  }

  private static func widened(_ cell: Figure.Cell, to width: Double) -> Figure.Cell {
    var cell = cell
    cell.size.width = width
    return cell
  }
}
