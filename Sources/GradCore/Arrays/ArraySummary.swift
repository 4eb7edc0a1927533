/// What is told of an array whose entries are not: a recording of another tool may have millions.
public final class ArraySummary: Sendable, Equatable {
  /// The least and the largest entry; `nil` where they are not known.
  public let range: ClosedRange<Double>?
  /// The root of the sum of the squares; NaN where it is not known.
  public let norm: Double
  /// The means of blocks of the matrix whose rows are all axes but the last; empty where they are not known.
  public let means: [[Double]]

  /// A summary of its parts.
  public init(range: ClosedRange<Double>?, norm: Double, means: [[Double]]) {
    (self.range, self.norm, self.means) = (range, norm, means)
  }

  /// Of an array of which the shape alone is known.
  public static let unknown = ArraySummary(range: nil, norm: .nan, means: [])

  /// Whether nothing but the shape is known.
  public var isUnknown: Bool { range == nil && means.isEmpty }

  /// Whether two say the same.
  public static func == (a: ArraySummary, b: ArraySummary) -> Bool {
    a === b
      || a.range == b.range && (a.norm == b.norm || a.norm.isNaN && b.norm.isNaN)
        && a.means == b.means
  }

  /// What is known of the sum with another: the means.
  func adding(_ other: ArraySummary) -> ArraySummary {
    guard means.count == other.means.count, means.first?.count == other.means.first?.count else {
      return .unknown
    }
    return ArraySummary(
      range: nil, norm: .nan,
      means: zip(means, other.means).map { zip($0, $1).map { $0 + $1 } })
  }

  /// What is known of a multiple.
  func scaled(by factor: Double) -> ArraySummary {
    let ends = range.map { [$0.lowerBound * factor, $0.upperBound * factor].sorted() }
    return ArraySummary(
      range: ends.flatMap { $0[0] <= $0[1] ? $0[0]...$0[1] : nil }, norm: norm * abs(factor),
      means: means.map { $0.map { $0 * factor } })
  }
}
