/// The widths of text, without asking any font of the machine.
///
/// Text is set in Liberation Sans or a face of the same widths (Arial, Arimo, Helvetica), so that a
/// layout depends on the text alone.
package enum FontMetrics {
  /// The height of a capital letter, in em.
  public static let capitalHeight = 0.688
  /// How far letters reach below the baseline, in em.
  public static let descent = 0.212

  /// The advance width of one line of text, in the unit of `size`.
  public static func width(of text: String, size: Double, bold: Bool = false) -> Double {
    Double(units(of: text, bold: bold)) / 2048 * size
  }

  /// The same in 1/2048 em.
  static func units(of text: String, bold: Bool) -> Int {
    text.unicodeScalars.reduce(0) { $0 + advance(of: $1, bold: bold) }
  }

  /// The advance width of a code point, in 1/2048 em.
  static func advance(of scalar: Unicode.Scalar, bold: Bool) -> Int {
    place(of: scalar).map { (bold ? boldAdvances : advances)[$0] } ?? fallbackAdvance(of: scalar)
  }

  /// Whether the table has a width for a code point.
  package static func isKnown(_ scalar: Unicode.Scalar) -> Bool { place(of: scalar) != nil }

  /// The place of a code point in the table of widths.
  private static func place(of scalar: Unicode.Scalar) -> Int? {
    let code = scalar.value
    if code < 0x7F, code >= 0x20 { return Int(code) - 0x20 }
    var offset = 0
    for run in LiberationSansWidths.runs {
      if code < run.first { break }
      if code <= run.last { return offset + Int(code - run.first) }
      offset += Int(run.last - run.first) + 1
    }
    return nil
  }

  /// The width of a code point that the font lacks: nothing for marks that combine, one em for wide
  /// characters, and the width of a Greek letter for others.
  private static func fallbackAdvance(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2048
    default: return 1300
    }
  }

  private static let advances = entries(LiberationSansWidths.regular)
  private static let boldAdvances = entries(LiberationSansWidths.bold)

  private static func entries(_ table: StaticString) -> [Int] {
    (0..<table.utf8CodeUnitCount / 2).map {
      digit(table.utf8Start[2 * $0]) << 6 | digit(table.utf8Start[2 * $0 + 1])
    }
  }

  private static func digit(_ byte: UInt8) -> Int {
    switch byte {
    case 0x41...0x5A: Int(byte) - 0x41
    case 0x61...0x7A: Int(byte) - 0x61 + 26
    case 0x30...0x39: Int(byte) - 0x30 + 52
    case 0x2B: 62
    default: 63
    }
  }
}
