import GradCore

extension Style {
  /// Round gates, the value above each wire and the derivative below it, as circuit diagrams of
  /// backpropagation have them; one node an operation.
  public static let circuit = Style(name: "circuit", detail: .operations) { reading in
    let trace = reading.trace
    var nodes = trace.nodes.indices.map { index in
      trace.nodes[index].kind == .input
        ? reading.node(index, .plain, Circuit.name(reading, index))
        : reading.node(index, .circle, Circuit.gate(reading.gate(of: index)))
    }
    var edges = trace.edges.indices.map { index in
      let hasDerivative = reading.hasDerivative(onEdge: index)
      return reading.edge(
        index, .wire,
        Circuit.numbers(
          value: reading.value(of: trace.edges[index].source),
          derivative: hasDerivative ? reading.derivativeText(onWire: index) : nil))
    }
    // The output's own wire, which leads out of the circuit.
    let output = trace.output
    var end = reading.companion(of: output, .output, .plain, Circuit.name(reading, output))
    end.scope = nil
    nodes.append(end)
    edges.append(
      Figure.Edge(
        traceEdge: nil, source: output, target: nodes.count - 1, line: .wire,
        labels: Circuit.numbers(
          value: reading.value(of: output),
          derivative: reading.derivativeText(of: output)),
        explanation: nodes[output].explanation, step: reading.schedule.first, partial: "1"))
    return (nodes, edges)
  }
}

/// The measures of a circuit.
private enum Circuit {
  static let nameSize = 15.0
  static let numberSize = 12.0

  /// A gate as wide as its text.
  static func gate(_ text: MathText) -> [[Figure.Cell]] {
    let text = text.shortened(to: 14)
    let diameter = max(40, (text.width(size: nameSize) + 14).rounded(.up))
    return [
      [
        Figure.Cell(
          kind: .gate, content: .line(text), size: Size(width: diameter, height: diameter),
          fontSize: nameSize, isBold: false)
      ]
    ]
  }

  /// The name at the end of a wire; below it the sum, where several derivatives come back.
  static func name(_ reading: Reading, _ index: Int) -> [[Figure.Cell]] {
    let name = reading.name(of: index)
    var cells = [
      Figure.Cell(
        kind: .title, content: .line(name),
        size: Size(width: (name.width(size: nameSize, bold: true) + 10).rounded(.up), height: 24),
        fontSize: nameSize, isBold: true)
    ]
    if index != reading.trace.output, reading.seed == nil, reading.hasDerivative(index),
      reading.contributions(to: index).count > 1
    {
      let sum = reading.derivativeRow(of: index)
      cells.append(
        Figure.Cell(
          kind: .derivative, content: .line(sum),
          size: Size(width: (sum.width(size: numberSize) + 10).rounded(.up), height: 18),
          fontSize: numberSize, isBold: false))
    }
    let width = cells.map(\.size.width).max() ?? 0
    return cells.map { cell in
      var cell = cell
      cell.size.width = width
      return [cell]
    }
  }

  /// What stands at a wire: its value, and its derivative unless it carries data.
  static func numbers(value: MathText, derivative: MathText?) -> [Figure.Label] {
    let value = Figure.Label(kind: .value, text: value, fontSize: numberSize, place: .above)
    guard let derivative else { return [value] }
    return [
      value,
      Figure.Label(kind: .derivative, text: derivative, fontSize: numberSize, place: .below),
    ]
  }
}
