/// Statements that give names values, and expressions by themselves.
extension Parser {
  mutating func readAssignment() -> Bool {
    let first = Int32(position)
    nestedTarget = nil
    groupParts = .init()
    var groups = Few<Few<SyntaxTree.Target>>()
    while true {
      guard let list = readList() else { return false }
      switch token.kind {
      case .assign:
        if !groups.isEmpty, list.count > 1, tree.nodes[Int(list[0].root)].kind != .name {
          return refuse(
            .unexpectedToken, "'=' is not expected here",
            help: "a new line or ';' stands between two statements")
        }
        if groups.isEmpty, let target = updated(list) {
          advance()
          guard let values = readList() else { return false }
          guard endsStatement(token.kind) else { return unexpected() }
          return finishAssignment(.init(one: .init(one: target)), values, first, .update)
        }
        guard let group = targets(list) else { return false }
        groups.append(group)
        advance()
        if isUnreadValue() {
          for target in groups.joined() where target.name >= 0 {
            tree.unread.insert(target.name)
            if token.kind == .string, endsStatement(next.kind) { addText(target) }
          }
          skipStatement()
          return true
        }
      case .plusAssign, .minusAssign, .starAssign, .slashAssign, .powerAssign:
        guard groups.isEmpty else { return unexpected() }
        return readAugmented(list, first)
      case .otherOperator where groups.isEmpty && ["@=", "//=", "%="].contains(text(token)):
        return readAugmented(list, first)
      case .colon where groups.isEmpty:
        guard let group = targets(list) else { return false }
        guard group.count == 1 else { return unexpected() }
        advance()
        if token.kind == .number {
          return refuse(
            .invalidTarget, "':' declares a type and gives no value",
            at: tokens[position - 1].range, help: "a name is given a value with '='")
        }
        skipAnnotation()
        if case .class(let number)? = bodies.last?.kind, group[0].name >= 0 {
          tree.classes[number].fields.append(group[0].name)
        }
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

  /// Notes that a name stands for a text, which programs of numbers have no use for.
  private mutating func addText(_ target: SyntaxTree.Target) {
    texts.insert(target.name)
    let begin = Int32(tree.targets.count)
    tree.targets.append(target)
    add(
      SyntaxTree.Statement(
        kind: .text, token: Int32(position), targets: begin..<Int32(tree.targets.count)))
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

  private mutating func readAugmented(
    _ list: Few<SyntaxTree.Expression>, _ first: Int32
  ) -> Bool {
    let sign = token
    let updated = updated(list)
    guard let target = updated ?? targets(list)?.first, list.count == 1 else {
      return list.count > 1 ? unexpected() : false
    }
    // `w.data -= …` begins with the attribute, which has been read.
    let isName = updated == nil && target.node < 0
    let begin =
      isName
      ? add(.init(kind: .name, token: target.token, first: target.name)) : list[0].root
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
      case .powerAssign: .power
      default:
        switch text(sign) {
        case "@=": .matrixMultiply
        case "//=": .floorDivide
        default: .modulo
        }
      }
    if sign.kind == .otherOperator { tree.isDynamic = true }
    let root = add(.init(kind: kind, token: operatorToken, first: begin, second: right.root))
    let value = SyntaxTree.Expression(begin: isName ? begin : list[0].begin, root: root)
    return finishAssignment(
      .init(one: .init(one: target)), .init(one: value), first,
      updated == nil ? .augmented : .update)
  }

  /// Whether a statement says how what follows is computed: `np.random.seed(n)`, `model.eval()`.
  private mutating func isMode(_ list: Few<SyntaxTree.Expression>) -> Bool {
    let call = tree.nodes[Int(list[0].root)]
    guard call.kind == .call else { return false }
    let callee = tree.nodes[Int(call.first)]
    guard callee.kind == .attribute else { return false }
    if ["seed", "random.seed", "manual_seed", "set_default_dtype"].contains(names[callee.second]) {
      return true
    }
    let owner = tree.nodes[Int(callee.first)]
    return LeftOut.modes.contains(names[callee.second]) && owner.kind == .name
      && isKnown(owner.first)
  }

  private mutating func finishAssignment(
    _ given: Few<Few<SyntaxTree.Target>>, _ list: Few<SyntaxTree.Expression>, _ first: Int32,
    _ option: SyntaxTree.Statement.Option = .none
  ) -> Bool {
    var groups = given
    var option = option
    let isGradient = list.count == 1 && isGradientCall(list[0].root)
    if groups.isEmpty {
      if list.count == 1, let statement = autograd(list[0], first) {
        add(statement)
        return true
      }
      if isTypo(list) { return false }
      if !isMode(list), merelyLooks(list) {
        refuseDraws(in: Int(first)..<position)
        return true
      }
      guard list.count == 1 else {
        // A notebook shows what a cell ends with: `w.shape, b.mean()`.
        if isPython {
          refuseDraws(in: Int(first)..<position)
          return true
        }
        report.error(
          .unsupportedExpression, "a tuple is no number", at: tokens[Int(first)].range,
          help: "write one expression a line")
        return false
      }
    }
    var values = list
    if isGradient {
      training.differentiations += 1
      let call = tree.nodes[Int(list[0].root)]
      let isNested = tree.nodes[Int(call.first)].kind == .call
      if groups.count == 1, groups[0].count > 1 || nestedTarget != nil { option = .spread }
      if !isNested, call.third - call.second >= 1, groups.allSatisfy({ $0.count == 1 }) {
        derivativeNames.formUnion(groups.map { $0[0].name })
      }
    }
    if nestedTarget != nil, option != .spread, !isGradient {
      // Each pair of brackets takes one item, which is unpacked in turn.
      tree.isDynamic = true
      groups = groupParts
    }
    if list.count == 1, groups.count == 1, groups[0].count == 1, groups[0][0].name >= 0,
      function == nil, bodies.isEmpty, case let value = tree.nodes[Int(list[0].root)],
      value.kind == .lambda
    {
      define(value.first, groups[0][0].name, value.token)
      return true
    }
    if list.count == 1, !groups.isEmpty, isOwnFunction(list[0].root) { tree.isDynamic = true }
    noteTraining(groups, list, isGradient)
    if option != .spread, groups.contains(where: { $0.count != 1 || $0[0].node >= 0 }),
      unpacks(groups, list)
    {
      option = .unpack
    } else if tree.isDynamic || isPython, list.count > 1,
      groups.allSatisfy({ $0.count == 1 })
    {
      values = .init(one: joined(list))
    } else if tree.isDynamic, list.count == 1, groups.allSatisfy({ $0.count == 1 }) {
      values = list
    }
    for group in groups where group.count != values.count && option != .spread && option != .unpack
    {
      values = parts(list)
      guard group.count != values.count else { continue }
      // A comma of another script has been reported.
      let commas = tokens[Int(first)..<position].lazy.filter { $0.kind == .comma }
      if commas.contains(where: { $0.end - $0.start > 1 }) { return false }
      let digits = values.map { value -> String? in
        let node = tree.nodes[Int(value.root)]
        return node.kind == .number ? text(tokens[Int(node.token)]) : nil
      }
      var help: String?
      if group.count == 1, values.count == 2, let whole = digits[0], let rest = digits[1] {
        help =
          rest.utf8.count == 3 && whole.utf8.count <= 3
          ? "write \(whole)\(rest), or \(whole).\(rest)" : "a decimal point is written '.'"
      }
      report.error(
        .tupleCount,
        "\(counted(group.count, "name")) on the left, \(counted(values.count, "value")) on the right",
        at: tokens[Int(group.first?.token ?? first)].range,
        help: help)
      return false
    }
    let (valueCount, targetCount) = (Int32(tree.values.count), Int32(tree.targets.count))
    if option == .update { training.updates += 1 }
    tree.values += values
    for group in groups { tree.targets += group }
    add(
      SyntaxTree.Statement(
        kind: groups.isEmpty ? .expression : .assign, option: option, token: first,
        values: valueCount..<Int32(tree.values.count),
        targets: targetCount..<Int32(tree.targets.count)))
    return true
  }

  /// Whether the one value is a list or the like whose items are given to several targets.
  private func unpacks(
    _ groups: Few<Few<SyntaxTree.Target>>, _ list: Few<SyntaxTree.Expression>
  ) -> Bool {
    guard list.count == 1,
      groups.allSatisfy({ $0.count > 1 || $0.first?.isStarred(in: tree) ?? false })
    else { return false }
    switch tree.nodes[Int(list[0].root)].kind {
    case .subscript, .list, .comprehension, .attribute: return true
    case .name
    where function?.parameters.contains { $0.name == tree.nodes[Int(list[0].root)].first } == true:
      // What a function takes apart is no number.
      return true
    case .name, .call, .conditional:
      return tree.isDynamic || isPython || isOfArrays(list[0].root)
    default: return false
    }
  }

  private func isOfArrays(_ index: Int32) -> Bool {
    let node = tree.nodes[Int(index)]
    guard node.kind == .call else { return false }
    let callee = tree.nodes[Int(node.first)]
    return callee.kind == .name
      && tree.functions.contains { function in
        function.name == callee.first
          && function.result.map { tree.nodes[Int($0.root)].kind == .tuple } == true
      }
  }
}

extension SyntaxTree.Target {
  /// Whether it takes all items that the others leave: `*rest`.
  func isStarred(in tree: SyntaxTree) -> Bool {
    node >= 0 && tree.nodes[Int(node)].kind == .starred
  }
}
