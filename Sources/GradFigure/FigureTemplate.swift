import GradCore

/// How each number of a figure comes from the operations that were recorded, and the sentences about
/// them: what a page needs that computes the numbers itself.
package struct FigureTemplate: Sendable {
  /// For each node of the figure's trace where it comes from, and its sentences.
  package let nodes: [Node]
  /// For each edge of the figure's trace the operand of its target that it stands for by itself, from 0;
  /// `nil` for one that stands for all ways from its source to its target.
  package let operands: [Int?]
  /// For each edge the step in which the derivative comes back over it.
  package let backwardSteps: [Int]
  /// For each operation recorded whether the figure shows it.
  package let isKept: [Bool]

  /// The first step of the way back.
  package let firstBack: Int
  /// What is said of each step.
  package let sentences: [MathText]

  /// A node of the figure's trace.
  package struct Node: Sendable {
    /// The operation recorded, an index in the whole trace.
    package var origin: Int
    /// The step in which its value is computed, from 1; 0 for what is given.
    package var step: Int
    /// Its name, as plain text.
    package var name: String
    /// The name with the formula, or the name alone.
    package var title: String
    /// What its derivative is called; `nil` for data, which has none.
    package var derivativeName: String?
    /// The chain rule at this node, as formulas that are equal; empty for data.
    package var chainRule: [MathText]
    /// The paths to the output with their products; `nil` for the output, and for a graph too large.
    package var paths: MathText?
    /// Whether it belongs to the backward pass, which is a computation of its own.
    package var isBackward: Bool
    /// Why an edge into this node lets nothing through when its partial is 0; `nil` if that just
    /// happens.
    package var blocking: String?
  }

  /// The template of the figure of a reading.
  package init(_ reading: Reading) {
    nodes = reading.trace.nodes.indices.map(reading.templateNode)
    operands = reading.templateOperands
    backwardSteps = reading.schedule.backward
    isKept = reading.selection.isKept
    let steps = reading.steps(forOtherNumbers: true)
    sentences = steps.map(\.text)
    firstBack = steps.first { $0.pass == .backward }?.number ?? steps.count
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
      origin: origins[index], step: schedule.forward[index], name: name(of: index).plain,
      title: fullTitle(of: index).plain,
      derivativeName: hasDerivative(index) ? derivativeName(of: index).plain : nil,
      chainRule: hasDerivative(index) ? chainRule(of: index) : [],
      paths: hasPaths ? paths(from: index).note : nil, isBackward: isBackward(index),
      blocking: reasonOfBlocking(into: index)?.plain)
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
