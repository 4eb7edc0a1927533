/// One line of text with raised and lowered parts: `a₁² + b`.
public struct MathText: Sendable, Equatable {
  /// A stretch of text on one level.
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

    /// The size against the line's, 1 on the baseline.
    public var scale: Double { self == .base ? 1 : 0.7 }
    /// The room kept free behind it, in em of the line.
    public var gap: Double { self == .base ? 0 : 0.05 }
    /// How far up the baseline moves, in em of the line.
    public var rise: Double {
      switch self {
      case .base: 0
      case .raised: 0.36
      case .lowered: -0.16
      }
    }
  }

  /// The runs from left to right; neighbours differ in level, none is empty.
  public private(set) var runs: [Run] = []
  /// Where names of the program stand, as offsets in code points over all runs; they tell the `b` of
  /// `db` from the end of a word.
  public private(set) var names: [Range<Int>] = []
  /// The number of code points.
  private var length = 0

  /// No text.
  public init() {}

  /// Plain text on the baseline.
  public init(_ text: String) { append(text) }

  /// Adds text at the end.
  public mutating func append(_ text: String, _ level: Level = .base) {
    if text.isEmpty { return }
    length += text.unicodeScalars.count
    if runs.last?.level == level {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text, level))
    }
  }

  /// Adds a name of the program.
  mutating func append(name: String, _ level: Level = .base) {
    let start = length
    append(name, level)
    if start < length { names.append(start..<length) }
  }

  /// Adds text in which Unicode's own raised and lowered digits become runs: `log₂`.
  public mutating func append(unicode text: String) {
    for letter in text {
      if let digit = Self.loweredDigits[letter] {
        append(String(digit), .lowered)
      } else if let digit = Self.raisedDigits[letter] {
        append(String(digit), .raised)
      } else {
        append(String(letter))
      }
    }
  }

  /// Adds another text at the end, raised as a whole if `isRaised`.
  public mutating func append(_ other: MathText, isRaised: Bool = false) {
    names += other.names.map { $0.lowerBound + length..<$0.upperBound + length }
    for run in other.runs { append(run.text, isRaised ? .raised : run.level) }
  }

  /// The text with a mark over its first letter: `b̄`.
  public func accented(_ mark: Unicode.Scalar) -> MathText {
    guard let first = runs.first?.text.first else { return self }
    var result = self
    let size = first.unicodeScalars.count
    result.runs[0].text.unicodeScalars.insert(
      mark,
      at: result.runs[0].text.unicodeScalars.index(result.runs[0].text.startIndex, offsetBy: size))
    result.length += 1
    result.names = names.map { name in
      (name.lowerBound >= size ? name.lowerBound + 1 : name.lowerBound)..<name.upperBound + 1
    }
    return result
  }

  /// Two texts, one after the other.
  public static func + (a: MathText, b: MathText) -> MathText {
    var sum = a
    sum.append(b)
    return sum
  }

  /// Plain text after it.
  public static func + (a: MathText, b: String) -> MathText { a + MathText(b) }

  /// The number of characters.
  public var count: Int { runs.reduce(0) { $0 + $1.text.count } }

  /// The width of the line at font size `size`, in the same unit.
  public func width(size: Double, bold: Bool = false) -> Double {
    runs.reduce(0) {
      $0 + FontMetrics.width(of: $1.text, size: size * $1.level.scale, bold: bold)
        + $1.level.gap * size
    }
  }

  /// The same as plain Unicode text, for tooltips and descriptions: `a₁² + b`; where Unicode lacks a
  /// letter, `a_out` and `x^(n+1)`.
  public var plain: String {
    runs.map { run in
      switch run.level {
      case .base: run.text
      case .raised: Self.converted(run.text, Self.raisedLetters) ?? "^(\(run.text))"
      case .lowered: Self.converted(run.text, Self.loweredLetters) ?? "_\(run.text)"
      }
    }.joined()
  }

  /// The same on the level of what is before it: as Unicode's raised letters, else behind a `^`.
  var asRaisedLetters: String {
    let text = runs.map(\.text).joined()
    return Self.converted(text, Self.raisedLetters) ?? "^(\(text))"
  }

  /// The text cut in the middle to at most `limit` characters.
  public func shortened(to limit: Int) -> MathText {
    let total = count
    if total <= limit { return self }
    let tail = limit / 3
    let head = limit - tail - 1
    var short = MathText()
    var position = 0
    var kept = 0
    for run in runs {
      let range = position..<position + run.text.count
      position = range.upperBound
      if range.lowerBound < head {
        short.append(String(run.text.prefix(head - range.lowerBound)), run.level)
      }
      if range.lowerBound < head, range.upperBound >= head {
        kept = short.length
        short.append("…")
      }
      if range.upperBound > total - tail {
        short.append(String(run.text.suffix(range.upperBound - (total - tail))), run.level)
      }
    }
    let (resumed, moved) = (length - (short.length - kept - 1), short.length - length)
    for name in names {
      let (first, last) = (name.clamped(to: 0..<kept), name.clamped(to: resumed..<length))
      if !first.isEmpty { short.names.append(first) }
      if !last.isEmpty { short.names.append(last.lowerBound + moved..<last.upperBound + moved) }
    }
    return short
  }

  private static func converted(_ text: String, _ letters: [Character: Character]) -> String? {
    var result = ""
    for letter in text {
      guard let converted = letters[letter] else { return nil }
      result.append(converted)
    }
    return result
  }

  private static let raisedLetters = letters("0123456789+−=()nix′″", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ′″")
  private static let loweredLetters = letters(
    "0123456789+−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")

  private static let raisedDigits = letters("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
  private static let loweredDigits = letters("₀₁₂₃₄₅₆₇₈₉", "0123456789")

  private static func letters(_ from: String, _ to: String) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(from, to))
  }
}
