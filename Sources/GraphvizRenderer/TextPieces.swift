import GradFigure

/// A run of text in pieces, each of which begins where our own widths put it.
///
/// A new piece begins behind a middle dot, which the versions of Liberation Sans have in two widths, and
/// where letters that stand side by side meet others: such as our table lacks, such as join their
/// neighbours, and such as run from right to left.
struct TextPieces {
  /// A part of the run.
  struct Piece {
    var text: String
    /// Whether its letters stand side by side, each as wide as our table has it.
    var isPlain: Bool
  }

  /// The parts from left to right.
  private(set) var all: [Piece] = []

  /// A run without its control characters, which fonts draw as boxes.
  init(_ text: String) {
    for letter in text {
      let scalars = letter.unicodeScalars.filter { !Self.isControl($0) }
      if scalars.isEmpty { continue }
      let isPlain = scalars.allSatisfy(Self.isPlain)
      if all.isEmpty || all[all.count - 1].isPlain != isPlain || all[all.count - 1].text.last == "·"
      {
        all.append(Piece(text: "", isPlain: isPlain))
      }
      all[all.count - 1].text.unicodeScalars.append(contentsOf: scalars)
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x300 { return FontMetrics.isKnown(scalar) }
    switch scalar.value {
    // Hebrew, Arabic and what follows, up to Latin and Greek with accents; then presentation forms.
    case 0x0590..<0x1E00, 0xFB1D...: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return false
    default: return FontMetrics.isKnown(scalar)
    }
  }
}
