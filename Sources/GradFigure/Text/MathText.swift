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
    let hasLevels = text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0xB2, 0xB3, 0xB9, 0x1D40, 0x2070...0x2089: true
      default: false
      }
    }
    if !hasLevels { return append(text) }
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

  /// The runs as they are drawn, from left to right; neighbours differ in level, none is empty.
  public var runs: [Run] {
    var runs: [Run] = []
    runs.reserveCapacity(pieces.count)
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
    measured(size: size, bold: bold) { _, _, _ in }
  }

  /// Where each run begins, from the left end of the line and up from its baseline, and the width of
  /// the line.
  ///
  /// An index and the exponent after it stand one above the other, a little further apart.
  public func placed(
    size: Double, bold: Bool = false
  ) -> (starts: [(x: Double, rise: Double)], width: Double) {
    var starts: [(x: Double, rise: Double)] = []
    let width = measured(size: size, bold: bold) { level, x, isStacked in
      if isStacked { starts[starts.count - 1].rise -= 0.06 * size }
      starts.append((x, level.rise * size + (isStacked ? 0.07 * size : 0)))
    }
    return (starts, width)
  }

  /// The width of the line; `place` is told of each run the level, where it begins, and whether it stands
  /// above the one before it.
  private func measured(
    size: Double, bold: Bool, place: (_ level: Level, _ x: Double, _ isStacked: Bool) -> Void
  ) -> Double {
    var (x, end) = (0.0, 0.0)
    var before: Level?
    var index = 0
    while index < pieces.count {
      let level = pieces[index].level
      var units = 0
      while index < pieces.count, pieces[index].level == level {
        units += FontMetrics.units(of: pieces[index].text, bold: bold)
        index += 1
      }
      let isStacked = level == .raised && before == .lowered
      if !isStacked { x = end + level.lead * size }
      place(level, x, isStacked)
      end = max(end, x + Double(units) / 2048 * (size * level.scale) + level.gap * size)
      before = level
    }
    return end
  }

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
      text.pieces.reserveCapacity(4 * interpolationCount)
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
