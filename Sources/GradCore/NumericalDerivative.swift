/// The derivative of a function by one input, found from differences of its values alone.
public struct NumericalDerivative: Sendable, Equatable {
  /// A number with its likely error.
  public struct Estimate: Sendable, Equatable {
    /// The number; NaN where the function has no values to tell it from.
    public var value: Double
    /// How far off the value may be, rounding included; infinite where that is not known.
    public var error: Double
    /// Whether the smallest steps bear the number out; a function may change faster than any step shows.
    public var isSettled = true

    /// What is said where nothing is known.
    static let unknown = Estimate(value: .nan, error: .infinity)
  }

  /// From differences across the point; half-way between the sides at a kink.
  public var central: Estimate
  /// The derivative from the left; infinite where the difference quotient grows without bound.
  public var left: Estimate
  /// The derivative from the right; infinite where the difference quotient grows without bound.
  public var right: Estimate

  /// The best estimate: the central one, or at the border of the domain that of the one side.
  public var best: Estimate {
    if !central.value.isNaN { return central }
    return left.value.isNaN ? right : left
  }

  /// Whether the derivatives from the left and from the right differ by more than their errors.
  public var isKink: Bool {
    let (a, b) = (left.value, right.value)
    if a.isNaN || b.isNaN { return false }
    if a.isInfinite || b.isInfinite { return a != b }
    return (a - b).magnitude
      > 10 * (left.error + right.error) + 1e-6 * Swift.max(a.magnitude, b.magnitude)
  }
}

extension NumericalDerivative {
  /// Whether a difference quotient grows without bound.
  var isInfinite: Bool {
    central.value.isInfinite || left.value.isInfinite || right.value.isInfinite
  }

  /// Whether the derivatives from the left, from the right and across are alike, as far as their errors tell.
  var isSmooth: Bool {
    [left, right].allSatisfy { side in
      (side.value - central.value).magnitude
        <= 10 * (side.error + central.error) + 1e-6 * central.value.magnitude
    }
  }

  /// What differences say of a derivative that was found by other means.
  public enum Verdict: String, Sendable {
    /// They agree.
    case agrees
    /// There is no one derivative here, but a kink, a jump or a vertical tangent.
    case notDifferentiable
    /// They differ: the other is wrong, or holds something fixed by design.
    case disagrees
    /// The function has too few finite values around the point, or changes too fast for any step.
    case unknown
  }

  /// Compares with `derivative`, found by other means.
  ///
  /// At a kink every derivative between the two sides passes as ``Verdict/notDifferentiable``.
  ///
  /// - Parameters:
  ///   - derivative: The derivative to judge.
  ///   - tolerance: The relative difference that is let pass, besides the estimate's own error.
  /// - Returns: Whether they agree, and if not, why not.
  public func verdict(on derivative: Double, tolerance: Double = 1e-6) -> Verdict {
    let estimate = best
    if estimate.value.isNaN || !estimate.error.isFinite { return .unknown }
    if estimate.value == derivative { return .agrees }
    if estimate.value.isInfinite { return .notDifferentiable }
    func isWithin(_ low: Double, _ high: Double, error: Double) -> Bool {
      let scale = Swift.max(derivative.magnitude, low.magnitude, high.magnitude)
      let slack = tolerance * (scale.isFinite ? scale : 0) + 10 * error
      return derivative >= low - slack && derivative <= high + slack
    }
    if isWithin(estimate.value, estimate.value, error: estimate.error) { return .agrees }
    if isKink {
      let (a, b) = (left.value, right.value)
      let error = Swift.max(left.error, right.error)
      if isWithin(Swift.min(a, b), Swift.max(a, b), error: error) { return .notDifferentiable }
    }
    return estimate.isSettled ? .disagrees : .unknown
  }
}
