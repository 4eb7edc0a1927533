/// Reads scopes and names from the words of a text, statement by statement.
struct ScopeReader {
  let program: Program
  let tokens: [Token]
  var scopes: [NameScopes.Scope]
  var symbols: [NameScopes.Symbol] = []
  /// The symbols of the program's own names.
  var symbolsOfProgram: SymbolTable
  var occurrences: [NameScopes.Occurrence] = []
  /// The scope at hand.
  var scope = 0
  /// For each bracket the word that closes it.
  var closing: Closings
  /// The brackets that hold a comprehension: `for` stands right in them.
  var comprehensions: Set<Int> = []
  /// What the next indented block is the body of.
  var pendingBlock: Int?
  /// For each indented block the scope around it, and the one that ends with it.
  var blocks: [(outer: Int, own: Int?)] = []

  init(_ program: Program) {
    self.program = program
    tokens = program.ownTokens
    closing = Closings(count: tokens.count)
    symbolsOfProgram = SymbolTable(count: program.names.names.count)
    occurrences.reserveCapacity(tokens.count / 3)
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

/// For each bracket the word that closes it, by their places among the words.
struct Closings {
  private var words: [Int32]

  init(count: Int) { words = [Int32](repeating: -1, count: count) }

  subscript(bracket: Int) -> Int? {
    get { bracket < words.count && words[bracket] >= 0 ? Int(words[bracket]) : nil }
    set { words[bracket] = Int32(newValue ?? -1) }
  }
}

/// The symbols of a scope with many names, by the names' numbers.
struct SymbolTable: Sendable {
  private var symbols: [Int32]

  init(count: Int) { symbols = [Int32](repeating: -1, count: count) }

  subscript(name: Int32) -> Int? {
    get { symbols[Int(name)] >= 0 ? Int(symbols[Int(name)]) : nil }
    set { symbols[Int(name)] = Int32(newValue ?? -1) }
  }

  /// All of them, in the order of the names' numbers.
  var all: [(name: Int32, symbol: Int)] {
    symbols.indices.compactMap { symbols[$0] >= 0 ? (Int32($0), Int(symbols[$0])) : nil }
  }
}
