/// What stands left of the sign of assignment.
extension Parser {
  /// The expressions between commas, outside brackets.
  mutating func readList() -> Few<SyntaxTree.Expression>? {
    var list = Few<SyntaxTree.Expression>()
    while true {
      guard let expression = readExpression() else { return nil }
      list.append(expression)
      guard token.kind == .comma else { return list }
      advance()
      if endsStatement(token.kind) || token.kind == .assign { return list }
    }
  }

  /// The parts of a tuple in brackets, or the expression itself.
  func parts(_ list: Few<SyntaxTree.Expression>) -> Few<SyntaxTree.Expression> {
    guard list.count == 1,
      tree.nodes[Int(list[0].root)].kind == .tuple
        || tree.nodes[Int(list[0].root)].kind == .list && token.kind == .assign
    else { return list }
    var begin = list[0].begin
    let node = tree.nodes[Int(list[0].root)]
    return .init(
      tree.arguments[Int(node.second)..<Int(node.third)].map { argument in
        defer { begin = argument.value + 1 }
        return SyntaxTree.Expression(begin: begin, root: argument.value)
      })
  }

  mutating func targets(_ list: Few<SyntaxTree.Expression>) -> Few<SyntaxTree.Target>? {
    if list.count == 1, last.kind != .comma, tree.nodes[Int(list[0].root)].kind == .name {
      // Nearly every statement.
      let targets = Few(one: target(of: list[0].root))
      groupParts.append(targets)
      return targets
    }
    var targets = Few<SyntaxTree.Target>()
    // `(h,) = state`, as `h, = state`.
    let whole = tree.nodes[Int(list[0].root)]
    let isOfOne =
      list.count == 1
      && (last.kind == .comma
        || (whole.kind == .tuple || whole.kind == .list && token.kind == .assign)
          && whole.third - whole.second == 1)
    let list = parts(list)
    var pending = Array(list.map(\.root).reversed())
    if list.count == 1, isOfOne {
      // `h, = state` takes the one item.
      let name = list[0].root
      let part = tuple(
        [.init(token: tree.nodes[Int(name)].token, value: name)], Int32(position - 1))
      nestedTarget = tree.nodes[Int(part)]
      groupParts.append(.init(one: target(of: part)))
      return [target(of: name)]
    }
    defer {
      if nestedTarget != nil {
        groupParts.append(.init(list.map { target(of: $0.root) }))
      } else {
        groupParts.append(targets)
      }
    }
    while let part = pending.popLast() {
      let node = tree.nodes[Int(part)]
      if node.kind == .tuple || node.kind == .list {
        // `loss, (dw, db) = …`
        nestedTarget = node
        pending += tree.children(of: part).reversed()
        continue
      }
      let isElement =
        node.kind == .subscript || node.kind == .starred
        || node.kind == .attribute && (function != nil || !tree.classes.isEmpty || tree.isDynamic)
      guard node.kind == .name || isElement else {
        refuseTarget(node)
        return nil
      }
      targets.append(target(of: part))
    }
    return targets
  }

  /// What node `part` gives a value to.
  mutating func target(of part: Int32) -> SyntaxTree.Target {
    let node = tree.nodes[Int(part)]
    if node.kind == .name { return SyntaxTree.Target(name: node.first, token: node.token) }
    tree.isDynamic = true
    return SyntaxTree.Target(name: -1, token: node.token, node: part)
  }
}
