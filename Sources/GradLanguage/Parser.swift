/// Reads words as statements.
///
/// Keeps its own stacks, so that nesting does not matter; after a mistake it goes on at the next
/// statement.
struct Parser {
  let source: Source
  let tokens: [Token]
  let numbers: [Double]
  var names: NameTable
  var report: Report
  var tree = SyntaxTree()
  var position = 0

  /// The indented blocks open at present.
  var blocks: [Block] = []
  /// The function whose body is being read.
  var function: SyntaxTree.Function?
  /// Whether a statement was refused whose indented block may follow.
  var expectsStrayBlock = false
  /// Whether the statements on this line are the body of a function.
  var isOneLineBody = false
  /// Names in brackets among those that the statement gives values to; only derivatives come so.
  var nestedTarget: SyntaxTree.Node?
  /// Names that stand for the derivatives of functions: `df = jax.grad(f)`.
  var derivativeNames: Set<Int32> = []
  /// Whether the rest of the body stands after its `return`.
  var isUnreachable = false
  /// Whether a `try` was read, and whether its body or that of its `except` ended just now.
  var hasTry = false
  var isAfterTry = false
  /// Whether the program has asked for derivatives so far.
  var isDifferentiated = false
  /// The names that have a value or a body so far; kept up where it is asked for.
  var known: Set<Int32> = []
  var knownTargets = 0
  var knownFunctions = 0

  // Of the expression being read.
  var frames: [Frame] = []
  var pending: [SyntaxTree.Argument] = []

  enum Block { case function, stray }

  init(_ source: Source) {
    var lexer = Lexer(source)
    lexer.run()
    self.source = source
    tokens = lexer.tokens
    numbers = lexer.numbers
    names = lexer.names
    report = lexer.report
  }

  /// Reads the whole program.
  mutating func run() {
    while token.kind != .end { readStatement() }
    if function != nil { finishFunction() }
  }

  var token: Token { tokens[position] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }
  var last: Token { tokens[max(position - 1, 0)] }

  mutating func advance() { if position < tokens.count - 1 { position += 1 } }

  func text(_ token: Token) -> String { source.text(token.range) }

  /// A word as a message mentions it.
  func described(_ token: Token) -> String {
    switch token.kind {
    case .newline, .indent, .dedent: "the end of the line"
    case .end: "the end of the program"
    default: quoted(text(token))
    }
  }

  /// Whether a statement can end before the word.
  func endsStatement(_ kind: Token.Kind) -> Bool {
    kind == .newline || kind == .semicolon || kind == .end || kind == .dedent || kind == .indent
  }

  private mutating func readStatement() {
    switch token.kind {
    case .newline:
      if isOneLineBody { finishFunction() }
      advance()
    case .semicolon: advance()
    case .indent:
      if !expectsStrayBlock {
        report.error(
          .indentation, "the line is indented without reason",
          at: lineStart(of: token)..<Int(token.start),
          help: "only the body of a 'def' is indented")
      }
      blocks.append(.stray)
      advance()
    case .dedent:
      if case .function = blocks.popLast() { finishFunction() }
      advance()
    default:
      expectsStrayBlock = false
      let begin = position
      if !readStatementHere() { recover(from: begin) }
    }
  }

  private func lineStart(of token: Token) -> Int {
    source.lineRange(source.line(of: Int(token.start))).lowerBound
  }

  /// Goes on after a mistake: what the statement meant to assign counts as known.
  private mutating func recover(from begin: Int) {
    var index = begin
    while tokens[index].kind == .name || tokens[index].kind == .comma || tokens[index].kind == .open
      || tokens[index].kind == .close
    {
      index += 1
    }
    switch tokens[index].kind {
    case .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .powerAssign, .colon,
      .otherOperator, .mistake, .name, .equal, .less:
      for token in tokens[begin..<index] where token.kind == .name {
        tree.poisoned.insert(token.payload)
      }
    default: break
    }
    function?.isBroken = true
    skipStatement()
  }

  /// Skips to the end of the statement.
  mutating func skipStatement() {
    while !endsStatement(token.kind) { advance() }
  }

  /// Skips to the end of the line, and takes every name on the way as known.
  mutating func skipLine() {
    while token.kind != .newline, token.kind != .end, token.kind != .indent, token.kind != .dedent {
      if token.kind == .name { tree.poisoned.insert(token.payload) }
      advance()
    }
    function?.isBroken = true
    expectsStrayBlock = true
  }

  mutating func add(_ statement: SyntaxTree.Statement) {
    if isUnreachable {
      if let function, !function.isBroken {
        report.warning(
          .noEffect, "nothing after 'return' is computed", at: tokens[Int(statement.token)].range)
      }
    } else if function != nil {
      function?.body.append(statement)
    } else {
      tree.statements.append(statement)
    }
  }
}
