import GradBase
import GradCore

/// Calls of functions that their derivatives make too.
extension Recorder {
  /// The result of a call that a derivative made, for the same call in the program after it.
  mutating func differentiatedCall(of function: Int, _ arguments: [Operand]) -> UInt32? {
    guard numeric == 0 else { return nil }
    let made = autograd.calls.last { made in
      made.call.function == function && matches(leaves(of: arguments), made.call.arguments)
    }
    if let made { autograd.reused.insert(made.result) }
    return made?.result
  }

  /// A call that a derivative makes, as ``differentiatedCall(of:_:)`` looks for it.
  func madeCall(of function: Int, _ arguments: [Operand]) -> Autograd.Call {
    .init(function: function, arguments: leaves(of: arguments).map { node($0) ?? .max })
  }

  /// A call of a function with the same arguments in the program so far.
  func call(
    of function: SyntaxTree.Function, _ number: Int, _ written: [Operand], _ order: [Int]
  ) -> (result: UInt32, arguments: [Operand])? {
    guard order.allSatisfy({ $0 >= 0 }) else { return nil }
    let arguments = order.map { written[$0] }
    if arguments.contains(where: { holdsParts($0) }) {
      let nodes = leaves(of: arguments).map { node($0) ?? .max }
      let call = autograd.callsWithParts.last { $0.function == number && $0.nodes == nodes }
      guard let call, nodes.allSatisfy({ $0 != .max && dependsOnInput($0) }) else { return nil }
      return (calls[call.number].result, arguments)
    }
    let call = calls.last { call in
      call.parent == nil && call.function == program.names[function.name]
        && matches(arguments, call.arguments)
    }
    return call.map { ($0.result, $0.arguments.map { .node($0) }) }
  }

  /// Notes a call of a function that is given lists or dictionaries of nodes, call number `number`.
  mutating func noteCallWithParts(
    of function: Int, _ arguments: [Operand], number: Int
  ) {
    guard arguments.contains(where: { holdsParts($0) }), program.differentiatesFunctions else {
      return
    }
    let nodes = leaves(of: arguments).map { node($0) ?? .max }
    autograd.callsWithParts.append((function, nodes, number))
  }

  /// What values hold, down to what is neither a list nor a dictionary.
  func leaves(of values: [Operand], depth: Int = 0) -> [Operand] {
    values.flatMap { value in
      holdsParts(value) && depth < 64
        ? leaves(of: object(value)?.members.map(\.value) ?? [], depth: depth + 1) : [value]
    }
  }

  private func holdsParts(_ value: Operand) -> Bool {
    object(value) is ListObject || object(value) is DictionaryObject
      || (object(value) as? InstanceObject)?.type.isTuple ?? false
  }

  func matches(_ operands: [Operand], _ nodes: [UInt32]) -> Bool {
    operands.count == nodes.count
      && zip(operands, nodes).allSatisfy { operand, node in
        if case .node(node) = operand { return true }
        if node == .max { return false }
        let isNumber = self.node(operand).map { tape.opcode(Int($0)) == .constant } ?? true
        let opcode = tape.opcode(Int(node))
        return isNumber && (opcode == .constant || opcode == .input && names[node] != nil)
          && number(operand) == tape.node(Int(node)).value
      }
  }

  /// A name's copy of a node, if a statement made one, or the node itself.
  func named(_ node: UInt32) -> UInt32 {
    if names[node] != nil, (scopes[node] ?? Int(callOfNode[Int(node)])) < 0 { return node }
    for copy in Int(node) + 1..<max(tape.nodeCount, Int(node) + 1)
    where tape.opcode(copy) == .identity && names[UInt32(copy)] != nil
      && tape.edge(tape.edges(into: copy).lowerBound).source == Int(node)
    {
      return UInt32(copy)
    }
    return node
  }

  func node(_ operand: Operand) -> UInt32? {
    if case .node(let node) = operand { return node }
    return (object(operand) as? WeightObject)?.node
  }

  /// The nodes that something is differentiated by: one, or those of a list such as `net.parameters()`.
  func sources(_ operand: Operand) -> [UInt32] {
    if let list = object(operand) as? ListObject { return list.items.compactMap { node($0) } }
    return node(operand).map { [$0] } ?? []
  }

  func value(of name: Int32) -> Operand? {
    if let local = local(name) { return local }
    if case .value(let value)? = globals[Int(name)] { return value }
    return nil
  }

  /// A derivative as a number or an array of the program; a number stays what it is when inputs move.
  mutating func constant(
    _ derivative: NumberArray, _ spelling: String?, _ token: Int32
  ) throws(ProgramError) -> UInt32 {
    guard derivative.shape.isEmpty else {
      try grow(token)
      let node = note(tape.constant(derivative), token)
      if let spelling { spellings[node] = spelling }
      return node
    }
    let place = autograd.read.count
    let replayed = autograd.replayed.flatMap { place < $0.count ? $0[place] : nil }
    let value = replayed ?? derivative.entries[0]
    autograd.read.append(value)
    try grow(token)
    let node = note(tape.constant(value), token)
    spellings[node] = spelling ?? shortestText(value)
    return node
  }

  /// The syntax of the derivative of a function that a statement gives a name: `df = jax.grad(f)`.
  mutating func derivative(of statement: SyntaxTree.Statement) -> Int32? {
    guard let value = program.tree.values(of: statement).first,
      program.tree.nodes[Int(value.root)].kind == .call,
      program.callsGradient(value.root),
      program.derivative(ofFunction: value.root, { [visible] in visible.binding($0) }) != nil
    else { return nil }
    return value.root
  }

  // MARK: What a node depends on

  func dependsOnInput(_ node: UInt32) -> Bool {
    depends(node) { tape.opcode($0) == .input }
  }

  /// Whether a node is computed from another one.
  func dependsOn(_ source: UInt32, _ node: UInt32) -> Bool {
    source < node && depends(node) { $0 == Int(source) }
  }

  private func depends(_ node: UInt32, on isSource: (Int) -> Bool) -> Bool {
    var pending = [Int(node)]
    var seen: Set<Int> = []
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      if isSource(next) { return true }
      pending += tape.edges(into: next).map { tape.edge($0).source }
    }
    return false
  }
}
