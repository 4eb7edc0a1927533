import GradCore

extension Style {
  /// One row of name, data and grad, with a small node for the operation before it, as teaching
  /// engines draw their values; one node an operation.
  public static let record = Style(name: "record", detail: .operations) { composition in
    let trace = composition.trace
    var nodes = trace.nodes.indices.map { index in
      Figure.Node(
        traceNode: index, scope: composition.scope(of: index), role: composition.role(of: index),
        shape: .record,
        rows: [Record.cells(composition, index)], tooltip: composition.tooltip(of: index),
        step: composition.steps.forward[index],
        derivativeStep: composition.steps.derivative[index], data: composition.data(of: index))
    }
    var edges: [Figure.Edge] = []
    for index in trace.nodes.indices where trace.nodes[index].kind == .operation {
      let gate = nodes.count
      nodes.append(
        Figure.Node(
          traceNode: index, isMain: false, scope: composition.scope(of: index),
          role: .operation, shape: .circle,
          rows: [[Record.gate(composition.gate(of: index))]],
          tooltip: composition.tooltip(of: index), step: composition.steps.forward[index],
          derivativeStep: composition.steps.derivative[index], data: [])
      )
      let into = trace.edges(into: index)
      for number in into.indices {
        edges.append(
          Figure.Edge(
            traceEdge: number, source: trace.edges[number].source, target: gate, line: .pair,
            hasDerivative: composition.hasDerivative(onEdge: number),
            labels: composition.backwardLabels(number),
            tooltip: composition.tooltip(ofEdge: number),
            step: composition.steps.backward[number],
            partial: composition.number(trace.edges[number].partial)))
      }
      let step = into.indices.map { composition.steps.backward[$0] }.min() ?? 0
      edges.append(
        Figure.Edge(
          traceEdge: nil, source: gate, target: index, line: .pair,
          hasDerivative: composition.hasDerivative(index), labels: [],
          tooltip: composition.tooltip(of: index), step: step, partial: "1"))
    }
    return (nodes, edges)
  }
}

/// The measures of a record.
private enum Record {
  static let size = 13.5

  static func cells(_ composition: Composition, _ index: Int) -> [Figure.Cell] {
    let cells = [
      cell(.title, composition.name(of: index), isBold: true),
      cell(.value, composition.value(of: index), lead: "data "),
    ]
    if !composition.hasDerivative(index) { return cells }
    let grad = composition.number(composition.derivative(of: index))
    let word = composition.seed == nil ? "grad " : "tangent "
    return cells + [cell(.derivative, grad, lead: word)]
  }

  static func gate(_ text: MathText) -> Figure.Cell {
    let text = text.shortened(to: 14)
    let diameter = max(30, (text.width(size: size) + 12).rounded(.up))
    return Figure.Cell(
      kind: .gate, text: text, size: Size(width: diameter, height: diameter), fontSize: size,
      isBold: false)
  }

  private static func cell(
    _ kind: Figure.Cell.Kind, _ number: String, lead: String
  ) -> Figure.Cell {
    var cell = cell(kind, MathText(lead + number))
    cell.lead = MathText(lead)
    return cell
  }

  private static func cell(
    _ kind: Figure.Cell.Kind, _ text: MathText, isBold: Bool = false
  ) -> Figure.Cell {
    let width = (text.width(size: size, bold: isBold) + 18).rounded(.up)
    return Figure.Cell(
      kind: kind, text: text, size: Size(width: width, height: 32), fontSize: size, isBold: isBold)
  }
}
