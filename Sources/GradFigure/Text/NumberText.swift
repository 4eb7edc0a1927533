import GradBase

/// How numbers are written in a figure.
///
/// A number is rounded to 12 significant digits first, against floating-point dust. If at most six
/// of them remain it is shown whole (`33.003`), else at ``precision`` significant digits (`0.2689`,
/// `1.2e−7`). The minus sign is U+2212, and there is no negative zero.
public struct NumberText: Sendable, Equatable {
  /// Significant digits of a number that is not shown whole, 1 to 15.
  public var precision: Int
  /// Digits after the point of every number; `nil` for as many as it needs.
  public var decimals: Int?

  /// The default: four significant digits, whole numbers whole.
  public init(precision: Int = 4, decimals: Int? = nil) {
    precondition((1...15).contains(precision), "a precision is 1 to 15 digits")
    precondition(decimals.map { (0...15).contains($0) } ?? true, "decimals are 0 to 15 digits")
    self.precision = precision
    self.decimals = decimals
  }

  /// How many digits a number has.
  public enum Digits: Sendable, Equatable {
    /// As many as numbers have by themselves.
    case usual
    /// So many significant ones that a sum adds up as it is printed.
    case sum(Int)
    /// So many significant ones that two numbers to compare differ as they are printed.
    case pair(Int)
  }

  /// The text of one number.
  public func callAsFunction(_ number: Double, _ digits: Digits = .usual) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "−∞" : "∞" }
    switch digits {
    case .sum(let digits) where digits != precision: return text(of: number, digits: digits)
    case .pair(let digits): return text(of: number, digits: digits, whole: 9)
    case .usual, .sum: break
    }
    if let decimals, abs(number) < 1e15 {
      return Self.fixed(Decimal(number, digits: 12), decimals)
    }
    return text(of: number, digits: precision)
  }

  /// The digits of two numbers that are to be compared: as many as show the difference.
  public func digits(ofPair first: Double, _ second: Double) -> Digits {
    if first == second || !first.isFinite || !second.isFinite { return .usual }
    if decimals != nil, self(first) != self(second) { return .usual }
    // Two digits of the difference, beyond those that the numbers have in common.
    let (whole, gap) = (
      Decimal(max(first.magnitude, second.magnitude), digits: 12),
      Decimal(first - second, digits: 12)
    )
    let least = min(15, max(precision, whole.point - gap.point + 2))
    let digits = (least..<17).first { self(first, .pair($0)) != self(second, .pair($0)) }
    return digits.map { .pair($0) } ?? .usual
  }

  /// The digits of the terms of a sum and of the sum: as many as make them add up as printed, up to
  /// three more than usual; the usual ones where that is not enough.
  public func digits(ofSum terms: [Double], _ total: Double) -> Digits {
    let numbers = terms + [total]
    if terms.count < 2 { return .usual }
    guard decimals == nil, numbers.allSatisfy(\.isFinite) else { return .sum(precision) }
    let digits = (precision...min(15, precision + 3)).first { digits in
      func printed(_ number: Double) -> Double {
        let whole = Decimal(number, digits: 12)
        return (whole.digits.count <= 6 ? whole : Decimal(number, digits: digits)).value
      }
      let sum = terms.reduce(0) { $0 + printed($1) }
      let size = total == 0 ? terms.reduce(0) { max($0, $1.magnitude) } : total.magnitude
      let last = Self.powerOfTen(Decimal(size, digits: digits).point - digits)
      return (sum - printed(total)).magnitude <= 0.5000001 * last
    }
    return .sum(digits ?? precision)
  }

  private static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }

  /// `number` rounded to `digits` significant digits.
  static func significant(_ number: Double, _ digits: Int) -> Double {
    Decimal(number, digits: digits).value
  }

  /// Whole if at most `longest` digits remain, else at `digits` significant digits.
  private func text(of number: Double, digits: Int, whole longest: Int = 6) -> String {
    // Most numbers of a course; the long way gives the same.
    if number.magnitude < 1_000_000, let whole = Int(exactly: number) {
      return "\(whole < 0 ? "−" : "")\(whole.magnitude)"
    }
    let shortest = Decimal.shortest(number)
    let whole = Decimal(number, shortest, digits: 12)
    if whole.digits.count <= longest { return whole.text(longest: 12) }
    return Decimal(number, shortest, digits: digits).text(longest: max(digits, 6))
  }

  /// `decimal` with exactly `decimals` digits after the point.
  private static func fixed(_ decimal: Decimal, _ decimals: Int) -> String {
    let text = formatted("%.*f", Int32(decimals), decimal.value)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return text.hasPrefix("-") ? (isZero ? "" : "−") + text.dropFirst() : text
  }
}

/// A number in decimal: `sign 0.digits × 10^exponent`.
private struct Decimal {
  let isNegative: Bool
  /// Without zeros at the end; empty for zero.
  let digits: [UInt8]
  /// The place of the point, counted from before the first digit.
  let point: Int

  /// `number` rounded to at most `digits` significant digits.
  ///
  /// The shortest digits that read back to the number lie on the same side of every boundary of rounding
  /// up to 15 digits as the number itself: a boundary between the two would be shorter, or closer. They
  /// may lie on one alone, which then takes all digits of the number to decide, as subnormal numbers do,
  /// which have less digits than 15.
  init(_ number: Double, digits count: Int) {
    self.init(number, Self.shortest(number), digits: count)
  }

  /// The same of a number whose shortest digits are known.
  init(_ number: Double, _ shortest: (digits: [UInt8], point: Int), digits count: Int) {
    var (digits, point) = shortest
    let isBoundary = digits.count == count + 1 && digits[count] == UInt8(ascii: "5")
    if count > 15 || isBoundary || number.isSubnormal {
      (digits, point) = Self.read(formatted("%.*e", Int32(count - 1), number.magnitude).utf8)
    } else if digits.count > count {
      let isUp = digits[count] >= UInt8(ascii: "5")
      digits.removeSubrange(count...)
      if isUp {
        while digits.last == UInt8(ascii: "9") { digits.removeLast() }
        if digits.isEmpty {
          digits = [UInt8(ascii: "1")]
          point += 1
        } else {
          digits[digits.count - 1] += 1
        }
      }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    (self.digits, self.point) = (digits, point)
    isNegative = number < 0 && !digits.isEmpty
  }

  /// The fewest digits that read back to the number but for its sign.
  static func shortest(_ number: Double) -> (digits: [UInt8], point: Int) {
    read(number.magnitude.description.utf8)
  }

  /// Reads `12.5`, `0.001`, `1.5e-07`.
  private static func read(_ text: String.UTF8View) -> (digits: [UInt8], point: Int) {
    var (digits, point): ([UInt8], Int?) = ([], nil)
    var rest = text[...]
    while let byte = rest.popFirst(), byte != UInt8(ascii: "e") {
      if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte) }
    }
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(zeros)
    return (digits, (point ?? digits.count + zeros) - zeros + (Int(Substring(rest)) ?? 0))
  }

  var value: Double {
    if digits.isEmpty { return 0 }
    return Double("\(isNegative ? "-" : "")0.\(string(digits[...]))e\(point)") ?? 0
  }

  /// With a point where it stands within `longest` digits or at most three zeros before them, else
  /// `1.2e−7`.
  func text(longest: Int) -> String {
    let sign = isNegative ? "−" : ""
    if digits.isEmpty { return "0" }
    if point > longest || point < -3 {
      let rest = digits.count > 1 ? "." + string(digits[1...]) : ""
      let exponent = point - 1
      return "\(sign)\(string(digits[..<1]))\(rest)e\(exponent < 0 ? "−" : "")\(abs(exponent))"
    }
    if point <= 0 {
      return sign + "0." + String(repeating: "0", count: -point) + string(digits[...])
    }
    if digits.count <= point {
      return sign + string(digits[...]) + String(repeating: "0", count: point - digits.count)
    }
    return "\(sign)\(string(digits[..<point])).\(string(digits[point...]))"
  }

  private func string(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits, as: UTF8.self)
  }
}

/// `printf` of one number, always with a point.
private func formatted(_ format: String, _ digits: Int32, _ number: Double) -> String {
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
