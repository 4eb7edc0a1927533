import GradBase
import GradCore

/// Derivatives that are nodes themselves: `torch.autograd.grad(y, x, create_graph=True)`.
extension Recorder {
  /// Records the derivatives of a node, or of the sum of its entries, by others.
  mutating func recordedDerivatives(
    of node: UInt32, by sources: [UInt32], _ token: Int32
  ) throws(ProgramError) -> [UInt32] {
    if autograd.hasOwnDerivatives {
      throw failure(
        .unsupportedExpression, "a derivative of a function's own is not differentiated again",
        token,
        help: "its formula is: leave the function's 'backward' out")
    }
    let variables = sources.map { tape.node(Int(origin(of: $0))) }
    let derivatives: [Variable]
    do throws(DifferentiationFault) {
      derivatives = try tape.recordGradient(of: tape.node(Int(node)), by: variables)
    } catch {
      throw failure(.unsupportedExpression, error.message, token, help: error.help)
    }
    for _ in tokens.count..<tape.nodeCount {
      try grow(token)
      tokens.append(token)
      writtenWith.append(token)
      callOfNode.append(frames[frames.count - 1].call)
    }
    return derivatives.map(\.index)
  }

  /// Whether a node behind some derivatives is computed from them; other names for them are not.
  func isRead(_ derivatives: Range<Int>) -> Bool {
    (derivatives.upperBound..<tape.nodeCount).contains { node in
      tape.opcode(node) != .identity
        && tape.edges(into: node).contains { derivatives.contains(tape.edge($0).source) }
    }
  }

  /// Whether weights change nothing: ones, for a number or where the derivatives of a sum are recorded.
  func areOnes(
    _ weights: Operand, for value: Operand, _ differentiation: Differentiation
  ) -> Bool {
    guard numbers(of: weights)?.entries.allSatisfy({ $0 == 1 }) ?? (number(weights) == 1) else {
      return false
    }
    return differentiation.keepsGraph || (shape(of: value) ?? []).reduce(1, *) == 1
  }
}
