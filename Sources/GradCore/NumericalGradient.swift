/// The derivative of `function` by each of its inputs, from differences of its values alone.
///
/// For each input the function is called at a ladder of steps, from about the input's own size down
/// to where rounding swamps the difference; the step that promises the smallest error is chosen
/// (Ridders, *Accurate computation of F′(x) and F′(x)F″(x)*, Advances in Engineering Software 4,
/// 1982). The ladder also covers the sizes around 1, so that inputs as small as 1e-8 or as large as
/// 1e12 need no scaling. Values that are not finite are passed over, so the point may lie near the
/// border of the domain, or on it.
///
/// About 30 to 90 calls an input, and one more.
///
/// - Parameters:
///   - inputs: The point, one number an input.
///   - function: The value at given inputs.
/// - Throws: What `function` throws.
/// - Returns: One derivative an input.
public func numericalGradient<Failure: Error>(
  at inputs: [Double], of function: ([Double]) throws(Failure) -> Double
) throws(Failure) -> [NumericalDerivative] {
  let middle = try function(inputs)
  var point = inputs
  var result: [NumericalDerivative] = []
  for index in inputs.indices {
    let x = inputs[index]
    guard x.isFinite, middle.isFinite else {
      result.append(NumericalDerivative(central: .unknown, left: .unknown, right: .unknown))
      continue
    }
    // The errors of a one-sided difference are of the orders h, h², …; of a central one h², h⁴, ….
    var left = Extrapolation(order: 1)
    var right = Extrapolation(order: 1)
    var central = Extrapolation(order: 2)
    func measure(_ exponent: Int) throws(Failure) {
      let step = Double(sign: .plus, exponent: exponent, significand: 1)
      let (below, above) = (x - step, x + step)
      point[index] = below
      let low = try function(point)
      point[index] = above
      let high = try function(point)
      left.add(from: (below, low), to: (x, middle), exponent)
      right.add(from: (x, middle), to: (above, high), exponent)
      central.add(from: (below, low), to: (above, high), exponent)
    }
    func derivative() -> NumericalDerivative {
      NumericalDerivative(central: central.estimate, left: left.estimate, right: right.estimate)
    }
    let exponents = stepExponents(at: x)
    for exponent in exponents { try measure(exponent) }
    var found = derivative()
    if found.isKink || found.central.value.isInfinite, !middle.isSubnormal,
      let smallest = exponents.last
    {
      // A kink may lie beside the point, within the smallest step: smaller ones pass between.
      for exponent in smallerStepExponents(at: x, below: smallest) { try measure(exponent) }
      var closer = derivative()
      // Where rounding is as large as such steps they prove nothing wrong.
      closer.central.isSettled = false
      if closer.isSmooth || found.isInfinite && !closer.isInfinite { found = closer }
    }
    point[index] = x
    result.append(found)
  }
  return result
}

/// The binary exponents of the steps to try at `x`, from large to small, two apart.
///
/// Steps are powers of two, so that `x + step` is exact down to the smallest.
private func stepExponents(at x: Double) -> [Int] {
  if x == 0 { return Array(stride(from: -1, through: -41, by: -2)) }
  let own = Int(Swift.max(x.magnitude, 0x1p-960).exponent)
  var exponents = Set(stride(from: own - 1, through: own - 25, by: -2))
  if own > 0 {
    exponents.formUnion(stride(from: own - 1, through: Swift.max(own - 45, -11), by: -2))
  } else {
    // Of the same parity as the others, so that the ladder has no smaller rungs.
    let top = own.isMultiple(of: 2) ? -1 : -2
    exponents.formUnion(stride(from: top, through: Swift.max(own - 25, -61), by: -2))
  }
  return exponents.sorted(by: >)
}

/// The binary exponents of further steps, down to where `x + step` is hardly another number than `x`.
private func smallerStepExponents(at x: Double, below smallest: Int) -> [Int] {
  let own = x == 0 ? -40 : Swift.max(Int(x.exponent), -1000)
  return Array(stride(from: smallest - 2, through: own - 52, by: -2))
}

/// Difference quotients at shrinking steps, extrapolated to step 0.
private struct Extrapolation {
  /// The order of the first error term, and by how much the order rises from term to term.
  let order: Int
  /// The last row of the table: the quotient and its extrapolations.
  private var row: [Double] = []
  private var rowExponent = 0
  /// The best of each row.
  private var candidates: [NumericalDerivative.Estimate] = []
  /// The quotients that stand out from rounding.
  private var quotients: [Double] = []
  /// Whether that of the smallest step does.
  private var lastStandsOut = false
  /// The quotients of the three smallest steps, and how much of each may be rounding.
  private var last: [(quotient: Double, noise: Double)] = []

  init(order: Int) { self.order = order }

  /// Takes the difference between two points, the step being two to the power of `exponent`.
  mutating func add(from a: (x: Double, z: Double), to b: (x: Double, z: Double), _ exponent: Int) {
    let width = b.x - a.x
    let quotient = (b.z - a.z) / width
    guard quotient.isFinite else {
      row = []
      return
    }
    let size = Swift.max(a.z.magnitude, b.z.magnitude)
    lastStandsOut = (b.z - a.z).magnitude > 64 * Double.ulpOfOne * size
    if lastStandsOut { quotients.append(quotient) }
    let noise = 4 * Double.ulpOfOne * size / width
    last = last.suffix(2) + [(quotient, noise)]
    var next = [quotient]
    var best = NumericalDerivative.Estimate(value: quotient, error: .infinity)
    if rowExponent == exponent + 2 {
      var factor = 1.0
      for (column, above) in row.prefix(6).enumerated() {
        factor *= order == 1 ? 4 : 16
        let finer = next[column] + (next[column] - above) / (factor - 1)
        let error =
          Swift.max((finer - next[column]).magnitude, (finer - above).magnitude) + noise
        if error < best.error { best = .init(value: finer, error: error) }
        next.append(finer)
      }
    }
    row = next
    rowExponent = exponent
    candidates.append(best)
  }

  /// The candidate of least error among those that no smaller step contradicts.
  ///
  /// A function that wiggles within a large step may look flat across it; smaller steps tell.
  var estimate: NumericalDerivative.Estimate {
    if let infinite = divergence { return .init(value: infinite, error: 0) }
    // How far each can be trusted against the others: it is seldom better than its neighbours say.
    let doubts = candidates.indices.map { index in
      var doubt = candidates[index].error
      for neighbour in [index - 1, index + 1] where candidates.indices.contains(neighbour) {
        doubt = Swift.max(doubt, (candidates[index].value - candidates[neighbour].value).magnitude)
      }
      return doubt
    }
    var best = NumericalDerivative.Estimate.unknown
    for (index, candidate) in candidates.enumerated().reversed() {
      let isContradicted = (index + 1..<Swift.max(index + 1, candidates.count)).contains { later in
        (candidate.value - candidates[later].value).magnitude
          > 4 * (candidate.error + doubts[later])
      }
      if !isContradicted, candidate.error < best.error { best = candidate }
    }
    best.isSettled = last.allSatisfy { last in
      let scale = Swift.max(best.value.magnitude, last.quotient.magnitude)
      return (best.value - last.quotient).magnitude <= 0.1 * scale + 16 * last.noise
    }
    return best
  }

  /// An infinity if the quotients of the smallest steps keep growing, as at a jump or a vertical
  /// tangent; `nil` if they do not.
  private var divergence: Double? {
    let last = quotients.suffix(7)
    guard lastStandsOut, last.count == 7, let final = last.last else { return nil }
    let grows = zip(last, last.dropFirst()).allSatisfy { $1 / $0 > 1.2 }
    return grows ? (final > 0 ? .infinity : -.infinity) : nil
  }
}
