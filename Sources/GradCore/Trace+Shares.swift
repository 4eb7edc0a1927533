extension Trace {
  /// The inputs that are shares of one: targets of a classifier and probabilities, which mean nothing
  /// outside of 0 to 1.
  ///
  /// An input is one if its value is from 0 to 1 and it is subtracted from 1 (`1 - t`), multiplied by a
  /// logarithm (`t*log(p)`), or subtracted from a share that is computed, or that from it: a sigmoid,
  /// or a quotient with an exponential in its denominator, as a softmax is (`yhat - t`).
  ///
  /// For a trace of operations. O(nodes + edges).
  public var sharesOfOne: Set<Int> {
    let isComputed = nodes.indices.map(isComputedShare)
    var shares: Set<Int> = []
    for index in nodes.indices {
      let operands = operands(of: index)
      guard operands.count == 2 else { continue }
      for (own, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
        guard nodes[own].kind == .input, (0...1).contains(nodes[own].value) else { continue }
        let isShare =
          switch nodes[index].opcode {
          case .subtract:
            isComputed[other]
              || own == operands[1] && nodes[other].kind == .constant
                && nodes[other].value == 1
          case .multiply: isLogarithm(other)
          default: false
          }
        if isShare { shares.insert(own) }
      }
    }
    return shares
  }

  private func isComputedShare(_ index: Int) -> Bool {
    switch nodes[index].opcode {
    case .sigmoid: true
    case .divide: operands(of: index).last.map(isSumOfExponentials) ?? false
    case .identity: operands(of: index).contains(where: isComputedShare)
    default: false
    }
  }

  /// Whether a sum has an exponential among its terms.
  private func isSumOfExponentials(_ index: Int) -> Bool {
    var stack = [index]
    while let node = stack.popLast() {
      switch nodes[node].opcode {
      case .exp: return true
      case .add, .identity: stack += operands(of: node)
      default: break
      }
    }
    return false
  }

  private func isLogarithm(_ index: Int) -> Bool {
    [.log, .log1p, .log2, .log10, .logSigmoid].contains(nodes[index].opcode)
  }
}
