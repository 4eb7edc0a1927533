import GradCore

/// The random numbers of `np.random` after `np.random.seed(n)`, bit for bit.
///
/// NumPy's own policy keeps this stream as it is for ever, so that a notebook with a seed has the numbers
/// that its course prints. What is made of the bits is
/// <https://numpy.org/doc/stable/reference/random/legacy.html>.
struct LegacyRandom: RandomStream {
  private var bits: MersenneTwister
  /// The second of two normal numbers, which are made together.
  private var spare: Double?

  /// The generator of a seed below 2³².
  init(seed: UInt32) { bits = MersenneTwister(seed: seed) }

  /// A number from 0 to below 1, with 53 bits: `rand`, `random`, `random_sample`.
  mutating func uniform() -> Double { bits.uniform() }

  /// A normal number of mean 0 and variance 1, by Marsaglia's polar method: `randn`.
  mutating func normal() -> Double {
    if let number = spare {
      spare = nil
      return number
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square >= 1 || square == 0 { continue }
      let factor = (-2 * Operators.Log.value(square) / square).squareRoot()
      spare = factor * x
      return factor * y
    }
  }

  mutating func place(upTo most: UInt64) -> UInt64 { whole(upTo: most) }

  /// A whole number from 0 to `most`, each as likely: bits are drawn again until they are not above it.
  mutating func whole(upTo most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    let mask = UInt64.max >> UInt64(most.leadingZeroBitCount)
    while true {
      let drawn =
        most <= 0xFFFF_FFFF
        ? UInt64(bits.next()) : UInt64(bits.next()) << 32 | UInt64(bits.next())
      if drawn & mask <= most { return drawn & mask }
    }
  }
}
