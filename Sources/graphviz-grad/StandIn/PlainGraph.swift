/// What tells a graph in the DOT language from a program.
enum PlainGraph {
  /// Whether a text is a graph in the DOT language, `graph {`, `strict digraph G {`, rather than a
  /// program, which may well have a variable called `graph`.
  ///
  /// Decided by its first words, after white space and comments: words of DOT are followed by a name or
  /// a brace, words of a program are not.
  static func isPlainGraph(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var word = nextWord(of: &rest)
    if word == "strict" {
      word = nextWord(of: &rest)
      return word == "graph" || word == "digraph"
    }
    guard word == "graph" || word == "digraph" else { return false }
    skipBlanks(of: &rest)
    guard let next = rest.first else { return true }
    return next == UInt8(ascii: "{") || next == UInt8(ascii: "\"") || next == UInt8(ascii: "<")
      || next.isPartOfWord
  }

  /// A word in lower case, as the words of DOT are written in either; empty for what is none.
  private static func nextWord(of rest: inout ArraySlice<UInt8>) -> String {
    skipBlanks(of: &rest)
    let word = rest.prefix { $0.isPartOfWord }
    rest = rest[word.endIndex...]
    return String(decoding: word, as: UTF8.self).lowercased()
  }

  /// White space, `/* … */`, `// …` and lines that begin with `#`.
  private static func skipBlanks(of rest: inout ArraySlice<UInt8>) {
    while let next = rest.first {
      if next == UInt8(ascii: " ") || (0x09...0x0D).contains(next) {
        rest = rest.dropFirst()
      } else if next == UInt8(ascii: "#") || rest.starts(with: "//".utf8) {
        rest = rest.drop { $0 != 0x0A && $0 != 0x0D }
      } else if rest.starts(with: "/*".utf8) {
        rest = rest.dropFirst(2)
        while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
        rest = rest.dropFirst(2)
      } else {
        return
      }
    }
  }
}

extension UInt8 {
  /// Letters, digits, `_` and everything beyond ASCII.
  fileprivate var isPartOfWord: Bool {
    self >= 0x80 || self == 0x5F || (0x30...0x39).contains(self)
      || (0x61...0x7A).contains(self | 0x20)
  }
}
