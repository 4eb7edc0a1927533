import GradBase

/// Words of Markdown as nodes of MyST's tree: emphasis, code and mathematics within a line.
///
/// mystmd reads what options of a directive say, but gives a plug-in no way to have words of its own read.
struct MystWords {
  private var rest: Substring
  private var nodes: [String] = []
  private var text = ""

  /// Marks with the kind of node that is between two of them; the longer one first.
  private static let kinds = [
    ("**", "strong"), ("*", "emphasis"), ("_", "emphasis"), ("`", "inlineCode"),
    ("$", "inlineMath"),
  ]

  /// The nodes of a line, as a JSON array.
  static func nodes(_ words: some StringProtocol) -> String {
    var reader = MystWords(rest: Substring(words))
    reader.read()
    return "[\(reader.nodes.joined(separator: ","))]"
  }

  private mutating func read() {
    while let letter = rest.first {
      if letter == "\\", let next = rest.dropFirst().first, "\\`*_$".contains(next) {
        text.append(next)
        rest = rest.dropFirst(2)
      } else if !readMarked() {
        text.append(letter)
        rest = rest.dropFirst()
      }
    }
    endText()
  }

  private mutating func endText() {
    if !text.isEmpty { nodes.append(MystFilter.node([("type", "text"), ("value", text)])) }
    text = ""
  }

  /// Reads what begins with a mark here, if another such mark ends it.
  private mutating func readMarked() -> Bool {
    guard let (mark, kind) = Self.kinds.first(where: { rest.hasPrefix($0.0) }) else { return false }
    let inside = rest.dropFirst(mark.count)
    let isInWord = mark == "_" && text.last?.isLetter == true
    guard !isInWord, let end = Self.end(of: mark, in: inside) else { return false }
    endText()
    let content = inside[..<end]
    if kind.hasPrefix("inline") {
      nodes.append(MystFilter.node([("type", kind), ("value", String(content))]))
    } else {
      nodes.append(#"{"type":"\#(kind)","children":\#(Self.nodes(content))}"#)
    }
    rest = inside[end...].dropFirst(mark.count)
    return true
  }

  /// Where a mark ends what it began: not behind a space or a backslash, and not as part of a longer one.
  private static func end(of mark: String, in inside: Substring) -> String.Index? {
    guard inside.first?.isWhitespace == false else { return nil }
    var last: Character = " "
    var place = inside.startIndex
    while place < inside.endIndex {
      let rest = inside[place...]
      if mark == "*", rest.hasPrefix("**"), !rest.hasPrefix("***") {
        place = inside.index(place, offsetBy: 2)
        last = "*"
        continue
      }
      // Of three stars the first two end what is strong.
      if rest.hasPrefix(mark), place > inside.startIndex, !last.isWhitespace, last != "\\",
        mark != "*" || !rest.hasPrefix("***")
      {
        return place
      }
      let step = mark == "*" && rest.hasPrefix("***") ? 2 : 1
      last = inside[place]
      place = inside.index(place, offsetBy: step)
    }
    return nil
  }
}
