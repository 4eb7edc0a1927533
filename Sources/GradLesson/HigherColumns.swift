import GradCore
import GradFigure

/// The columns of a table with tangents of an order above 1.
struct HigherTangents {
  private let reading: Reading
  private let tangents: Trace.HigherTangents
  let kinks: MathText?

  /// The tangents of a reading in forward mode, up to an order.
  init(_ reading: Reading, _ order: Int) throws(DifferentiationFault) {
    self.reading = reading
    guard let seed = reading.seed else { preconditionFailure("tangents are by a node") }
    tangents = try reading.full.higherTangents(by: reading.origins[seed], order: order)
    kinks = reading.note(onKinks: tangents.kinks)
  }

  /// By order, the number of node `index`.
  func values(of index: Int) -> [Double] { tangents.values.map { $0[reading.origins[index]] } }

  /// `d²u/dx² = 4`, by order.
  func cells(of index: Int) -> [[MathText]] {
    guard let seed = reading.seed else { return [] }
    return values(of: index).enumerated().map { place, value in
      let name = reading.options.notation.higherTangent(
        place + 2, reading.name(of: index), reading.name(of: seed))
      return [name, reading.number(value)]
    }
  }
}

/// The columns of a table with derivatives of the output of an order above 1, by its inputs.
struct HigherAdjoints {
  private let reading: Reading
  private let order: Int
  private let higher: Trace.HigherDerivatives
  /// The backward pass as a computation, from which formulas are read; `nil` for derivatives by arrays.
  private let graph: Reading?

  /// The derivatives of a reading, up to an order.
  init(_ reading: Reading, _ order: Int) throws(DifferentiationFault) {
    self.reading = reading
    self.order = order
    higher = try reading.full.higherDerivatives(order: order)
    graph = reading.withBackwardGraph()
  }

  var kinks: MathText? { reading.note(onKinks: higher.kinks) }

  /// By order, the number of node `index`; none for what is no input.
  func values(of index: Int) -> [NumberArray] {
    if reading.trace.nodes[index].isUnused { return [] }
    return higher.values(of: reading.origins[index])
  }

  /// `d²x = 12·x² − 4 = 12·2² − 4 = 44`, by order; empty cells for what is no input.
  func cells(of index: Int) -> [[MathText]] {
    let values = values(of: index)
    return (2...order).map { order in
      guard values.indices.contains(order - 2) else { return [] }
      let value = values[order - 2]
      let name = reading.options.notation.higher(
        order, reading.name(of: reading.trace.output), reading.name(of: index))
      let number = value.shape.isEmpty ? reading.number(value.entries[0]) : reading.text(of: value)
      return ([name] + formulas(reading.origins[index], order) + [number]).withoutRepetitions
    }
  }

  /// How the derivative by an input comes from what has a row in the table; nothing where there are steps
  /// on the way that have none.
  private func formulas(_ input: Int, _ order: Int) -> [MathText] {
    guard let graph, let backward = graph.full.backward,
      let place = backward.inputs.firstIndex(of: input),
      let index = graph.origins.firstIndex(of: backward.derivatives[order - 1][place]),
      let label = backward.labels[graph.origins[index]], label.order == order,
      label.node == input
    else { return [] }
    let areKnown = graph.trace.edges(into: index).allSatisfy { edge in
      let origin = graph.origins[edge.source]
      return origin < backward.first || (backward.labels[origin].map { $0.order == 1 } ?? false)
    }
    return areKnown ? Array(graph.valueChain(of: index).dropFirst().dropLast()) : []
  }
}
