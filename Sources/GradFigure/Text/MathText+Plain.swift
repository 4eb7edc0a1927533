/// Mathematics as plain Unicode text.
extension MathText {
  /// The same as plain Unicode text, for tooltips and descriptions: `a₁² + b`.
  ///
  /// Where Unicode lacks a letter it is `a_out` and `x^(n+1)`. The second version of `x` is `x@2`.
  public var plain: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(12 * pieces.count)
    var index = 0
    while index < pieces.count {
      let (level, first) = (pieces[index].level, index)
      index += 1
      // A letter on the baseline stands for itself; what is on another level is converted as one.
      while level != .base, index < pieces.count, pieces[index].level == level { index += 1 }
      let text =
        index == first + 1
        ? pieces[first].text : pieces[first..<index].reduce(into: "") { $0 += $1.text }
      Self.append(plain: text, level, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text of a run as plain Unicode text.
  private static func append(plain text: String, _ level: Level, to bytes: inout [UInt8]) {
    switch level {
    case .base: bytes.append(contentsOf: text.utf8)
    case .raised: if !append(text, in: raisedLetters, to: &bytes) { bytes += "^(\(text))".utf8 }
    case .lowered: if !append(text, in: loweredLetters, to: &bytes) { bytes += "_\(text)".utf8 }
    case .tag: bytes += "@\(text)".utf8
    case .transposed: bytes += "ᵀ".utf8
    }
  }

  /// The same on the level of what is before it: as Unicode's raised letters, else behind a `^`.
  var asRaisedLetters: MathText {
    let text = onOneLevel
    guard text.pieces.allSatisfy({ Self.converted($0.text, Self.raisedLetters) != nil }) else {
      return "^(\(text))"
    }
    var result = MathText()
    for piece in text.pieces {
      var piece = piece
      if case .number(var slot) = piece.meaning {
        slot.form = .letters
        piece.meaning = .number(slot)
      }
      piece.text = Self.raised(piece.text)
      result.append(piece)
    }
    return result
  }

  /// `text` in Unicode's raised letters, else behind a `^`: `⁻²`, `^(n + 1)`.
  static func raised(_ text: String) -> String { converted(text, raisedLetters) ?? "^(\(text))" }

  private static func converted(_ text: String, _ letters: [[UInt8]]) -> String? {
    var bytes: [UInt8] = []
    return append(text, in: letters, to: &bytes) ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// Appends a text in other letters; nothing where there is none for one of its own.
  private static func append(
    _ text: String, in letters: [[UInt8]], to bytes: inout [UInt8]
  ) -> Bool {
    let start = bytes.count
    for scalar in text.unicodeScalars {
      let place = scalar == "−" ? 0x2D : Int(scalar.value)
      guard scalar != "-", place < letters.count, !letters[place].isEmpty else {
        bytes.removeLast(bytes.count - start)
        return false
      }
      bytes += letters[place]
    }
    return true
  }

  // By code points; the minus sign stands in the place of the hyphen, which has no such letter.
  private static let raisedLetters = codes("0123456789+-=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ")
  private static let loweredLetters = codes(
    "0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")

  private static func codes(_ from: String, _ to: String) -> [[UInt8]] {
    var codes = [[UInt8]](repeating: [], count: 0x80)
    for (letter, other) in zip(from.unicodeScalars, to.unicodeScalars) {
      codes[Int(letter.value)] = Array(String(other).utf8)
    }
    return codes
  }

  /// The same with signs of Unicode in the place of levels: `x₁`, `x@2`.
  var onOneLevel: MathText {
    if pieces.allSatisfy({ $0.level == .base }) { return self }
    var result = MathText()
    for piece in pieces {
      var plain: [UInt8] = []
      Self.append(plain: piece.text, piece.level, to: &plain)
      let text = String(decoding: plain, as: UTF8.self)
      result.append(Piece(text: text, level: .base, meaning: piece.meaning))
    }
    return result
  }
}
