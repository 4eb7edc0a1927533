import GradCore

/// The random numbers of PyTorch on the CPU after `torch.manual_seed(n)`, bit for bit.
///
/// PyTorch promises the numbers of one version and one kind of processor alone. These are those that it has
/// had since 1.6 where the processor multiplies and adds in one step, as nearly all do; `rand`, `uniform_`
/// and layers draw 24 bits for a number of single precision, 53 for one of double precision.
/// See <https://pytorch.org/docs/stable/notes/randomness.html>.
struct TorchRandom: RandomStream {
  private var bits: MersenneTwister
  /// The second of two normal numbers, which are made together.
  private var spare: Double?

  /// The generator of a seed, of which 32 bits count.
  init(seed: UInt64) { bits = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed)) }

  /// The next 64 bits, the first word above the second.
  mutating func next64() -> UInt64 {
    let high = UInt64(bits.next())
    return high << 32 | UInt64(bits.next())
  }

  mutating func uniform() -> Double {
    Double(next64() & 0x1F_FFFF_FFFF_FFFF) / 9_007_199_254_740_992
  }

  /// A number from 0 to below 1 in single precision.
  mutating func shortUniform() -> Float { Float(bits.next() & 0xFF_FFFF) / 16_777_216 }

  /// A normal number of mean 0 and variance 1 (Box and Muller, *A Note on the Generation of Random Normal
  /// Deviates*, Annals of Mathematical Statistics 29, 1958).
  mutating func normal() -> Double {
    if let number = spare {
      spare = nil
      return number
    }
    let angle = 2 * Double.pi * uniform()
    let radius = (-2 * Operators.Log1p.value(-uniform())).squareRoot()
    spare = radius * Operators.Sin.value(angle)
    return radius * Operators.Cos.value(angle)
  }

  mutating func whole(upTo most: UInt64) -> UInt64 {
    if most == .max { return next64() }
    return (most >= 1 << 28 - 1 ? next64() : UInt64(bits.next())) % (most + 1)
  }

  mutating func place(upTo most: UInt64) -> UInt64 { whole(upTo: most) }

  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for first in 0..<max(count - 1, 0) {
      let bound = UInt32(truncatingIfNeeded: count - first)
      order.swapAt(first, first + Int(bits.next() % bound))
    }
    return order
  }

  // MARK: Many numbers

  /// Numbers from a low one to below a high one.
  mutating func uniforms(
    _ count: Int, from low: Double, to high: Double, isDouble: Bool
  ) -> [Double] {
    if isDouble {
      return (0..<count).map { _ in
        let number = low.addingProduct(uniform(), high - low)
        return number == high ? low : number
      }
    }
    let (low, high) = (Float(low), Float(high))
    return (0..<count).map { _ in
      let number = low.addingProduct(shortUniform(), high - low)
      return Double(number == high ? low : number)
    }
  }

  /// Normal numbers: fewer than 16 one by one; of more, each 16 of as many uniform numbers, and the last 16
  /// anew where fewer are left.
  mutating func normals(
    _ count: Int, mean: Double, deviation: Double, isDouble: Bool
  ) -> [Double] {
    if count < 16 {
      return (0..<count).map { _ in
        let number = mean.addingProduct(normal(), deviation)
        return isDouble ? number : Double(Float(number))
      }
    }
    return isDouble
      ? filled(count, { $0.uniform() }) { NormalBlock.turn(&$0, $1, mean, deviation) }
      : filled(count, { $0.shortUniform() }) {
        NormalBlock.turn(&$0, $1, Float(mean), Float(deviation))
      }.map(Double.init)
  }

  /// The same between two bounds: all are drawn again as long as one lies outside, and those outside are
  /// replaced, as PyTorch's `trunc_normal_` has it since it no longer takes them from erf⁻¹.
  mutating func normals(
    _ count: Int, mean: Double, deviation: Double, isDouble: Bool, from low: Double, to high: Double
  ) -> [Double] {
    let (low, high) = isDouble ? (low, high) : (Double(Float(low)), Double(Float(high)))
    var numbers = normals(count, mean: mean, deviation: deviation, isDouble: isDouble)
    while numbers.contains(where: { $0 < low || $0 > high }) {
      let others = normals(count, mean: mean, deviation: deviation, isDouble: isDouble)
      numbers = zip(numbers, others).map { $0 < low || $0 > high ? $1 : $0 }
    }
    return numbers
  }

  private mutating func filled<Number>(
    _ count: Int, _ draw: (inout TorchRandom) -> Number, _ turn: (inout [Number], Int) -> Void
  ) -> [Number] {
    var numbers = (0..<count).map { _ in draw(&self) }
    for first in stride(from: 0, through: count - 16, by: 16) { turn(&numbers, first) }
    if !count.isMultiple(of: 16) {
      for place in count - 16..<count { numbers[place] = draw(&self) }
      turn(&numbers, count - 16)
    }
    return numbers
  }
}
