import GradCore

extension Style {
  /// Round gates, the value above each wire and the derivative below it, as circuit diagrams of
  /// backpropagation have them; one node an operation.
  public static let circuit = Style(name: "circuit", detail: .operations) { reading in
    let trace = reading.trace
    let circuit = Circuit(reading)
    var nodes = trace.nodes.indices.map { index in
      trace.nodes[index].kind != .operation
        ? reading.node(index, .plain, circuit.name(index))
        : reading.node(index, .circle, circuit.gate(index))
    }
    var edges = trace.edges.indices.map { index in
      let hasDerivative = reading.hasDerivative(onEdge: index)
      return reading.edge(
        index, .wire,
        circuit.numbers(
          value: reading.wireText(ofValue: trace.edges[index].source),
          derivative: hasDerivative ? reading.derivativeText(onWire: index) : nil))
    }
    // The output's own wire, which leads out of the circuit; so do those of derivatives that are nodes.
    for output in reading.ends {
      var end = reading.companion(
        of: output, .output, .plain, [[circuit.nameCell(reading.name(of: output))]])
      end.scope = nil
      nodes.append(end)
      edges.append(
        Figure.Edge(
          traceEdge: nil, source: output, target: nodes.count - 1, line: .wire,
          labels: circuit.numbers(
            value: reading.wireText(ofValue: output),
            derivative: reading.hasBackwardGraph ? nil : reading.derivativeText(of: output)),
          explanation: nodes[output].explanation, step: reading.schedule.first, partial: "1"))
    }
    return (nodes, edges)
  }
}

extension Reading {
  /// The nodes whose wires lead out of a circuit: the output, and derivatives that are nodes.
  fileprivate var ends: [Int] {
    [trace.output]
      + trace.nodes.indices.filter {
        isBackwardOutput($0) && trace.nodes[$0].kind == .operation
      }
  }
}

/// The measures of a circuit.
private struct Circuit {
  let reading: Reading

  init(_ reading: Reading) {
    self.reading = reading
    numberSize = reading.hasSmallNumbers ? 10 : 12
  }

  let nameSize = 15.0
  /// Of gates and the names beside them, whose exponents and indices are still to be read where a slide is
  /// full.
  let gateSize = 14.0
  /// Of numbers, which are a little larger than indices where the page is full.
  let numberSize: Double
  /// The least width and height of a gate.
  var gateHeight: Double { reading.isTight ? 22 : 28 }
  /// How wide a gate is at most that is a circle; a wider one is an oblong.
  let widestCircle = 54.0
  /// How far the ends of wires are apart at a gate of more than three.
  let wirePitch = 12.0
  /// How wide a sum is at most that is written with its terms, which stand at their wires too.
  let widestSum = 120.0

  /// The name at the beginning or the end of a wire, with the sum of what comes back over several.
  func name(_ index: Int) -> [[Figure.Cell]] {
    let higher = reading.higherRows(of: index).map {
      cell(.derivative, $0.line, size: numberSize, padding: 6, height: numberSize + 3)
    }
    return arranged(
      [nameCell(reading.backwardName(of: index)), sum(index)] + higher, reading.direction)
  }

  func nameCell(_ name: MathText) -> Figure.Cell {
    cell(.title, name, size: nameSize, padding: 10, height: gateSize + 6)
  }

  /// A gate as wide as its text, round where that is short: beside it the name that a statement gives its
  /// result, and the sum of what comes back.
  func gate(_ index: Int) -> [[Figure.Cell]] {
    var gate = cell(
      .gate, reading.gate(of: index).shortened(to: 14), size: gateSize, padding: 10, height: 0)
    gate.size.width = max(gateHeight, gate.size.width)
    // Around a word a circle would be larger than all else.
    gate.size.height = gate.size.width > widestCircle ? gateHeight : gate.size.width
    // Many wires end side by side, each with an arrowhead of its own.
    let wires = reading.trace.edges(into: index).count
    if wires > 3 {
      let across = Double(wires) * wirePitch + 4
      if reading.direction == .right {
        gate.size.height = max(gate.size.height, across)
      } else {
        gate.size.width = max(gate.size.width, across)
      }
    }
    let isNamed = reading.isNamed(index) && !reading.ends.contains(index)
    // What hangs below the letters of the name stays clear of the gate.
    let name =
      isNamed
      ? cell(.title, reading.name(of: index), size: gateSize, padding: 6, height: gateSize + 6)
      : nil
    return arranged([name, gate, sum(index)], reading.direction)
  }

  /// `2 + 3 = 5` where derivatives come back over several wires, for each wire has but its own; `Σ = 5`
  /// where that is long.
  private func sum(_ index: Int) -> Figure.Cell? {
    guard index != reading.trace.output, reading.seed == nil, reading.hasDerivative(index),
      !reading.isArray(index), reading.contributions(to: index).count > 1
    else { return nil }
    let (terms, total) = reading.derivativeSum(of: index)
    var sum: MathText = "\(Reading.sum(terms)) = \(total)"
    if terms.count > 3 || sum.width(size: numberSize) > widestSum {
      sum = "Σ = \(reading.derivativeText(of: index))"
    }
    return cell(.derivative, sum, size: numberSize, padding: 6, height: numberSize + 3)
  }

  private func cell(
    _ kind: Figure.Cell.Kind, _ text: MathText, size: Double, padding: Double, height: Double
  ) -> Figure.Cell {
    let isTitle = kind == .title
    let width = (text.width(size: size, bold: isTitle) + padding).rounded(.up)
    return Figure.Cell(
      kind: kind, content: .line(text), size: Size(width: width, height: height), fontSize: size,
      isBold: isTitle)
  }

  /// One below the other where wires lead to the right, and beside each other where they lead down, so
  /// that no wire leads through a text.
  private func arranged(
    _ cells: [Figure.Cell?], _ direction: FigureOptions.Direction
  ) -> [[Figure.Cell]] {
    let cells = cells.compactMap(\.self)
    return direction == .right ? cells.map { [$0] } : [cells]
  }

  /// What stands at a wire: its value, and its derivative unless it carries data.
  func numbers(value: MathText, derivative: MathText?) -> [Figure.Label] {
    let value = Figure.Label(kind: .value, text: value, fontSize: numberSize, place: .above)
    guard let derivative else { return [value] }
    return [
      value,
      Figure.Label(kind: .derivative, text: derivative, fontSize: numberSize, place: .below),
    ]
  }
}
