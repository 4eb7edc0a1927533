extension Parser {
  /// Reads the head of a function; its body follows as statements.
  mutating func readDefinition() -> Bool {
    let def = token
    let decorators = decorators
    self.decorators = []
    let wrappers = wrappers
    self.wrappers = []
    if bodies.last?.isOneLine == true { return unexpected() }
    advance()
    guard token.kind == .name else { return refuseHead("the function has no name", def) }
    var function = SyntaxTree.Function(name: token.payload, token: Int32(position))
    function.follow(decorators)
    function.wrappers = wrappers
    if function.isDetached { tree.isDynamic = true }
    tree.poisoned.insert(token.payload)
    advance()
    guard token.kind == .open else {
      return refuseHead("'(' is missing after the name of the function", last)
    }
    advance()
    guard readParameters(&function) else {
      skipLine()
      return true
    }
    if token.kind == .arrow {
      advance()
      skipAnnotation()
    }
    tree.poisoned.remove(function.name)
    if token.kind == .colon {
      advance()
    } else if token.kind == .newline || token.kind == .return || token.kind == .assign {
      report.error(
        .badDefinition, "':' is missing after the head of the function", at: last.range,
        label: "':' belongs here")
      function.isBroken = true
      if token.kind == .assign { advance() }
    } else {
      tree.poisoned.insert(function.name)
      return refuseHead("':' is missing after the head of the function", last)
    }
    return openBody(function)
  }

  private mutating func openBody(_ function: SyntaxTree.Function) -> Bool {
    if token.kind != .newline {
      open(function, isOneLine: true)
      return true
    }
    advance()
    guard token.kind == .indent else {
      let name = tokens[Int(function.token)]
      tree.poisoned.insert(function.name)
      if function.isBroken { return true }
      report.error(
        .badDefinition, "the body of \(quoted(text(name))) is missing", at: name.range,
        help: "indent its lines, and end with 'return …'")
      return true
    }
    advance()
    open(function, isOneLine: false)
    return true
  }

  /// Begins the body of a function.
  mutating func open(_ function: SyntaxTree.Function, isOneLine: Bool) {
    var function = function
    function.isInner =
      self.function != nil
      || bodies.contains { if case .class = $0.kind { true } else { false } }
    if function.isInner { tree.isDynamic = true }
    bodies.append(
      Body(
        kind: .function(outer: self.function), isOneLine: isOneLine, wasUnreachable: isUnreachable,
        training: training))
    self.function = function
    isUnreachable = false
  }

  private mutating func refuseHead(_ message: String, _ at: Token) -> Bool {
    if token.kind != .mistake, token.kind != .unclosed {
      report.error(
        .badDefinition, message, at: at.range, help: "a function is written 'def f(x, y): return …'"
      )
    }
    skipLine()
    return true
  }

  /// Reads the parameters and the closing bracket; false after a mistake.
  mutating func readParameters(_ function: inout SyntaxTree.Function) -> Bool {
    // The first parameter of each name.
    var firsts: [Int32: Int32] = [:]
    var isByName = false
    while token.kind != .close {
      // `*` and `/` by themselves say how arguments are given, not what they are.
      let isMark = token.kind == .slash || token.kind == .star && next.kind == .comma
      if isMark, next.kind == .comma || next.kind == .close,
        !function.parameters.isEmpty || token.kind == .star
      {
        if token.kind == .star { function.positional = function.parameters.count }
        isByName = isByName || token.kind == .star
        advance()
        if token.kind == .comma { advance() }
        continue
      }
      if token.kind == .power, next.kind == .name, tokens[position + 2].kind == .close {
        advance()
        function.options = token.payload
        tree.isDynamic = true
        advance()
        break
      }
      if token.kind == .star, next.kind == .name, tokens[position + 2].kind == .comma {
        advance()
        function.rest = token.payload
        function.positional = function.parameters.count
        tree.isDynamic = true
        isByName = true
        advance()
        advance()
        continue
      }
      if token.kind == .star, next.kind == .name, tokens[position + 2].kind == .close {
        advance()
        function.rest = token.payload
        tree.isDynamic = true
        advance()
        break
      }
      guard token.kind == .name else {
        _ =
          token.kind == .star || token.kind == .power || token.kind == .slash
          ? refuse(.badDefinition, "a function takes a fixed number of numbers", help: nil)
          : unexpected(wanted: "the name of a parameter")
        return false
      }
      var parameter = SyntaxTree.Parameter(name: token.payload, token: Int32(position))
      if let earlier = firsts[parameter.name] {
        report.error(
          .duplicateParameter, "two parameters are called \(quoted(text(token)))", at: token.range,
          labels: [(tokens[Int(earlier)].range, "the first")])
      } else {
        firsts[parameter.name] = parameter.token
      }
      advance()
      if token.kind == .colon {
        advance()
        skipAnnotation()
      }
      if token.kind == .assign {
        advance()
        guard let fallback = readExpression() else { return false }
        parameter.fallback = fallback
      } else if !isByName, let earlier = function.parameters.last, earlier.fallback != nil {
        report.error(
          .badDefinition, "a parameter without a default follows one with a default",
          at: tokens[Int(parameter.token)].range)
      }
      function.parameters.append(parameter)
      guard token.kind == .comma else { break }
      advance()
    }
    guard token.kind == .close else {
      _ = unexpected(wanted: "',' or ')'")
      return false
    }
    advance()
    return true
  }

  mutating func readReturn() -> Bool {
    let word = token
    guard function != nil else {
      report.error(
        .returnOutsideFunction, "'return' stands outside a function", at: word.range,
        help: "indent it into the body of a 'def', or write 'out = …' for the last value")
      skipStatement()
      return true
    }
    advance()
    if endsStatement(token.kind) {
      if tree.isDynamic {
        finishReturn([], word)
        return true
      }
      report.error(
        .expectedExpression, "an expression is missing after 'return'", at: word.range)
      return false
    }
    guard let values = readList() else { return false }
    guard endsStatement(token.kind) else { return unexpected() }
    noteReturn(values)
    finishReturn(values, word)
    return true
  }

  private mutating func finishReturn(_ values: Few<SyntaxTree.Expression>, _ word: Token) {
    var values = values
    if values.count > 1 { values = .init(one: joined(values)) }
    if let value = values.first, tree.nodes[Int(value.root)].kind == .tuple {
      tree.isDynamic = true
    }
    if isUnreachable { return }
    if case .function? = bodies.last?.kind, let value = values.first {
      function?.result = value
    } else {
      tree.isDynamic = true
      add(statement(.return, tokenIndex(of: word), values))
    }
    isUnreachable = true
  }

  private func tokenIndex(of word: Token) -> Int32 {
    var index = position
    while index > 0, tokens[index].start > word.start { index -= 1 }
    return Int32(index)
  }

  /// Several expressions as one tuple.
  mutating func joined(_ values: Few<SyntaxTree.Expression>) -> SyntaxTree.Expression {
    tree.isDynamic = true
    let parts = values.map {
      SyntaxTree.Argument(token: tree.nodes[Int($0.root)].token, value: $0.root)
    }
    let root = tuple(parts, tree.nodes[Int(values[0].root)].token)
    return SyntaxTree.Expression(begin: values[0].begin, root: root)
  }

  /// Whether a function calls itself, and has a condition that may end it.
  private func endsItsRecursion(_ function: SyntaxTree.Function) -> Bool {
    var (callsItself, hasCondition) = (false, false)
    for node in tree.nodes.reversed() {
      if node.token < function.token { break }
      if node.kind == .conditional { hasCondition = true }
      guard node.kind == .call else { continue }
      let callee = tree.nodes[Int(node.first)]
      if callee.kind == .name, callee.first == function.name { callsItself = true }
    }
    return callsItself && hasCondition
  }

  /// Ends the body that was read.
  mutating func finishFunction(
    _ statements: [SyntaxTree.Statement], _ outer: SyntaxTree.Function?, _ wasUnreachable: Bool
  ) {
    guard var function else { return }
    function.body = statements
    if !tree.isDynamic, endsItsRecursion(function) { tree.isDynamic = true }
    let name = tokens[Int(function.token)]
    // What a file of Python only seeds or shows in a function is done there, and gives nothing.
    if isPython, function.result == nil, !function.isBroken { tree.isDynamic = true }
    let isProcedure =
      function.isInner || function.isGenerator
      || statements.contains { $0.block >= 0 || $0.kind == .return }
      || tree.isDynamic && (isPython || !statements.isEmpty)
    if function.result == nil, !function.isBroken, !isProcedure {
      report.error(
        .missingReturn, "\(quoted(text(name))) returns nothing", at: name.range,
        help: "end its body with 'return …'")
      function.isBroken = true
    }
    if function.result == nil, !isProcedure { function.isBroken = true }
    if let outer { self.function = outer } else { self.function = nil }
    if function.isBroken { self.function?.isBroken = true }
    isUnreachable = wasUnreachable
    tree.functions.append(function)
    add(
      SyntaxTree.Statement(
        kind: .define, token: function.token, function: Int32(tree.functions.count - 1)))
    for place in function.wrappers.reversed() { wrap(function, place) }
  }

  /// Gives the name of a function what the decorator at word `place` makes of it.
  private mutating func wrap(_ function: SyntaxTree.Function, _ place: Int) {
    let end = position
    position = place
    defer { position = end }
    guard let decorator = readExpression() else { return }
    tree.isDynamic = true
    let name = add(.init(kind: .name, token: function.token, first: function.name))
    let begin = Int32(tree.arguments.count)
    tree.arguments.append(.init(token: function.token, value: name))
    let call = add(
      .init(
        kind: .call, token: Int32(place), first: decorator.root, second: begin, third: begin + 1))
    let target = Int32(tree.targets.count)
    tree.targets.append(.init(name: function.name, token: function.token))
    var wrapping = statement(
      .assign, function.token, [.init(begin: decorator.begin, root: call)])
    wrapping.targets = target..<target + 1
    add(wrapping)
  }
}

extension SyntaxTree.Function {
  /// Takes from decorators, by their last names, what they say of a function.
  fileprivate mutating func follow(_ decorators: Set<String>) {
    if decorators.contains("property") || decorators.contains("cached_property") {
      binding = .property
    } else if decorators.contains("setter") {
      binding = .setter
    } else if decorators.contains("classmethod") {
      binding = .ofClass
    } else if decorators.contains("staticmethod") {
      binding = .alone
    }
    returnsDerivative = decorators.contains("custom_gradient")
    isDetached = !decorators.isDisjoint(with: LeftOut.blocksWithoutDerivatives)
  }
}
