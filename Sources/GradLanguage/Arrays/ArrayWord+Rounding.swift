import GradBase
import GradCore

/// Functions that jump, so that no derivative passes through them.
extension ArrayWord {
  static let rounding: [String: ArrayWord] = {
    var words: [String: ArrayWord] = [:]
    words["floor"] = each { x, _ in x.rounded(.down) }
    words["ceil"] = each { x, _ in x.rounded(.up) }
    for name in ["round", "rint", "around"] {
      words[name] = each { x, digits in
        if digits == 0 { return x.rounded(.toNearestOrEven) }
        let scale = power(digits.magnitude)
        return digits > 0
          ? (x * scale).rounded(.toNearestOrEven) / scale
          : (x / scale).rounded(.toNearestOrEven) * scale
      }
    }
    words["factorial"] = each { x, _ in
      x < 0 || x != x.rounded()
        ? .nan : x > 170 ? .infinity : (0..<Int(x)).reduce(1) { $0 * Double($1 + 1) }
    }
    for name in ["lgamma", "gammaln"] {
      words[name] = ofCounts { x in
        let (value, _): (Double, Int) = lgamma(x)
        return value
      }
    }
    words["gamma"] = ofCounts { tgamma($0) }
    return words
  }()

  /// A function of counts, by which nothing is differentiated.
  private static func ofCounts(_ function: @escaping @Sendable (Double) -> Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "x", "input")
      let numbers = machine.numbers(of: x) ?? NumberArray(.nan)
      guard machine.isConstant(x) || numbers.entries.allSatisfy({ $0 == $0.rounded() }) else {
        throw machine.failure(
          "\(quoted(call.name)) is read for plain numbers and for counts, as it has no derivative here",
          call)
      }
      return machine.plain(NumberArray(numbers.shape, numbers.entries.map(function)))
    }
  }

  /// A function entry by entry, which knows how many digits are asked for.
  private static func each(_ function: @escaping @Sendable (Double, Int) -> Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let numbers = try machine.entries(call, 0, "input")
      var digits = 0
      if ["round", "around"].contains(call.name) {
        digits = try machine.whole(call.argument(1, "decimals"), call) ?? 0
      }
      return machine.plain(NumberArray(numbers.shape, numbers.entries.map { function($0, digits) }))
    }
  }

  private static func power(_ exponent: UInt) -> Double {
    (0..<min(exponent, 400)).reduce(1) { power, _ in power * 10 }
  }
}
