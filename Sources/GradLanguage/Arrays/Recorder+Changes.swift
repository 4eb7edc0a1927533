import GradBase
import GradCore

/// Arrays that are changed in their place, as `x[0] = 1`, `x += y` and `x.fill_(0)` do.
///
/// A node never changes: the name that is written stands for a new one. What else shared the entries, another
/// name, a view or a list, still has the old node, whose numbers are no longer those of the program. It may
/// stand there unread; where it is read, that is refused.
extension Recorder {
  /// When the entries of an array were given other values.
  struct Change {
    /// The nodes before share the old entries.
    var nodeCount: Int
    /// Where the entries stand that were changed; `nil` for all of them.
    var memory: Range<Int>?
    var token: Int32
  }

  /// Notes that the entries of a value are given others.
  mutating func noteChange(of old: Operand, _ token: Int32) {
    if case .node(let node) = old { forgetParameter(node) }
    switch old {
    case .node(let node) where tape.node(Int(node)).isArray:
      let (origin, memory) = origin(of: node)
      changes[origin, default: []].append(
        Change(nodeCount: tape.nodeCount, memory: memory, token: token))
    case .object(let number):
      if let array = heap[Int(number)] as? ArrayObject { array.changedAt = token }
    default: break
    }
  }

  /// Forgets the names of the program that stand for a parameter which a function changes once there are
  /// derivatives: `sgd([w, b], lr)`.
  mutating func forgetParameter(_ node: UInt32) {
    guard frames.count > 1, !autograd.differentiated.isEmpty, autograd.parameters.contains(node)
    else { return }
    for name in globals.indices {
      guard case .value(.node(node))? = globals[name] else { continue }
      forgotten.insert(Int32(name))
    }
  }

  /// Puts a parameter that was changed in its place where objects, lists and other names have it.
  mutating func replace(_ old: UInt32, with node: UInt32) {
    func isOld(_ value: Operand) -> Bool { if case .node(old) = value { true } else { false } }
    for object in heap {
      switch object {
      case let instance as InstanceObject:
        for name in instance.names where instance[name].map(isOld) ?? false {
          instance[name] = .node(node)
        }
      case let list as ListObject:
        for place in list.items.indices where isOld(list.items[place]) {
          list.items[place] = .node(node)
        }
      case let dictionary as DictionaryObject:
        for key in dictionary.keys where dictionary[key].map(isOld) ?? false {
          dictionary[key] = .node(node)
        }
      default: break
      }
    }
    for name in globals.indices {
      if case .value(.node(old))? = globals[name] { globals[name] = .value(.node(node)) }
    }
  }

  /// Notes that `x += y` changes an array in its place, unless its library has arrays that never change.
  mutating func noteChange(
    by statement: SyntaxTree.Statement, of target: SyntaxTree.Target, to value: Operand
  ) throws(ProgramError) {
    guard statement.option == .augmented, numeric == 0, !hasFixedArrays else { return }
    var old: Operand?
    if target.node < 0 {
      old = self.value(of: target.name)
    } else if !isPartOfArray(target.node) {
      old = known(at: target.node)
    }
    guard let old else { return }
    try checkType(of: value, inPlaceOf: old, target.token)
    noteChange(of: old, target.token)
  }

  /// Whether the expression at a place names elements of an array, which is then changed itself.
  func isPartOfArray(_ place: Int32) -> Bool {
    let node = program.tree.nodes[Int(place)]
    guard node.kind == .subscript else { return false }
    // Of `x[0][1]` the part `x[0]` is known by no name.
    return known(at: node.first).map({ isArray($0) }) ?? isPartOfArray(node.first)
  }

  /// Refuses an array whose entries were changed where something else shared them.
  func checkUnchanged(_ value: Operand, _ token: Int32) throws(ProgramError) {
    var change: Int32?
    var name: String?
    switch value {
    case .node(let node):
      if changes.isEmpty { return }
      let (origin, memory) = origin(of: node)
      let found = changes[origin]?.last { change in
        guard Int(node) < change.nodeCount else { return false }
        guard let memory, let changed = change.memory else { return true }
        return memory.overlaps(changed)
      }
      guard let found else { return }
      (change, name) = (found.token, names[node])
    case .object(let number): change = (heap[Int(number)] as? ArrayObject)?.changedAt
    default: return
    }
    guard let change else { return }
    let line = program.source.line(of: program.range(of: change).lowerBound) + 1
    throw failure(
      .arrays,
      "\(name.map(quoted) ?? "an array") shares its entries with what line \(line) changes", token,
      help: "change a copy there: y = x.copy(), or y = y + … instead of y += …")
  }

  /// The array whose entries a node has, itself or what it is a view or another name of; and where in
  /// memory it has them, if that is known of all of its views.
  private func origin(of node: UInt32) -> (node: UInt32, memory: Range<Int>?) {
    var origin = node
    var isElsewhere = false
    while isView(origin) {
      // Another name stands for entries of its own in memory.
      if !tape.isView(Int(origin)) { isElsewhere = true }
      origin = UInt32(tape.edge(tape.edges(into: Int(origin)).lowerBound).source)
    }
    return (origin, isElsewhere ? nil : tape.memory(of: Int(node)))
  }

  private func isView(_ node: UInt32) -> Bool {
    if copies.contains(node) || !tape.node(Int(node)).isArray { return false }
    let opcode = tape.opcode(Int(node))
    if opcode == .identity || opcode == .stopGradient { return true }
    guard tape.isView(Int(node)) else { return false }
    // A slice of a list is a list of its own, a row is the list's.
    let source = tape.edge(tape.edges(into: Int(node)).lowerBound).source
    return !listNodes.contains(UInt32(source))
      || tape.node(Int(node)).shape.count < tape.node(source).shape.count
  }

  /// A copy of an array, which nothing shares.
  mutating func copied(_ value: Operand, _ token: Int32) throws(ProgramError) -> Operand {
    guard isArray(value) else { return value }
    guard case .node = value else {
      return plain(numbers(of: value) ?? NumberArray(.nan), type(of: value))
    }
    let isList = if case .node(let node) = value { listNodes.contains(node) } else { false }
    let copy = try apply(Operators.Identity.self, [value], token)
    if case .node(let node) = copy {
      copies.insert(node)
      if isList { listNodes.insert(node) }
      if isMask(value) { maskNodes.insert(node) }
    }
    return copy
  }
}
