extension Program {
  /// Where a statement of the program itself stands.
  package struct Extent: Sendable {
    /// The bytes from its first word to its last.
    package var range: Range<Int>
    /// Whether an indented block belongs to it.
    package var hasBlock: Bool
  }

  /// The statements of the program itself in their order, with the blocks that belong to them.
  package var extents: [Extent] {
    var extents: [Extent] = []
    var depth = 0
    var begin: Int?
    for token in ownTokens {
      switch token.kind {
      case .newline, .semicolon, .end: begin = nil
      case .indent:
        depth += 1
        if !extents.isEmpty { extents[extents.count - 1].hasBlock = true }
      case .dedent: depth -= 1
      default:
        guard depth == 0 else {
          if let last = extents.indices.last { extents[last].extend(to: Int(token.end)) }
          continue
        }
        if begin == nil, !goesOn(token) || extents.isEmpty {
          extents.append(Extent(range: token.range, hasBlock: false))
        }
        begin = begin ?? Int(token.start)
        extents[extents.count - 1].extend(to: Int(token.end))
      }
    }
    return extents
  }

  /// Whether a word begins what belongs to the statement before: `else:`.
  private func goesOn(_ token: Token) -> Bool {
    token.kind == .else
      || token.kind == .otherKeyword
        && ["elif", "except", "finally"].contains(source.text(token.range))
  }

  /// The bytes of the line of words around a byte, which ends where a statement does: of several lines
  /// where brackets are open.
  package func logicalLine(at offset: Int) -> Range<Int> {
    var (low, high) = (0, ownTokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(ownTokens[middle].start) <= offset { low = middle + 1 } else { high = middle }
    }
    func ends(_ kind: Token.Kind) -> Bool {
      kind == .newline || kind == .semicolon || kind == .end || kind == .indent || kind == .dedent
    }
    var first = max(0, low - 1)
    // Blanks behind the last word of a line belong to it, at the end of the text too.
    let word = ownTokens[...first].lastIndex { !ends($0.kind) } ?? first
    let gap = Int(ownTokens[word].end)..<max(offset, Int(ownTokens[word].end))
    if source.bytes[gap].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { first = word }
    var last = first
    while first > 0, !ends(ownTokens[first - 1].kind) { first -= 1 }
    while last < ownTokens.count - 1, !ends(ownTokens[last].kind) { last += 1 }
    return Int(
      ownTokens[first].start)..<max(Int(ownTokens[first].start), Int(ownTokens[last].start))
  }

  /// The blocks, and the brackets that stand on several lines, each from its first byte to its last.
  package var folds: [Range<Int>] {
    var folds: [Range<Int>] = []
    var open: [Int] = []
    var blocks: [Int] = []
    var (line, lastWord) = (0, 0)
    var isNewLine = true
    for token in ownTokens {
      switch token.kind {
      case .indent: blocks.append(line)
      case .dedent:
        if let begin = blocks.popLast(), begin < lastWord { folds.append(begin..<lastWord) }
      case .newline: isNewLine = true
      case .open, .openSquare, .openBrace: open.append(Int(token.start))
      case .close, .closeSquare, .closeBrace:
        if let begin = open.popLast() { folds.append(begin..<Int(token.end)) }
      case .string: folds.append(token.range)
      default: break
      }
      guard token.end > token.start, token.kind != .newline else { continue }
      if isNewLine {
        line = Int(token.start)
        isNewLine = false
      }
      lastWord = Int(token.end)
    }
    return folds
  }
}

extension Program.Extent {
  fileprivate mutating func extend(to end: Int) {
    range = range.lowerBound..<max(range.upperBound, end)
  }
}
