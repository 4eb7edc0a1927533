import GradCore

/// The random numbers of Python's own module `random` after `random.seed(n)`, bit for bit.
///
/// It is the generator of ``MersenneTwister``, seeded by the words of the number. Python promises that seeds
/// and `random()` stay as they are; what the other functions make of them is that of Python since 3.2,
/// <https://docs.python.org/3/library/random.html>.
struct PythonRandom: RandomStream {
  private var bits: MersenneTwister
  /// The second of two normal numbers, which are made together.
  private var spare: Double?

  /// The generator of a seed.
  init(seed: UInt64) {
    let (low, high) = (UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32))
    bits = MersenneTwister(words: high == 0 ? [low] : [low, high])
  }

  mutating func uniform() -> Double { bits.uniform() }

  /// A normal number of mean 0 and variance 1: `gauss`.
  mutating func normal() -> Double {
    if let number = spare {
      spare = nil
      return number
    }
    let angle = uniform() * 2 * .pi
    let radius = (-2 * Operators.Log.value(1 - uniform())).squareRoot()
    spare = Operators.Sin.value(angle) * radius
    return Operators.Cos.value(angle) * radius
  }

  mutating func place(upTo most: UInt64) -> UInt64 { whole(upTo: most) }

  /// A whole number from 0 to `most`: as many bits as `most + 1` has, drawn again until they are not above.
  mutating func whole(upTo most: UInt64) -> UInt64 {
    let width = UInt64.bitWidth - (most + 1).leadingZeroBitCount
    while true {
      let low = UInt64(bits.next() >> UInt32(max(32 - width, 0)))
      let high = width > 32 ? UInt64(bits.next() >> UInt32(64 - width)) : 0
      if high << 32 | low <= most { return high << 32 | low }
    }
  }

  /// Different numbers below `count`: of few all are put in order, of many some are drawn again until they
  /// are new.
  mutating func sample(_ total: Int, of count: Int) -> [Int] {
    // As many as a set of them takes room for.
    var few = 21
    if total > 5 {
      var power = 1
      while power < total * 3 { power *= 4 }
      few += power
    }
    var taken: Set<Int> = []
    var pool = count <= few ? Array(0..<count) : []
    return (0..<total).map { place in
      if !pool.isEmpty {
        let last = UInt64(count - place - 1)
        let drawn = Int(whole(upTo: last))
        defer { pool[drawn] = pool[Int(last)] }
        return pool[drawn]
      }
      while true {
        let drawn = Int(whole(upTo: UInt64(count - 1)))
        if taken.insert(drawn).inserted { return drawn }
      }
    }
  }
}
