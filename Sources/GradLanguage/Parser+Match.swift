/// `match` with its cases, whose patterns are read here.
extension Parser {
  /// Whether the statement at the word is `match x:` with a `case` below it.
  var isMatch: Bool {
    guard token.kind == .name, text(token) == "match" else { return false }
    switch next.kind {
    case .name, .open, .openSquare, .string, .number: break
    default: return false
    }
    var index = position
    while !endsStatement(tokens[index].kind) { index += 1 }
    return tokens[index].kind == .newline && tokens[index - 1].kind == .colon
      && index + 2 < tokens.count && tokens[index + 1].kind == .indent
      && tokens[index + 2].kind == .name && text(tokens[index + 2]) == "case"
  }

  /// Reads `match x, y:`.
  mutating func readMatch() -> Bool {
    let first = Int32(position)
    advance()
    guard var values = readList() else { return false }
    if values.count > 1 { values = .init(one: joined(values)) }
    return open(Compound(head: statement(.match, first, values)))
  }

  /// Whether the word begins a case of the innermost block.
  var isCase: Bool {
    guard text(token) == "case", case .compound(let compound)? = bodies.last?.kind else {
      return false
    }
    return compound.head.kind == .match
  }

  /// Reads `case pattern if guard:`.
  mutating func readCase() -> Bool {
    let first = Int32(position)
    advance()
    guard let pattern = readPatterns(until: [.colon, .if]) else { return false }
    var head = SyntaxTree.Statement(kind: .case, token: first)
    if token.kind == .if {
      advance()
      guard let condition = readExpression() else { return false }
      head = statement(.case, first, [condition])
    }
    tree.cases.append(.init(pattern: pattern))
    head.function = Int32(tree.cases.count - 1)
    return open(Compound(head: head))
  }

  // MARK: Patterns

  /// Reads patterns with commas between them, which are one of a sequence, up to a word of some kinds.
  private mutating func readPatterns(
    until ends: Set<Token.Kind>, isBracketed: Bool = false, depth: Int = 0
  ) -> SyntaxTree.Pattern? {
    var parts: [SyntaxTree.Pattern] = []
    var hasComma = isBracketed
    while !ends.contains(token.kind) {
      guard let part = readPattern(depth + 1) else { return nil }
      parts.append(part)
      guard token.kind == .comma else { break }
      hasComma = true
      advance()
    }
    guard ends.contains(token.kind) else { return refusePattern() }
    if !hasComma, parts.count == 1, !parts[0].isStar { return parts[0] }
    guard hasComma, parts.count(where: \.isStar) <= 1 else { return refusePattern() }
    return .sequence(parts)
  }

  private mutating func refusePattern() -> SyntaxTree.Pattern? {
    _ = refuse(
      .unsupportedExpression, "this pattern is not read",
      help: "patterns are literals, names, lists, dictionaries, classes, '|', 'as' and '_'")
    return nil
  }

  /// Reads alternatives and what they are called.
  private mutating func readPattern(_ depth: Int) -> SyntaxTree.Pattern? {
    guard depth < 100, var pattern = readClosedPattern(depth) else { return refusePattern() }
    var others = [pattern]
    while token.kind == .bar {
      advance()
      guard let other = readClosedPattern(depth) else { return nil }
      others.append(other)
    }
    if others.count > 1 { pattern = .either(others) }
    if token.kind == .otherKeyword, text(token) == "as", next.kind == .name {
      advance()
      pattern = .bound(pattern, capture(token))
      advance()
    }
    return pattern
  }

  private mutating func capture(_ word: Token) -> Int32 {
    tree.captured.insert(word.payload)
    return word.payload
  }

  private mutating func readClosedPattern(_ depth: Int) -> SyntaxTree.Pattern? {
    let word = token
    switch word.kind {
    case .minus, .number:
      let isNegative = word.kind == .minus
      if isNegative { advance() }
      guard token.kind == .number else { return refusePattern() }
      let value = numbers[Int(token.payload)]
      advance()
      return .number(isNegative ? -value : value)
    case .string:
      advance()
      while token.kind == .string { advance() }
      return .text(Int32(position - 1))
    case .true, .false:
      advance()
      return .number(word.kind == .true ? 1 : 0)
    case .none:
      advance()
      return .nothing
    case .star where next.kind == .name:
      advance()
      let name = text(token) == "_" ? -1 : capture(token)
      advance()
      return .star(name)
    case .open, .openSquare:
      advance()
      let isList = word.kind == .openSquare
      let pattern = readPatterns(
        until: [isList ? .closeSquare : .close], isBracketed: isList, depth: depth)
      advance()
      return pattern
    case .openBrace: return readMapping(depth)
    case .name: return readNamedPattern(depth)
    default: return refusePattern()
    }
  }

  private mutating func readMapping(_ depth: Int) -> SyntaxTree.Pattern? {
    advance()
    var pairs: [(SyntaxTree.Pattern, SyntaxTree.Pattern)] = []
    var rest: Int32?
    while token.kind != .closeBrace {
      if token.kind == .power, next.kind == .name {
        advance()
        rest = capture(token)
        advance()
      } else {
        guard let key = readClosedPattern(depth + 1), token.kind == .colon else {
          return refusePattern()
        }
        advance()
        guard let value = readPattern(depth + 1) else { return nil }
        pairs.append((key, value))
      }
      guard token.kind == .comma else { break }
      advance()
    }
    guard token.kind == .closeBrace else { return refusePattern() }
    advance()
    return .mapping(pairs, rest: rest)
  }

  /// Reads a name that is captured, a value by its path, or a class with what its objects hold.
  private mutating func readNamedPattern(_ depth: Int) -> SyntaxTree.Pattern? {
    let word = token
    var path = [word.payload]
    advance()
    while token.kind == .dot, next.kind == .name {
      advance()
      path.append(token.payload)
      advance()
    }
    if token.kind == .open {
      advance()
      var places: [SyntaxTree.Pattern] = []
      var named: [(Int32, SyntaxTree.Pattern)] = []
      while token.kind != .close {
        if token.kind == .name, next.kind == .assign {
          let name = token.payload
          advance()
          advance()
          guard let part = readPattern(depth + 1) else { return nil }
          named.append((name, part))
        } else {
          guard let part = readPattern(depth + 1) else { return nil }
          places.append(part)
        }
        guard token.kind == .comma else { break }
        advance()
      }
      guard token.kind == .close else { return refusePattern() }
      advance()
      return .object(path, places, named)
    }
    if path.count > 1 { return .path(path) }
    return text(word) == "_" ? .anything : .bound(.anything, capture(word))
  }
}

extension SyntaxTree {
  /// What a case asks of a value.
  struct Case: Sendable { var pattern: Pattern }

  indirect enum Pattern: Sendable {
    case anything, nothing
    case number(Double)
    /// The text at a word.
    case text(Int32)
    /// The value that a path of names stands for.
    case path([Int32])
    /// What a name is given, where the pattern holds.
    case bound(Pattern, Int32)
    /// All items that the others of a sequence leave, -1 for no name.
    case star(Int32)
    case sequence([Pattern])
    case mapping([(Pattern, Pattern)], rest: Int32?)
    /// An object of a class, with attributes by place and by name.
    case object([Int32], [Pattern], [(Int32, Pattern)])
    case either([Pattern])

    var isStar: Bool { if case .star = self { true } else { false } }
  }
}
