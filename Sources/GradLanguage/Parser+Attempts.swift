/// `try` and what belongs to it, `raise`, and blocks of `with` that objects of the program manage.
extension Parser {
  /// Which block of a `try` is being read.
  enum AttemptPart { case body, handler, otherwise, finally }

  /// Reads `try:`.
  mutating func readTry() -> Bool {
    let first = Int32(position)
    advance()
    return open(
      Compound(head: .init(kind: .attempt, token: first), attempt: .init(), part: .body))
  }

  /// Keeps a block of a `try`, and goes on with the next one.
  mutating func finishAttempt(_ compound: Compound, _ block: Int32) {
    var compound = compound
    var attempt = compound.attempt ?? .init()
    switch compound.part {
    case .body: compound.head.block = block
    case .handler: attempt.handlers[attempt.handlers.count - 1].block = block
    case .otherwise: compound.head.otherwise = block
    case .finally: attempt.finally = block
    }
    compound.attempt = attempt
    let isEmpty = compound.head.block < 0 || tree.blocks[Int(compound.head.block)].isEmpty
    switch token.kind {
    case .otherKeyword where text(token) == "except" && compound.part != .finally:
      if isEmpty {
        // What is only imported or shown fails nowhere.
        _ = skipBlock()
        compound.part = .body
        return finishAttempt(compound, compound.head.block)
      }
      guard let handler = readHandler() else { return }
      compound.attempt?.handlers.append(handler)
      compound.part = .handler
      _ = open(compound)
    case .else where compound.part == .handler || compound.part == .body:
      advance()
      compound.part = .otherwise
      _ = open(compound)
    case .otherKeyword where text(token) == "finally" && compound.part != .finally:
      advance()
      compound.part = .finally
      _ = open(compound)
    default:
      if isEmpty, compound.head.otherwise < 0, attempt.finally < 0 { return }
      tree.attempts.append(attempt)
      compound.head.function = Int32(tree.attempts.count - 1)
      add(compound.head)
    }
  }

  /// Reads `except (ValueError, KeyError) as e`, up to its colon.
  private mutating func readHandler() -> SyntaxTree.Handler? {
    var handler = SyntaxTree.Handler()
    advance()
    while !endsStatement(token.kind), token.kind != .colon {
      if token.kind == .name, next.kind != .dot {
        if last.kind == .otherKeyword, text(last) == "as" {
          handler.name = token.payload
          tree.captured.insert(token.payload)
        } else {
          handler.types.append(token.payload)
        }
      }
      advance()
    }
    return handler
  }

  /// Reads `raise ValueError("…")`, of which the kind alone matters where nothing is caught.
  mutating func readRaise() -> Bool {
    tree.isDynamic = true
    let first = Int32(position)
    advance()
    guard isInAttempt, !endsStatement(token.kind) else {
      add(.init(kind: .raise, token: first))
      skipStatement()
      return true
    }
    guard let value = readExpression() else { return false }
    add(statement(.raise, first, [value]))
    skipStatement()
    return true
  }

  /// Whether the program has a `try` anywhere.
  private var isInAttempt: Bool {
    tokens.contains { $0.kind == .otherKeyword && source.text($0.range) == "try" }
  }

  /// Reads `with Manager(…) as x:` of a class of the program; false where it is none.
  mutating func readManaged() -> Bool {
    let first = Int32(position)
    guard next.kind == .name,
      tree.classes.contains(where: { $0.name == next.payload }) || isKnown(next.payload)
    else { return false }
    advance()
    endsBeforeAs = true
    let read = readExpression()
    endsBeforeAs = false
    guard let value = read else { return false }
    var head = statement(.manage, first, [value])
    if token.kind == .otherKeyword, text(token) == "as", next.kind == .name {
      advance()
      let begin = Int32(tree.targets.count)
      tree.targets.append(.init(name: token.payload, token: Int32(position)))
      head.targets = begin..<begin + 1
      advance()
    }
    return open(Compound(head: head))
  }

  /// Reads `del xs[0], d['x']`.
  mutating func readDelete() -> Bool {
    let first = Int32(position)
    advance()
    guard let values = readList() else { return false }
    guard endsStatement(token.kind) else { return unexpected() }
    let parts = self.parts(values).filter { tree.nodes[Int($0.root)].kind == .subscript }
    tree.isDynamic = true
    add(statement(.delete, first, Few(parts)))
    return true
  }
}
