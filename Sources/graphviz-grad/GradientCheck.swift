import GradCore
import GradLanguage
import GraphvizGrad

/// The derivatives of a program by its inputs, beside numerical ones.
struct GradientCheck {
  /// One input.
  struct Entry {
    /// Its id in the trace.
    var name: String
    /// Its value.
    var value: Double
    /// The derivative of the output by it.
    var derivative: Double
    /// The same from differences.
    var numerical: NumericalDerivative
    /// What the two say together.
    var finding: Finding
  }

  /// What came of comparing two derivatives.
  enum Finding: String {
    /// They agree.
    case ok
    /// There is no one derivative here.
    case kink
    /// They differ by design, for a part of the way is held fixed.
    case stopped
    /// Differences cannot tell.
    case unknown
    /// They differ.
    case wrong
  }

  /// The id of the output.
  var output: String
  /// The relative difference that passes.
  var tolerance: Double
  /// The inputs, in program order.
  var entries: [Entry]

  /// Whether a derivative is wrong.
  var fails: Bool { entries.contains { $0.finding == .wrong } }

  /// Runs the program at neighbouring inputs.
  ///
  /// About 30 to 90 runs an input.
  init(_ computation: Computation, tolerance: Double) throws(ProgramError) {
    let trace = computation.trace
    let evaluator = try computation.evaluator()
    // A neighbour at which the program is wrong, such as a branch that reads an unknown name, has no
    // value.
    let derivatives = numericalGradient(at: evaluator.inputs.map(\.value)) { values in
      (try? evaluator.value(at: values)) ?? .nan
    }
    let isStopped = trace.leadsThroughStop
    self.output = trace.nodes[trace.output].id
    self.tolerance = tolerance
    entries = zip(evaluator.inputs, derivatives).map { input, numerical in
      let node = trace.nodes[input.node]
      let finding: Finding =
        switch numerical.verdict(on: node.derivative, tolerance: tolerance) {
        case .agrees: numerical.isKink ? .kink : .ok
        case .notDifferentiable: .kink
        case .unknown: .unknown
        case .disagrees: isStopped[input.node] ? .stopped : .wrong
        }
      return Entry(
        name: node.id, value: input.value, derivative: node.derivative, numerical: numerical,
        finding: finding)
    }
  }
}

extension GradientCheck.Entry {
  /// What a reader should know besides the numbers; empty where they agree.
  func explanation(_ number: (Double) -> String) -> String {
    switch finding {
    case .ok: ""
    case .kink:
      "a kink: the derivative is \(number(numerical.left.value)) from the left, "
        + "\(number(numerical.right.value)) from the right"
    case .stopped: "stop_gradient holds a part of the way fixed, which a difference does not"
    case .unknown: "the output has too few finite values near this input"
    case .wrong: "they differ"
    }
  }
}

extension Trace {
  /// For each node, whether a way from it to the output passes a `stop_gradient`.
  var leadsThroughStop: [Bool] {
    var reaches = [Bool](repeating: false, count: nodes.count)
    var isStopped = reaches
    reaches[output] = true
    for edge in edges.reversed() where reaches[edge.target] {
      reaches[edge.source] = true
      if isStopped[edge.target] || nodes[edge.target].opcode == StopGradient.opcode {
        isStopped[edge.source] = true
      }
    }
    return isStopped
  }
}
