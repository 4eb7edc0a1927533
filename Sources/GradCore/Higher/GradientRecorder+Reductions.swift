/// The transposed maps of reductions: what each entry weighs is recorded as a formula of the entries.
extension GradientRecorder {
  /// What the operand of a reduction gets of the derivative of its result.
  func reduced(
    _ reduction: ArrayOperation.Reduction, _ given: [Int]?, _ operand: Variable, _ node: Int,
    _ map: LinearMap, _ own: Variable
  ) throws(DifferentiationFault) -> Variable {
    let source = operand.shape
    let gone = Set(
      given.map { $0.map { $0 < 0 ? $0 + source.count : $0 } } ?? Array(source.indices))
    let kept = source.indices.map { gone.contains($0) ? 1 : source[$0] }
    let count = Double(View(source).count / View(kept).count)
    // With an axis of one entry for each that is gone, results are broadcast to their entries.
    let own = reshaped(own, kept)
    let z = reshaped(tape.node(node), kept)
    let weight: Variable
    switch reduction {
    case .sum: weight = arithmetic.constant(1)
    case .mean: weight = arithmetic.constant(1 / count)
    case .product:
      let entries = operand.array.entries
      if entries.contains(0) {
        throw DifferentiationFault(
          "the derivative of 'prod' is not known as a computation where an entry is 0",
          help: "write the product out: x[0] * x[1]", node: node)
      }
      weight = arithmetic.divide(z, operand)
    case .max, .min, .median, .norm(order: .infinity):
      guard case .weighted(let weights, _) = map else {
        throw DifferentiationFault("nothing is known of how a node is computed", node: node)
      }
      weight = constant(NumberArray(source, weights))
    case .variance(let correction):
      weight = arithmetic.multiply(
        arithmetic.constant(2 / max(count - correction, 0)), distances(operand, gone))
    case .standardDeviation(let correction):
      weight = quotient(
        distances(operand, gone),
        arithmetic.multiply(arithmetic.constant(max(count - correction, 0)), z))
    case .norm(order: 1): weight = arithmetic.apply(.sign, [operand])
    case .norm: weight = quotient(operand, z)
    case .logSumExp: weight = arithmetic.apply(.exp, [arithmetic.subtract(operand, z)])
    }
    let term = product(weight, own)
    return summed(term, from: source, to: source)
  }

  /// The distance of each entry from the mean along some axes.
  private func distances(_ operand: Variable, _ gone: Set<Int>) -> Variable {
    arithmetic.subtract(
      operand,
      arithmetic.apply(.reduce(.mean, axes: gone.sorted(), keepsAxes: true), operand))
  }

  /// The quotient, which is 0 where the divisor is: the derivative of a root at 0 counts as 0.
  private func quotient(_ a: Variable, _ b: Variable) -> Variable {
    let shape = a.shape
    let mask = entries(of: b, as: shape).map { $0 == 0 ? 0.0 : 1 }
    if !mask.contains(1) { return arithmetic.constant(0) }
    let result = arithmetic.divide(a, b)
    if !mask.contains(0) { return result }
    return arithmetic.apply(
      .choose(mask: NumberArray(shape, mask)), result, arithmetic.constant(0))
  }
}
