import GradCore

extension Style {
  /// A box of name, data and grad, the operation in its corner, as teaching engines draw their values;
  /// one node an operation.
  public static let record = Style(
    name: "record", detail: .operations,
    table: TableLook(heads: { _ in [] }, cells: { Record.row($0, $1) })
  ) { reading in
    let nodes = reading.trace.nodes.indices.map { index in
      reading.node(index, .record, Record.rows(reading, index))
    }
    let edges = reading.trace.edges.indices.map { index in
      reading.edge(
        index, .pair, reading.backwardLabels(index) + reading.forwardLabels(index))
    }
    return (nodes, edges)
  }
}

/// The measures of a record.
private enum Record {
  static let numberSize = 12.0
  /// Of names and operations, whose indices and exponents are still to be read where a slide is full.
  static let headSize = 14.0

  /// The operation and the name above the numbers: one below the other where values flow to the right,
  /// and beside each other where they flow down.
  static func rows(_ reading: Reading, _ index: Int) -> [[Figure.Cell]] {
    var head = [cell(.title, .line(reading.backwardName(of: index)), height: 20)]
    if let shape = reading.shapeText(of: index) { head[0].setAside(shape) }
    if reading.trace.nodes[index].kind == .operation {
      head.insert(cell(.gate, .line(reading.gate(of: index).shortened(to: 14)), height: 20), at: 0)
    }
    var numbers = numbers(reading, index, height: 18)
    if reading.direction == .down {
      // Halves, so that the lines of a pair are as far apart at all records of one width.
      let half = numbers.map(\.size.width).max() ?? 0
      for place in numbers.indices { numbers[place].size.width = half }
    }
    let higher = reading.higherRows(of: index).map { [cell(.derivative, $0, height: 18)] }
    let rows = reading.direction == .right ? [head] + numbers.map { [$0] } : [head, numbers]
    return (rows + higher).widened
  }

  /// The name of an input and its numbers beside each other, in a table.
  static func row(_ reading: Reading, _ index: Int) -> [Figure.Cell] {
    var title = cell(.title, .line(reading.name(of: index)), height: 22)
    if let shape = reading.shapeText(of: index) { title.setAside(shape) }
    return ([title] + numbers(reading, index, height: 22)).ofOneHeight
  }

  private static func numbers(
    _ reading: Reading, _ index: Int, height: Double
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

  private static func cell(
    _ kind: Figure.Cell.Kind, _ content: Figure.Content, height: Double
  ) -> Figure.Cell {
    let isTitle = kind == .title
    let size = isTitle || kind == .gate ? headSize : numberSize
    let width = content.width(size: size, bold: isTitle) + (kind == .gate ? 10 : 14)
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
