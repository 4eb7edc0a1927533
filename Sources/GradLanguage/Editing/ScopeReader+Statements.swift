/// What statements give values to, and the blocks they begin.
extension ScopeReader {
  mutating func readStatement(_ range: Range<Int>) {
    let first = range.lowerBound
    switch tokens[first].kind {
    case .def: readFunction(range)
    case .import: readImport(range)
    case .from: readFrom(range)
    case .if: readHead(range, targets: nil)
    case .else: readHead(range, targets: nil)
    case .return: readExpression(first + 1..<range.upperBound)
    case .otherKeyword:
      switch word(first) {
      case "class": readClass(range)
      case "async" where first + 1 < range.upperBound:
        readStatement(first + 1..<range.upperBound)
      case "for":
        var end = first + 1
        while end < range.upperBound, !(tokens[end].kind == .otherKeyword && isWord(end, "in")) {
          end += 1
        }
        readHead(range, targets: first + 1..<end)
      case "global", "nonlocal":
        for index in first + 1..<range.upperBound where tokens[index].kind == .name {
          if isWord(first, "global") { scopes[scope].outer.insert(tokens[index].payload) }
          refer(index)
        }
      case "with", "except", "while", "elif", "try", "finally": readHead(range, targets: nil)
      default: readExpression(first + 1..<range.upperBound)
      }
    default: readAssignment(range)
    }
  }

  /// Reads what begins a block, and what stands behind its colon.
  mutating func readHead(_ range: Range<Int>, targets: Range<Int>?) {
    if let targets { readTargets(targets) }
    let first = targets?.upperBound ?? range.lowerBound + 1
    let colon = find(.colon, in: first..<range.upperBound) ?? range.upperBound
    var begin = first
    var index = first
    // `with open(x) as f`
    while index < colon {
      if tokens[index].kind == .otherKeyword, isWord(index, "as") {
        readExpression(begin..<index)
        var end = index + 1
        while end < colon, tokens[end].kind != .comma { end += 1 }
        readTargets(index + 1..<end)
        begin = end
        index = end
      } else {
        index += 1
      }
    }
    readExpression(begin..<colon)
    if colon + 1 < range.upperBound { readStatement(colon + 1..<range.upperBound) }
  }

  mutating func readFunction(_ range: Range<Int>) {
    let name = range.lowerBound + 1
    guard name < range.upperBound, tokens[name].kind == .name else {
      return readExpression(name..<range.upperBound)
    }
    let function = define(name, .function)
    guard name + 1 < range.upperBound, tokens[name + 1].kind == .open else {
      return readExpression(name + 1..<range.upperBound)
    }
    let end = min(closing[name + 1] ?? range.upperBound, range.upperBound)
    let inner = open(.function, at: name + 1, owner: function)
    readParameters(name + 2..<end, of: inner, function)
    let colon = find(.colon, in: end..<range.upperBound) ?? range.upperBound
    readExpression(min(end + 1, colon)..<colon)
    readBody(colon, range, inner)
  }

  mutating func readClass(_ range: Range<Int>) {
    let name = range.lowerBound + 1
    guard name < range.upperBound, tokens[name].kind == .name else {
      return readExpression(name..<range.upperBound)
    }
    let owner = define(name, .class)
    let colon = find(.colon, in: name..<range.upperBound) ?? range.upperBound
    readExpression(name + 1..<colon)
    readBody(colon, range, open(.class, at: colon, owner: owner))
  }

  /// Reads a body on the line of its head, or waits for the block.
  mutating func readBody(_ colon: Int, _ range: Range<Int>, _ inner: Int) {
    if colon + 1 >= range.upperBound {
      close(inner, at: range.upperBound)
      // The block may be yet to be written.
      pendingBlock = inner
      return
    }
    let outer = scope
    scope = inner
    readStatement(colon + 1..<range.upperBound)
    scope = outer
    close(inner, at: range.upperBound)
  }

  /// Reads names with their types and defaults, which belong to what is around the function.
  mutating func readParameters(_ range: Range<Int>, of inner: Int, _ function: Int?) {
    var begin = range.lowerBound
    while begin < range.upperBound {
      var name = begin
      while name < range.upperBound, tokens[name].kind == .star || tokens[name].kind == .power {
        name += 1
      }
      let end = find(.comma, in: begin..<range.upperBound) ?? range.upperBound
      if name < end, tokens[name].kind == .name {
        let outer = scope
        scope = inner
        let parameter = define(name, .parameter)
        scope = outer
        if let function, let parameter { symbols[function].parameters.append(parameter) }
        readExpression(name + 1..<end)
      } else {
        readExpression(begin..<end)
      }
      begin = end + 1
    }
  }

  mutating func readImport(_ range: Range<Int>) {
    var index = range.lowerBound + 1
    while index < range.upperBound {
      let end = find(.comma, in: index..<range.upperBound) ?? range.upperBound
      if end - index >= 3, tokens[end - 2].kind == .otherKeyword, isWord(end - 2, "as"),
        tokens[end - 1].kind == .name
      {
        define(end - 1, .module)
      } else if index < end, tokens[index].kind == .name {
        let symbol = define(index, .module)
        if let symbol { symbols[symbol].isForeign = true }
      }
      index = end + 1
    }
  }

  mutating func readFrom(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound, tokens[index].kind != .import { index += 1 }
    index += 1
    while index < range.upperBound {
      let isAlias =
        index + 2 < range.upperBound && tokens[index + 1].kind == .otherKeyword
        && isWord(index + 1, "as")
      if isAlias { index += 2 }
      if tokens[index].kind == .name {
        let symbol = define(index, .module)
        if let symbol, !isAlias { symbols[symbol].isForeign = true }
      }
      index += 1
    }
  }

  mutating func readAssignment(_ range: Range<Int>) {
    if let end = endOfFormulaHead(range) {
      let function = define(range.lowerBound, .function)
      let inner = open(.function, at: range.lowerBound + 1, owner: function)
      readParameters(range.lowerBound + 2..<end, of: inner, function)
      let outer = scope
      scope = inner
      readExpression(end + 2..<range.upperBound)
      scope = outer
      return close(inner, at: range.upperBound)
    }
    var begin = range.lowerBound
    if let colon = find(.colon, in: range), !hasLambda(range.lowerBound..<colon) {
      // `x: float = 3`
      readTargets(begin..<colon)
      begin = find(.assign, in: colon..<range.upperBound) ?? colon
      readExpression(colon + 1..<max(begin, colon + 1))
      if begin == colon { return readExpression(colon + 1..<range.upperBound) }
      begin += 1
    }
    var depth = 0
    for index in range where index >= begin {
      switch tokens[index].kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      case .assign where depth == 0, .plusAssign, .minusAssign, .starAssign, .slashAssign,
        .powerAssign:
        readTargets(begin..<index)
        begin = index + 1
      case .otherOperator where depth == 0 && ["@=", "//=", "%="].contains(word(index)):
        readTargets(begin..<index)
        begin = index + 1
      default: break
      }
    }
    readExpression(begin..<range.upperBound)
  }

  func hasLambda(_ range: Range<Int>) -> Bool {
    range.contains { tokens[$0].kind == .otherKeyword && isWord($0, "lambda") }
  }

  /// The bracket that closes `f(x, y)` in `f(x, y) = …`.
  func endOfFormulaHead(_ range: Range<Int>) -> Int? {
    let first = range.lowerBound
    guard range.count > 4, tokens[first].kind == .name, tokens[first + 1].kind == .open else {
      return nil
    }
    var index = first + 2
    while index + 2 < range.upperBound, tokens[index].kind == .name,
      tokens[index + 1].kind == .comma
    {
      index += 2
    }
    guard index + 2 < range.upperBound, tokens[index].kind == .name,
      tokens[index + 1].kind == .close, tokens[index + 2].kind == .assign
    else { return nil }
    return index + 1
  }
}
