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
    /// A small grey number after a name, which tells its version: neither index nor exponent.
    case tag

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
  ///
  /// Raised as a whole it has one level, so that an index in it is one of Unicode's own: `x₁`.
  public mutating func append(_ other: MathText, isRaised: Bool = false) {
    let other = isRaised ? other.onOneLevel : other
    names += other.names.map { $0.lowerBound + length..<$0.upperBound + length }
    for run in other.runs { append(run.text, isRaised ? .raised : run.level) }
  }

  /// The same with signs of Unicode in the place of levels: `x₁`, `x@2`.
  private var onOneLevel: MathText {
    if runs.allSatisfy({ $0.level == .base }) { return self }
    var result = MathText()
    for (text, level, name) in stretches {
      let plain = Self.plain(Run(text, level))
      if name != nil { result.append(name: plain) } else { result.append(plain) }
    }
    return result
  }

  /// The text in stretches of one level and one name each; the name is an index in ``names``.
  var stretches: [(text: String, level: Level, name: Int?)] {
    var result: [(text: String, level: Level, name: Int?)] = []
    var (offset, name) = (0, 0)
    for run in runs {
      var isNew = true
      for letter in run.text {
        while name < names.count, names[name].upperBound <= offset { name += 1 }
        let own = name < names.count && names[name].contains(offset) ? name : nil
        if isNew || result[result.count - 1].name != own {
          result.append((String(letter), run.level, own))
        } else {
          result[result.count - 1].text.append(letter)
        }
        isNew = false
        offset += letter.unicodeScalars.count
      }
    }
    return result
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
    runs.map(Self.plain).joined()
  }

  private static func plain(_ run: Run) -> String {
    switch run.level {
    case .base: run.text
    case .raised: converted(run.text, raisedLetters) ?? "^(\(run.text))"
    case .lowered: converted(run.text, loweredLetters) ?? "_\(run.text)"
    case .tag: "@\(run.text)"
    }
  }

  /// The same on the level of what is before it: as Unicode's raised letters, else behind a `^`.
  var asRaisedLetters: String {
    let text = onOneLevel.runs.map(\.text).joined()
    return Self.converted(text, Self.raisedLetters) ?? "^(\(text))"
  }

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
