import GradBase

/// The words below a figure, with what is marked in them as in Markdown.
///
/// `*emphasis*`, `**strong**`, `` `code` `` and `$mathematics$`; a backslash makes a mark mean itself. Marks
/// in marks are read as they stand.
enum CaptionText {
  /// A stretch of a caption.
  enum Piece: Equatable {
    case words(String)
    case emphasis(String)
    case strong(String)
    case code(String)
    case math(String)
  }

  /// The pieces of a text, in its order.
  static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var plain = ""
    var rest = text[...]
    func flush() {
      if !plain.isEmpty { pieces.append(.words(plain)) }
      plain = ""
    }
    while let letter = rest.first {
      if letter == "\\", let next = rest.dropFirst().first, "$`*_\\".contains(next) {
        plain.append(next)
        rest = rest.dropFirst(2)
      } else if let (piece, length) = marked(rest, after: plain.last) {
        flush()
        pieces.append(piece)
        rest = rest.dropFirst(length)
      } else {
        plain.append(letter)
        rest = rest.dropFirst()
      }
    }
    flush()
    return pieces
  }

  /// The words alone.
  static func plain(_ text: String) -> String {
    pieces(text).map { piece in
      switch piece {
      case .words(let words), .emphasis(let words), .strong(let words), .code(let words),
        .math(let words):
        words
      }
    }.joined()
  }

  /// The words in HTML, in one line; formulas are words in italics, as not every page sets them.
  static func html(_ text: String) -> String {
    pieces(text).map { piece in
      func element(_ name: String, _ words: String) -> String {
        "<\(name)>\(XML.attribute(words))</\(name)>"
      }
      return switch piece {
      case .words(let words): XML.attribute(words)
      case .emphasis(let words), .math(let words): element("em", words)
      case .strong(let words): element("strong", words)
      case .code(let words): element("code", words)
      }
    }.joined().split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// What a mark at the beginning of `rest` encloses, and how many letters that takes with its marks.
  private static func marked(_ rest: Substring, after last: Character?) -> (Piece, Int)? {
    for (mark, make) in marks where rest.hasPrefix(mark) {
      let body = rest.dropFirst(mark.count)
      var end = body.startIndex
      while end < body.endIndex, !body[end...].hasPrefix(mark) { end = body.index(after: end) }
      guard end < body.endIndex else { continue }
      let content = body[..<end]
      let next = body[end...].dropFirst(mark.count).first
      guard encloses(content, mark, last, next) else { continue }
      return (make(String(content)), content.count + 2 * mark.count)
    }
    return nil
  }

  private static let marks: [(String, @Sendable (String) -> Piece)] = [
    ("`", { .code($0) }), ("$", { .math($0) }), ("**", { .strong($0) }), ("*", { .emphasis($0) }),
    ("_", { .emphasis($0) }),
  ]

  /// Whether two marks around `content` belong together; prices in dollars and names in snake case do not.
  private static func encloses(
    _ content: Substring, _ mark: String, _ last: Character?, _ next: Character?
  ) -> Bool {
    guard let first = content.first, let end = content.last else { return false }
    if mark == "`" { return true }
    if first.isWhitespace || end.isWhitespace || first == mark.first { return false }
    func isWord(_ letter: Character?) -> Bool { letter.map { $0.isLetter || $0.isNumber } ?? false }
    switch mark {
    case "$": return !(next?.isNumber ?? false)
    case "_": return !isWord(last) && !isWord(next)
    default: return true
    }
  }
}
