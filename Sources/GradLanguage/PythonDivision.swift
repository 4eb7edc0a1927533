/// Division of numbers as Python has it: a quotient rounded down, and a rest with the sign of the divisor.
///
/// The rest is exact, and the quotient that of the exact rest: `1 // 0.1` is 9, although 1 / 0.1 rounds to 10.
struct PythonDivision {
  let quotient: Double
  let rest: Double

  /// Divides a number by another one, which is not 0.
  init(_ x: Double, by y: Double) {
    var rest = x.truncatingRemainder(dividingBy: y)
    var quotient = (x - rest) / y
    if rest == 0 {
      rest = y < 0 ? -0.0 : 0
    } else if (rest < 0) != (y < 0) {
      rest += y
      quotient -= 1
    }
    self.rest = rest
    // What a whole number is off by is rounding.
    self.quotient = quotient.rounded()
  }

  /// Whole numbers from here on are not kept exactly, so that nothing can be said of their rests and bits.
  static let inexact = Double(1 << 53)
}
