import GradBase
import GradCore

/// What nodes are called after, and which of them are inputs.
extension Recorder {
  /// The path that an attribute is reached by, if what it belongs to has one: `net.W1`.
  func path(of index: Int32) -> String? {
    let node = program.tree.nodes[Int(index)]
    guard node.kind == .attribute else { return nil }
    let owner = program.tree.nodes[Int(node.first)]
    guard owner.kind == .name, let value = value(of: owner.first),
      let path = object(value)?.path
    else { return nil }
    return "\(path).\(program.names[node.second])"
  }

  /// What stands behind an object's path for something that it holds.
  func suffix(of part: Object.Part) -> String {
    switch part {
    case .index(let place): "[\(place)]"
    case .key(let key): "[\(key.spelled)]"
    case .attribute(let name): ".\(program.names[name])"
    case .word(let word): ".\(word)"
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

  mutating func call(
    _ first: Object, _ path: String, _ scope: Int32, _ firstNode: Int
  ) {
    var pending: [(Object, String)] = [(first, path)]
    while let (object, path) = pending.popLast() {
      guard object.path == nil else { continue }
      (object.path, object.scope) = (path, scope)
      if let node = (object as? WeightObject)?.node { call(.node(node), path, scope, 0) }
      for (part, value) in object.members {
        let path = path + suffix(of: part)
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
  func declares(_ index: Int32) -> Bool {
    let node = program.tree.nodes[Int(index)]
    let owner = program.tree.nodes[Int(node.first)]
    guard node.kind == .subscript, owner.kind == .name else { return node.kind == .attribute }
    return value(of: owner.first).flatMap { object($0) } is DictionaryObject
  }

  /// Makes an input of a number that the program writes.
  mutating func declare(
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
  mutating func declareItems(
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
    case .number(let value, let type):
      try grow(token)
      let node = input(value, shortestText(value), token)
      note(type, of: node)
      return .node(node)
    case .object(let number):
      if let plain = heap[Int(number)] as? ArrayObject, !plain.isMask {
        try grow(token)
        let node = input(plain.array, plain.array.programText, token)
        note(plain.type, of: node)
        return .node(node)
      }
      pending.append(heap[Int(number)])
    default: break
    }
    return item
  }
}
