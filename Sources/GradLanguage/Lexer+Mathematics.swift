extension Lexer {
  /// The signs that multiply as they are typeset.
  static let timesSigns: Set<Unicode.Scalar> = [
    "×", "·", "\u{387}", "⋅", "∗", "•", "＊", "✕", "∙", "⨯",
  ]

  /// Reads a sign of typeset mathematics that the language has in other letters: `×`, `²`, `½`, `√`.
  ///
  /// - Returns: Whether there is one at the offset.
  mutating func scanMathematics() -> Bool {
    let start = offset
    let scalar = nextScalar()
    switch scalar {
    case _ where Self.timesSigns.contains(scalar):
      offset += UTF8.width(scalar)
      add(.star, from: start)
      return true
    case "√":
      offset += UTF8.width(scalar)
      add(.root, from: start)
      return true
    default: break
    }
    if let (numerator, denominator) = fractions[scalar] {
      scanFraction(scalar, numerator / denominator)
      return true
    }
    if let digit = superscripts[scalar] {
      scanSuperscript(isNegative: digit < 0)
      return true
    }
    if scalar.value >= 0x660, let digit = decimalDigit(scalar) {
      scanForeignDigits(digit)
      return true
    }
    return false
  }

  private mutating func scanFraction(_ scalar: Unicode.Scalar, _ value: Double) {
    let start = offset
    offset += UTF8.width(scalar)
    if let last = tokens.last, last.kind == .number, last.end == start {
      let whole = source.text(last.range)
      report.error(
        .malformedNumber, "\(quoted("\(whole)\(scalar)")) is no number",
        at: Int(last.start)..<offset, help: "write (\(whole.prefix(20)) + \(scalar))")
      add(.mistake, from: start)
      return
    }
    add(.number, from: start, payload: Int32(numbers.count))
    numbers.append(value)
  }

  /// Reads an exponent, all of its digits.
  private mutating func scanSuperscript(isNegative: Bool) {
    let start = offset
    var digits = ""
    if isNegative { offset += UTF8.width(nextScalar()) }
    while offset < bytes.count, let digit = superscripts[nextScalar()], digit >= 0 {
      digits += "\(digit)"
      offset += UTF8.width(nextScalar())
    }
    guard let value = Double(digits) else {
      report.error(
        .unexpectedCharacter, "an exponent has digits after its sign", at: start..<offset,
        help: "a power is written '**': x**-n")
      add(.mistake, from: start)
      return
    }
    add(.superscript, from: start, payload: Int32(numbers.count))
    numbers.append(value)
  }

  /// Reports the digits of another script or width, and reads them as the number they are.
  private mutating func scanForeignDigits(_ first: Int) {
    let start = offset
    var plain = ""
    while offset < bytes.count {
      let scalar = nextScalar()
      if let digit = decimalDigit(scalar) {
        plain += "\(digit)"
      } else if scalar == "．" || scalar == ".", !plain.contains(".") {
        plain += "."
      } else {
        break
      }
      offset += UTF8.width(scalar)
    }
    if reported.insert("３").inserted {
      report.error(
        .lookalike, "\(quoted(source.text(start..<offset))) is written in digits of another kind",
        at: start..<offset, help: "write \(plain.prefix(40))")
    }
    add(.number, from: start, payload: Int32(numbers.count))
    numbers.append(number(plain) ?? .nan)
  }

  private func decimalDigit(_ scalar: Unicode.Scalar) -> Int? {
    guard scalar.properties.numericType == .decimal else { return nil }
    return scalar.properties.numericValue.map { Int($0) }
  }
}

/// The digits of exponents; -1 for the sign.
let superscripts: [Unicode.Scalar: Int] = [
  "⁰": 0, "¹": 1, "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9, "⁻": -1,
]

/// Numerators and denominators.
let fractions: [Unicode.Scalar: (Double, Double)] = [
  "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
  "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
  "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
]

/// An exponent in plain digits, without its sign: `10` for `¹⁰` and `⁻¹⁰`.
func plainExponent(_ text: String) -> String {
  text.unicodeScalars.compactMap { superscripts[$0] }.filter { $0 >= 0 }.map(String.init).joined()
}
