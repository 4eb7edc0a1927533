// A plain `swift build` also builds this target, and has no Testing.
#if canImport(Testing)
public import Testing

/// Expects two numbers to agree to `tolerance`, relative to the larger one, and at least to that
/// of 1.
///
/// Numbers that are not finite must be equal, and NaN is NaN.
public func expectClose(
  _ actual: Double, _ expected: Double, tolerance: Double = 1e-9, _ comment: Comment? = nil,
  at location: SourceLocation = #_sourceLocation
) {
  if actual == expected || (actual.isNaN && expected.isNaN) { return }
  let allowed = tolerance * max(1, abs(actual), abs(expected))
  #expect(abs(actual - expected) <= allowed, comment, sourceLocation: location)
}
#endif
