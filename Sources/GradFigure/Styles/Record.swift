import GradCore

extension Style {
  /// One row of name, data and grad, with a small node for the operation before it, as teaching
  /// engines draw their values; one node an operation.
  public static let record = Style(name: "record", detail: .operations) { reading in
    let trace = reading.trace
    var nodes = trace.nodes.indices.map { index in
      reading.node(index, .record, [Record.cells(reading, index)])
    }
    var edges: [Figure.Edge] = []
    for index in trace.nodes.indices where trace.nodes[index].kind == .operation {
      let gate = nodes.count
      nodes.append(
        reading.companion(
          of: index, .operation, .circle, [[Record.gate(reading.gate(of: index))]]))
      let into = trace.edges(into: index)
      edges += into.indices.map { edge in
        reading.edge(edge, .pair, reading.backwardLabels(edge), to: gate)
      }
      let step = into.indices.map { reading.schedule.backward[$0] }.min() ?? 0
      edges.append(
        Figure.Edge(
          traceEdge: nil, source: gate, target: index, line: .pair,
          hasDerivative: reading.hasDerivative(index), labels: [],
          explanation: nodes[index].explanation, step: step, partial: "1"))
    }
    return (nodes, edges)
  }
}

/// The measures of a record.
private enum Record {
  static let size = 13.5

  static func cells(_ reading: Reading, _ index: Int) -> [Figure.Cell] {
    let cells = [
      cell(.title, reading.name(of: index), isBold: true),
      cell(.value, "data \(reading.value(of: index))"),
    ]
    if !reading.hasDerivative(index) { return cells }
    let word = reading.seed == nil ? "grad" : "tangent"
    return cells + [cell(.derivative, "\(word) \(reading.derivativeText(of: index))")]
  }

  static func gate(_ text: MathText) -> Figure.Cell {
    let text = text.shortened(to: 14)
    let diameter = max(30, (text.width(size: size) + 12).rounded(.up))
    return Figure.Cell(
      kind: .gate, content: .line(text), size: Size(width: diameter, height: diameter),
      fontSize: size,
      isBold: false)
  }

  private static func cell(
    _ kind: Figure.Cell.Kind, _ text: MathText, isBold: Bool = false
  ) -> Figure.Cell {
    let width = (text.width(size: size, bold: isBold) + 18).rounded(.up)
    return Figure.Cell(
      kind: kind, content: .line(text), size: Size(width: width, height: 32), fontSize: size,
      isBold: isBold)
  }
}
