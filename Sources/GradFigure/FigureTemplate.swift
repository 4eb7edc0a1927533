package import GradCore

/// A figure whose numbers are signs (``NumberSymbol``), and how each number comes from the operations
/// that were recorded: what a page needs that computes the numbers itself.
///
/// It has the same nodes, edges, cells and labels in the same order as the figure of the same trace and
/// options, so that the texts of one can be put into the places of the other.
package struct FigureTemplate: Sendable {
  /// The figure in signs, without faint parts, marks and notes.
  package let figure: Figure
  /// For each node of the figure's trace where it comes from, and its sentences.
  package let nodes: [Node]
  /// For each edge of the figure's trace the operand of its target that it stands for by itself, from 0;
  /// `nil` for one that stands for all ways from its source to its target.
  package let operands: [Int?]
  /// For each operation recorded whether the figure shows it.
  package let isKept: [Bool]

  /// The sentence of each step.
  package let sentences: [String]

  /// A node of the figure's trace.
  package struct Node: Sendable {
    /// The operation recorded, an index in the whole trace.
    package var origin: Int
    /// Its name, as plain text.
    package var name: String
    /// The name with the formula, or the name alone.
    package var title: String
    /// What its derivative is called; `nil` for data, which has none.
    package var derivativeName: String?
    /// The chain rule at this node; `nil` for data.
    package var chainRule: String?
    /// The paths to the output with their products; `nil` for the output, and for a graph too large.
    package var paths: String?
    /// Why an edge into this node lets nothing through when its partial is 0; `nil` if that just
    /// happens.
    package var blocking: String?
  }

  /// The template of the figure of `trace`, a trace of operations.
  package init(_ trace: Trace, _ options: FigureOptions) {
    var options = options
    options.hasSymbols = true
    options.focus = nil
    let reading = Reading(trace, options)
    figure = Figure(reading)
    nodes = reading.trace.nodes.indices.map(reading.templateNode)
    operands = reading.templateOperands
    isKept = reading.selection.isKept
    sentences = reading.steps.map(\.sentence)
  }

  /// The largest graph whose paths are written out.
  fileprivate static let largestGraphWithPaths = 200
}

extension Reading {
  fileprivate func templateNode(_ index: Int) -> FigureTemplate.Node {
    let isSmall = trace.nodes.count <= FigureTemplate.largestGraphWithPaths
    let hasPaths =
      isSmall && hasDerivative(index) && index != trace.output && !trace.nodes[index].isUnused
    return FigureTemplate.Node(
      origin: origins[index], name: name(of: index).plain, title: fullTitle(of: index).plain,
      derivativeName: hasDerivative(index) ? derivativeName(of: index).plain : nil,
      chainRule: hasDerivative(index) ? chainRule(of: index) : nil,
      paths: hasPaths ? paths(from: index).note.plain : nil, blocking: reasonOfBlocking(into: index)
    )
  }

  fileprivate var templateOperands: [Int?] {
    trace.edges.map { edge in
      let origin = origins[edge.target]
      let isSingle = full.edges(into: origin).allSatisfy { operand in
        selection.isKept[operand.source] || full.nodes[operand.source].kind != .operation
      }
      return isSingle && !selection.mergesOperands ? edge.operand : nil
    }
  }
}

extension Trace {
  /// The trace of a figure with signs for its numbers.
  var inSymbols: Trace {
    var trace = self
    for index in nodes.indices {
      trace.nodes[index].value = NumberSymbol.value(index).number
      trace.nodes[index].derivative = NumberSymbol.derivative(index).number
    }
    for index in edges.indices {
      trace.edges[index].partial = NumberSymbol.partial(index).number
      trace.edges[index].contribution = NumberSymbol.contribution(index).number
    }
    return trace
  }

  /// The whole trace with signs for the values of the nodes `origins` that a figure shows, as formulas
  /// mention them.
  func inSymbols(of origins: [Int]) -> Trace {
    var trace = self
    for (index, origin) in origins.enumerated() {
      trace.nodes[origin].value = NumberSymbol.operand(index).number
    }
    return trace
  }
}
