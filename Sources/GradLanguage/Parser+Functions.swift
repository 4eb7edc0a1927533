extension Parser {
  /// Reads the head of a function; its body follows as statements.
  mutating func readDefinition() -> Bool {
    let def = token
    if function != nil {
      report.error(
        .badDefinition, "a function inside a function is not supported", at: def.range,
        help: "define it before the other one")
      skipLine()
      return true
    }
    if isOneLineBody { return unexpected() }
    advance()
    guard token.kind == .name else { return refuseHead("the function has no name", def) }
    var function = SyntaxTree.Function(name: token.payload, token: Int32(position))
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
    isUnreachable = false
    if token.kind != .newline {
      self.function = function
      isOneLineBody = true
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
    blocks.append(.function)
    self.function = function
    return true
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
    while token.kind != .close {
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
      } else if let earlier = function.parameters.last, earlier.fallback != nil {
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
      report.error(.returnOutsideFunction, "'return' stands outside a function", at: word.range)
      skipStatement()
      return true
    }
    advance()
    if endsStatement(token.kind) {
      report.error(
        .expectedExpression, "an expression is missing after 'return'", at: word.range)
      return false
    }
    guard let value = readExpression() else { return false }
    if token.kind == .comma {
      report.error(
        .unsupportedExpression, "a function returns one number", at: token.range,
        help: "write one function for each")
      return false
    }
    guard endsStatement(token.kind) else { return unexpected() }
    if tree.nodes[Int(value.root)].kind == .tuple {
      report.error(
        .unsupportedExpression, "a function returns one number",
        at: tokens[Int(tree.nodes[Int(value.root)].token)].range,
        help: "write one function for each")
      return false
    }
    if !isUnreachable { function?.result = value }
    isUnreachable = true
    return true
  }

  /// Ends the body that is being read.
  mutating func finishFunction() {
    guard var function else { return }
    let name = tokens[Int(function.token)]
    if function.result == nil, !function.isBroken {
      report.error(
        .missingReturn, "\(quoted(text(name))) returns nothing", at: name.range,
        help: "end its body with 'return …'")
    }
    if function.result == nil { function.isBroken = true }
    self.function = nil
    isOneLineBody = false
    isUnreachable = false
    tree.functions.append(function)
    tree.statements.append(
      SyntaxTree.Statement(
        kind: .define, token: function.token, function: Int32(tree.functions.count - 1)))
  }
}
