/// Lengths of pictures on pages: `60%`, `8cm`, `300px`, or `300` for pixels.
package enum PageLength {
  /// What may stand after the number.
  package static let units = [
    "", "%", "px", "pt", "pc", "in", "cm", "mm", "em", "ex", "rem", "vw", "vh",
  ]

  /// Whether a text is a length and nothing more, so that it can stand in a style sheet.
  package static func isLength(_ text: String) -> Bool {
    let number = text.utf8.prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
    let unit = String(decoding: text.utf8.dropFirst(number.count), as: UTF8.self)
    guard units.contains(unit), let value = Double(String(decoding: number, as: UTF8.self)) else {
      return false
    }
    return value > 0 && value <= 100_000
  }
}
