import GradBase

/// A number as Python's `str` writes it.
///
/// - Parameters:
///   - number: The number.
///   - type: What Python knows of it; where nobody said, a whole number has no point.
/// - Returns: `3`, `3.0` or `True`.
func numberText(_ number: Double, _ type: NumberType) -> String {
  switch type {
  case .truth: return number == 0 ? "False" : "True"
  case .unsaid where number == number.rounded() && number.isFinite,
    .whole where number.isFinite:
    return Int(exactly: number).map { String($0) } ?? TextFormat("d").text(of: number)
  default: return realText(number)
  }
}

/// The shortest text of a `float`: `3.0`, `1e-05`, `1e+16`.
private func realText(_ number: Double) -> String {
  if number.isNaN { return "nan" }
  if number.isInfinite { return number < 0 ? "-inf" : "inf" }
  let magnitude = number.magnitude
  let sign = number.sign == .minus ? "-" : ""
  let text = magnitude.description.lowercased()
  let parts = text.split(separator: "e")
  let mantissa = parts[0].split(separator: ".")
  let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
  let digits = String(mantissa[0]) + fraction
  let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
  guard parts.count > 1 || magnitude >= 1e16 else { return sign + text }
  // Digits with the point behind the first; Python writes small exponents out.
  let point = mantissa[0].count + exponent
  if point > -4, point <= 16 {
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point {
      return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }
  let power = point - 1
  var shown = digits
  while shown.count > 1, shown.last == "0" { shown.removeLast() }
  let behind = shown.count > 1 ? "." + shown.dropFirst() : ""
  return sign + shown.prefix(1) + behind + "e" + (power < 0 ? "-" : "+")
    + (power.magnitude < 10 ? "0" : "") + String(power.magnitude)
}
