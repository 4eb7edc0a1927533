/// Blocks that are run many times, once or not at all: `for`, `while`, `if`; and classes.
extension Parser {
  /// A block whose statements are being read.
  struct Compound {
    /// The statement that it is to be.
    var head: SyntaxTree.Statement
    /// The heads before it, where it is an `elif` or an `else`.
    var chain: [SyntaxTree.Statement] = []
    /// Whether it is what an `else` has.
    var isElse = false
    /// Of a `try` what it does about errors, and which of its blocks this is.
    var attempt: SyntaxTree.Attempt?
    var part = AttemptPart.body
  }

  // MARK: Heads

  /// Reads `for x in items:`.
  mutating func readFor() -> Bool {
    let first = Int32(position)
    advance()
    guard let target = readLoopTarget() else { return failHead() }
    guard var items = readList() else {
      let names = tokens[Int(first)..<position].filter { $0.kind == .name }
      tree.poisoned.formUnion(names.map(\.payload))
      return failHead()
    }
    if items.count > 1 { items = .init(one: joined(items)) }
    var head = statement(.for, first, items)
    let begin = Int32(tree.targets.count)
    tree.targets.append(self.target(of: target))
    head.targets = begin..<begin + 1
    return open(Compound(head: head))
  }

  /// Reads `while condition:` or `if condition:`.
  mutating func readConditional(
    _ kind: SyntaxTree.Statement.Kind, after chain: [SyntaxTree.Statement] = []
  ) -> Bool {
    let first = Int32(position)
    advance()
    guard let condition = readExpression() else {
      fold(chain)
      return failHead()
    }
    return open(Compound(head: statement(kind, first, [condition]), chain: chain))
  }

  /// Goes on after a head that could not be read: its block is read as if it stood there by itself.
  private mutating func failHead() -> Bool {
    tree.hasRefusedBlock = true
    tree.isDynamic = true
    function?.isBroken = true
    while !endsStatement(token.kind) {
      if token.kind == .name { tree.poisoned.insert(token.payload) }
      advance()
    }
    expectsStrayBlock = true
    return true
  }

  /// Reads the colon behind a head, and begins the block.
  mutating func open(_ compound: Compound) -> Bool {
    tree.isDynamic = true
    guard token.kind == .colon else {
      if token.kind == .assign {
        _ = refuse(
          .unexpectedToken, "'=' is not expected in a condition", help: "'==' compares")
      } else if endsStatement(token.kind) {
        report.error(
          .badDefinition, "':' is missing after the head of the block", at: last.range,
          label: "':' belongs here")
      } else {
        _ = unexpected()
      }
      fold(compound.chain)
      return failHead()
    }
    advance()
    let isOneLine = token.kind != .newline
    if !isOneLine {
      guard next.kind == .indent else {
        report.error(
          .badDefinition, "the block below the head is missing",
          at: tokens[Int(compound.head.token)].range, help: "indent its lines; 'pass' does nothing")
        fold(compound.chain)
        tree.hasRefusedBlock = true
        return true
      }
      advance()
      advance()
    }
    bodies.append(
      Body(
        kind: .compound(compound), isOneLine: isOneLine, wasUnreachable: isUnreachable,
        training: training))
    return true
  }

  // MARK: Ends

  /// Ends a block, unless an `elif` or an `else` goes on from it.
  mutating func finish(
    _ compound: Compound, _ statements: [SyntaxTree.Statement], since begin: Training
  ) {
    tree.blocks.append(statements)
    let block = Int32(tree.blocks.count - 1)
    if compound.attempt != nil { return finishAttempt(compound, block) }
    var chain = compound.chain
    if compound.isElse {
      chain[chain.count - 1].otherwise = block
      return fold(chain)
    }
    var head = compound.head
    head.block = block
    if head.kind == .for || head.kind == .while,
      training.differentiations > begin.differentiations, training.updates > begin.updates
    {
      head.option = .firstPass
    }
    chain.append(head)
    if head.kind == .if, token.kind == .otherKeyword, text(token) == "elif" {
      _ = readConditional(.if, after: chain)
    } else if head.kind != .detached, token.kind == .else {
      advance()
      _ = open(Compound(head: head, chain: chain, isElse: true))
    } else {
      fold(chain)
    }
  }

  /// Makes one statement of an `if` and what follows it: each `elif` is the `if` of an `else`.
  private mutating func fold(_ chain: [SyntaxTree.Statement]) {
    var rest = chain
    while rest.count > 1 {
      let inner = rest.removeLast()
      tree.blocks.append([inner])
      rest[rest.count - 1].otherwise = Int32(tree.blocks.count - 1)
    }
    guard let statement = rest.first else { return }
    // Where all that is done is left out, nothing needs to be decided.
    let isEmpty = [statement.block, statement.otherwise].allSatisfy {
      $0 < 0 || tree.blocks[Int($0)].isEmpty
    }
    if isEmpty, [.if, .for].contains(statement.kind) { return }
    add(statement)
  }

  /// Reads `break` or `continue`.
  mutating func readJump(_ word: String) -> Bool {
    let isInLoop = bodies.reversed().prefix {
      switch $0.kind {
      case .function, .class: false
      default: true
      }
    }.contains {
      guard case .compound(let compound) = $0.kind else { return false }
      return !compound.isElse && (compound.head.kind == .for || compound.head.kind == .while)
    }
    guard isInLoop else {
      report.error(
        .unsupportedStatement, "'\(word)' stands outside a loop", at: token.range,
        help: "indent it into the block of a 'for' or 'while'")
      skipStatement()
      return true
    }
    add(.init(kind: word == "break" ? .break : .continue, token: Int32(position)))
    advance()
    return endsStatement(token.kind) ? true : unexpected()
  }

  // MARK: Classes

  /// Reads the head of a class, or leaves the class out where it is an engine of its own.
  mutating func readClass() -> Bool {
    advance()
    guard token.kind == .name else { return unexpected(wanted: "the name of the class") }
    var syntax = SyntaxTree.Class(name: token.payload, token: Int32(position))
    syntax.isOfFields = decorators.contains("dataclass")
    decorators = []
    if isEngine {
      // What it computes is computed here.
      tree.engines.insert(syntax.name)
      _ = skipBlock()
      return true
    }
    tree.isDynamic = true
    advance()
    if token.kind == .open {
      advance()
      while token.kind != .close {
        guard let base = readExpression() else { return failHead() }
        syntax.bases.append(base)
        guard token.kind == .comma else { break }
        advance()
      }
      guard token.kind == .close else {
        _ = unexpected(wanted: "',' or ')'")
        return failHead()
      }
      advance()
    }
    guard token.kind == .colon else {
      report.error(
        .badDefinition, "':' is missing after the head of the class", at: last.range,
        label: "':' belongs here")
      return failHead()
    }
    advance()
    tree.classes.append(syntax)
    let isOneLine = token.kind != .newline
    if !isOneLine {
      guard next.kind == .indent else {
        report.error(
          .badDefinition, "the block below the head is missing",
          at: tokens[Int(syntax.token)].range, help: "indent its lines; 'pass' does nothing")
        return true
      }
      advance()
      advance()
    }
    bodies.append(
      Body(
        kind: .class(number: tree.classes.count - 1), isOneLine: isOneLine,
        wasUnreachable: isUnreachable))
    return true
  }

  mutating func finishClass(_ number: Int, _ statements: [SyntaxTree.Statement]) {
    tree.blocks.append(statements)
    tree.classes[number].body = Int32(tree.blocks.count - 1)
    add(.init(kind: .class, token: tree.classes[number].token, function: Int32(number)))
  }

  /// Whether the class at the word stands for its numbers: it has methods such as `__add__`, and either
  /// gradients of its own, or nothing else that the program asks of its objects.
  private var isEngine: Bool {
    var (depth, end) = (0, position)
    while end < tokens.count - 1 {
      switch tokens[end].kind {
      case .indent: depth += 1
      case .dedent: depth -= 1
      default: break
      }
      end += 1
      if tokens[end - 1].kind == .dedent, depth <= 0 { break }
      if tokens[end - 1].kind == .newline, depth == 0, tokens[end].kind != .indent { break }
    }
    let body = tokens[position..<end]
    let methods = Set(
      body.indices.dropLast().filter { body[$0].kind == .def }.map { text(body[$0 + 1]) })
    if methods.isDisjoint(with: LeftOut.methodsOfEngines) { return false }
    if body.contains(where: { $0.kind == .name && LeftOut.wordsOfEngines.contains(text($0)) }) {
      return true
    }
    // What `self.x = …` gives the objects, and who asks for it.
    let attributes = Set(
      body.indices.dropFirst(2).filter {
        body[$0].kind == .name && body[$0 - 1].kind == .dot && text(body[$0 - 2]) == "self"
      }.map { body[$0].payload })
    let isAsked = tokens.indices[end...].contains {
      tokens[$0].kind == .name && tokens[$0 - 1].kind == .dot
        && attributes.contains(tokens[$0].payload)
    }
    return !isAsked && methods.isDisjoint(with: ["__getitem__", "__len__", "__iter__"])
  }
}
