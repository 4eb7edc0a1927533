/// A stream of random numbers.
protocol RandomStream: Sendable {
  /// A number from 0 to below 1, with 53 bits.
  mutating func uniform() -> Double
  /// A normal number of mean 0 and variance 1.
  mutating func normal() -> Double
  /// A whole number from 0 to `most`, each as likely.
  mutating func whole(upTo most: UInt64) -> UInt64
  /// The same as orders are drawn: bits are drawn again until they are not above `most`.
  mutating func place(upTo most: UInt64) -> UInt64
  /// The numbers from 0 to below `count` in a random order.
  mutating func permutation(_ count: Int) -> [Int]
}

extension RandomStream {
  /// The numbers from 0 to below `count` in a random order: `permutation`.
  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(place(upTo: UInt64(last))))
    }
    return order
  }

  /// The same as `choice` has it; the first `kept` stay where they are.
  mutating func order(_ count: Int, keeping kept: Int = 0) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: max(kept - 1, 0), by: -1) {
      order.swapAt(last, Int(whole(upTo: UInt64(last))))
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
    /// That of Python's own `random.seed(n)` and `random.Random(n)`.
    case python
    /// That of `torch.manual_seed(n)` and `torch.Generator()`.
    case torch

    var library: String {
      switch self {
      case .legacy, .modern: "NumPy"
      case .python: "Python"
      case .torch: "PyTorch"
      }
    }
  }
  let kind: Kind
  var stream: any RandomStream

  init(_ kind: Kind, seed: UInt64) {
    self.kind = kind
    switch kind {
    case .legacy: stream = LegacyRandom(seed: UInt32(truncatingIfNeeded: seed))
    case .modern: stream = PCG64(seed: seed)
    case .python: stream = PythonRandom(seed: seed)
    case .torch: stream = TorchRandom(seed: seed)
    }
  }

  override var description: String { "a generator of random numbers" }
}
