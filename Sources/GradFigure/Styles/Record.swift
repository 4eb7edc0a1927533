import GradCore

extension Style {
  /// A box of name, data and grad, the operation in its corner, as teaching engines draw their values;
  /// one node an operation.
  public static let record = Style(
    name: "record", detail: .operations,
    table: TableLook(heads: { _ in [] }, cells: { Record($0).row($1) })
  ) { reading in
    let record = Record(reading)
    let nodes = reading.trace.nodes.indices.map { index in
      reading.node(index, .record, record.rows(index))
    }
    let edges = reading.trace.edges.indices.map { index in
      reading.edge(
        index, .pair, reading.backwardLabels(index) + reading.forwardLabels(index))
    }
    return (nodes, edges)
  }
}

/// The measures of a record.
private struct Record {
  let reading: Reading

  init(_ reading: Reading) {
    self.reading = reading
    numberSize = reading.hasSmallNumbers ? 10 : 12
  }

  /// Of numbers, which are a little larger than indices where the page is full.
  private let numberSize: Double
  /// Of names and operations, whose indices and exponents are still to be read where a slide is full.
  private let headSize = 14.0
  /// The heights of rows of names and of numbers, and of the rows of a table.
  private var heights: (head: Double, number: Double, table: Double) {
    reading.isTight ? (18, 14, 20) : (20, 18, 22)
  }
  /// What stands around a text, at both sides together.
  private var padding: Double { reading.isTight ? 8 : 14 }

  /// The operation and the name above the numbers: one below the other where values flow to the right,
  /// and beside each other where they flow down.
  func rows(_ index: Int) -> [[Figure.Cell]] {
    var head = [cell(.title, .line(reading.backwardName(of: index)), height: heights.head)]
    if let shape = reading.shapeText(of: index) { head[0].setAside(shape) }
    if reading.trace.nodes[index].kind == .operation {
      head.insert(
        cell(.gate, .line(reading.gate(of: index).shortened(to: 14)), height: heights.head), at: 0)
    }
    var numbers = numbers(index, height: heights.number)
    if reading.direction == .down {
      // Halves, so that the lines of a pair are as far apart at all records of one width.
      let half = numbers.map(\.size.width).max() ?? 0
      for place in numbers.indices { numbers[place].size.width = half }
    }
    let higher = reading.higherRows(of: index).map {
      [cell(.derivative, $0, height: heights.number)]
    }
    let rows = reading.direction == .right ? [head] + numbers.map { [$0] } : [head, numbers]
    return (rows + higher).widened
  }

  /// The name of an input and its numbers beside each other, in a table.
  func row(_ index: Int) -> [Figure.Cell] {
    var title = cell(.title, .line(reading.name(of: index)), height: heights.table)
    if let shape = reading.shapeText(of: index) { title.setAside(shape) }
    return ([title] + numbers(index, height: heights.table)).ofOneHeight
  }

  private func numbers(
    _ index: Int, height: Double
  ) -> [Figure.Cell] {
    let value = cell(
      .value, reading.valueContent(of: index, lead: reading.isBackward(index) ? "grad " : "data "),
      height: height)
    if !reading.hasDerivative(index) { return [value] }
    let word = reading.seed == nil ? "grad" : "tangent"
    let derivative =
      reading.derivativeContent(of: index, lead: "\(word) ")
      ?? .line("\(word) \(reading.derivativeText(of: index))")
    let numbers = [value, cell(.derivative, derivative, height: height)]
    return reading.direction == .right ? numbers : numbers.ofOneHeight
  }

  private func cell(
    _ kind: Figure.Cell.Kind, _ content: Figure.Content, height: Double
  ) -> Figure.Cell {
    let isTitle = kind == .title
    let size = isTitle || kind == .gate ? headSize : numberSize
    let width =
      content.width(size: size, bold: isTitle) + (kind == .gate ? min(10, padding) : padding)
    return Figure.Cell(
      kind: kind, content: content,
      size: Size(width: width.rounded(.up), height: content.height(least: height)),
      fontSize: size, isBold: isTitle)
  }
}

extension [[Figure.Cell]] {
  /// The rows with all of one width: operations keep theirs, and the other cells of a row share the rest.
  package var widened: [[Figure.Cell]] {
    let width = map { $0.reduce(0) { $0 + $1.size.width } }.max() ?? 0
    return map { row in
      let rest = width - row.reduce(0) { $0 + $1.size.width }
      let shares = Double(Swift.max(1, row.count { $0.kind != .gate }))
      return row.map { cell in
        var cell = cell
        if cell.kind != .gate || row.count == 1 { cell.size.width += rest / shares }
        return cell
      }
    }
  }
}
