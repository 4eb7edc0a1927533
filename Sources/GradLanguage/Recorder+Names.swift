import GradBase
import GradCore

/// How names, attributes and elements are given values.
extension Recorder {
  /// Gives the values among the operands to the targets of a statement.
  mutating func bind(
    _ statement: SyntaxTree.Statement, _ firstNode: Int, _ plain: [Plainness]
  ) throws(ProgramError) {
    let expressions = Array(program.tree.values(of: statement))
    let values = Array(operands.suffix(expressions.count))
    operands.removeLast(expressions.count)
    let targets = Array(program.tree.targets(of: statement))
    if statement.option == .spread, !values[0].isList(in: heap) || !autograd.results.isEmpty {
      return try spread(expressions[0], targets[...], statement, firstNode)
    }
    if statement.option == .unpack || statement.option == .spread {
      return try unpack(
        values[0], to: targets, program.tree.nodes[Int(expressions[0].root)].token, firstNode,
        statement, expressions[0])
    }
    if targets.count == 1 {
      return try give(values[0], to: targets[0], expressions[0], plain[0], statement, firstNode)
    }
    // Elements and attributes are set by tasks, so that what is last on the list comes first.
    var shared: Operand?
    for (position, target) in targets.enumerated() where target.node < 0 {
      let value = position % values.count
      if let shared {
        try give(shared, to: target, expressions[value], .no, statement, firstNode)
        continue
      }
      try give(values[value], to: target, expressions[value], plain[value], statement, firstNode)
      // `a = b = np.zeros(2)` is one array of two names.
      if values.count == 1, let own = self.value(of: target.name), isArray(own) { shared = own }
    }
    for (position, target) in targets.enumerated().reversed() where target.node >= 0 {
      let value = position % values.count
      try give(values[value], to: target, expressions[value], plain[value], statement, firstNode)
    }
  }

  /// Gives one target a value.
  mutating func give(
    _ value: Operand, to target: SyntaxTree.Target, _ expression: SyntaxTree.Expression,
    _ plain: Plainness, _ statement: SyntaxTree.Statement, _ firstNode: Int
  ) throws(ProgramError) {
    var value = value
    try noteChange(by: statement, of: target, to: value)
    if target.node >= 0 {
      let kind = program.tree.nodes[Int(target.node)].kind
      if kind == .tuple || kind == .list { return try giveItem(value, to: target) }
    }
    if numeric == 0, !isWeight(target), !updatesWeight(statement, target),
      let array = try declaredArray(value, plain, target, expression)
    {
      value = .node(array)
      if target.node < 0 {
        mark(array, target, expression, statement)
        return name(array, target, statement)
      }
    }
    if target.node >= 0 {
      let path = path(of: target.node)
      if plain == .closed, object(value) == nil, !isArray(value), numeric == 0,
        declares(target.node)
      {
        value = .node(try declare(value, path ?? "x", expression, target.token))
      } else if plain == .data || drawsItems(expression) {
        try declareItems(of: value, path, expression)
      }
      if case .node(let node) = value { mark(node, target, expression, statement) }
      return try give(value, toPart: target.node, firstNode)
    }
    let name = program.names[target.name]
    if statement.option == .update, try giveToWeight(value, target) { return }
    if frames.count == 1 { lastValue = (value, target.token) }
    switch value {
    case .node:
      return try bind(target, value, expression, statement, firstNode)
    case .number where plain == .closed && numeric == 0:
      return try bind(target, value, expression, statement, firstNode)
    case .object(let number):
      if plain == .data || drawsItems(expression) {
        try declareItems(of: value, name, expression)
      }
      if statement.option == .augmented, let list = heap[Int(number)] as? ListObject,
        !list.isTuple, case .object(let old)? = self.value(of: target.name),
        let own = heap[Int(old)] as? ListObject, own !== list
      {
        // `xs += […]` changes the list that other names may have too.
        own.items = list.items
        return
      }
      call(heap[Int(number)], name, firstNode)
    default: break
    }
    if case .node? = self.value(of: target.name), frames.count == 1 { lastTarget = nil }
    set(target.name, value)
  }

  /// Gives an item of a list to what a loop or a comprehension names; it becomes no node of its own.
  mutating func giveItem(
    _ item: Operand, to target: SyntaxTree.Target, in scope: Scope? = nil
  ) throws(ProgramError) {
    guard target.node >= 0 else {
      if let scope {
        scope.values[target.name] = plain(item)
      } else {
        set(target.name, plain(item))
      }
      return
    }
    let node = program.tree.nodes[Int(target.node)]
    guard node.kind == .tuple || node.kind == .list else {
      return try give(item, toPart: target.node, tape.nodeCount)
    }
    let parts = program.tree.children(of: target.node)
    let items = try split(item, among: parts.count, node.token)
    for (part, item) in zip(parts, items) {
      let inner = program.tree.nodes[Int(part)]
      try giveItem(
        item,
        to: inner.kind == .name
          ? .init(name: inner.first, token: inner.token)
          : .init(name: -1, token: inner.token, node: part), in: scope)
    }
  }

  /// The items of a value, which are as many as there are names.
  private mutating func split(
    _ value: Operand, among count: Int, _ token: Int32
  ) throws(ProgramError) -> [Operand] {
    let items = try allItems(of: value, token)
    if items.count == count { return items }
    throw failure(
      .tupleCount,
      "\(counted(count, "name")) on the left, \(counted(items.count, "value")) on the right", token)
  }

  /// Gives the items of a value to several targets, one of which may take the rest.
  private mutating func unpack(
    _ value: Operand, to targets: [SyntaxTree.Target], _ token: Int32, _ firstNode: Int,
    _ statement: SyntaxTree.Statement, _ expression: SyntaxTree.Expression
  ) throws(ProgramError) {
    var items: [Operand]
    if let star = targets.firstIndex(where: { $0.isStarred(in: program.tree) }) {
      items = try allItems(of: value, token)
      let rest = items.count - targets.count + 1
      guard rest >= 0 else {
        _ = try split(value, among: targets.count - 1, token)
        return
      }
      let taken = make(ListObject(Array(items[star..<star + rest])))
      items.replaceSubrange(star..<star + rest, with: [taken])
    } else {
      items = try split(value, among: targets.count, token)
    }
    for (target, item) in zip(targets, items) where target.node < 0 {
      try give(item, to: target, expression, .no, statement, firstNode)
    }
    for (target, item) in zip(targets, items).reversed() where target.node >= 0 {
      let node = program.tree.nodes[Int(target.node)]
      if node.kind == .starred {
        let inner = program.tree.nodes[Int(node.first)]
        try give(
          item, to: .init(name: inner.first, token: inner.token), expression, .no, statement,
          firstNode)
      } else if node.kind == .tuple || node.kind == .list {
        try giveItem(item, to: target)
      } else {
        try give(item, to: target, expression, .no, statement, firstNode)
      }
    }
  }
}
