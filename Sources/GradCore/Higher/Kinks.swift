extension Opcode {
  /// Whether the operator has kinks, at which its derivative jumps.
  var hasKinks: Bool {
    switch self {
    case .relu, .leakyRelu, .elu, .abs, .sign, .truncate, .clip, .max, .min, .maximum, .minimum,
      .sharedMax, .sharedMin, .sharedMaximum, .sharedMinimum:
      true
    default: false
    }
  }

  /// Whether an operator with kinks is at one, at operands with the result `z`.
  func isAtKink(_ operands: [Double], _ z: Double) -> Bool {
    switch self {
    case .relu, .leakyRelu, .elu, .abs, .sign: operands[0] == 0
    case .truncate: operands[0] == z
    case .clip: operands[0] == operands[1] || operands[0] == operands[2]
    default: operands.count { $0 == z } > 1
    }
  }
}

extension ArrayOperation {
  /// Whether the operation is at a kink at the operand of a node: where entries tie for an extremum, and
  /// where what a norm or a deviation is the root of is 0.
  func isAtKink(_ tape: Tape, _ node: Int) -> Bool {
    guard case .reduce(let reduction, _, _) = self else { return false }
    let edge = tape.edges(into: node).lowerBound
    switch reduction {
    case .max, .min, .norm(order: .infinity):
      guard case .weighted(let weights, _) = tape.storage.pointee.arrays?.map(edge) else {
        return false
      }
      return weights.contains { $0 != 0 && $0.magnitude != 1 }
    case .median:
      guard case .weighted(let weights, _) = tape.storage.pointee.arrays?.map(edge) else {
        return false
      }
      return weights.contains { ![0, 0.5, 1].contains($0) }
    case .norm(order: 1):
      return tape.node(tape.edge(edge).source).array.entries.contains(0)
    case .norm, .standardDeviation: return tape.node(node).array.entries.contains(0)
    default: return false
    }
  }
}
