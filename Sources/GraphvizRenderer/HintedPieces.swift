import GradFigure

/// A run of text in pieces that Graphviz's pango renderer draws as wide as our own table has them.
///
/// It measures at 96 dots an inch and rounds every letter to whole dots, so that a run grows or shrinks
/// by up to a tenth: an exponent then stands on the bracket before it. A new piece begins where the
/// letters before it would have moved by more than ``slack``, and behind a middle dot, which the
/// versions of Liberation Sans have in two widths. Letters that our table lacks stay together, because
/// scripts may join them.
struct HintedPieces {
  /// A part of the run.
  struct Piece {
    var text: String
    /// Where it begins, from the beginning of the run.
    var offset: Double
    var width: Double
  }

  /// The parts from left to right.
  private(set) var all: [Piece] = []

  /// How far a letter may stand from its place, in points.
  private static let slack = 0.1
  /// The dots in a point.
  private static let dots = 96.0 / 72

  init(_ text: String, size: Double, bold: Bool) {
    var offset = 0.0
    var error = 0.0
    var wasKnown = true
    for letter in text {
      let width = FontMetrics.width(of: String(letter), size: size, bold: bold)
      let isKnown = letter.unicodeScalars.allSatisfy(FontMetrics.isKnown)
      let mustSplit =
        abs(error) > Self.slack && isKnown || wasKnown != isKnown || all.last?.text.last == "·"
      if all.isEmpty || mustSplit {
        all.append(Piece(text: "", offset: offset, width: 0))
        error = 0
      }
      all[all.count - 1].text.append(letter)
      all[all.count - 1].width += width
      offset += width
      error += (width * Self.dots).rounded() / Self.dots - width
      wasKnown = isKnown
    }
  }
}
