/// The letters of a line of mathematics, one after the other, for whoever writes them in a language of
/// formulas.
struct MathLetters {
  struct Letter {
    var character: Character
    var level: MathText.Level
    /// The name it belongs to.
    var name: Int?
  }

  private let letters: [Letter]
  private var position = 0

  init(_ text: MathText) {
    letters = text.pieces.enumerated().flatMap { index, piece in
      piece.text.map { character in
        Letter(
          character: character, level: piece.level, name: piece.meaning == .name ? index : nil)
      }
    }
  }

  /// The letter that comes next; `nil` at the end.
  var next: Letter? { position < letters.count ? letters[position] : nil }

  /// The level of what was taken last.
  var level: MathText.Level { letters[position - 1].level }

  /// Takes the letter here.
  mutating func take() { position += 1 }

  /// Takes the letter here and those after it on the same level for which `belongs` holds.
  mutating func take(while belongs: (Letter) -> Bool) -> String {
    let start = position
    repeat {
      position += 1
    } while position < letters.count && letters[position].level == letters[start].level
      && belongs(letters[position])
    return String(letters[start..<position].map(\.character))
  }

  // MARK: Numbers

  /// Takes a number: its digits with their point, and the exponent of ten, if it has one.
  mutating func takeNumber() -> (digits: String, exponent: (isNegative: Bool, digits: String)?) {
    let digits = take { $0.name == nil && ($0.character.isASCIIDigit || $0.character == ".") }
    var end = position
    func at(_ index: Int) -> Character? {
      index < letters.count && letters[index].level == level && letters[index].name == nil
        ? letters[index].character : nil
    }
    guard at(end) == "e" else { return (digits, nil) }
    end += 1
    let isNegative = at(end) == "−" || at(end) == "-"
    if isNegative { end += 1 }
    let start = end
    while at(end)?.isASCIIDigit == true { end += 1 }
    guard start < end else { return (digits, nil) }
    position = end
    return (digits, (isNegative, String(letters[start..<end].map(\.character))))
  }

  // MARK: Words

  /// Whether the d that was taken last is that of a differential: a name follows, perhaps behind a gap, as
  /// in `d velocity`, or behind an order, as in `d²x`.
  var isDifferential: Bool {
    if next?.name != nil { return true }
    if next?.character == " ", position + 1 < letters.count, letters[position + 1].name != nil {
      return true
    }
    let rest = letters[position...]
    guard rest.first?.level == .raised else { return false }
    let name = rest.first { $0.level != .raised && $0.character != " " }
    return name?.name != nil && name?.level == .base
  }

  // MARK: Gaps

  /// What a gap is in mathematics, which keeps its own around signs.
  enum Gap {
    case none, blank
    /// Between words.
    case space
    /// Behind a sign that ends the line.
    case end
  }

  /// Takes a gap behind a token of a kind.
  mutating func takeGap(after before: MathToken.Kind?) -> Gap {
    take()
    let nextKind = next?.name == nil ? next.flatMap { LaTeX.symbols[$0.character]?.kind } : nil
    switch (before, nextKind) {
    case (nil, _), (.blank, _), (.space, _), (.open, _): return .none
    case (.sign, _) where next == nil: return .end
    case (.sign, _), (.comma, _), (.function, _), (_, .close): return .blank
    case (_, .sign) where position + 1 < letters.count && letters[position + 1].character == " ":
      return .blank
    default: return next == nil ? .none : .space
    }
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isNumber }
  /// Whether a function, a differential or a placeholder may have it.
  var isWordPart: Bool { isASCII && (isLetter || isNumber || self == "_") }
  /// Whether it is neither of a formula's words nor in its tables of signs.
  var isForeign: Bool {
    self != " " && !(isASCII && (isLetter || isNumber)) && LaTeX.symbols[self] == nil
  }
}
