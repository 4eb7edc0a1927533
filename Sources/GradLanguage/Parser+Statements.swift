extension Parser {
  /// Reads one statement; false after a mistake, which has been reported.
  mutating func readStatementHere() -> Bool {
    switch token.kind {
    case .mistake, .unclosed: return false
    case .def: return readDefinition()
    case .return: return readReturn()
    case .import, .from: return readImport()
    case .otherKeyword, .if, .else: return refuseStatement()
    case .string where endsStatement(next.kind):
      advance()
      return true
    case .otherOperator where text(token) == "@":
      report.error(.unsupportedStatement, "decorators are not supported", at: token.range)
      skipStatement()
      return true
    case .otherOperator where isNotebookCommand:
      skipStatement()
      return true
    case .name where isIgnoredCall:
      skipStatement()
      return true
    default: return readAssignment()
    }
  }

  /// A line such as `%matplotlib inline` or `!pip install torch`.
  private var isNotebookCommand: Bool {
    let first = text(token)
    return (first == "%" || first == "!" || first == "?") && !endsStatement(next.kind)
  }

  /// `print(…)`, `J.backward(…)` and the like, which show or start what the figure shows anyway.
  private var isIgnoredCall: Bool {
    var index = position
    while tokens[index].kind == .name, tokens[index + 1].kind == .dot { index += 2 }
    guard tokens[index].kind == .name else { return false }
    let method = text(tokens[index])
    if index > position, method == "grad" || method == "shape" {
      return endsStatement(tokens[index + 1].kind)
    }
    guard tokens[index + 1].kind == .open else { return false }
    return index == position
      ? method == "print" || method == "display"
      : ["backward", "zero_grad", "retain_grad", "requires_grad_", "zero_", "manual_seed", "seed"]
        .contains(method)
  }

  private mutating func readAssignment() -> Bool {
    let first = Int32(position)
    var groups: [[SyntaxTree.Target]] = []
    while true {
      guard let list = readList() else { return false }
      switch token.kind {
      case .assign:
        guard let group = targets(list) else { return false }
        groups.append(group)
        advance()
      case .plusAssign, .minusAssign, .starAssign, .slashAssign, .powerAssign:
        guard groups.isEmpty else { return unexpected() }
        return readAugmented(list, first)
      case .colon where groups.isEmpty:
        guard let group = targets(list) else { return false }
        guard group.count == 1 else { return unexpected() }
        advance()
        skipAnnotation()
        if endsStatement(token.kind) { return true }
        guard token.kind == .assign else { return unexpected() }
        groups.append(group)
        advance()
      default:
        guard endsStatement(token.kind) else { return unexpected() }
        return finishAssignment(groups, list, first)
      }
    }
  }

  /// Skips the type that a Python program may declare.
  mutating func skipAnnotation() {
    var depth = 0
    while !endsStatement(token.kind) {
      switch token.kind {
      case .open, .openSquare: depth += 1
      case .close where depth > 0, .closeSquare where depth > 0: depth -= 1
      case .close, .closeSquare, .comma, .assign, .colon, .unclosed: if depth == 0 { return }
      default: break
      }
      advance()
    }
  }

  /// The expressions between commas, outside brackets.
  private mutating func readList() -> [SyntaxTree.Expression]? {
    var list: [SyntaxTree.Expression] = []
    while true {
      guard let expression = readExpression() else { return nil }
      list.append(expression)
      guard token.kind == .comma else { return list }
      advance()
      if endsStatement(token.kind) || token.kind == .assign { return list }
    }
  }

  /// The parts of a tuple in brackets, or the expression itself.
  private func parts(_ list: [SyntaxTree.Expression]) -> [SyntaxTree.Expression] {
    guard list.count == 1, tree.nodes[Int(list[0].root)].kind == .tuple else { return list }
    var begin = list[0].begin
    let node = tree.nodes[Int(list[0].root)]
    return tree.arguments[Int(node.second)..<Int(node.third)].map { argument in
      defer { begin = argument.value + 1 }
      return SyntaxTree.Expression(begin: begin, root: argument.value)
    }
  }

  private mutating func targets(_ list: [SyntaxTree.Expression]) -> [SyntaxTree.Target]? {
    var targets: [SyntaxTree.Target] = []
    for part in parts(list) {
      let node = tree.nodes[Int(part.root)]
      guard node.kind == .name else {
        refuseTarget(node)
        return nil
      }
      targets.append(SyntaxTree.Target(name: node.first, token: node.token))
    }
    return targets
  }

  private mutating func readAugmented(_ list: [SyntaxTree.Expression], _ first: Int32) -> Bool {
    let sign = token
    guard let target = targets(list)?.first, list.count == 1 else {
      return list.count > 1 ? unexpected() : false
    }
    let begin = add(.init(kind: .name, token: target.token, first: target.name))
    let operatorToken = Int32(position)
    advance()
    guard let right = readExpression() else { return false }
    guard endsStatement(token.kind) else { return unexpected() }
    let kind: SyntaxTree.Kind =
      switch sign.kind {
      case .plusAssign: .add
      case .minusAssign: .subtract
      case .starAssign: .multiply
      case .slashAssign: .divide
      default: .power
      }
    let root = add(.init(kind: kind, token: operatorToken, first: begin, second: right.root))
    return finishAssignment([[target]], [.init(begin: begin, root: root)], first)
  }

  private mutating func finishAssignment(
    _ groups: [[SyntaxTree.Target]], _ list: [SyntaxTree.Expression], _ first: Int32
  ) -> Bool {
    if groups.isEmpty {
      guard list.count == 1 else {
        report.error(
          .unsupportedExpression, "a tuple is no number", at: tokens[Int(first)].range,
          help: "write one expression a line")
        return false
      }
      let root = tree.nodes[Int(list[0].root)]
      if root.kind == .equal {
        report.error(
          .comparisonStatement, "'==' compares and assigns nothing",
          at: tokens[Int(root.token)].range,
          help: "a name is given a value with '='")
        return false
      }
    }
    var values = list
    for group in groups where group.count != values.count {
      values = parts(list)
      guard group.count != values.count else { continue }
      let isDecimal =
        group.count == 1 && values.count == 2
        && values.allSatisfy { tree.nodes[Int($0.root)].kind == .number }
      report.error(
        .tupleCount,
        "\(counted(group.count, "name")) on the left, \(counted(values.count, "value")) on the right",
        at: tokens[Int(group[0].token)].range,
        help: isDecimal ? "a decimal point is written '.'" : nil)
      return false
    }
    let (valueCount, targetCount) = (Int32(tree.values.count), Int32(tree.targets.count))
    tree.values += values
    for group in groups { tree.targets += group }
    add(
      SyntaxTree.Statement(
        kind: groups.isEmpty ? .expression : .assign, token: first,
        values: valueCount..<Int32(tree.values.count),
        targets: targetCount..<Int32(tree.targets.count)))
    return true
  }

  /// Reads what a program imports; the modules themselves are built in.
  private mutating func readImport() -> Bool {
    let isFrom = token.kind == .from
    advance()
    var path: [Token] = []
    while !endsStatement(token.kind) {
      if token.kind == .name { path.append(token) }
      let isAlias = token.kind == .otherKeyword && text(token) == "as"
      if isAlias, next.kind == .name, let original = path.last {
        if isFrom { tree.importedNames[next.payload] = original.payload }
        tree.modules.insert(next.payload)
        advance()
      } else if !isFrom, token.kind == .name, last.kind != .dot {
        tree.modules.insert(token.payload)
      }
      advance()
    }
    return true
  }
}

/// `1 name`, `2 names`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
