import GradCore

/// A key of JAX's random numbers, of which each call makes all of its numbers: `jax.random.key(0)`.
///
/// It is Threefry-2×32 with 20 rounds (Salmon et al., *Parallel Random Numbers: As Easy as 1, 2, 3*, SC 2011),
/// counted as JAX has done since 0.5; what is made of the bits is
/// <https://docs.jax.dev/en/latest/jax.random.html>.
struct Threefry: Sendable {
  var high: UInt32
  var low: UInt32

  init(_ high: UInt32, _ low: UInt32) { (self.high, self.low) = (high, low) }

  /// The key of a seed.
  init(seed: UInt64) {
    self.init(UInt32(seed >> 32), UInt32(truncatingIfNeeded: seed))
  }

  /// Two words that the key makes of two.
  func hashed(_ first: UInt32, _ second: UInt32) -> (UInt32, UInt32) {
    let words = [high, low, high ^ low ^ 0x1BD1_1BDA]
    let turns: [[UInt32]] = [[13, 15, 26, 6], [17, 29, 16, 24]]
    var (x, y) = (first &+ words[0], second &+ words[1])
    for round in 0..<5 {
      for turn in turns[round % 2] {
        x = x &+ y
        y = (y << turn | y >> (32 - turn)) ^ x
      }
      x = x &+ words[(round + 1) % 3]
      y = y &+ words[(round + 2) % 3] &+ UInt32(round + 1)
    }
    return (x, y)
  }

  /// So many words of 32 bits.
  func bits(_ count: Int) -> [UInt32] {
    (0..<count).map { place in
      let (x, y) = counted(place)
      return x ^ y
    }
  }

  /// New keys.
  func split(_ count: Int) -> [Threefry] {
    (0..<count).map { place in
      let (x, y) = counted(place)
      return Threefry(x, y)
    }
  }

  private func counted(_ place: Int) -> (UInt32, UInt32) {
    hashed(UInt32(place >> 32), UInt32(truncatingIfNeeded: place))
  }

  /// The key that a number makes of this one.
  func folded(_ number: UInt32) -> Threefry {
    let (x, y) = hashed(0, number)
    return Threefry(x, y)
  }

  /// Numbers of single precision from a low one to below a high one.
  func uniforms(_ count: Int, from low: Float, to high: Float) -> [Float] {
    bits(count).map { word in
      let number = Float(bitPattern: word >> 9 | 0x3F80_0000) - 1
      return max(low, low.addingProduct(number, high - low))
    }
  }

  /// Normal numbers of single precision, to within the last bit of JAX's own: they are √2 · erf⁻¹ of uniform ones.
  func normals(_ count: Int) -> [Float] {
    uniforms(count, from: Float(-1).nextUp, to: 1).map {
      Float(2).squareRoot() * inverseOfError($0)
    }
  }

  /// Normal numbers between two bounds, as those of all: √2 · erf⁻¹ of uniform ones between erf of the bounds.
  func normals(_ count: Int, from low: Float, to high: Float) -> [Float] {
    let root = Float(2).squareRoot()
    func share(_ bound: Float) -> Float { Float(Operators.Erf.value(Double(bound / root))) }
    return uniforms(count, from: share(low), to: share(high)).map {
      min(max(root * inverseOfError($0), low.nextUp), high.nextDown)
    }
  }

  /// Exponential numbers of rate 1, −ln(1 − u).
  func exponentials(_ count: Int) -> [Float] {
    uniforms(count, from: 0, to: 1).map { -Float(Operators.Log1p.value(Double(-$0))) }
  }

  /// Numbers of the distribution of Gumbel, −ln(−ln u), the largest of which picks a category.
  func gumbels(_ count: Int) -> [Float] {
    func log(_ number: Float) -> Float { Float(Operators.Log.value(Double(number))) }
    return uniforms(count, from: .leastNormalMagnitude, to: 1).map { -log(-log($0)) }
  }

  /// Whole numbers from a low one to below a high one.
  func wholes(_ count: Int, from low: Int32, to high: Int32) -> [Int32] {
    let keys = split(2)
    let span = UInt32(bitPattern: high &- low)
    // 2³² by the span, whose remainder the upper words count.
    let root = 65_536 % span
    let factor = (root &* root) % span
    return zip(keys[0].bits(count), keys[1].bits(count)).map { upper, lower in
      low &+ Int32(bitPattern: ((upper % span) &* factor &+ lower % span) % span)
    }
  }

  /// The numbers from 0 to below `count` in a random order: sorted by random words, as often as makes equal words
  /// harmless.
  func permutation(_ count: Int) -> [Int] {
    var (order, key) = (Array(0..<count), self)
    let rounds =
      (3 * Operators.Log.value(Double(max(1, count))) / Operators.Log.value(4_294_967_295))
    for _ in 0..<Int(rounds.rounded(.up)) {
      let keys = key.split(2)
      key = keys[0]
      let words = keys[1].bits(count)
      order = order.indices.sorted { (words[$0], $0) < (words[$1], $1) }.map { order[$0] }
    }
    return order
  }

  /// erf⁻¹ x in single precision (Giles, *Approximating the erfinv Function*, GPU Computing Gems 2, 2011).
  private func inverseOfError(_ x: Float) -> Float {
    let rest = -Float(Operators.Log1p.value(Double(-x * x)))
    let isNear = rest < 5
    let coefficients: [Float] =
      isNear
      ? [
        2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087,
        -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
      ]
      : [
        -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773,
        -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
      ]
    let place = isNear ? rest - 2.5 : rest.squareRoot() - 3
    return coefficients.dropFirst().reduce(coefficients[0]) { $1.addingProduct($0, place) } * x
  }
}

/// A key as the program has it.
final class KeyObject: Object {
  let key: Threefry

  init(_ key: Threefry) { self.key = key }

  override var description: String { "a key of random numbers" }
}
