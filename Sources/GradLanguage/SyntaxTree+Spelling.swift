import GradCore

extension Program {
  /// Whether an expression is made of literals, constants and built-in functions alone.
  func isClosed(_ expression: SyntaxTree.Expression, _ lookup: (Int32) -> Binding?) -> Bool {
    tree.nodes[Int(expression.begin)...Int(expression.root)].allSatisfy { node in
      node.kind != .name || lookup(node.first) == nil
    }
  }

  /// The same of the expression at node `root`, wherever it begins.
  func isClosed(at root: Int32, _ lookup: (Int32) -> Binding?) -> Bool {
    var pending = [root]
    while let index = pending.popLast() {
      let node = tree.nodes[Int(index)]
      if node.kind == .name, lookup(node.first) != nil { return false }
      pending += tree.children(of: index)
    }
    return true
  }

  /// The expression at node `root` as Python's formatters write it: `1 / 3`, `2 * pi`.
  func spelling(of root: Int32) -> String {
    var text = ""
    Formula.write(Int(root), template: template) { piece in
      if case .text(let part) = piece { text += part }
    }
    return text
  }

  /// A number as the program writes it, an exponent in plain digits.
  func spelledNumber(_ token: Int32) -> String {
    let text = text(of: token)
    return tokens[Int(token)].kind == .superscript ? plainExponent(text) : text
  }

  private func template(of index: Int) -> Formula.Template {
    let node = tree.nodes[index]
    let (first, second) = (Int(node.first), Int(node.second))
    switch node.kind {
    case .number: return .atom(spelledNumber(node.token))
    case .name: return .atom(names[node.first])
    case .truth: return .atom(text(of: node.token))
    case .string: return .atom(text(of: node.token).filter { !"'\" ".contains($0) })
    case .attribute:
      if isModule(node.first, { _ in nil }) { return .atom(names[node.second]) }
      return names[node.second] == "data"
        ? Formula.Template(.lowest, [.node(first, least: .lowest)])
        : Formula.Template(.atom, [.node(first, least: .atom), .text(".\(names[node.second])")])
    case .plus: return Formula.Template(.prefix, [.node(first, least: .prefix)])
    case .negate: return Formula.Template(.prefix, [.text("-"), .node(first, least: .prefix)])
    case .not:
      return Formula.Template(.lowest, [.text("not "), .node(first, least: least(first, .not))])
    case .conditional:
      return Formula.Template(
        .lowest,
        [
          .node(first, least: .additive), .text(" if "), .node(second, least: .lowest),
          .text(" else "), .node(Int(node.third), least: .lowest),
        ])
    case .tuple: return .call("", argumentNodes(node))
    case .none: return .atom("None")
    case .ellipsis: return .atom("...")
    case .walrus:
      return Formula.Template(
        .atom, [.text("(\(names[node.first]) := "), .node(second, least: .lowest), .text(")")])
    case .list, .dictionary, .lambda, .comprehension, .starred, .slice, .interpolated:
      return .atom(writtenText(Int32(index)))
    case .subscript:
      var pieces: [Formula.Piece] = [.node(first, least: .atom), .text("[")]
      for (position, argument) in argumentNodes(node).enumerated() {
        if position > 0 { pieces.append(.text(", ")) }
        pieces.append(.node(argument, least: .lowest))
      }
      return Formula.Template(.atom, pieces + [.text("]")])
    case .floorDivide, .modulo, .matrixMultiply:
      return Formula.Template(
        .multiplicative,
        [
          .node(first, least: .multiplicative), .text(" \(text(of: node.token)) "),
          .node(second, least: .prefix),
        ])
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
      return Formula.Template(
        .lowest,
        [
          .node(first, least: .additive), .text(" \(text(of: node.token)) "),
          .node(second, least: .additive),
        ])
    case .call: return callTemplate(node)
    default:
      if let row = arithmeticRow(node.kind)?.row { return row.programTemplate([first, second]) }
      return Formula.Template(
        .lowest,
        [
          .node(first, least: node.isChained ? .lowest : least(first, node.kind)),
          .text(" \(signText(node)) "), .node(second, least: least(second, node.kind)),
        ])
    }
  }

  /// The sign of a comparison, or its words.
  private func signText(_ node: SyntaxTree.Node) -> String {
    switch node.kind {
    case .notContained: "not in"
    case .notIdentical: "is not"
    default: text(of: node.token)
    }
  }

  /// What the program writes at node `index`, as it stands there, cut if it is long.
  private func writtenText(_ index: Int32) -> String {
    var (first, last) = (tree.nodes[Int(index)].token, tree.nodes[Int(index)].token)
    var pending = [index]
    while let next = pending.popLast() {
      let node = tree.nodes[Int(next)]
      (first, last) = (min(first, node.token), max(last, node.token))
      pending += tree.children(of: next)
    }
    // The brackets that close stand behind the last word of any node.
    var depth = 0
    for token in tokens[Int(first)...Int(last)] {
      switch token.kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      default: break
      }
    }
    while depth > 0, Int(last) + 1 < tokens.count {
      last += 1
      switch tokens[Int(last)].kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      default: break
      }
    }
    let text = source.text(range(of: first).lowerBound..<range(of: last).upperBound)
    return text.count > 40 ? "\(text.prefix(39))…" : text
  }

  /// The text in quotes at word `token`, without its quotes and prefix; adjacent ones are one.
  func plainText(_ token: Int32) -> String {
    var result = ""
    var index = Int(token)
    while index < tokens.count, tokens[index].kind == .string {
      let text = source.text(tokens[index].range)
      if let quote = text.firstIndex(where: { $0 == "'" || $0 == "\"" }) {
        let marks = text[quote...].hasPrefix(String(repeating: text[quote], count: 3)) ? 3 : 1
        let isRaw = text[..<quote].lowercased().contains("r")
        let inner = text[quote...].dropFirst(marks).dropLast(marks)
        result += isRaw ? String(inner) : unescaped(inner)
      }
      index += 1
    }
    return result
  }

  /// How strongly operand `index` of a comparison or of `not`, `and`, `or` must hold together.
  private func least(_ index: Int, _ kind: SyntaxTree.Kind) -> Formula.Precedence {
    let inner = tree.nodes[index].kind
    switch kind {
    case .or: return inner == .conditional ? .additive : .lowest
    case .and: return inner == .conditional || inner == .or ? .additive : .lowest
    case .not: return inner.isComparison || inner == .not ? .lowest : .additive
    default: return .additive
    }
  }

  private func callTemplate(_ node: SyntaxTree.Node) -> Formula.Template {
    let callee = tree.nodes[Int(node.first)]
    guard callee.kind != .call else {
      var pieces: [Formula.Piece] = [.node(Int(node.first), least: .atom), .text("(")]
      for (position, argument) in argumentNodes(node).enumerated() {
        if position > 0 { pieces.append(.text(", ")) }
        pieces.append(.node(argument, least: .lowest))
      }
      return Formula.Template(.atom, pieces + [.text(")")])
    }
    let name = callee.kind == .name ? callee.first : callee.second
    var arguments = argumentNodes(node)
    if callee.kind == .attribute, !isModule(callee.first, { _ in nil }) {
      arguments.insert(Int(callee.first), at: 0)
    }
    if vocabulary.word(of: name)?.isFunction ?? false, vocabulary.row(of: name) == nil,
      let first = arguments.first
    {
      return Formula.Template(.lowest, [.node(first, least: .lowest)])
    }
    var pieces: [Formula.Piece] = [.text("\(names[name])(")]
    let keywords = tree.arguments[Int(node.second)..<Int(node.third)].map(\.keyword)
    let receivers = arguments.count - keywords.count
    for (position, argument) in arguments.enumerated() {
      if position > 0 { pieces.append(.text(", ")) }
      if position >= receivers, keywords[position - receivers] >= 0 {
        pieces.append(.text("\(names[keywords[position - receivers]])="))
      }
      pieces.append(.node(argument, least: .lowest))
    }
    return Formula.Template(.atom, pieces + [.text(")")])
  }

  private func argumentNodes(_ node: SyntaxTree.Node) -> [Int] {
    tree.arguments[Int(node.second)..<Int(node.third)].map { Int($0.value) }
  }

  /// The operator of the table that an operator of the language records.
  func arithmeticRow(_ kind: SyntaxTree.Kind) -> (any Operator.Type)? {
    switch kind {
    case .add: Operators.Add.self
    case .subtract: Operators.Subtract.self
    case .multiply: Operators.Multiply.self
    case .divide: Operators.Divide.self
    case .power: Operators.Power.self
    case .negate: Operators.Negate.self
    default: nil
    }
  }
}
