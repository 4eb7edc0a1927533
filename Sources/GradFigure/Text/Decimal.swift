import GradBase

/// A number in decimal: `sign 0.digits × 10^exponent`.
struct Decimal {
  let isNegative: Bool
  /// Without zeros at the end.
  let digits: Digits
  /// The place of the point, counted from before the first digit.
  var point: Int { digits.point }

  /// Digits as the whole number that they make, with the place of the point before them.
  struct Digits {
    /// The digits as a number: no more than 18 of them; 0 for none.
    var whole: UInt64
    /// How many they are.
    var count: Int
    /// The place of the point, counted from before the first digit.
    var point: Int
  }

  /// `number` rounded to at most `digits` significant digits, of which 17 tell any two numbers apart; to
  /// zero or to a single 1 before them, if that is 0 or less.
  ///
  /// The shortest digits that read back to the number lie on the same side of every boundary of rounding
  /// up to 15 digits as the number itself: a boundary between the two would be shorter, or closer. They
  /// may lie on one alone, which then takes all digits of the number to decide.
  init(_ number: Double, digits count: Int) {
    self.init(number, Digits(shortest: number), digits: count)
  }

  /// The same of a number whose shortest digits are known.
  init(_ number: Double, _ shortest: Digits, digits count: Int) {
    var digits = shortest
    let count = min(count, 17)
    let isBoundary = digits.count == count + 1 && digits.whole % 10 == 5
    if count > 15 || isBoundary && count > 0 {
      digits = Digits(formatted("%.*e", Int32(count - 1), number.magnitude))
    } else if digits.count > count {
      digits.round(to: count)
    }
    digits.dropZeros()
    self.digits = digits
    isNegative = number < 0 && digits.count > 0
  }

  /// The number.
  var value: Double {
    let exponent = point - digits.count
    // Both are exact, so that their quotient or product is rounded once, as what reads a text does.
    if digits.whole < 1 << 53, exponent.magnitude < Self.powers.count {
      let (whole, power) = (Double(digits.whole), Double(Self.powers[Int(exponent.magnitude)]))
      let size = exponent < 0 ? whole / power : whole * power
      return isNegative ? -size : size
    }
    return Double("\(isNegative ? "-" : "")\(digits.whole)e\(exponent)") ?? 0
  }

  /// The powers of ten up to 10¹⁸.
  fileprivate static let powers: [UInt64] = (1...18).reduce(into: [1]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }

  /// With a point where it stands within `longest` digits or at most three zeros before them, else
  /// `1.2e−7`.
  func text(longest: Int) -> String {
    if digits.count == 0 { return "0" }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    if isNegative { bytes += Self.minus }
    let zero = UInt8(ascii: "0")
    if point > longest || point < -3 {
      digits.write(pointAfter: 1, to: &bytes)
      let exponent = point - 1
      bytes.append(UInt8(ascii: "e"))
      if exponent < 0 { bytes += Self.minus }
      bytes += "\(exponent.magnitude)".utf8
    } else if point <= 0 {
      bytes += [zero, UInt8(ascii: ".")]
      for _ in 0..<(-point) { bytes.append(zero) }
      digits.write(pointAfter: digits.count, to: &bytes)
    } else {
      digits.write(pointAfter: point, to: &bytes)
      for _ in 0..<max(0, point - digits.count) { bytes.append(zero) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let minus = Array("−".utf8)
}

extension Decimal.Digits {
  /// The fewest digits that read back to the number but for its sign; of a subnormal number, which a few
  /// tell from others but do not tell, 17 of its own.
  init(shortest number: Double) {
    self.init(
      number.isSubnormal
        ? formatted("%.*e", 16, number.magnitude) : number.magnitude.description)
    dropZeros()
  }

  /// Reads `12.5`, `0.001`, `1.5e-07`.
  fileprivate init(_ text: String) {
    var text = text
    self = text.withUTF8 { Self($0) }
  }

  private init(_ text: UnsafeBufferPointer<UInt8>) {
    var (whole, count, behind): (UInt64, Int, Int) = (0, 0, 0)
    var hasPoint = false
    var (exponent, sign, isExponent) = (0, 1, false)
    for byte in text {
      switch byte {
      case UInt8(ascii: "."): hasPoint = true
      case UInt8(ascii: "e"): isExponent = true
      case UInt8(ascii: "-"): sign = -1
      case UInt8(ascii: "+"): break
      default:
        let digit = byte &- UInt8(ascii: "0")
        if isExponent {
          exponent = exponent * 10 + Int(digit)
        } else {
          whole = whole * 10 + UInt64(digit)
          if whole > 0 { count += 1 }
          if hasPoint { behind += 1 }
        }
      }
    }
    self.init(whole: whole, count: count, point: count - behind + sign * exponent)
  }

  /// Leaves the first `kept` digits, rounded by the one behind them.
  fileprivate mutating func round(to kept: Int) {
    if kept < 0 {
      self = Self(whole: 0, count: 0, point: point)
      return
    }
    let unit = Decimal.powers[count - kept]
    // Before the first digit nothing is even, so that a half is nothing there.
    let isUp = kept == 0 ? whole > 5 * (unit / 10) : whole / (unit / 10) % 10 >= 5
    whole = whole / unit + (isUp ? 1 : 0)
    count = kept
    if whole == Decimal.powers[kept] {
      (whole, count, point) = (1, 1, point + 1)
    } else if whole == 0 {
      count = 0
    }
  }

  /// Drops the zeros at the end.
  fileprivate mutating func dropZeros() {
    while count > 0, whole % 10 == 0 {
      whole /= 10
      count -= 1
    }
  }

  /// Appends the digits, with a point after the first `place` if more follow.
  fileprivate func write(pointAfter place: Int, to bytes: inout [UInt8]) {
    var unit = Decimal.powers[count - 1]
    var rest = whole
    for index in 0..<count {
      if index == place { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / unit))
      rest %= unit
      unit /= 10
    }
  }
}

/// `printf` of one number, always with a point.
func formatted(_ format: String, _ digits: Int32, _ number: Double) -> String {
  withVaList([digits, number]) { arguments in
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      let count = Int(vsnprintf(buffer.baseAddress, buffer.count, format, arguments))
      return String(unsafeUninitializedCapacity: count) { bytes in
        // Some places on Earth write a comma for the point.
        for index in 0..<count {
          bytes[index] = buffer[index] == 0x2C ? 0x2E : UInt8(bitPattern: buffer[index])
        }
        return count
      }
    }
  }
}
