import GradBase

/// How numbers are written in a figure.
///
/// A number is rounded to 12 significant digits first, against floating-point dust. If at most six
/// of them remain it is shown whole (`33.003`), else at ``precision`` significant digits (`0.2689`,
/// `1.2e−7`), but with all of its whole part where that has at most six (`12346`). The minus sign is U+2212,
/// and there is no negative zero.
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
    /// None behind the place 10^n, so that a sum adds up as it is printed whose terms nearly cancel.
    case place(Int)
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
    case .place(let place): return rounded(number, to: place).text(longest: 15)
    case .usual, .sum: break
    }
    if let decimals, abs(number) < 1e15 {
      // Where more than 12 digits are asked for, these are the number's own.
      let shortest = Decimal.Digits(shortest: number)
      let digits = max(12, shortest.point + decimals)
      return Self.fixed(Decimal(number, shortest, digits: digits), decimals)
    }
    return text(of: number, digits: precision)
  }

  /// Whether a number has so few digits that it is shown whole.
  static func isWhole(_ number: Double) -> Bool {
    Decimal(number, digits: 12).digits.count <= 6
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

  /// The digits of a small difference: significant ones, of which a number of decimals may leave none.
  public var digitsOfDifference: Digits { decimals == nil ? .usual : .pair(precision) }

  /// The digits of the terms of a sum and of the sum: as many as make them add up as printed, up to
  /// three more than usual; up to twelve where nothing else does; the usual ones where not even that is
  /// enough.
  ///
  /// What a reader gets from the printed terms, rounded to the last place of the total, is the total. A
  /// half of that place is not left to the reader, who may round it to either side. Where terms nearly
  /// cancel, their sum has fewer digits: as many as the last places of the terms give it,
  /// `−1.499993 + 0.499993 + 0.999995 = −5e−6`.
  ///
  /// - Parameters:
  ///   - terms: What is added up.
  ///   - literals: What is added up too, and printed as it is.
  ///   - total: The sum.
  /// - Returns: The digits of the terms and of the total.
  public func digits(ofSum terms: [Double], literals: [Double] = [], _ total: Double) -> Digits {
    let numbers = terms + [total]
    if terms.count + literals.count < 2 { return .usual }
    guard decimals == nil, (numbers + literals).allSatisfy(\.isFinite) else {
      return .sum(precision)
    }
    let shortest = numbers.map { Decimal.Digits(shortest: $0) }
    let whole = zip(numbers, shortest).map { Decimal($0, $1, digits: 12) }
    func addUp(_ digits: Int) -> Bool {
      func printed(_ index: Int) -> Decimal {
        let isWhole = whole[index].digits.count <= 6
        return isWhole ? whole[index] : Self.rounded(numbers[index], shortest[index], digits)
      }
      let result = printed(terms.count)
      let size = total == 0 ? largest(of: terms + literals) : total.magnitude
      let point = Decimal(size, digits: digits).point
      // Of a sum that is shown whole every digit is to be right.
      let last = min(
        point - Self.digits(digits, ofWholePart: point), result.point - result.digits.count)
      let sum = (terms.indices.map { printed($0).value } + literals).reduce(0, +)
      return (sum - result.value).magnitude < 0.4999 * Self.powerOfTen(last)
    }
    func first(_ counts: ClosedRange<Int>) -> Int? { counts.first { $0 <= 15 && addUp($0) } }
    if let few = first(precision...precision + 3) { return .sum(few) }
    if let place = place(ofSum: terms, literals, total) { return .place(place) }
    return .sum(first(precision + 4...max(12, precision + 4)) ?? precision)
  }

  private func largest(of terms: [Double]) -> Double { terms.reduce(0) { max($0, $1.magnitude) } }

  /// The last place at which terms and their sum add up as printed, the sum with a digit at least.
  ///
  /// It is that of the sum by itself, or the one next to it where the largest term has at most three digits
  /// more than usual, and four if it must.
  private func place(ofSum terms: [Double], _ literals: [Double], _ total: Double) -> Int? {
    let start = Decimal.Digits(shortest: largest(of: terms + literals)).point
    let own = total == 0 ? start : Decimal.Digits(shortest: total).point - precision
    let places = (precision...min(15, precision + 3)).map { start - $0 }.filter { $0 >= own }
    return (places.reversed() + [start - min(15, precision + 4)]).first { place in
      let sum = (terms.map { rounded($0, to: place).value } + literals).reduce(0, +)
      let printed = rounded(total, to: place).value
      return printed != 0 && (sum - printed).magnitude <= 0.01 * Self.powerOfTen(place)
    }
  }

  /// `number` without the digits behind the place 10^`place`.
  private func rounded(_ number: Double, to place: Int) -> Decimal {
    let shortest = Decimal.Digits(shortest: number)
    return Decimal(number, shortest, digits: shortest.point - place)
  }

  private static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }

  /// `number` at `digits` significant digits, or more where its whole part has more.
  private static func rounded(
    _ number: Double, _ shortest: Decimal.Digits, _ digits: Int
  ) -> Decimal {
    Decimal(number, shortest, digits: self.digits(digits, ofWholePart: shortest.point))
  }

  /// The longest whole part of which no digit is left out.
  private static let longestWholePart = 6

  /// `digits`, or as many as a whole part of `point` digits has where it is not too long.
  private static func digits(_ digits: Int, ofWholePart point: Int) -> Int {
    point <= longestWholePart ? max(digits, point) : digits
  }

  /// `number` as it is shown where it is not shown whole.
  func shortened(_ number: Double) -> Double {
    Self.rounded(number, Decimal.Digits(shortest: number), precision).value
  }

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
    let shortest = Decimal.Digits(shortest: number)
    let whole = Decimal(number, shortest, digits: 12)
    if whole.digits.count <= longest { return whole.text(longest: 12) }
    return Self.rounded(number, shortest, digits).text(longest: max(digits, 6))
  }

  /// `decimal` with exactly `decimals` digits after the point.
  private static func fixed(_ decimal: Decimal, _ decimals: Int) -> String {
    let text = formatted("%.*f", Int32(decimals), decimal.value)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return text.hasPrefix("-") ? (isZero ? "" : "−") + text.dropFirst() : text
  }
}
