import GradCore
import GradLanguage
import GraphvizGrad

/// The derivatives of a program by its inputs, beside numerical ones.
struct GradientCheck {
  /// One input.
  struct Entry {
    /// Its id in the trace.
    var name: String
    /// Of a second derivative the other input; `nil` for a first one.
    var other: String?
    /// Its value; of a second derivative that of the other input, which moves.
    var value: Double
    /// The derivative of the output by it, or by it and the other.
    var derivative: Double
    /// The same from differences.
    var numerical: NumericalDerivative
    /// Whether the output is finite.
    var isOutputFinite: Bool
    /// The id of a node on the way that has a kink at its own operands.
    var kinkInside: String?
    /// What the two say together.
    var finding: Finding
  }

  /// What came of comparing two derivatives.
  enum Finding: String {
    /// They agree.
    case ok
    /// There is no one derivative here, or a convention on the way chose one.
    case kink
    /// The output has values on one side of the input alone, and the derivative is not that side's.
    case edge
    /// The derivative, or the output itself, is not finite here.
    case notFinite = "not-finite"
    /// They differ by design, for a part of the way is held fixed.
    case stopped
    /// Differences cannot tell.
    case unknown
    /// A change of the output, or of a value on the way to it, is too small to be a number.
    case underflow
    /// They differ.
    case wrong
  }

  /// The id of the output.
  var output: String
  /// The relative difference that passes.
  var tolerance: Double
  /// How often the output is differentiated.
  var order = 1
  /// The inputs that are no data, in program order; of order 2 each pair of them.
  var entries: [Entry]

  /// Whether a derivative is wrong.
  var fails: Bool { entries.contains { $0.finding == .wrong } }

  /// Runs the program at neighbouring inputs.
  ///
  /// About 30 to 90 runs an input.
  init(
    _ computation: Computation, wrt: String?, tolerance: Double
  ) throws(ProgramError) {
    let trace = try computation.trace(wrt: wrt)
    let evaluator = try computation.evaluator()
    // A neighbour at which the program is wrong, such as a branch that reads an unknown name, has no
    // value.
    let values = evaluator.inputs.map(\.value)
    let chosen = Self.sample(of: values.count)
    let derivatives = numericalGradient(at: chosen.map { values[$0] }) { moved in
      var values = values
      for (place, value) in zip(chosen, moved) { values[place] = value }
      return (try? evaluator.value(at: values)) ?? .nan
    }
    let isStopped = trace.leadsThroughStop
    let isFinite = trace.nodes[trace.output].value.isFinite
    self.output = trace.nodes[trace.output].id
    self.tolerance = tolerance
    entries = zip(chosen.map { evaluator.inputs[$0] }, derivatives).compactMap { input, numerical in
      let node = trace.nodes[input.node]
      if node.isData { return nil }
      let derivative =
        input.entry.map { node.arrayDerivative?.entries[$0] ?? 0 } ?? node.derivative
      let (finding, kink) = Self.finding(
        numerical, derivative, tolerance, isFinite: isFinite, isStopped: isStopped[input.node]
      ) {
        trace.underflows(from: input.node, derivative)
      } kink: {
        trace.kink(from: input.node)
      }
      return Entry(
        name: input.entry == nil ? node.id : input.name, value: input.value, derivative: derivative,
        numerical: numerical,
        isOutputFinite: isFinite, kinkInside: kink, finding: finding)
    }
  }

  /// What comes of comparing two derivatives.
  ///
  /// - Parameters:
  ///   - numerical: The one from differences.
  ///   - derivative: The other.
  ///   - tolerance: The relative difference that passes.
  ///   - isFinite: Whether the output is.
  ///   - isStopped: Whether a part of the way is held fixed.
  ///   - underflows: Whether numbers on the way are too small to change; asked only where the two differ.
  ///   - kink: The id of a node on the way that has a kink; asked only where the two differ.
  /// - Returns: The finding, and the node whose kink explains it.
  static func finding(
    _ numerical: NumericalDerivative, _ derivative: Double, _ tolerance: Double, isFinite: Bool,
    isStopped: Bool, underflows: () -> Bool, kink: () -> String?
  ) -> (Finding, kink: String?) {
    let verdict = numerical.verdict(on: derivative, tolerance: tolerance)
    switch verdict {
    case .agrees where !numerical.isKink: return (.ok, nil)
    // Steps between the smallest numbers look like wrong derivatives, and like kinks.
    case .agrees, .notDifferentiable, .disagrees:
      if !isStopped, derivative.isFinite, underflows() { return (.underflow, nil) }
    case .unknown: break
    }
    switch verdict {
    case .agrees, .notDifferentiable: return (.kink, nil)
    case .unknown: return (isFinite && !derivative.isNaN ? .unknown : .notFinite, nil)
    case .disagrees where isStopped: return (.stopped, nil)
    case .disagrees where numerical.isAtEdge: return (.edge, nil)
    case .disagrees:
      let kink = kink()
      if numerical.isKink || kink != nil { return (.kink, kink) }
      return (derivative.isFinite ? .wrong : .notFinite, nil)
    }
  }

  /// The places of the inputs that are checked: all up to 1,000, then as many, evenly spread.
  private static func sample(of count: Int) -> [Int] {
    if count <= 1000 { return Array(0..<count) }
    return (0..<1000).map { $0 * count / 1000 }
  }
}

extension NumericalDerivative {
  /// Whether the function has values on one side of the point alone.
  var isAtEdge: Bool { left.value.isNaN != right.value.isNaN }
}

extension GradientCheck.Entry {
  /// What a reader should know besides the numbers; empty where they agree.
  func explanation(_ number: (Double) -> String) -> String {
    switch finding {
    case .ok: ""
    case .kink where !numerical.isKink && kinkInside != nil:
      "'\(kinkInside ?? "")' has a kink here, at which its derivative is a convention"
    case .edge:
      numerical.left.value.isNaN
        ? "the edge of the domain: the derivative is \(number(numerical.right.value)) from the "
          + "right, and there is nothing on the left"
        : "the edge of the domain: the derivative is \(number(numerical.left.value)) from the "
          + "left, and there is nothing on the right"
    case .notFinite: "the \(isOutputFinite ? "derivative" : "output") is not finite here"
    case .kink
    where numerical.left.value.isInfinite && numerical.left.value == numerical.right.value:
      "a jump or a vertical tangent: the derivative is \(number(numerical.left.value)) on both sides"
    case .kink:
      "a kink: the derivative is \(number(numerical.left.value)) from the left, "
        + "\(number(numerical.right.value)) from the right"
    case .stopped: "stop_gradient holds a part of the way fixed, which a difference does not"
    case .unknown where !numerical.best.value.isNaN:
      "the output changes too fast near this input for differences to tell"
    case .unknown: "the program has too few values near this input"
    case .underflow:
      "numbers on the way are too small to tell: below 2.2e−308 they lose their digits"
    case .wrong: "they differ"
    }
  }
}

extension Trace {
  /// The id of a node between node `start` and the output whose own operator has a kink, a jump or an
  /// edge at its operands; `nil` if all are smooth.
  ///
  /// It is asked only where derivatives differ: some 60 runs of each operator.
  func kink(from start: Int) -> String? {
    let isReached = reached(from: start)
    return nodes.indices.first { index in
      guard isReached[index], !nodes[index].isUnused, let type = nodes[index].opcode.type else {
        return false
      }
      let operands = edges(into: index)
      let tape = Tape(capacity: 8)
      let derivatives = numericalGradient(at: operands.map { nodes[$0.source].value }) { values in
        tape.reset()
        return type.record(values.map { tape.constant($0) }).value
      }
      return zip(operands, derivatives).contains { operand, derivative in
        isReached[operand.source]
          && (derivative.isKink || derivative.isAtEdge || derivative.best.value.isInfinite)
      }
    }.map { nodes[$0].id }
  }

  /// Whether on a way from node `start`, by which the derivative of the output is `derivative`, to the
  /// output a change is no number with all of its digits.
  ///
  /// An operand times the partial by it is about what a value changes by where the operand does.
  func underflows(from start: Int, _ derivative: Double) -> Bool {
    let isReached = reached(from: start)
    func isTooSmall(_ partial: Double, _ operand: Double) -> Bool {
      if partial.isSubnormal || operand.isSubnormal { return true }
      return partial != 0 && operand != 0
        && (partial * operand).magnitude < .leastNormalMagnitude
    }
    return isTooSmall(derivative, nodes[start].value)
      || edges.contains { edge in
        isReached[edge.source] && !nodes[edge.target].isUnused && !edge.isOfArrays
          && isTooSmall(edge.partial, nodes[edge.source].value)
      }
  }

  /// For each node, whether a way from it to the output passes a `stop_gradient`.
  var leadsThroughStop: [Bool] {
    var reaches = [Bool](repeating: false, count: nodes.count)
    var isStopped = reaches
    reaches[output] = true
    for edge in edges.reversed() where reaches[edge.target] {
      reaches[edge.source] = true
      if isStopped[edge.target] || nodes[edge.target].opcode == .stopGradient {
        isStopped[edge.source] = true
      }
    }
    return isStopped
  }
}
