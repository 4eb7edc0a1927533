import GradCore

/// The random numbers of `np.random.default_rng(n)`, bit for bit.
///
/// The generator is PCG XSL RR 128/64 (O'Neill, *PCG: A Family of Simple Fast Space-Efficient
/// Statistically Good Algorithms for Random Number Generation*, HMC-CS-2014-0905), seeded as
/// <https://numpy.org/doc/stable/reference/random/bit_generators/generated/numpy.random.SeedSequence.html>
/// describes. NumPy may change what it makes of the bits; this is what it has made of them since 1.17.
struct PCG64: RandomStream {
  private var high: UInt64
  private var low: UInt64
  private let increment: (high: UInt64, low: UInt64)
  /// The upper half of a number whose lower half was taken.
  private var spare: UInt32?

  /// The generator of a seed.
  init(seed: UInt64) {
    let words = SeedSequence(seed).state()
    // The increment is odd.
    increment = (words[2] << 1 | words[3] >> 63, words[3] << 1 | 1)
    (high, low) = (0, 0)
    step()
    let (sum, carry) = low.addingReportingOverflow(words[1])
    low = sum
    high = high &+ words[0] &+ (carry ? 1 : 0)
    step()
  }

  /// state · 0x2360ED051FC65DA44385DF649FCCF645 + increment, to 128 bits.
  private mutating func step() {
    let factor: (high: UInt64, low: UInt64) = (0x2360_ED05_1FC6_5DA4, 0x4385_DF64_9FCC_F645)
    let product = low.multipliedFullWidth(by: factor.low)
    let upper = product.high &+ high &* factor.low &+ low &* factor.high
    let (sum, carry) = product.low.addingReportingOverflow(increment.low)
    low = sum
    high = upper &+ increment.high &+ (carry ? 1 : 0)
  }

  private mutating func next() -> UInt64 {
    step()
    let (bits, turn) = (high ^ low, high >> 58)
    return bits >> turn | bits << ((64 - turn) & 63)
  }

  private mutating func nextHalf() -> UInt32 {
    if let half = spare {
      spare = nil
      return half
    }
    let bits = next()
    spare = UInt32(truncatingIfNeeded: bits >> 32)
    return UInt32(truncatingIfNeeded: bits)
  }

  mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  mutating func normal() -> Double {
    let table = Ziggurat.shared
    while true {
      let bits = next()
      let layer = Int(bits & 0xFF)
      let isNegative = bits >> 8 & 1 == 1
      let place = bits >> 9 & 0xF_FFFF_FFFF_FFFF
      let x = Double(place) * table.widths[layer]
      if place < table.limits[layer] { return isNegative ? -x : x }
      if layer > 0 {
        let (above, below) = (table.heights[layer - 1], table.heights[layer])
        let y = (above - below) * uniform() + below
        if y < Operators.Exp.value(-0.5 * x * x) { return isNegative ? -x : x }
        continue
      }
      // The tail (Marsaglia 1964).
      while true {
        let beyond = -Ziggurat.inverseOfEnd * Operators.Log1p.value(-uniform())
        let y = -Operators.Log1p.value(-uniform())
        if y + y > beyond * beyond {
          let x = Ziggurat.end + beyond
          return place >> 8 & 1 == 1 ? -x : x
        }
      }
    }
  }

  mutating func place(upTo most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    let mask = UInt64.max >> UInt64(most.leadingZeroBitCount)
    while true {
      let bits = (most <= 0xFFFF_FFFF ? UInt64(nextHalf()) : next()) & mask
      if bits <= most { return bits }
    }
  }

  /// Lemire, *Fast Random Integer Generation in an Interval*, ACM Transactions on Modeling and Computer
  /// Simulation 29, 2019.
  mutating func whole(upTo most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    if most <= 0xFFFF_FFFF {
      if most == 0xFFFF_FFFF { return UInt64(nextHalf()) }
      let count = UInt32(most) + 1
      var product = UInt64(nextHalf()) * UInt64(count)
      if UInt32(truncatingIfNeeded: product) < count {
        let least = (UInt32.max - UInt32(most)) % count
        while UInt32(truncatingIfNeeded: product) < least {
          product = UInt64(nextHalf()) * UInt64(count)
        }
      }
      return product >> 32
    }
    if most == .max { return next() }
    let count = most + 1
    var product = next().multipliedFullWidth(by: count)
    if product.low < count {
      let least = (UInt64.max - most) % count
      while product.low < least { product = next().multipliedFullWidth(by: count) }
    }
    return product.high
  }
}

/// How a seed of NumPy becomes the state of a generator: every bit of the one changes many of the other.
private struct SeedSequence {
  private var pool: [UInt32] = [0, 0, 0, 0]

  init(_ seed: UInt64) {
    var words = [UInt32(truncatingIfNeeded: seed)]
    if seed >> 32 > 0 { words.append(UInt32(seed >> 32)) }
    var factor: UInt32 = 0x43B0_D7E5
    func hashed(_ word: UInt32) -> UInt32 {
      var value = word ^ factor
      factor = factor &* 0x931E_8875
      value = value &* factor
      return value ^ value >> 16
    }
    for place in 0..<4 { pool[place] = hashed(place < words.count ? words[place] : 0) }
    for source in 0..<4 {
      for target in 0..<4 where target != source {
        let mixed = 0xCA01_F9DD &* pool[target] &- 0x4973_F715 &* hashed(pool[source])
        pool[target] = mixed ^ mixed >> 16
      }
    }
  }

  /// Four words of 64 bits.
  func state() -> [UInt64] {
    var factor: UInt32 = 0x8B51_F9DD
    var halves: [UInt64] = []
    for place in 0..<8 {
      var value = pool[place % 4] ^ factor
      factor = factor &* 0x58F3_8DED
      value = value &* factor
      halves.append(UInt64(value ^ value >> 16))
    }
    return (0..<4).map { halves[2 * $0] | halves[2 * $0 + 1] << 32 }
  }
}
