/// A word of a text as an editor colours it, or a comment between words.
package struct SourceWord: Sendable, Equatable {
  /// What it is.
  package var kind: Kind
  /// The bytes of the text, of one line or several.
  package var range: Range<Int>

  /// What a word can be.
  package enum Kind: Sendable, Equatable, CaseIterable {
    /// A name, whatever it stands for.
    case name
    /// A number, or an exponent as it is typeset.
    case number
    /// A text in quotes.
    case string
    /// A word of the language: `def`, `for`, `True`.
    case keyword
    /// A sign that computes, compares or assigns.
    case `operator`
    /// A bracket, a comma, a colon, a dot or a semicolon.
    case punctuation
    /// A comment.
    case comment
    /// A comment at the head of the file that holds options of the figure: `#: --style circuit`.
    case options
    /// What the language cannot read.
    case mistake
  }
}

extension Program {
  /// The words and the comments of the text in their order; O(bytes).
  package var words: [SourceWord] { wordsAndComments(in: 0..<source.bytes.count) }

  /// The words and the comments that have a part in a stretch; O(log(words) + bytes of the stretch).
  package func wordsAndComments(in range: Range<Int>) -> [SourceWord] {
    var words: [SourceWord] = []
    let head = ownTokens.first { $0.kind != .newline }.map { Int($0.start) } ?? source.bytes.count
    let first = firstToken(endingAfter: range.lowerBound)
    var end = first > 0 ? Int(ownTokens[first - 1].end) : 0
    for token in ownTokens[first...] {
      addComments(end..<max(end, Int(token.start)), head, &words)
      if Int(token.start) >= range.upperBound { break }
      end = max(end, Int(token.end))
      guard let kind = token.kind.class, token.end > token.start else { continue }
      words.append(SourceWord(kind: kind, range: token.range))
    }
    return words.filter {
      $0.range.upperBound > range.lowerBound && $0.range.lowerBound < range.upperBound
    }
  }

  /// The first word that ends after a byte.
  private func firstToken(endingAfter offset: Int) -> Int {
    var (low, high) = (0, ownTokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(ownTokens[middle].end) <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds the comments of a stretch without words.
  private func addComments(_ gap: Range<Int>, _ head: Int, _ words: inout [SourceWord]) {
    guard gap.contains(where: { source.bytes[$0] == UInt8(ascii: "#") }) else { return }
    var offset = gap.lowerBound
    while offset < gap.upperBound {
      if source.bytes[offset] == UInt8(ascii: "#") {
        let start = offset
        while offset < gap.upperBound, source.bytes[offset] != 0x0A, source.bytes[offset] != 0x0D {
          offset += 1
        }
        let isOptions =
          start < head && source.bytes[start..<offset].starts(with: "#:".utf8)
        words.append(SourceWord(kind: isOptions ? .options : .comment, range: start..<offset))
      }
      offset += 1
    }
  }
}

extension Token.Kind {
  /// What an editor takes it for; `nil` for what is no word.
  var `class`: SourceWord.Kind? {
    switch self {
    case .name: .name
    case .number, .superscript: .number
    case .string: .string
    case .open, .close, .openSquare, .closeSquare, .openBrace, .closeBrace, .comma, .colon,
      .semicolon, .dot:
      .punctuation
    case .assign, .arrow, .plus, .minus, .star, .slash, .power, .root, .bar, .doubleBar,
      .plusAssign, .minusAssign, .starAssign, .slashAssign, .powerAssign, .less, .lessEqual,
      .greater, .greaterEqual, .equal, .notEqual, .otherOperator:
      .operator
    case .and, .or, .not, .if, .else, .def, .return, .import, .from, .true, .false, .none,
      .otherKeyword:
      .keyword
    case .newline, .indent, .dedent, .unclosed, .end: nil
    case .mistake: .mistake
    }
  }
}

extension Program {
  /// The word, or the comment, at a byte, or that ends there; O(log(words)).
  package func word(at offset: Int) -> SourceWord? {
    var (low, high) = (0, ownTokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(ownTokens[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    // Layout has no width.
    while index >= 0, ownTokens[index].kind.class == nil { index -= 1 }
    let end = index < 0 ? 0 : Int(ownTokens[index].end)
    if index >= 0, end >= offset, let kind = ownTokens[index].kind.class {
      return SourceWord(kind: kind, range: ownTokens[index].range)
    }
    let next = low < ownTokens.count ? Int(ownTokens[low].start) : source.bytes.count
    let head = ownTokens.first { $0.kind != .newline }.map { Int($0.start) } ?? source.bytes.count
    var words: [SourceWord] = []
    addComments(end..<max(end, next), head, &words)
    return words.last { $0.range.lowerBound <= offset && $0.range.upperBound >= offset }
  }

  /// The word before a byte, not counting one that a name at the byte belongs to.
  package func lastWord(before offset: Int) -> SourceWord? {
    var (low, high) = (0, ownTokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(ownTokens[middle].end) <= offset { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    while index >= 0,
      ownTokens[index].start == ownTokens[index].end || Int(ownTokens[index].end) > offset
    {
      if ownTokens[index].kind == .newline { return nil }
      index -= 1
    }
    guard index >= 0, let kind = ownTokens[index].kind.class else { return nil }
    return SourceWord(kind: kind, range: ownTokens[index].range)
  }
}

extension Program {
  /// The words of a stretch, without comments; O(log(words) + words of the stretch).
  package func words(in range: Range<Int>) -> [SourceWord] {
    let low = firstToken(endingAfter: range.lowerBound)
    return ownTokens[low...].prefix { Int($0.start) < range.upperBound }.compactMap { token in
      guard token.end > token.start, let kind = token.kind.class else { return nil }
      return SourceWord(kind: kind, range: token.range)
    }
  }
}
