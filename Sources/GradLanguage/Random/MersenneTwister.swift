/// The bits that NumPy's legacy generator, Python's `random` and PyTorch on the CPU make their numbers of.
///
/// The generator is MT19937 (Matsumoto and Nishimura, *Mersenne Twister*, ACM Transactions on Modeling and
/// Computer Simulation 8, 1998).
struct MersenneTwister: Sendable {
  private var state = [UInt32](repeating: 0, count: 624)
  private var position = 624

  /// The generator of a seed below 2³².
  init(seed: UInt32) {
    state[0] = seed
    for i in 1..<624 {
      state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i)
    }
  }

  /// The generator of several words, which are mixed into the state that a fixed seed makes.
  init(words: [UInt32]) {
    self.init(seed: 19_650_218)
    var i = 1
    func before() -> UInt32 { state[i - 1] ^ (state[i - 1] >> 30) }
    func goOn(_ state: inout [UInt32]) {
      i += 1
      guard i == 624 else { return }
      state[0] = state[623]
      i = 1
    }
    for step in 0..<max(624, words.count) {
      let place = step % words.count
      state[i] = (state[i] ^ (before() &* 1_664_525)) &+ words[place] &+ UInt32(place)
      goOn(&state)
    }
    for _ in 0..<623 {
      state[i] = (state[i] ^ (before() &* 1_566_083_941)) &- UInt32(i)
      goOn(&state)
    }
    state[0] = 0x8000_0000
  }

  /// The next 32 bits.
  mutating func next() -> UInt32 {
    if position == 624 { twist() }
    var y = state[position]
    position += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9D2C_5680
    y ^= (y << 15) & 0xEFC6_0000
    return y ^ (y >> 18)
  }

  private mutating func twist() {
    for i in 0..<624 {
      let y = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7FFF_FFFF)
      state[i] = state[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
    }
    position = 0
  }

  /// A number from 0 to below 1, of the upper bits of two words, as NumPy and Python have it.
  mutating func uniform() -> Double {
    let (a, b) = (Double(next() >> 5), Double(next() >> 6))
    return (a * 67_108_864 + b) / 9_007_199_254_740_992
  }
}
