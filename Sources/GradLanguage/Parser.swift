/// Reads words as statements.
///
/// Keeps its own stacks, so that nesting does not matter; after a mistake it goes on at the next
/// statement.
struct Parser {
  let source: Source
  /// Whether the text is Python's own, which is asked at every statement.
  let isPython: Bool
  /// The words of the program, then those of what is put into its texts.
  var tokens: [Token]
  var numbers: [Double]
  var names: NameTable
  var report: Report
  var tree = SyntaxTree()
  var position = 0

  /// The bodies open at present, of functions, classes and blocks.
  var bodies: [Body] = []
  /// The innermost function whose body is being read.
  var function: SyntaxTree.Function?
  /// Whether a statement was refused whose indented block may follow.
  var expectsStrayBlock = false
  /// Names in brackets among those that the statement gives values to; only derivatives come so.
  var nestedTarget: SyntaxTree.Node?
  /// The targets of the statement, where what is in brackets is one of them.
  var groupParts: Few<Few<SyntaxTree.Target>> = .init()
  /// Names that stand for the derivatives of functions: `df = jax.grad(f)`.
  var derivativeNames: Set<Int32> = []
  /// Whether the rest of the body stands after its `return`.
  var isUnreachable = false
  /// Whether the program has asked for derivatives so far.
  var isDifferentiated: Bool { training.differentiations > 0 }
  var training = Training()
  /// Functions so far that differentiate or change what is differentiated by.
  var trainers = TrainingFunctions()
  /// Names whose values are derivatives that a call gave.
  var derivatives: Set<Int32> = []
  /// The last names of the decorators that stand above what is read.
  var decorators: Set<String> = []
  /// Where those stand that are functions of the program.
  var wrappers: [Int] = []
  /// Names that are given texts.
  var texts: Set<Int32> = []
  /// Whether the expression at hand ends before `as`.
  var endsBeforeAs = false
  /// What names are imported from, by its first word: JAX for `jnp`, Python's own `random` for `uniform`.
  var origins: [Int32: String] = [:]
  /// The names that have a value or a body so far; kept up where it is asked for.
  var known: Set<Int32> = []
  var knownTargets = 0
  var knownFunctions = 0
  /// Whether random numbers have a seed so far.
  var isSeeded = false

  // Of the expression being read.
  var frames: [Frame] = []
  var pending: [SyntaxTree.Argument] = []
  var openComprehensions: [OpenComprehension] = []

  /// What indented statements, or those behind a colon, belong to.
  struct Body {
    enum Kind {
      case stray
      /// The function around it, if there is one.
      case function(outer: SyntaxTree.Function?)
      /// Class number `number`.
      case `class`(number: Int)
      case compound(Compound)
    }
    var kind: Kind
    var statements: [SyntaxTree.Statement] = []
    /// Whether it ends with its line.
    var isOneLine = false
    /// Whether what follows it is computed.
    var wasUnreachable: Bool
    /// What the program did of these when it began.
    var training = Training()
  }

  init(_ source: Source) {
    var lexer = Lexer(source)
    lexer.run()
    self.source = source
    isPython = source.isPython
    tokens = lexer.tokens
    numbers = lexer.numbers
    names = lexer.names
    report = lexer.report
  }

  /// Reads the whole program.
  mutating func run() {
    while token.kind != .end { readStatement() }
    while !bodies.isEmpty { finishBody() }
    if !tree.isDynamic { tree.isDynamic = callsWord }
  }

  /// Whether the program calls what makes lists or goes through them.
  private var callsWord: Bool {
    var called: Set<Int32> = []
    for node in tree.nodes where node.kind == .call {
      let callee = tree.nodes[Int(node.first)]
      if callee.kind == .name { called.insert(callee.first) }
    }
    if called.isEmpty { return false }
    for function in tree.functions { called.remove(function.name) }
    for target in tree.targets { called.remove(target.name) }
    return called.contains { Word.isOfLists(names.form($0)) }
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
      advance()
      if bodies.last?.isOneLine == true { finishBody() }
    case .semicolon: advance()
    case .indent:
      if !expectsStrayBlock {
        report.error(
          .indentation, "the line is indented without reason",
          at: lineStart(of: token)..<Int(token.start),
          help: "only the body of a 'def' is indented")
      }
      bodies.append(Body(kind: .stray, wasUnreachable: isUnreachable))
      advance()
    case .dedent:
      advance()
      finishBody()
    default:
      expectsStrayBlock = false
      let begin = position
      let counts = (tree.nodes.count, tree.functions.count, tree.comprehensions.count)
      let (steps, targetCount) = (training.steps, tree.targets.count)
      if readStatementHere() {
        if training.steps > steps, function == nil {
          // The functions that it calls have changed what they are made of.
          forgetAll(Int32(begin), besides: Set(tree.targets[targetCount...].map(\.name)))
        }
      } else {
        // What was read of it says nothing more.
        tree.nodes.removeSubrange(counts.0...)
        while let last = tree.statements.last, last.kind == .define, last.function >= counts.1 {
          tree.statements.removeLast()
        }
        tree.functions.removeSubrange(counts.1...)
        tree.comprehensions.removeSubrange(counts.2...)
        if !tree.elements.isEmpty { tree.elements = tree.elements.filter { $0.key < counts.0 } }
        recover(from: begin)
      }
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
      return
    }
    // A stray block belongs to what is around it.
    var index = bodies.count - 1
    while index >= 0, case .stray = bodies[index].kind { index -= 1 }
    if index < 0 {
      tree.statements.append(statement)
    } else {
      bodies[index].statements.append(statement)
    }
  }

  /// Ends the innermost body.
  mutating func finishBody() {
    guard let body = bodies.popLast() else { return }
    switch body.kind {
    case .stray: break
    case .function(let outer):
      if let function { noteFunction(function.name, since: body.training) }
      finishFunction(body.statements, outer, body.wasUnreachable)
    case .class(let number):
      isUnreachable = body.wasUnreachable
      finishClass(number, body.statements)
    case .compound(let compound):
      isUnreachable = body.wasUnreachable
      finish(compound, body.statements, since: body.training)
    }
  }
}
