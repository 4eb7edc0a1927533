/// Lists, dictionaries, elements of them, comprehensions, and functions without a name.
extension Parser {
  // MARK: Operators

  /// The operator of Python that begins with this word, how strongly it binds, and of how many words it
  /// is; `nil` where there is none, or where the word is one that other languages have.
  mutating func otherBinary() -> (SyntaxTree.Kind, strength: Int, words: Int)? {
    switch token.kind {
    case .otherOperator:
      switch text(token) {
      case "@": return (.matrixMultiply, Strength.multiplicative, 1)
      case "&": return (.bitAnd, Strength.bitAnd, 1)
      case "^" where isPython: return (.bitXor, Strength.bitXor, 1)
      case "<<" where isPython: return (.shiftLeft, Strength.shift, 1)
      case ">>" where isPython: return (.shiftRight, Strength.shift, 1)
      case "//":
        return isComment && !isPython
          ? nil : (.floorDivide, Strength.multiplicative, 1)
      case "%":
        let isPercent = last.kind == .number && endsStatement(next.kind)
        return (isPercent || isComment) && !isPython
          ? nil : (.modulo, Strength.multiplicative, 1)
      default: return nil
      }
    case .otherKeyword:
      switch text(token) {
      case "in": return (.contained, Strength.comparison, 1)
      case "is":
        return next.kind == .not
          ? (.notIdentical, Strength.comparison, 2) : (.identical, Strength.comparison, 1)
      default: return nil
      }
    case .bar where !isBetweenBars && !isOpeningBar: return (.bitOr, Strength.bitOr, 1)
    case .not where next.kind == .otherKeyword && text(next) == "in":
      return (.notContained, Strength.comparison, 2)
    default: return nil
    }
  }

  /// Notes that a function is given to a function of the program.
  mutating func noteFunctions(_ callee: Int32, _ arguments: ArraySlice<SyntaxTree.Argument>) {
    if tree.isDynamic || tree.functions.isEmpty { return }
    let node = tree.nodes[Int(callee)]
    guard node.kind == .name, arguments.contains(where: { isOwnFunction($0.value) }),
      tree.functions.contains(where: { $0.name == node.first })
    else { return }
    tree.isDynamic = true
  }

  /// Notes that the program makes a layer, whose weights it may set.
  mutating func noteLayer(_ callee: Int32) {
    if tree.isDynamic { return }
    let node = tree.nodes[Int(callee)]
    let name: Int32
    switch node.kind {
    case .name: name = node.first
    case .attribute: name = node.second
    default: return
    }
    // Layers are called as classes are.
    let token = tokens[Int(node.token)]
    guard source.bytes[Int(token.start)] &- 0x41 < 26,
      ArrayWord.layers[names[tree.importedNames[name] ?? name]] != nil,
      node.kind == .attribute || !isKnown(name)
    else { return }
    tree.isDynamic = true
  }

  /// Whether node `index` is the name of a function of the program.
  mutating func isOwnFunction(_ index: Int32) -> Bool {
    let node = tree.nodes[Int(index)]
    return node.kind == .name && tree.functions.contains { $0.name == node.first }
  }

  // MARK: Brackets

  /// Where the bracket at word `index` is closed; `nil` if it is not.
  func endOfBracket(_ index: Int32) -> Int? {
    var depth = 0
    for index in Int(index)..<tokens.count {
      switch tokens[index].kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace:
        depth -= 1
        if depth == 0 { return index }
      case .unclosed, .newline, .end: return nil
      default: break
      }
    }
    return nil
  }

  /// Whether what was read may be called.
  mutating func isCallable(_ operand: Int32, _ isGrouped: Bool) -> Bool {
    let node = tree.nodes[Int(operand)]
    switch node.kind {
    case .name, .attribute: return !isGrouped
    case .subscript, .lambda: return true
    case .call:
      if isGradientCall(operand) { return !isGrouped }
      let callee = tree.nodes[Int(node.first)]
      switch callee.kind {
      case .name:
        let isOwn = tree.functions.suffix(1000).contains { $0.name == callee.first }
        if isOwn { return tree.isDynamic }
        return tree.classes.contains { $0.name == callee.first }
          || ["super", "vmap", "type"].contains(names[callee.first])
          || Word.ofDerivatives[names[tree.importedNames[callee.first] ?? callee.first]] != nil
          || ArrayWord.layers[names[callee.first]] != nil
      case .attribute:
        return tree.isDynamic
          && (names[callee.second] == "vmap" || Word.ofDerivatives[names[callee.second]] != nil
            || names[callee.second].first?.isUppercase == true
            || tree.functions.suffix(1000).contains { $0.isInner && $0.name == callee.second })
      case .call: return tree.isDynamic && isCallable(node.first, isGrouped)
      default: return callee.kind == .subscript
      }
    default: return false
    }
  }

  /// Whether what was read may have elements.
  func hasElements(_ operand: Int32, _ isGrouped: Bool) -> Bool {
    switch tree.nodes[Int(operand)].kind {
    case .number, .truth, .none: false
    case .name, .attribute, .call, .subscript, .list, .dictionary, .string, .tuple, .comprehension:
      true
    default: isGrouped
    }
  }

  /// Whether a star here stands before a list whose elements are meant one by one.
  var isUnpacking: Bool {
    switch frames.last {
    case .call?, .list?: last.kind == .open || last.kind == .openSquare || last.kind == .comma
    case .group?: last.kind == .open || last.kind == .comma
    case nil: position == 0 || endsStatement(last.kind) || last.kind == .comma
    default: false
    }
  }

  /// Whether two stars here stand before a dictionary whose pairs are meant one by one.
  var isUnpackingInBraces: Bool {
    guard case .dictionary(_, _, false)? = frames.last else { return false }
    return last.kind == .openBrace || last.kind == .comma
  }

  /// Whether the innermost bracket is that of a call.
  var isInCall: Bool { if case .call? = frames.last { true } else { false } }

  /// Makes a node of what is pending since `base`.
  mutating func close(_ kind: SyntaxTree.Kind, _ open: Int32, _ base: Int) -> Int32 {
    let begin = Int32(tree.arguments.count)
    tree.arguments += pending[base...]
    pending.removeSubrange(base...)
    tree.isDynamic = true
    return add(
      .init(kind: kind, token: open, second: begin, third: Int32(tree.arguments.count)))
  }

  /// Reads a colon behind `operand`, -1 for none: between a key and its value, or of a slice.
  mutating func readColon(after operand: Int32) -> Bool {
    switch frames.last {
    case .dictionary(let open, let base, false)? where operand >= 0:
      pending.append(.init(token: tree.nodes[Int(operand)].token, value: operand))
      frames[frames.count - 1] = .dictionary(token: open, base: base, isValue: true)
      advance()
      return true
    case .elements(let open, let object, let base, let parts)? where parts.count < 2:
      frames[frames.count - 1] = .elements(
        token: open, object: object, base: base, parts: parts.adding(operand))
      if operand >= 0 { advance() }
      return true
    default: return false
    }
  }

  /// Ends one of the elements that are named in brackets, with `operand` as its last part, -1 for none.
  mutating func finishElement(_ operand: Int32) {
    guard case .elements(let open, let object, let base, let parts)? = frames.last else { return }
    var value = operand
    if !parts.isEmpty {
      let isLong = parts.count == 2
      value = add(
        .init(
          kind: .slice, token: Int32(position - 1), first: parts.first,
          second: isLong ? parts.second : operand, third: isLong ? operand : -1))
    }
    pending.append(.init(token: tree.nodes[Int(value)].token, value: value))
    frames[frames.count - 1] = .elements(token: open, object: object, base: base, parts: .init())
  }

  // MARK: Functions without a name

  /// Reads `lambda x, y=2:`, whose body follows as an operand.
  mutating func readLambda() -> Step {
    let here = Int32(position)
    var function = SyntaxTree.Function(name: -1, token: here)
    function.isInner = true
    advance()
    while token.kind == .name || token.kind == .star && next.kind == .name {
      if token.kind == .star {
        advance()
        function.rest = token.payload
        advance()
        break
      }
      var parameter = SyntaxTree.Parameter(name: token.payload, token: Int32(position))
      advance()
      if token.kind == .assign {
        advance()
        guard token.kind == .name || token.kind == .number else {
          return refuse(
            .badDefinition, "a default of 'lambda' is a number or a name here",
            help: "write 'def f(x, y=…): return …'") ? .operator : .mistake
        }
        let value = add(
          .init(
            kind: token.kind == .name ? .name : .number, token: Int32(position),
            first: token.payload))
        parameter.fallback = .init(begin: value, root: value)
        advance()
      }
      function.parameters.append(parameter)
      guard token.kind == .comma else { break }
      advance()
    }
    guard token.kind == .colon else {
      return unexpected(wanted: "the ':' of 'lambda'") ? .operator : .mistake
    }
    advance()
    tree.isDynamic = true
    tree.functions.append(function)
    frames.append(
      .lambda(
        token: here, function: Int32(tree.functions.count - 1), begin: Int32(tree.nodes.count)))
    return .operator
  }

  // MARK: Comprehensions

  /// A comprehension that is being read.
  struct OpenComprehension {
    var syntax: SyntaxTree.Comprehension
    /// The brackets around it.
    var bracket: Frame
  }

  /// Whether a bracket is that of `next(…)`, which wants one item of a generator.
  private func isOfNext(_ frame: Frame?) -> Bool {
    guard case .call(_, let callee, _, _, _)? = frame else { return false }
    let node = tree.nodes[Int(callee)]
    return node.kind == .name && names[node.first] == "next"
  }

  /// Reads `for x in` behind the element that is collected, or behind the items of another `for`.
  mutating func readFor(_ operand: Int32) -> Step {
    let word = Int32(position)
    var number = openComprehensions.count
    switch frames.last {
    case .comprehension(let open)?:
      number = open
      add(operand, to: open)
    case .group(_, let base, false)? where pending.count == base:
      openComprehensions.append(
        .init(syntax: .init(kind: .generator, element: operand), bracket: frames.removeLast()))
      frames.append(.comprehension(number: number))
    case .list(_, let base)? where pending.count == base,
      .call(_, _, let base, -1, _)? where pending.count == base:
      openComprehensions.append(
        .init(
          syntax: .init(kind: isOfNext(frames.last) ? .generator : .list, element: operand),
          bracket: frames.removeLast()))
      frames.append(.comprehension(number: number))
    case .dictionary(_, let base, false)? where pending.count == base:
      openComprehensions.append(
        .init(syntax: .init(kind: .set, element: operand), bracket: frames.removeLast()))
      frames.append(.comprehension(number: number))
    case .dictionary(_, let base, true)? where pending.count == base + 1:
      let key = pending.removeLast().value
      openComprehensions.append(
        .init(
          syntax: .init(kind: .dictionary, element: operand, key: key),
          bracket: frames.removeLast()))
      frames.append(.comprehension(number: number))
    default: return wrongAfter(operand)
    }
    tree.isDynamic = true
    advance()
    guard let target = readLoopTarget() else { return .mistake }
    openComprehensions[number].syntax.clauses.append(.init(target: target, items: word))
    return .operator
  }

  /// Reads the names that a loop gives its items to, and the word `in`.
  mutating func readLoopTarget() -> Int32? {
    let here = Int32(position)
    var depth = 0
    var starts: [Int] = []
    var parts: [[SyntaxTree.Argument]] = [[]]
    var isTuple = [false]
    while true {
      switch token.kind {
      case .name:
        let name = add(.init(kind: .name, token: Int32(position), first: token.payload))
        parts[depth].append(.init(token: Int32(position), value: name))
      case .comma where !parts[depth].isEmpty: isTuple[depth] = true
      case .open where depth < 100:
        depth += 1
        starts.append(position)
        parts.append([])
        isTuple.append(false)
      case .close where depth > 0 && !parts[depth].isEmpty:
        let inner = parts.removeLast()
        let value = isTuple.removeLast() ? tuple(inner, Int32(starts.removeLast())) : inner[0].value
        depth -= 1
        parts[depth].append(.init(token: Int32(position), value: value))
      case .otherKeyword where text(token) == "in" && depth == 0 && !parts[0].isEmpty:
        advance()
        return isTuple[0] ? tuple(parts[0], here) : parts[0][0].value
      default:
        let wanted = parts[depth].isEmpty ? "the name of an item" : depth == 0 ? "'in'" : "')'"
        _ = refuse(
          .unexpectedToken, "\(wanted) is expected, not \(described(token))",
          help: "a loop is written 'for x in xs'")
        return nil
      }
      if parts[depth].count > 1, !isTuple[depth] {
        _ = unexpected(wanted: "',' or 'in'")
        return nil
      }
      advance()
    }
  }

  mutating func tuple(_ parts: [SyntaxTree.Argument], _ token: Int32) -> Int32 {
    let begin = Int32(tree.arguments.count)
    tree.arguments += parts
    return add(
      .init(kind: .tuple, token: token, second: begin, third: Int32(tree.arguments.count)))
  }

  /// Takes an operand as the items or the last condition of a comprehension.
  private mutating func add(_ operand: Int32, to number: Int) {
    let last = openComprehensions[number].syntax.clauses.count - 1
    if openComprehensions[number].syntax.clauses[last].conditions.last == -1 {
      let condition = openComprehensions[number].syntax.clauses[last].conditions.count - 1
      openComprehensions[number].syntax.clauses[last].conditions[condition] = operand
    } else {
      openComprehensions[number].syntax.clauses[last].items = operand
    }
  }

  /// Reads the `if` of a comprehension.
  mutating func readCondition(_ operand: Int32, _ number: Int) -> Step {
    add(operand, to: number)
    let last = openComprehensions[number].syntax.clauses.count - 1
    openComprehensions[number].syntax.clauses[last].conditions.append(-1)
    advance()
    return .operator
  }

  func closes(_ number: Int) -> Bool {
    switch openComprehensions[number].bracket {
    case .list: token.kind == .closeSquare
    case .dictionary: token.kind == .closeBrace
    default: token.kind == .close
    }
  }

  /// Ends a comprehension at its closing bracket; one that is an argument ends the call too.
  mutating func finishComprehension(_ number: Int, _ operand: Int32) -> Int32 {
    add(operand, to: number)
    let open = openComprehensions.removeLast()
    frames.removeLast()
    tree.comprehensions.append(open.syntax)
    let node = add(
      .init(
        kind: .comprehension, token: tree.nodes[Int(open.syntax.element)].token,
        first: Int32(tree.comprehensions.count - 1)))
    guard case .call = open.bracket else {
      advance()
      return node
    }
    frames.append(open.bracket)
    pending.append(.init(token: tree.nodes[Int(node)].token, value: node))
    return close()
  }
}
