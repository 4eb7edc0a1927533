/// A stream of random numbers.
protocol RandomStream: Sendable {
  /// A number from 0 to below 1, with 53 bits.
  mutating func uniform() -> Double
  /// A normal number of mean 0 and variance 1.
  mutating func normal() -> Double
  /// A whole number from 0 to `most`, each as likely.
  mutating func whole(upTo most: UInt64) -> UInt64
}

extension RandomStream {
  /// The numbers from 0 to below `count` in a random order, of which the first `kept` stay where they are.
  mutating func permutation(_ count: Int, keeping kept: Int = 0) -> [Int] {
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: max(kept - 1, 0), by: -1) {
      order.swapAt(place, Int(whole(upTo: UInt64(place))))
    }
    return order
  }
}

/// A generator of random numbers: `rng = np.random.default_rng(0)`, or the one of `np.random` itself.
final class RandomObject: Object {
  enum Kind: Sendable {
    /// That of `np.random.seed(n)` and `np.random.RandomState(n)`.
    case legacy
    /// That of `np.random.default_rng(n)`.
    case modern
  }
  let kind: Kind
  var stream: any RandomStream

  init(_ kind: Kind, seed: UInt64) {
    self.kind = kind
    switch kind {
    case .legacy: stream = LegacyRandom(seed: UInt32(truncatingIfNeeded: seed))
    case .modern: stream = PCG64(seed: seed)
    }
  }

  override var description: String { "a generator of random numbers" }
}
