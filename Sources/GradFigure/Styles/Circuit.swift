import GradCore

extension Style {
  /// Round gates, the value above each wire and the derivative below it, as circuit diagrams of
  /// backpropagation have them; one node an operation.
  public static let circuit = Style(name: "circuit", detail: .operations) { composition in
    let trace = composition.trace
    var nodes = trace.nodes.indices.map { index in
      let isInput = trace.nodes[index].kind == .input
      return Figure.Node(
        traceNode: index, scope: composition.scope(of: index), role: composition.role(of: index),
        shape: isInput ? .plain : .circle,
        rows: isInput
          ? Circuit.name(composition, index) : Circuit.gate(composition.gate(of: index)),
        tooltip: composition.tooltip(of: index), step: composition.steps.forward[index],
        derivativeStep: composition.steps.derivative[index],
        data: composition.data(of: index))
    }
    var edges = trace.edges.indices.map { index in
      let edge = trace.edges[index]
      return Figure.Edge(
        traceEdge: index, source: edge.source, target: edge.target, line: .wire,
        hasDerivative: composition.hasDerivative(onEdge: index),
        labels: Circuit.numbers(
          value: composition.value(of: edge.source),
          derivative: composition.hasDerivative(onEdge: index)
            ? composition.number(composition.derivative(onWire: index)) : nil),
        tooltip: composition.tooltip(ofEdge: index), step: composition.steps.backward[index],
        partial: composition.number(edge.partial))
    }
    // The output's own wire, which leads out of the circuit.
    let output = trace.output
    nodes.append(
      Figure.Node(
        traceNode: output, isMain: false, role: .output, shape: .plain,
        rows: Circuit.name(composition, output),
        tooltip: composition.tooltip(of: output), step: composition.steps.forward[output],
        derivativeStep: composition.steps.derivative[output], data: []))
    edges.append(
      Figure.Edge(
        traceEdge: nil, source: output, target: nodes.count - 1, line: .wire,
        labels: Circuit.numbers(
          value: composition.value(of: output),
          derivative: composition.number(composition.derivative(of: output))),
        tooltip: composition.tooltip(of: output), step: composition.steps.first, partial: "1"))
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
          kind: .gate, text: text, size: Size(width: diameter, height: diameter),
          fontSize: nameSize, isBold: false)
      ]
    ]
  }

  /// The name at the end of a wire; below it the sum, where several derivatives come back.
  static func name(_ composition: Composition, _ index: Int) -> [[Figure.Cell]] {
    let name = composition.name(of: index)
    var cells = [
      Figure.Cell(
        kind: .title, text: name,
        size: Size(width: (name.width(size: nameSize, bold: true) + 10).rounded(.up), height: 24),
        fontSize: nameSize, isBold: true)
    ]
    if index != composition.trace.output, composition.seed == nil, composition.hasDerivative(index),
      composition.contributions(to: index).count > 1
    {
      let sum = composition.derivativeRow(of: index)
      cells.append(
        Figure.Cell(
          kind: .derivative, text: sum,
          size: Size(width: (sum.width(size: numberSize) + 10).rounded(.up), height: 18),
          fontSize: numberSize, isBold: false, lead: composition.derivativeLead(of: index)))
    }
    let width = cells.map(\.size.width).max() ?? 0
    return cells.map { cell in
      var cell = cell
      cell.size.width = width
      return [cell]
    }
  }

  /// What stands at a wire: its value, and its derivative unless it carries data.
  static func numbers(value: String, derivative: String?) -> [Figure.Label] {
    let value = Figure.Label(
      kind: .value, text: MathText(value), fontSize: numberSize, place: .above)
    guard let derivative else { return [value] }
    return [
      value,
      Figure.Label(
        kind: .derivative, text: MathText(derivative), fontSize: numberSize, place: .below),
    ]
  }
}
