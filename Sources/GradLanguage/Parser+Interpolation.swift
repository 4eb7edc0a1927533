/// Texts, and what is put into them: `f"W{l}"`.
extension Parser {
  /// Reads the texts that stand side by side, which are one.
  mutating func readText() -> Step {
    let first = Int32(position)
    var texts: [Token] = []
    while token.kind == .string {
      texts.append(token)
      advance()
    }
    let plain = SyntaxTree.Node(kind: .string, token: first)
    guard texts.contains(where: isInterpolated) else { return .operand(add(plain)) }
    let nodes = tree.nodes.count
    var pieces: [SyntaxTree.Interpolation.Piece] = []
    for text in texts {
      guard let own = readPieces(of: text) else { return .mistake }
      pieces += own
    }
    let reads = tree.nodes[nodes...].contains { node in
      node.kind == .name
        && (tree.unread.contains(node.first) && !self.texts.contains(node.first)
          || LeftOut.objects.contains(names[node.first]))
    }
    if reads {
      // What is left out has no text either: it is only shown.
      tree.nodes.removeLast(tree.nodes.count - nodes)
      return .operand(add(plain))
    }
    tree.isDynamic = true
    tree.interpolations.append(.init(pieces: pieces))
    return .operand(
      add(.init(kind: .interpolated, token: first, first: Int32(tree.interpolations.count - 1))))
  }

  /// Whether something is put into a text.
  func isInterpolated(_ text: Token) -> Bool {
    let bytes = source.bytes[text.range]
    guard let quote = bytes.firstIndex(where: { $0 == 0x22 || $0 == 0x27 }) else { return false }
    return bytes[..<quote].contains { $0 | 0x20 == UInt8(ascii: "f") }
      && bytes.contains(UInt8(ascii: "{"))
  }

  /// The pieces of one text; `nil` after a mistake in what is put into it.
  private mutating func readPieces(of text: Token) -> [SyntaxTree.Interpolation.Piece]? {
    let bytes = source.bytes
    guard let quote = bytes[text.range].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }) else {
      return []
    }
    let marks =
      bytes[quote...].starts(with: [UInt8](repeating: bytes[quote], count: 3))
        && text.range.upperBound - quote >= 6 ? 3 : 1
    var (at, end) = (quote + marks, text.range.upperBound - marks)
    let isRaw = bytes[text.range.lowerBound..<quote].contains { $0 | 0x20 == UInt8(ascii: "r") }
    func plain(_ range: Range<Int>) -> SyntaxTree.Interpolation.Piece {
      let text = source.text(range)
      return .text(isRaw ? text : unescaped(text[...]))
    }
    if !isInterpolated(text) { return [plain(at..<max(at, end))] }
    var pieces: [SyntaxTree.Interpolation.Piece] = []
    var start = at
    while at < end {
      let byte = bytes[at]
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
        at += 1
        continue
      }
      pieces.append(plain(start..<at))
      at += 1
      start = at
      if byte == UInt8(ascii: "}") || at < end && bytes[at] == byte {
        // A brace that stands twice is meant as one.
        pieces.append(.text(byte == UInt8(ascii: "{") ? "{" : "}"))
        if at < end, bytes[at] == byte { at += 1 }
        start = at
        continue
      }
      guard let (close, colon, stop) = endOfValue(from: at, to: end) else { break }
      guard let value = readValue(at..<stop) else { return nil }
      guard let format = readFormat(colon..<close) else { return nil }
      // `{x=}` writes the expression, too; `{x!r}` means repr.
      let mark = stop < close ? bytes[stop] : 0
      if mark == UInt8(ascii: "=") { pieces.append(.text(source.text(at..<stop + 1))) }
      let isRepresented =
        mark == UInt8(ascii: "!") && bytes[stop + 1] == UInt8(ascii: "r")
        || mark == UInt8(ascii: "=") && close == stop + 1
      pieces.append(.value(value, isRepresented: isRepresented, format: format))
      at = close + 1
      start = at
    }
    end = max(start, end)
    return pieces + [plain(start..<end)]
  }

  /// The pieces of a format: `{x:{width}.{digits}f}`; `nil` after a mistake.
  private mutating func readFormat(_ range: Range<Int>) -> [SyntaxTree.Interpolation.Piece]? {
    let bytes = source.bytes
    guard bytes[range].contains(UInt8(ascii: "{")) else { return [.text(source.text(range))] }
    var pieces: [SyntaxTree.Interpolation.Piece] = []
    var start = range.lowerBound
    while let open = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "{")),
      let close = bytes[open..<range.upperBound].firstIndex(of: UInt8(ascii: "}"))
    {
      guard let value = readValue(open + 1..<close) else { return nil }
      pieces.append(.text(source.text(start..<open)))
      pieces.append(.value(value, isRepresented: false, format: []))
      start = close + 1
    }
    return pieces + [.text(source.text(start..<range.upperBound))]
  }

  /// Where the brace of a value is closed, where its format begins, and where the value itself ends.
  private func endOfValue(from start: Int, to end: Int) -> (close: Int, colon: Int, stop: Int)? {
    let bytes = source.bytes
    var (depth, colon, stop, quote) = (0, -1, -1, UInt8(0))
    var at = start
    while at < end {
      let byte = bytes[at]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else {
        switch byte {
        case UInt8(ascii: "'") where colon < 0, UInt8(ascii: "\"") where colon < 0: quote = byte
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "}"):
          if depth == 0 { return (at, colon < 0 ? at : colon, stop < 0 ? at : stop) }
          depth -= 1
        case UInt8(ascii: ":") where depth == 0 && colon < 0:
          colon = at + 1
          if stop < 0 { stop = at }
        case UInt8(ascii: "!") where depth == 0 && at + 1 < end && bytes[at + 1] != 0x3D:
          if stop < 0 { stop = at }
        case UInt8(ascii: "=")
        where depth == 0 && at + 1 < end && stop < 0
          && [UInt8(ascii: "}"), UInt8(ascii: ":")].contains(bytes[at + 1]):
          stop = at
        default: break
        }
      }
      at += 1
    }
    return nil
  }

  /// Reads an expression that stands in a text, behind all other words; its node.
  private mutating func readValue(_ range: Range<Int>) -> Int32? {
    var lexer = Lexer(source, within: range, names, numbers)
    lexer.runExpression()
    (names, numbers) = (lexer.names, lexer.numbers)
    let saved = (position, frames, pending, openComprehensions)
    position = tokens.count
    tokens += lexer.tokens
    let value = readExpression()
    let isWhole = value == nil || endsStatement(token.kind) || unexpected()
    (position, frames, pending, openComprehensions) = saved
    return isWhole ? value?.root : nil
  }
}
