/// Where brackets end, and what they then are.
extension Parser {
  /// Whether the word closes the bracket that is the last frame.
  mutating func isClosing() -> Bool {
    switch frames.last {
    case .group(let open, _, _)?:
      return token.kind == (tokens[Int(open)].kind == .openSquare ? .closeSquare : .close)
    case .list?, .elements?: return token.kind == .closeSquare
    case .dictionary?, .set?: return token.kind == .closeBrace
    case .comprehension(let number)?: return closes(number)
    default: return token.kind == .close
    }
  }

  /// Whether an expression outside brackets may end before the word.
  var endsExpression: Bool {
    switch token.kind {
    case .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .powerAssign, .colon: true
    case .otherKeyword where endsBeforeAs && text(token) == "as": true
    default: endsStatement(token.kind)
    }
  }

  mutating func readEnd(of operand: Int32, _ isGrouped: inout Bool) -> Step {
    var whole = operand
    reduce(&whole, to: 0, &isGrouped)
    if !isClosing(), token.kind != .comma { return wrongAfter(operand) }
    switch frames.last {
    case .condition(_, let word): return missingElse(word)
    case .bars: return unexpected() ? .operator : .mistake
    case .group(let open, let base, let hasComma):
      if isClosing(), !hasComma {
        frames.removeLast()
        advance()
        isGrouped = true
        return .operand(whole)
      }
      pending.append(.init(token: tree.nodes[Int(whole)].token, value: whole))
      if isClosing() { return .operand(close()) }
      frames[frames.count - 1] = .group(token: open, base: base, hasComma: true)
      advance()
      return .operator
    case .call(let open, let callee, let base, let keyword, let keywordToken):
      pending.append(
        .init(
          keyword: keyword, token: keyword < 0 ? tree.nodes[Int(whole)].token : keywordToken,
          value: whole))
      if isClosing() { return .operand(close()) }
      frames[frames.count - 1] = .call(
        token: open, callee: callee, base: base, keyword: -1, keywordToken: -1)
      advance()
      return .operator
    case .list, .set, .dictionary(_, _, true):
      pending.append(.init(token: tree.nodes[Int(whole)].token, value: whole))
      if isClosing() { return .operand(close()) }
      if case .dictionary(let open, let base, _)? = frames.last {
        frames[frames.count - 1] = .dictionary(token: open, base: base, isValue: false)
      }
      advance()
      return .operator
    case .dictionary(let open, let base, _) where tree.nodes[Int(whole)].kind == .starred:
      // `**d` stands for its pairs: a key that is unpacked, and once more in the place of its value.
      let pairs = SyntaxTree.Argument(token: tree.nodes[Int(whole)].token, value: whole)
      pending += [pairs, pairs]
      if isClosing() { return .operand(close()) }
      frames[frames.count - 1] = .dictionary(token: open, base: base, isValue: false)
      advance()
      return .operator
    case .dictionary(let open, let base, _) where pending.count == base && isPython:
      frames[frames.count - 1] = .set(token: open, base: base)
      return readEnd(of: whole, &isGrouped)
    case .dictionary:
      return refuse(.unsupportedExpression, "sets are not supported", help: "write a list")
        ? .operator : .mistake
    case .elements:
      finishElement(whole)
      if isClosing() { return .operand(close()) }
      advance()
      return .operator
    case .comprehension(let number):
      guard isClosing() else { return unexpected() ? .operator : .mistake }
      return .operand(finishComprehension(number, whole))
    default: return .end(whole)
    }
  }

  mutating func finish(_ operand: Int32, _ isGrouped: inout Bool) -> Step {
    var whole = operand
    reduce(&whole, to: 0, &isGrouped)
    if case .condition(_, let word)? = frames.last { return missingElse(word) }
    return .end(whole)
  }

  /// Makes a call or a tuple of what is pending, at the closing bracket.
  mutating func close() -> Int32 {
    let begin = Int32(tree.arguments.count)
    advance()
    switch frames.removeLast() {
    case .list(let open, let base): return close(.list, open, base)
    case .set(let open, let base): return call("set", close(.list, open, base), at: open)
    case .dictionary(let open, let base, _): return close(.dictionary, open, base)
    case .elements(let open, let object, let base, _):
      let node = close(.subscript, open, base)
      tree.nodes[Int(node)].first = object
      return node
    case .call(_, let callee, let base, _, _):
      if let instead = simplified(callee, from: base) { return instead }
      noteFunctions(callee, pending[base...])
      noteOutputs(callee, pending[base...])
      noteLayer(callee)
      tree.arguments += pending[base...]
      pending.removeSubrange(base...)
      return add(
        .init(
          kind: .call, token: tree.nodes[Int(callee)].token, first: callee, second: begin,
          third: Int32(tree.arguments.count)))
    case .group(let open, let base, _):
      tree.arguments += pending[base...]
      pending.removeSubrange(base...)
      return add(
        .init(kind: .tuple, token: open, second: begin, third: Int32(tree.arguments.count)))
    default: preconditionFailure("only brackets are closed")
    }
  }
}
