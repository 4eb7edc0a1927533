extension Parser {
  /// What waits on the stack for an operand to its right, or for its closing bracket.
  enum Frame {
    case prefix(SyntaxTree.Kind, token: Int32, strength: Int)
    case binary(SyntaxTree.Kind, token: Int32, left: Int32, strength: Int, isChained: Bool)
    case condition(then: Int32, token: Int32)
    case otherwise(then: Int32, condition: Int32, token: Int32)
    /// Brackets, with how many arguments were pending before them.
    case group(token: Int32, base: Int, hasComma: Bool)
    case call(token: Int32, callee: Int32, base: Int, keyword: Int32, keywordToken: Int32)
    /// `√`, which binds as a sign does.
    case root(token: Int32)
    /// `~`, which binds alike.
    case inverse(token: Int32)
    /// `name :=`, whose value follows.
    case walrus(token: Int32, name: Int32)
    /// The first of the bars around an absolute value.
    case bars(token: Int32)
    /// `lambda x:`, function number `function`, whose body begins at node `begin`.
    case lambda(token: Int32, function: Int32, begin: Int32)
    /// Square brackets or braces with elements, with how many arguments were pending before them.
    case list(token: Int32, base: Int)
    case dictionary(token: Int32, base: Int, isValue: Bool)
    case set(token: Int32, base: Int)
    /// The brackets behind `object`, and what stands between the colons of the element at hand.
    case elements(token: Int32, object: Int32, base: Int, parts: ElementParts)
    /// Brackets from `for` on; number `number` of those being read.
    case comprehension(number: Int)
  }

  /// The parts of an element up to its last colon; a trivial type, as every frame would else be counted.
  struct ElementParts {
    private(set) var count = 0
    private(set) var first: Int32 = -1
    private(set) var second: Int32 = -1

    var isEmpty: Bool { count == 0 }

    /// The same with another part, the second at most.
    func adding(_ part: Int32) -> ElementParts {
      var parts = self
      if count == 0 { parts.first = part } else { parts.second = part }
      parts.count += 1
      return parts
    }
  }

  /// How strongly operators bind; Python's order.
  enum Strength {
    static let lambda = 0
    static let conditional = 1
    static let or = 2
    static let and = 3
    static let not = 4
    static let comparison = 5
    static let bitOr = 6
    static let bitXor = 7
    static let bitAnd = 8
    static let shift = 9
    static let additive = 10
    static let multiplicative = 11
    static let sign = 12
    static let power = 13
  }

  mutating func add(_ node: SyntaxTree.Node) -> Int32 {
    tree.nodes.append(node)
    return Int32(tree.nodes.count - 1)
  }

  /// Reads an expression up to a word that cannot belong to it; `nil` after a mistake, which has
  /// been reported.
  mutating func readExpression() -> SyntaxTree.Expression? {
    if !frames.isEmpty { frames.removeAll(keepingCapacity: true) }
    if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
    if !openComprehensions.isEmpty { openComprehensions.removeAll() }
    let begin = Int32(tree.nodes.count)
    var operand: Int32?
    var isGrouped = false
    while true {
      if let current = operand {
        switch readAfter(current, &isGrouped) {
        case .operand(let index): operand = index
        case .operator: operand = nil
        case .end(let root): return SyntaxTree.Expression(begin: begin, root: root)
        case .mistake: return nil
        }
      } else {
        switch readOperand() {
        case .operand(let index):
          operand = index
          isGrouped = false
        case .operator: break
        case .end, .mistake: return nil
        }
      }
    }
  }

  /// What a step of reading leaves.
  enum Step {
    case operand(Int32)
    case `operator`
    case end(Int32)
    case mistake
  }

  /// Reads where an operand is wanted.
  private mutating func readOperand() -> Step {
    let here = Int32(position)
    let word = token
    switch word.kind {
    case .number:
      advance()
      return .operand(add(.init(kind: .number, token: here, first: word.payload)))
    case .name:
      advance()
      if token.kind == .assign, case .call(let open, let callee, let base, -1, _)? = frames.last {
        frames[frames.count - 1] = .call(
          token: open, callee: callee, base: base, keyword: word.payload, keywordToken: here)
        advance()
        return .operator
      }
      return .operand(add(.init(kind: .name, token: here, first: word.payload)))
    case .string: return readText()
    case .true, .false:
      advance()
      return .operand(
        add(.init(kind: .truth, token: here, first: word.kind == .true ? 1 : 0)))
    case .otherOperator where text(word) == "~": frames.append(.inverse(token: here))
    case .plus, .minus:
      frames.append(
        .prefix(word.kind == .plus ? .plus : .negate, token: here, strength: Strength.sign))
    case .not: frames.append(.prefix(.not, token: here, strength: Strength.not))
    case .root: frames.append(.root(token: here))
    case .bar: frames.append(.bars(token: here))
    case .doubleBar: frames += [.bars(token: here), .bars(token: here)]
    case .open: frames.append(.group(token: here, base: pending.count, hasComma: false))
    case .openSquare where isInGradientCall:
      // A list of parameters, which is read as a tuple.
      frames.append(.group(token: here, base: pending.count, hasComma: true))
    case .openSquare:
      guard endOfBracket(here) != nil else { return missingOperand() }
      frames.append(.list(token: here, base: pending.count))
    case .openBrace:
      guard endOfBracket(here) != nil else { return missingOperand() }
      frames.append(.dictionary(token: here, base: pending.count, isValue: false))
    case .close, .closeSquare, .closeBrace:
      guard isClosing() else { return missingOperand() }
      // Brackets that hold nothing, or end with a comma.
      switch frames.last {
      case .call(_, _, let base, -1, _) where pending.count == base || last.kind == .comma:
        return .operand(close())
      case .group(_, let base, true) where pending.count > base: return .operand(close())
      case .group(_, let base, false)
      where pending.count == base && last.kind == .open && isPython:
        tree.isDynamic = true
        return .operand(close())
      case .set where last.kind == .comma: return .operand(close())
      case .list(_, let base) where pending.count == base || last.kind == .comma,
        .dictionary(_, let base, false) where pending.count == base || last.kind == .comma:
        return .operand(close())
      case .elements(_, _, let base, let parts)
      where !parts.isEmpty || pending.count > base && last.kind == .comma:
        if !parts.isEmpty { finishElement(-1) }
        return .operand(close())
      default: return missingOperand()
      }
    case .colon: if !readColon(after: -1) { return missingOperand() }
    case .comma:
      guard case .elements(_, _, _, let parts)? = frames.last, !parts.isEmpty else {
        return missingOperand()
      }
      finishElement(-1)
    case .none:
      tree.isDynamic = true
      advance()
      return .operand(add(.init(kind: .none, token: here)))
    case .power where isUnpacking && isInCall, .power where isUnpackingInBraces:
      tree.isDynamic = true
      frames.append(.prefix(.starred, token: here, strength: Strength.or))
    case .star where isUnpacking:
      tree.isDynamic = true
      frames.append(.prefix(.starred, token: here, strength: Strength.or))
    case .otherKeyword where text(word) == "lambda": return readLambda()
    case .otherOperator where text(word) == "...":
      guard case .elements? = frames.last else { return missingOperand() }
      advance()
      return .operand(add(.init(kind: .ellipsis, token: here)))
    default: return missingOperand()
    }
    advance()
    return .operator
  }

  /// Reads where an operator is wanted.
  private mutating func readAfter(_ operand: Int32, _ isGrouped: inout Bool) -> Step {
    let here = Int32(position)
    if let (kind, strength) = binary(token.kind) {
      var left = operand
      // The power is the one operator that binds to the right.
      reduce(&left, to: kind == .power ? strength + 1 : strength, &isGrouped)
      let isChained =
        strength == Strength.comparison && tree.nodes[Int(left)].kind.isComparison && !isGrouped
      frames.append(
        .binary(kind, token: here, left: left, strength: strength, isChained: isChained))
      advance()
      return .operator
    }
    if let (kind, strength, words) = otherBinary() {
      tree.isDynamic = true
      var left = operand
      reduce(&left, to: strength, &isGrouped)
      let isChained =
        strength == Strength.comparison && tree.nodes[Int(left)].kind.isComparison && !isGrouped
      frames.append(
        .binary(kind, token: here, left: left, strength: strength, isChained: isChained))
      for _ in 0..<words { advance() }
      return .operator
    }
    var whole = operand
    switch token.kind {
    case .otherOperator
    where text(token) == ":=" && tree.nodes[Int(operand)].kind == .name && !beginsStatement:
      let name = tree.nodes[Int(operand)].first
      tree.isDynamic = true
      tree.captured.insert(name)
      frames.append(.walrus(token: here, name: name))
      advance()
      return .operator
    case .dot:
      advance()
      guard token.kind == .name else {
        return unexpected(wanted: "a name after '.'") ? .operator : .mistake
      }
      let node = SyntaxTree.Node(
        kind: .attribute, token: Int32(position), first: operand, second: token.payload)
      advance()
      isGrouped = false
      return .operand(add(node))
    case .open:
      guard isCallable(operand, isGrouped) else { return missingOperator(operand) }
      frames.append(
        .call(
          token: here, callee: operand, base: pending.count, keyword: -1, keywordToken: -1))
      advance()
      return .operator
    case .if:
      reduce(&whole, to: Strength.conditional + 1, &isGrouped)
      if case .comprehension(let number)? = frames.last { return readCondition(whole, number) }
      frames.append(.condition(then: whole, token: here))
      advance()
      return .operator
    case .else:
      reduce(&whole, to: Strength.conditional, &isGrouped)
      guard case .condition(let then, let word)? = frames.last else {
        return unexpected() ? .operator : .mistake
      }
      frames[frames.count - 1] = .otherwise(then: then, condition: whole, token: word)
      advance()
      return .operator
    case .openSquare where isGradientCall(operand) && isElement && tree.elements[operand] == nil:
      tree.elements[operand] = Int(numbers[Int(next.payload)])
      advance()
      advance()
      advance()
      return .operand(operand)
    case .openSquare where hasElements(operand, isGrouped):
      guard endOfBracket(here) != nil else { return wrongAfter(operand) }
      tree.isDynamic = true
      frames.append(.elements(token: here, object: operand, base: pending.count, parts: .init()))
      isGrouped = false
      advance()
      return .operator
    case .otherKeyword where text(token) == "for" && !frames.isEmpty:
      reduce(&whole, to: 0, &isGrouped)
      return readFor(whole)
    case .colon where !frames.isEmpty:
      reduce(&whole, to: 0, &isGrouped)
      if openBracket == nil { return finish(whole, &isGrouped) }
      return readColon(after: whole) ? .operator : wrongAfter(operand)
    case .comma, .close, .closeSquare, .closeBrace:
      return readEnd(of: whole, &isGrouped)
    case .superscript: return readSuperscript(operand, &isGrouped)
    case .bar, .doubleBar: return closeBars(operand, &isGrouped)
    default:
      if openBracket != nil || !endsExpression {
        return wrongAfter(operand)
      }
      return finish(whole, &isGrouped)
    }
  }

  /// Whether the word before this one begins the statement, where Python's `:=` is no sign of assignment.
  private var beginsStatement: Bool {
    frames.isEmpty && (position < 2 || endsStatement(tokens[position - 2].kind))
  }

  /// Applies the operators on the stack that bind at least as strongly as `strength`.
  mutating func reduce(_ operand: inout Int32, to strength: Int, _ isGrouped: inout Bool) {
    while let frame = frames.last {
      switch frame {
      case .prefix(let kind, let token, let own) where own >= strength:
        operand = add(.init(kind: kind, token: token, first: operand))
      case .binary(let kind, let token, let left, let own, let isChained) where own >= strength:
        operand = add(
          .init(kind: kind, isChained: isChained, token: token, first: left, second: operand))
      case .root(let token) where Strength.sign >= strength:
        operand = call("sqrt", operand, at: token)
      case .inverse(let token) where Strength.sign >= strength:
        operand = call("invert", operand, at: token)
      case .lambda(let token, let function, let begin) where strength == Strength.lambda:
        tree.functions[Int(function)].result = .init(begin: begin, root: operand)
        operand = add(.init(kind: .lambda, token: token, first: function))
      case .walrus(let token, let name) where strength == Strength.lambda:
        operand = add(.init(kind: .walrus, token: token, first: name, second: operand))
      case .otherwise(let then, let condition, let token) where Strength.conditional >= strength:
        operand = add(
          .init(kind: .conditional, token: token, first: then, second: condition, third: operand))
      default: return
      }
      frames.removeLast()
      isGrouped = false
    }
  }

  private func binary(_ kind: Token.Kind) -> (SyntaxTree.Kind, Int)? {
    switch kind {
    case .plus: (.add, Strength.additive)
    case .minus: (.subtract, Strength.additive)
    case .star: (.multiply, Strength.multiplicative)
    case .slash: (.divide, Strength.multiplicative)
    case .power: (.power, Strength.power)
    case .less: (.less, Strength.comparison)
    case .lessEqual: (.lessEqual, Strength.comparison)
    case .greater: (.greater, Strength.comparison)
    case .greaterEqual: (.greaterEqual, Strength.comparison)
    case .equal: (.equal, Strength.comparison)
    case .notEqual: (.notEqual, Strength.comparison)
    case .and: (.and, Strength.and)
    case .or: (.or, Strength.or)
    default: nil
    }
  }
}
