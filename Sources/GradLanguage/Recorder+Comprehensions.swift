import GradCore

extension Recorder {
  /// A comprehension that is being computed.
  struct OpenComprehension {
    var syntax: SyntaxTree.Comprehension
    var result: Object
    var items: [Items] = []
    /// Its own names, and those around it.
    var scope: Scope
    var outer: Scope?
  }

  mutating func beginComprehension(_ number: Int) {
    let syntax = program.tree.comprehensions[number]
    let outer = frames[frames.count - 1].scope
    let scope = Scope(outer: outer)
    comprehensions.append(
      OpenComprehension(
        syntax: syntax,
        result: syntax.kind == .dictionary
          ? DictionaryObject() : ListObject([], kind: syntax.kind == .set ? .set : .list),
        scope: scope, outer: outer))
    frames[frames.count - 1].scope = scope
    tasks += [.step(.endComprehension), .step(.clause(0))]
  }

  private var open: OpenComprehension { comprehensions[comprehensions.count - 1] }

  /// Begins a `for`: its items first.
  mutating func beginClause(_ number: Int) {
    tasks += [.step(.startClause(number)), .expression(open.syntax.clauses[number].items)]
  }

  mutating func startClause(_ number: Int) throws(ProgramError) {
    let clause = open.syntax.clauses[number]
    let (value, token) = (operands.removeLast(), program.tree.nodes[Int(clause.items)].token)
    if object(value) is InstanceObject {
      tasks.append(.step(.startClause(number)))
      if try callIterator(of: value, token) { return }
    }
    let items = try items(of: value, token)
    comprehensions[comprehensions.count - 1].items.append(items)
    tasks.append(.step(.nextItem(number)))
  }

  mutating func nextItem(_ number: Int) throws(ProgramError) {
    let last = comprehensions.count - 1
    let clause = open.syntax.clauses[number]
    let target = program.tree.nodes[Int(clause.target)]
    guard let item = comprehensions[last].items[number].next() else {
      comprehensions[last].items.removeLast()
      return
    }
    try count(target.token)
    tasks += [.step(.nextItem(number)), .step(.testItem(number, 0))]
    try giveItem(
      item,
      to: target.kind == .name
        ? .init(name: target.first, token: target.token)
        : .init(name: -1, token: target.token, node: clause.target), in: open.scope)
  }

  /// Goes on with an item that the conditions so far let through.
  mutating func testItem(_ number: Int, _ condition: Int) {
    let clause = open.syntax.clauses[number]
    if condition < clause.conditions.count {
      tasks += [
        .step(.checkItem(number, condition)), .endNumeric,
        .expression(clause.conditions[condition]), .beginNumeric,
      ]
    } else if number + 1 < open.syntax.clauses.count {
      tasks.append(.step(.clause(number + 1)))
    } else {
      tasks.append(.step(.keepItem))
      pushItem(open.syntax.element)
      if open.syntax.key >= 0 { tasks.append(.expression(open.syntax.key)) }
    }
  }

  mutating func keepItem() throws(ProgramError) {
    let value = operands.removeLast()
    switch open.result {
    case let list as ListObject where list.kind == .set:
      try add(value, to: list, program.tree.nodes[Int(open.syntax.element)].token)
    case let list as ListObject: list.items.append(value)
    case let dictionary as DictionaryObject:
      dictionary[
        try key(operands.removeLast(), program.tree.nodes[Int(open.syntax.key)].token)] = value
    default: break
    }
  }

  mutating func endComprehension() {
    let ended = comprehensions.removeLast()
    frames[frames.count - 1].scope = ended.outer
    if ended.syntax.kind == .generator, let list = ended.result as? ListObject {
      operands.append(make(IteratorObject(Items(source: .list(list)))))
    } else {
      operands.append(make(ended.result))
    }
  }
}
