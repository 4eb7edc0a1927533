/// Small whole numbers in the place of a program's own, the same for the same seed on every machine.
package struct WholeNumbers {
  private var state: UInt64

  package init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  /// Other values for inputs.
  ///
  /// Early attempts keep the signs, so that a logarithm stays one of a positive number; later ones take
  /// smaller numbers, other signs, and at last keep some of the numbers, in case few others will do.
  /// Shares of one stay that: 0 and 1 become 0 or 1, a fraction becomes another number of tenths, and
  /// several that add up to 1 change places.
  package mutating func values(
    instead values: [Double], areShares: [Bool] = [], attempt: Int
  ) -> [Double] {
    let places = values.indices.filter { $0 < areShares.count && areShares[$0] }
    let shares = self.shares(instead: places.map { values[$0] })
    var result = others(instead: values, attempt)
    for (place, share) in zip(places, shares) { result[place] = share }
    return result
  }

  private mutating func shares(instead values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    if values.count > 1, abs(sum - 1) < 1e-9 {
      var shuffled = values
      for index in shuffled.indices.reversed() where index > 0 {
        shuffled.swapAt(index, next(below: UInt64(index + 1)))
      }
      return shuffled
    }
    return values.map { value in
      value == 0 || value == 1 ? Double(next(below: 2)) : Double(next(below: 9) + 1) / 10
    }
  }

  private mutating func others(instead values: [Double], _ attempt: Int) -> [Double] {
    values.map { value in
      let number = Double(next(below: (100..<200).contains(attempt) ? 3 : 9) + 1)
      let (flips, stays) = (next(below: 2) == 0, next(below: 2) == 0)
      switch attempt {
      case ..<200: return value < 0 ? -number : number
      case ..<300: return flips ? -number : number
      default: return stays ? value : flips ? -number : number
      }
    }
  }

  private mutating func next(below count: UInt64) -> Int { Int(next() % count) }

  /// SplitMix64.
  ///
  /// Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
