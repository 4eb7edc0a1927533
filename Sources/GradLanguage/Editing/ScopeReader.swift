/// Reads scopes and names from the words of a text, statement by statement.
struct ScopeReader {
  let program: Program
  let tokens: [Token]
  var scopes: [NameScopes.Scope]
  var symbols: [NameScopes.Symbol] = []
  var occurrences: [NameScopes.Occurrence] = []
  /// The scope at hand.
  var scope = 0
  /// For each bracket the word that closes it.
  var closing: [Int: Int] = [:]
  /// The brackets that hold a comprehension: `for` stands right in them.
  var comprehensions: Set<Int> = []
  /// What the next indented block is the body of.
  var pendingBlock: Int?
  /// For each indented block the scope around it, and the one that ends with it.
  var blocks: [(outer: Int, own: Int?)] = []

  init(_ program: Program) {
    self.program = program
    tokens = program.tokens
    scopes = [
      NameScopes.Scope(kind: .program, parent: nil, range: 0..<program.source.bytes.count)
    ]
    matchBrackets()
  }

  mutating func matchBrackets() {
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .open, .openSquare, .openBrace: open.append(index)
      case .close, .closeSquare, .closeBrace:
        if let begin = open.popLast() { closing[begin] = index }
      case .unclosed, .newline:
        for begin in open { closing[begin] = index }
        open = []
      case .otherKeyword:
        if let bracket = open.last, word(index) == "for" { comprehensions.insert(bracket) }
      default: break
      }
    }
  }

  func word(_ index: Int) -> String { program.text(of: Int32(index)) }

  func isWord(_ index: Int, _ text: StaticString) -> Bool {
    let range = tokens[index].range
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { program.source.bytes[range].elementsEqual($0) }
  }

  mutating func run() {
    var index = 0
    while tokens[index].kind != .end {
      switch tokens[index].kind {
      case .newline, .semicolon: index += 1
      case .indent:
        blocks.append((scope, pendingBlock))
        if let pendingBlock { scope = pendingBlock }
        pendingBlock = nil
        index += 1
      case .dedent:
        if let block = blocks.popLast() {
          if let own = block.own { close(own, at: index) }
          scope = block.outer
        }
        index += 1
      default:
        pendingBlock = nil
        var end = index
        while !endsStatement(tokens[end].kind) { end += 1 }
        readStatement(index..<end)
        index = end
      }
    }
    while let block = blocks.popLast() {
      if let own = block.own { close(own, at: tokens.count - 1) }
    }
  }

  func endsStatement(_ kind: Token.Kind) -> Bool {
    kind == .newline || kind == .semicolon || kind == .end || kind == .indent || kind == .dedent
  }

  /// Ends a scope with the last word before `index`.
  mutating func close(_ scope: Int, at index: Int) {
    var last = index - 1
    while last > 0, tokens[last].end == tokens[last].start || tokens[last].kind == .newline {
      last -= 1
    }
    let begin = scopes[scope].range.lowerBound
    scopes[scope].range = begin..<max(begin, Int(tokens[max(last, 0)].end))
  }
}
