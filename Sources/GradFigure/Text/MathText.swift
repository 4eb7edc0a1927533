/// One line of text with raised and lowered parts: `a₁² + b`.
///
/// It is made of pieces that say what they are: names of the program, numbers with what they tell, and
/// all else. So nobody has to read a text to find out.
public struct MathText: Sendable, Equatable {
  /// A stretch of text of one meaning on one level.
  public struct Piece: Sendable, Equatable {
    /// The characters.
    public var text: String
    /// Where they stand.
    public var level: Level
    /// What they are.
    public var meaning = Meaning.words
  }

  /// What a stretch of text is.
  public enum Meaning: Sendable, Equatable {
    /// Words and signs.
    case words
    /// A name of the program, which tells the `b` of `db` from the end of a word.
    case name
    /// A number; the text is how it is written here.
    case number(NumberSlot)
  }

  /// A stretch of text on one level, as it is drawn.
  public struct Run: Sendable, Equatable {
    /// The characters.
    public var text: String
    /// Where they stand.
    public var level: Level

    /// A run at a level.
    public init(_ text: String, _ level: Level = .base) {
      self.text = text
      self.level = level
    }
  }

  /// Where a run stands.
  public enum Level: Sendable, Equatable {
    case base, raised, lowered
    /// A small grey number after a name, which tells its version: neither index nor exponent.
    case tag
    /// The T of an array whose axes are exchanged, which is no exponent.
    case transposed

    /// The size against the line's, 1 on the baseline.
    public var scale: Double { self == .base ? 1 : 0.7 }
    /// The room kept free behind it, in em of the line.
    public var gap: Double { self == .base ? 0 : 0.05 }
    /// The room kept free before it, in em of the line.
    public var lead: Double { self == .tag ? 0.08 : 0 }
    /// How far up the baseline moves, in em of the line.
    public var rise: Double {
      switch self {
      case .base, .tag: 0
      case .raised, .transposed: 0.36
      case .lowered: -0.16
      }
    }
  }

  /// The pieces from left to right; none is empty.
  public fileprivate(set) var pieces: [Piece] = []

  /// No text.
  public init() {}

  /// Plain text on the baseline.
  public init(_ text: String) { append(text) }

  /// A number.
  public init(_ number: NumberSlot, text: String) {
    pieces = [Piece(text: number.form.written(text), level: .base, meaning: .number(number))]
  }

  /// Adds text at the end.
  public mutating func append(_ text: String, _ level: Level = .base) {
    append(Piece(text: text, level: level))
  }

  /// Adds a name of the program.
  mutating func append(name: String, _ level: Level = .base) {
    append(Piece(text: name, level: level, meaning: .name))
  }

  package mutating func append(_ piece: Piece) {
    if piece.text.isEmpty { return }
    if let last = pieces.last, last.meaning == .words, piece.meaning == .words,
      last.level == piece.level
    {
      pieces[pieces.count - 1].text += piece.text
    } else {
      pieces.append(piece)
    }
  }

  /// Adds text in which Unicode's own raised and lowered digits become runs: `log₂`.
  public mutating func append(unicode text: String) {
    for letter in text {
      if letter == "ᵀ" {
        append("T", .transposed)
      } else if let digit = Self.loweredDigits[letter] {
        append(String(digit), .lowered)
      } else if let digit = Self.raisedDigits[letter] {
        append(String(digit), .raised)
      } else {
        append(String(letter))
      }
    }
  }

  /// Adds another text at the end, raised as a whole if `isRaised`.
  ///
  /// Raised as a whole it has one level, so that an index in it is one of Unicode's own: `x₁`.
  public mutating func append(_ other: MathText, isRaised: Bool = false) {
    if isRaised {
      for piece in other.onOneLevel.pieces {
        append(Piece(text: piece.text, level: .raised, meaning: piece.meaning))
      }
    } else if pieces.isEmpty, pieces.capacity < other.pieces.count {
      pieces = other.pieces
    } else if let first = other.pieces.first {
      // The others have no neighbour that they would be one piece with.
      append(first)
      pieces += other.pieces.dropFirst()
    }
  }

  /// The same with signs of Unicode in the place of levels: `x₁`, `x@2`.
  private var onOneLevel: MathText {
    if pieces.allSatisfy({ $0.level == .base }) { return self }
    var result = MathText()
    for piece in pieces {
      let plain = Self.plain(Run(piece.text, piece.level))
      result.append(Piece(text: plain, level: .base, meaning: piece.meaning))
    }
    return result
  }

  /// The runs as they are drawn, from left to right; neighbours differ in level, none is empty.
  public var runs: [Run] {
    var runs: [Run] = []
    for piece in pieces {
      if runs.last?.level == piece.level {
        runs[runs.count - 1].text += piece.text
      } else {
        runs.append(Run(piece.text, piece.level))
      }
    }
    return runs
  }

  /// Whether there is no text.
  public var isEmpty: Bool { pieces.isEmpty }

  /// What stands before the first number: `db = `; all of it where there is none.
  public var lead: MathText {
    var lead = MathText()
    lead.pieces = Array(
      pieces.prefix { if case .number = $0.meaning { false } else { true } })
    return lead
  }

  /// Whether a number stands first.
  var beginsWithNumber: Bool {
    if case .number? = pieces.first?.meaning { true } else { false }
  }

  /// The text with the number that it begins with, if it does, in another form: `(−3)`.
  package func beginning(_ form: NumberSlot.Form) -> MathText {
    guard case .number(var slot)? = pieces.first?.meaning, slot.form == .plain else { return self }
    slot.form = form
    var result = self
    result.pieces[0].text = form.written(pieces[0].text)
    result.pieces[0].meaning = .number(slot)
    return result
  }

  /// The text behind the sign that it begins with; `nil` where it begins with another.
  func dropping(_ sign: Character) -> MathText? {
    guard let first = pieces.first, first.meaning == .words, first.text.first == sign else {
      return nil
    }
    var result = MathText()
    result.append(Piece(text: String(first.text.dropFirst()), level: first.level))
    result.pieces += pieces.dropFirst()
    return result
  }

  /// The text with a mark over its first letter: `b̄`.
  public func accented(_ mark: Unicode.Scalar) -> MathText {
    var result = self
    if let first = pieces.first?.text.first {
      result.pieces[0].text.unicodeScalars.insert(
        mark,
        at: result.pieces[0].text.unicodeScalars.index(
          result.pieces[0].text.startIndex, offsetBy: first.unicodeScalars.count))
    }
    return result
  }

  /// Two texts, one after the other.
  public static func + (a: MathText, b: MathText) -> MathText {
    var sum = a
    sum.append(b)
    return sum
  }

  /// Adds another text at the end.
  public static func += (a: inout MathText, b: MathText) { a.append(b) }

  /// Plain text after it.
  public static func + (a: MathText, b: String) -> MathText { a + MathText(b) }

  /// The number of characters.
  public var count: Int { pieces.reduce(0) { $0 + $1.text.letterCount } }

  /// The width of the line at font size `size`, in the same unit.
  public func width(size: Double, bold: Bool = false) -> Double {
    placed(size: size, bold: bold).width
  }

  /// Where each run begins, from the left end of the line and up from its baseline, and the width of
  /// the line.
  ///
  /// An index and the exponent after it stand one above the other, a little further apart.
  public func placed(
    size: Double, bold: Bool = false
  ) -> (starts: [(x: Double, rise: Double)], width: Double) {
    var starts: [(x: Double, rise: Double)] = []
    var end = 0.0
    let runs = runs
    for (index, run) in runs.enumerated() {
      let isStacked = run.level == .raised && index > 0 && runs[index - 1].level == .lowered
      let start = isStacked ? starts[index - 1].x : end + run.level.lead * size
      starts.append((start, run.level.rise * size))
      if isStacked {
        starts[index - 1].rise -= 0.06 * size
        starts[index].rise += 0.07 * size
      }
      let width = FontMetrics.width(of: run.text, size: size * run.level.scale, bold: bold)
      end = max(end, start + width + run.level.gap * size)
    }
    return (starts, end)
  }

  /// The same as plain Unicode text, for tooltips and descriptions: `a₁² + b`.
  ///
  /// Where Unicode lacks a letter it is `a_out` and `x^(n+1)`. The second version of `x` is `x@2`.
  public var plain: String {
    // A letter on the baseline stands for itself, whatever is beside it.
    if pieces.allSatisfy({ $0.level == .base }) { return pieces.reduce(into: "") { $0 += $1.text } }
    var text = ""
    for (index, piece) in pieces.enumerated() {
      if piece.level == .base {
        text += piece.text
      } else if index + 1 < pieces.count && pieces[index + 1].level == piece.level
        || index > 0 && pieces[index - 1].level == piece.level
      {
        // What is on one level is converted as one.
        return runs.reduce(into: "") { $0 += Self.plain($1) }
      } else {
        text += Self.plain(Run(piece.text, piece.level))
      }
    }
    return text
  }

  private static func plain(_ run: Run) -> String {
    switch run.level {
    case .base: run.text
    case .raised: raised(run.text)
    case .lowered: converted(run.text, loweredLetters) ?? "_\(run.text)"
    case .tag: "@\(run.text)"
    case .transposed: "ᵀ"
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

  private static func converted(_ text: String, _ letters: [Character: Character]) -> String? {
    var result = ""
    for letter in text {
      guard let converted = letters[letter] else { return nil }
      result.append(converted)
    }
    return result
  }

  private static let raisedLetters = letters("0123456789+−=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ")
  private static let loweredLetters = letters(
    "0123456789+−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")

  private static let raisedDigits = letters("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
  static let loweredDigits = letters("₀₁₂₃₄₅₆₇₈₉", "0123456789")

  private static func letters(_ from: String, _ to: String) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(from, to))
  }
}

extension MathText: ExpressibleByStringInterpolation {
  /// Plain text on the baseline.
  public init(stringLiteral text: String) { self.init(text) }

  /// Text with mathematics in it: `"\(name) = \(number)"`.
  public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }

  /// Collects the pieces of an interpolated text.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = MathText()

    /// An empty text.
    public init(literalCapacity: Int, interpolationCount: Int) {
      text.pieces.reserveCapacity(3 * interpolationCount + 1)
    }

    /// Adds words.
    public mutating func appendLiteral(_ words: String) { text.append(words) }

    /// Adds mathematics.
    public mutating func appendInterpolation(_ math: MathText) { text.append(math) }

    /// Adds words.
    public mutating func appendInterpolation(_ words: String) { text.append(words) }

    /// Adds a whole number.
    public mutating func appendInterpolation(_ number: Int) { text.append("\(number)") }
  }
}

extension Sequence<MathText> {
  /// The texts one after another, with `separator` between them.
  public func joined(separator: String) -> MathText {
    var text = MathText()
    for (position, part) in enumerated() {
      if position > 0 { text.append(separator) }
      text.append(part)
    }
    return text
  }
}
