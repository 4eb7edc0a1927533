/// Statements that begin with a word of Python: blocks whose bodies are read, and what is refused.
extension Parser {
  /// Reads the head of a block, or refuses a statement that the language has not, with its block.
  mutating func readOtherStatement() -> Bool {
    let word = text(token)
    if word == "pass" {
      advance()
      return endsStatement(token.kind) ? true : unexpected()
    }
    if next.kind == .assign {
      return refuse(
        .invalidTarget, "'\(word)' is a word of Python and no name",
        help: word == "lambda" ? "write 'lam' or 'λ'" : "write '\(word)_'")
    }
    switch word {
    case "if" where next.kind == .name && text(next) == "__name__": return readHead()
    case "if": return readConditional(.if)
    case "with": return readWith()
    case "for": return readFor()
    case "while": return readConditional(.while)
    case "class": return readClass()
    case "break", "continue": return readJump(word)
    case "yield" where function != nil: return readYield()
    case "raise": return readRaise()
    case "try": return readTry()
    case "del": return readDelete()
    default: break
    }
    refuseBlock(word)
    return true
  }

  /// Reads a head such as `try:`, whose body is read as if it stood there by itself.
  private mutating func readHead() -> Bool {
    var depth = 0
    let first = Int32(position)
    var (isTape, name) = (false, Int32(-1))
    while !endsStatement(token.kind), depth > 0 || token.kind != .colon {
      switch token.kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      case .otherKeyword where text(token) == "as" && next.kind == .name:
        tree.unread.insert(next.payload)
        name = next.payload
      case .name where text(token) == "GradientTape": isTape = true
      default: break
      }
      advance()
    }
    if isTape { tree.tapes.append((first, name)) }
    guard token.kind == .colon else {
      report.error(
        .badDefinition, "':' is missing after the head of the block", at: last.range,
        label: "':' belongs here")
      expectsStrayBlock = true
      return true
    }
    advance()
    expectsStrayBlock = token.kind == .newline
    return true
  }

  private mutating func readWith() -> Bool {
    var index = position
    var words: Set<String> = []
    while !endsStatement(tokens[index].kind) {
      if tokens[index].kind == .name { words.insert(text(tokens[index])) }
      index += 1
    }
    if !words.isDisjoint(with: LeftOut.blocksWithoutDerivatives) {
      // What follows the output says nothing of it.
      training.updates += 1
      if isDifferentiated {
        let first = Int32(position)
        let changed = skipBlock().filter { isKnown($0) }
        forget(changed.map { SyntaxTree.Target(name: $0, token: first) }, first)
        return true
      }
      let first = Int32(position)
      while !endsStatement(token.kind), token.kind != .colon { advance() }
      return open(Compound(head: .init(kind: .detached, token: first)))
    }
    if words.contains("set_grad_enabled") { return readSwitch() }
    if !words.isDisjoint(with: LeftOut.transparentBlocks) { return readHead() }
    if readManaged() { return true }
    refuseBlock("with")
    return true
  }

  /// Reads `with torch.set_grad_enabled(isTraining):`.
  private mutating func readSwitch() -> Bool {
    let first = Int32(position)
    while token.kind != .open, !endsStatement(token.kind) { advance() }
    guard let condition = readExpression() else { return false }
    return open(Compound(head: statement(.detached, first, [condition])))
  }

  mutating func refuseBlock(_ word: String) {
    let (message, help): (String, String?) =
      switch word {
      case "lambda": ("'lambda' is not read", "write 'def f(x): return …'")
      case "with":
        ("blocks of 'with' are not read", "leave its head out, and its lines where they are")
      case "async", "await": ("'\(word)' is not read", "write a function with 'def' alone")
      case "yield": ("'yield' stands outside a function", "indent it into the body of a 'def'")
      case "else", "elif":
        ("'\(word)' follows no 'if'", "indent it as its 'if' is, right behind the block of that")
      default: ("'\(word)' is not read", nil)
      }
    let isRest =
      (word == "else" || word == "elif" || word == "except" || word == "finally")
      && tree.hasRefusedBlock
    if !isRest { report.error(.unsupportedStatement, message, at: token.range, help: help) }
    refuseRest()
  }

  /// Skips what belongs to a refused head, and takes every name in it as known.
  mutating func refuseRest() {
    tree.hasRefusedBlock = true
    function?.isBroken = true
    tree.poisoned.formUnion(skipBlock())
  }

  /// Skips the line and the indented lines below it.
  ///
  /// - Returns: The names in them.
  mutating func skipBlock() -> [Int32] {
    var names: [Int32] = []
    var depth = 0
    while token.kind != .end {
      switch token.kind {
      case .name: names.append(token.payload)
      case .indent: depth += 1
      case .dedent:
        // The end of a block around this one.
        if depth == 0 { return names }
        depth -= 1
        if depth == 0 {
          advance()
          return names
        }
      case .newline:
        if depth == 0, next.kind != .indent { return names }
      default: break
      }
      advance()
    }
    return names
  }

  /// Reads `yield x`, which makes a function a generator.
  private mutating func readYield() -> Bool {
    let word = Int32(position)
    advance()
    let isSpread = token.kind == .from
    if isSpread { advance() }
    guard let values = readList() else { return false }
    guard endsStatement(token.kind) else { return unexpected() }
    tree.isDynamic = true
    function?.isGenerator = true
    add(
      statement(
        .yield, word, values.count > 1 ? [joined(values)] : values, isSpread ? .spread : .none))
    return true
  }

  /// Reads a decorator: some say how a function is called, and most are left out.
  mutating func readDecorator() -> Bool {
    var index = position + 1
    var word = ""
    while tokens[index].kind == .name || tokens[index].kind == .dot {
      word = text(tokens[index])
      index += 1
    }
    decorators.insert(word)
    if isKnown(tokens[position + 1].payload), tokens[position + 1].kind == .name,
      word != "setter"
    {
      wrappers.append(position + 1)
      skipStatement()
      return true
    }
    if let help = LeftOut.decorators[word] {
      report.error(
        .unsupportedStatement, "the decorator \(quoted(word)) changes what the function is",
        at: token.start.range(to: tokens[index - 1].end), help: help)
    }
    skipStatement()
    return true
  }
}

extension Int32 {
  fileprivate func range(to end: Int32) -> Range<Int> { Int(self)..<Int(end) }
}
