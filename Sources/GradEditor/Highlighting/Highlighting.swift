import GradLanguage

/// How the words of the language are told apart by patterns alone, for tools that colour programs.
///
/// The one table that a TextMate grammar, a Pygments lexer, a syntax of Sublime Text and one of Vim are
/// written from. Words come from the language's own vocabulary, so that a function that is new there is new
/// here. Patterns are written as all of these tools understand them.
package struct Highlighting: Sendable {
  /// The rules; at each place of a text the first one that fits is taken.
  package let rules: [Rule]

  /// What is coloured alike.
  package struct Rule: Sendable {
    /// What it is.
    package var kind: Kind
    /// A regular expression.
    package var pattern: String
    /// Where what begins by ``pattern`` ends, for what may have several lines; `nil` for what has one.
    package var end: String?
  }

  /// What a word is to a reader.
  package enum Kind: String, Sendable, CaseIterable {
    /// `#: --style circuit`
    case options
    case comment
    case string
    case number
    /// The sign before what an interpreter was given.
    case prompt
    /// `def`, `for`
    case keyword
    /// `True`
    case constant
    /// `pi`
    case numberName
    /// `np`
    case module
    /// A function of the language that is called.
    case function
    /// A function that is called or defined, of the program.
    case call
    case name
    case `operator`
    case punctuation
  }

  /// The language as it is.
  package static let language = Highlighting()

  private init() {
    var rules: [Rule] = []
    func add(_ kind: Kind, _ pattern: String, end: String? = nil) {
      rules.append(Rule(kind: kind, pattern: pattern, end: end))
    }
    func words(_ words: [String]) -> String {
      // The longest first, for tools that take the first one.
      let sorted = Set(words).sorted { ($1.count, $0) < ($0.count, $1) }
      return "(?:\(sorted.joined(separator: "|")))"
    }
    let constants = ["False", "None", "True"]
    let end = "(?![\(Self.inName)])"
    add(.options, "#:.*")
    add(.comment, "#.*")
    for quote in ["\"\"\"", "'''"] {
      add(.string, "(?:[rRuUbBfF]{1,2})?\(quote)", end: quote)
    }
    for quote in ["\"", "'"] {
      add(.string, "(?:[rRuUbBfF]{1,2})?\(quote)(?:[^\(quote)\\\\\\n]|\\\\.)*\(quote)")
    }
    add(
      .number,
      "(?:[0-9][0-9_]*(?:\\.[0-9_]*)?|\\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?|"
        + "[\(Self.fractions)]|⁻?[\(Self.superscripts)]+")
    add(.prompt, "^(?:>>>|In \\[[0-9 ]*\\]:)")
    add(.keyword, words(KnownName.keywords.filter { !constants.contains($0) }) + end)
    add(.constant, words(constants) + end)
    let calls = "(?=[ \\t]*\\()"
    let functions = KnownName.functions + KnownName.words + KnownName.wrappers + KnownName.gradients
    add(.function, words(functions.filter(\.isPlainName)) + end + calls)
    add(.module, words(KnownName.modules) + end + "(?=[ \\t]*\\.)")
    add(.numberName, words(KnownName.constants) + end + "(?![ \\t]*[=(])")
    add(.call, Self.name + calls)
    add(.name, Self.name)
    let signs = KnownName.operators.map { sign in
      sign.map { "\\^$.|?*+()[]{}-".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
    add(.operator, signs.joined(separator: "|") + "|[\(Self.times)√]")
    add(.punctuation, "[(){}\\[\\],:;.]")
    self.rules = rules
  }

  /// Signs of numbers that no name holds, for a class of characters.
  private static let superscripts = KnownName.superscriptDigits
  private static let fractions = KnownName.fractionSigns
  private static let times = KnownName.timesSigns

  /// A letter of a name, for a class of characters.
  // The line keeps a mark off the letter before it, with which some programs would join it.
  private static let inName = "\\w_\u{300}-\u{36F}"

  /// A name: letters of every script, but no signs of numbers, which some tools take for letters.
  private static let name: String = {
    let others =
      "\u{B2}\u{B3}\u{B9}\u{BC}-\u{BE}\u{2070}-\u{2079}\u{2080}-\u{2089}\u{2150}-\u{2189}"
    return "[^\\W0-9\(others)](?:[^\\W\(others)]|[\u{300}-\u{36F}])*"
  }()
}

extension String {
  /// Whether it is a name in plain letters.
  fileprivate var isPlainName: Bool {
    first?.isLetter == true
      && utf8.allSatisfy { $0 < 0x80 && (UInt8(ascii: "0")...).contains($0) || $0 == 0x5F }
  }
}
