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
    if statement.option == .spread, !(values[0].isList(in: heap)) {
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
    for (position, target) in targets.enumerated() where target.node < 0 {
      let value = position % values.count
      try give(values[value], to: target, expressions[value], plain[value], statement, firstNode)
    }
    for (position, target) in targets.enumerated().reversed() where target.node >= 0 {
      let value = position % values.count
      try give(values[value], to: target, expressions[value], plain[value], statement, firstNode)
    }
  }

  /// Gives one target a value.
  private mutating func give(
    _ value: Operand, to target: SyntaxTree.Target, _ expression: SyntaxTree.Expression,
    _ plain: Plainness, _ statement: SyntaxTree.Statement, _ firstNode: Int
  ) throws(ProgramError) {
    var value = value
    if numeric == 0, let array = try declaredArray(value, plain, target, expression) {
      value = .node(array)
      if target.node < 0 {
        mark(array, target, expression, statement)
        return name(array, target, statement)
      }
    }
    if target.node >= 0 {
      let path = path(of: target.node)
      if plain == .closed, numeric == 0, declares(target.node) {
        value = .node(try declare(value, path ?? "x", expression, target.token))
      } else if plain == .data {
        try declareItems(of: value, path, expression)
      }
      if case .node(let node) = value { mark(node, target, expression, statement) }
      return try give(value, toPart: target.node, firstNode)
    }
    let name = program.names[target.name]
    if frames.count == 1 { lastValue = (value, target.token) }
    switch value {
    case .node:
      return try bind(target, value, expression, statement, firstNode)
    case .number where plain == .closed && numeric == 0:
      return try bind(target, value, expression, statement, firstNode)
    case .object(let number):
      if plain == .data { try declareItems(of: value, name, expression) }
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
      } else if node.kind == .tuple {
        try giveItem(item, to: target)
      } else {
        try give(item, to: target, expression, .no, statement, firstNode)
      }
    }
  }

  // MARK: Attributes and elements

  /// Gives an attribute or an element a value, once what it belongs to has been computed.
  private mutating func give(
    _ value: Operand, toPart index: Int32, _ firstNode: Int
  ) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    switch node.kind {
    case .attribute:
      tasks += [
        .step(.setAttribute(index, firstNode: firstNode)), .expression(node.first),
        .step(.push(value)),
      ]
    case .subscript:
      tasks += [.step(.setElement(index, firstNode: firstNode)), .endNumeric]
      for argument in program.tree.arguments[Int(node.second)..<Int(node.third)].reversed() {
        tasks.append(.expression(argument.value))
      }
      tasks += [.beginNumeric, .expression(node.first), .step(.push(value))]
    default:
      throw failure(
        .invalidTarget, "only a name, an attribute or an element can be given a value", node.token)
    }
  }

  mutating func setAttribute(_ index: Int32, _ firstNode: Int) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let owner = operands.removeLast()
    let value = operands.removeLast()
    switch object(owner) {
    case let instance as InstanceObject:
      instance[node.second] = value
      if let path = instance.path {
        call(value, "\(path).\(program.names[node.second])", instance.scope, firstNode)
      } else if frames[frames.count - 1].owner == nil {
        call(value, program.names[node.second], -1, firstNode)
      }
    case let type as ClassObject: type.attributes[node.second] = value
    default:
      throw failure(
        .invalidTarget, "an attribute of \(described(owner)) cannot be given a value", node.token,
        help: "give the name a value: x = …")
    }
  }

  mutating func setElement(_ index: Int32, _ firstNode: Int) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let indices = takeIndices(node)
    let owner = operands.removeLast()
    let value = operands.removeLast()
    let token = program.tree.nodes[Int(node.first)].token
    if let dictionary = object(owner) as? DictionaryObject, indices.count == 1 {
      let key = try key(indices[0], node.token)
      dictionary[key] = value
      if let path = dictionary.path {
        call(value, path + suffix(of: key), dictionary.scope, firstNode)
      }
      return
    }
    if isArray(owner) {
      return try setEntries(indices, of: owner, node.first, to: value, node.token)
    }
    guard let list = object(owner) as? ListObject, !list.isTuple, indices.count == 1 else {
      throw failure(
        .wrongType, "an element of \(described(owner)) cannot be given a value", token,
        help: "only lists and dictionaries can be changed")
    }
    if let slice = object(indices[0]) as? SliceObject {
      let places = places(slice, of: list.items.count)
      let items = try allItems(of: value, token)
      if slice.parts[2] ?? 1 == 1 {
        let start = places.first ?? min(max(slice.parts[0] ?? 0, 0), list.items.count)
        list.items.replaceSubrange(start..<start + places.count, with: items)
        return
      }
      guard places.count == items.count else {
        throw failure(
          .tupleCount,
          "\(counted(places.count, "element")) on the left, \(counted(items.count, "value")) on the right",
          token)
      }
      for (place, item) in zip(places, items) { list.items[place] = item }
      return
    }
    let place = try place(
      indices[0], of: list.items.count, list.path.map { "'\($0)'" } ?? "the list", node.token)
    list.items[place] = value
    if let path = list.path { call(value, "\(path)[\(place)]", list.scope, firstNode) }
  }

  // MARK: What nodes are called

  /// The path that an attribute is reached by, if what it belongs to has one: `net.W1`.
  private func path(of index: Int32) -> String? {
    let node = program.tree.nodes[Int(index)]
    guard node.kind == .attribute else { return nil }
    let owner = program.tree.nodes[Int(node.first)]
    guard owner.kind == .name, let value = value(of: owner.first),
      let path = object(value)?.path
    else { return nil }
    return "\(path).\(program.names[node.second])"
  }

  private func suffix(of key: DictionaryObject.Key) -> String {
    switch key {
    case .text(let text): "['\(text)']"
    case .number(let number): "[\(shortestText(number))]"
    }
  }

  /// Calls what an object holds after the object, as far as it has no names of its own.
  ///
  /// - Parameters:
  ///   - object: A list, a dictionary or an object of a class.
  ///   - path: How the program reaches it.
  ///   - firstNode: The nodes from here on are those that the statement made.
  mutating func call(_ object: Object, _ path: String, _ firstNode: Int) {
    call(object, path, frames[frames.count - 1].call, firstNode)
  }

  private mutating func call(
    _ first: Object, _ path: String, _ scope: Int32, _ firstNode: Int
  ) {
    var pending: [(Object, String)] = [(first, path)]
    while let (object, path) = pending.popLast() {
      guard object.path == nil else { continue }
      (object.path, object.scope) = (path, scope)
      var parts: [(Operand, String)] = []
      switch object {
      case let list as ListObject:
        for (place, item) in list.items.enumerated() { parts.append((item, "\(path)[\(place)]")) }
      case let dictionary as DictionaryObject:
        for key in dictionary.keys {
          if let value = dictionary[key] { parts.append((value, path + suffix(of: key))) }
        }
      case let instance as InstanceObject:
        for name in instance.names {
          if let value = instance[name] { parts.append((value, "\(path).\(program.names[name])")) }
        }
      default: break
      }
      for (value, path) in parts {
        if case .object(let number) = value {
          pending.append((heap[Int(number)], path))
        } else {
          call(value, path, scope, object is InstanceObject ? 0 : firstNode)
        }
      }
    }
  }

  /// Calls a node after the path that it is reached by, if it has no name and was made by the statement.
  mutating func call(_ value: Operand, _ path: String, _ scope: Int32, _ firstNode: Int) {
    guard numeric == 0 else { return }
    if case .object(let number) = value {
      return call(heap[Int(number)], path, scope, firstNode)
    }
    guard case .node(let node) = value, names[node] == nil, Int(node) >= firstNode,
      !passedThrough.contains(node), tape.opcode(Int(node)) != .constant
    else { return }
    names[node] = path
    if callOfNode[Int(node)] != scope { scopes[node] = Int(scope) }
  }

  // MARK: Inputs

  /// Whether a number that is given to an attribute or an element is an input: in lists it is none.
  private func declares(_ index: Int32) -> Bool {
    let node = program.tree.nodes[Int(index)]
    let owner = program.tree.nodes[Int(node.first)]
    guard node.kind == .subscript, owner.kind == .name else { return node.kind == .attribute }
    return value(of: owner.first).flatMap { object($0) } is DictionaryObject
  }

  /// Makes an input of a number that the program writes.
  private mutating func declare(
    _ value: Operand, _ path: String, _ expression: SyntaxTree.Expression, _ token: Int32
  ) throws(ProgramError) -> UInt32 {
    try grow(token)
    let node: UInt32
    if frames.count == 1, let setting = settings[path] {
      node = input(setting, token)
    } else {
      node = input(number(value), program.spelling(of: expression.root), token)
    }
    writtenWith[Int(node)] = program.tree.nodes[Int(expression.root)].token
    return node
  }

  /// Makes inputs of the numbers in a list that the program writes.
  private mutating func declareItems(
    of value: Operand, _ path: String?, _ expression: SyntaxTree.Expression
  ) throws(ProgramError) {
    guard numeric == 0, let first = object(value) else { return }
    let token = program.tree.nodes[Int(expression.root)].token
    var pending = [first]
    var seen: Set<ObjectIdentifier> = []
    while let object = pending.popLast() {
      guard seen.insert(ObjectIdentifier(object)).inserted else { continue }
      var inner: [Object] = []
      switch object {
      case let list as ListObject:
        for (place, item) in list.items.enumerated() {
          list.items[place] = try declared(item, token, &inner)
        }
      case let dictionary as DictionaryObject:
        for key in dictionary.keys {
          if let item = dictionary[key] { dictionary[key] = try declared(item, token, &inner) }
        }
      default: break
      }
      pending += inner.reversed()
    }
  }

  private mutating func declared(
    _ item: Operand, _ token: Int32, _ pending: inout [Object]
  ) throws(ProgramError) -> Operand {
    switch item {
    case .number(let value):
      try grow(token)
      return .node(input(value, shortestText(value), token))
    case .object(let number): pending.append(heap[Int(number)])
    default: break
    }
    return item
  }
}

extension Recorder.Operand {
  /// Whether it is a list or a tuple.
  func isList(in heap: [Object]) -> Bool {
    if case .object(let number) = self { heap[Int(number)] is ListObject } else { false }
  }
}
