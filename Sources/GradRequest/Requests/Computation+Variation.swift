public import GradLanguage

import GradCore
import GradLesson

extension Computation {
  /// The same program with other small whole numbers for its inputs, as for another student.
  ///
  /// All values, partials and derivatives stay finite, but for those by constants; no condition is
  /// decided otherwise, and what had a derivative keeps one; if possible none is tiny or huge. Inputs
  /// that a setting gives, and names that are assigned again, stay as they are. A target or a
  /// probability (``GradCore/Trace/sharesOfOne``) stays between 0 and 1. The same seed gives the same
  /// numbers on every machine.
  ///
  /// - Parameter seed: Which variant.
  /// - Returns: The variant; `nil` if none was found in 400 attempts.
  /// - Throws: All that is wrong with the program.
  public func varied(seed: Int) throws(ProgramError) -> Computation? {
    let evaluator = try evaluator()
    let fixed = settings.map(\.name)
    let open = evaluator.inputs.indices.filter { index in
      let name = evaluator.inputs[index].name
      return !fixed.contains { NameForm.areEqual($0, name) }
        && evaluator.inputs.count { $0.name == name } == 1
        && evaluator.inputs[index].entry == nil
    }
    let shares = trace.sharesOfOne
    let areShares = open.map { shares.contains(evaluator.inputs[$0].node) }
    var numbers = WholeNumbers(seed: seed)
    for attempt in 0..<400 {
      var values = evaluator.inputs.map(\.value)
      let drawn = numbers.values(
        instead: open.map { values[$0] }, areShares: areShares, attempt: attempt)
      if drawn == open.map({ values[$0] }) { continue }
      for (index, value) in zip(open, drawn) { values[index] = value }
      guard let other = try? evaluator.trace(at: values), other.isVariant(of: trace),
        attempt >= 300 || other.isHandy
      else { continue }
      let new = zip(open, drawn).map { InputValue(evaluator.inputs[$0].name, $1) }
      return try Computation(
        program, settings: settings + new, of: output, mayBeArray: mayBeArray)
    }
    return nil
  }
}

extension Trace {
  /// Whether the numbers are of a size to compute with by hand.
  fileprivate var isHandy: Bool {
    let areFixed = areFixed
    return nodes.indices.filter { !areFixed[$0] }.flatMap { index in
      [nodes[index].value, nodes[index].derivative]
    }.allSatisfy {
      $0 == 0 || (0.01...10_000).contains($0.magnitude)
    }
  }

  /// Whether the trace has the same operations as another, finite numbers, and no derivative that
  /// vanished.
  fileprivate func isVariant(of other: Trace) -> Bool {
    guard nodes.count == other.nodes.count, edges.count == other.edges.count else { return false }
    let areFixed = areFixed
    let isSame = nodes.indices.allSatisfy { index in
      let (node, own) = (nodes[index], other.nodes[index])
      return node.opcode == own.opcode
        && (areFixed[index]
          || node.value.isFinite && node.derivative.isFinite
            && (own.derivative == 0 || node.derivative != 0))
    }
    return isSame
      && zip(edges, other.edges).allSatisfy { edge, own in
        edge.source == own.source && edge.target == own.target
          && (edge.partial.isFinite || areFixed[edge.source])
      }
  }
}
