import GradBase
import GradCore

extension Recorder {
  // MARK: What is differentiated

  /// Differentiates the value of a statement: `J.backward()`.
  mutating func differentiate(
    _ values: [Operand], _ statement: SyntaxTree.Statement
  ) throws(ProgramError) {
    guard numeric == 0, case .node(var node) = values[0] else { return }
    if values.count > 1, isArray(values[0]) || isArray(values[1]) {
      node = try weighted(values[0], values[1], statement.token)
    } else if values.count > 1, number(values[1]) != 1 {
      throw failure(
        Mistake(
          code: .unsupportedExpression, message: "a weight other than 1 is not supported",
          token: statement.token, help: "multiply by it before: (2 * J).backward()"))
    }
    name(node, statement.token)
    autograd.differentiated.append(node)
  }

  /// Makes a node the output, called `out` unless the program names it.
  private mutating func name(_ node: UInt32, _ token: Int32) {
    autograd.name(node, on: tape)
    autograd.nameOfOutput = "out"
    autograd.callOfOutput = nil
  }

  /// Gives the output the name that it lacks, once the whole program has had its chance.
  mutating func nameOutput() {
    guard let node = autograd.output else { return }
    if names[node] == nil, tape.opcode(Int(node)).isOperation {
      names[node] = autograd.nameOfOutput
      if callOfNode[Int(node)] >= 0 { scopes[node] = -1 }
    } else if let call = autograd.callOfOutput, (scopes[node] ?? Int(callOfNode[Int(node)])) >= 0 {
      // The function has a name for what it returns; outside it is the function's own.
      let copy = note(recorded(Operators.Identity.self, [tape.node(Int(node))]), tokens[Int(node)])
      callOfNode[Int(copy)] = -1
      names[copy] = program.names[program.tree.functions[call].name]
      autograd.move(from: node, to: copy, tape)
    }
  }

  /// Begins a call that differentiates.
  mutating func beginDerivative(
    _ index: Int32, _ differentiation: Differentiation, _ resolution: Resolution
  ) throws(ProgramError) {
    guard numeric == 0 else {
      throw failure(
        Mistake(
          code: .unsupportedExpression, message: "a derivative cannot be part of a condition",
          token: program.tree.nodes[Int(index)].token, help: "give it a name first"))
    }
    tasks.append(.differentiate(index, differentiation))
    switch differentiation.subject {
    case .value(let value):
      for source in differentiation.sources.reversed() { tasks.append(.expression(source)) }
      tasks.append(.expression(value))
    case .function:
      for argument in resolution.written.reversed() {
        if program.isClosed(at: argument, { lookup($0) }) {
          tasks += [.endNumeric, .expression(argument), .beginNumeric]
        } else {
          tasks.append(.expression(argument))
        }
      }
      resolutions.append(resolution)
    }
  }

  /// Goes on with a call that differentiates, when what it is given has been computed.
  mutating func differentiate(
    _ index: Int32, _ differentiation: Differentiation
  ) throws(ProgramError) {
    let token = program.tree.nodes[Int(index)].token
    guard case .function(let number) = differentiation.subject else {
      let sources = operands.suffix(differentiation.sources.count).map { node($0) }
      operands.removeLast(sources.count)
      if let value = operands.last.flatMap(self.node) { name(value, token) }
      return try derive(index, differentiation, sources.compactMap(\.self))
    }
    var resolution = resolutions.removeLast()
    let written = Array(operands.suffix(resolution.written.count))
    operands.removeLast(written.count)
    let function = program.tree.functions[number]
    if let call = call(of: function, number, written, resolution.order) {
      operands.append(.node(call.result))
      name(named(call.result), token)
      return try derive(index, differentiation, call.arguments)
    }
    // A number becomes an input with the parameter's name, so that the figure has its derivative.
    var arguments: [UInt32] = []
    for (position, operand) in written.enumerated() {
      if let node = node(operand) {
        arguments.append(node)
      } else {
        try grow(token)
        let parameter = resolution.order.firstIndex(of: position) ?? 0
        let node = input(
          self.number(operand), program.spelling(of: resolution.written[position]),
          program.tree.nodes[Int(resolution.written[position])].token)
        names[node] = program.names[function.parameters[parameter].name]
        arguments.append(node)
      }
    }
    operands += arguments.map { .node($0) }
    resolution.callee = .function(number)
    resolutions.append(resolution)
    let byParameter = resolution.order.map { $0 < 0 ? UInt32.max : arguments[$0] }
    tasks += [.derive(index, differentiation, arguments: byParameter), .call(index)]
  }

  /// Leaves the derivatives of the last operand by `arguments`, or the one that is wanted of them.
  mutating func derive(
    _ index: Int32, _ differentiation: Differentiation, _ arguments: [UInt32]
  ) throws(ProgramError) {
    let token = program.tree.nodes[Int(index)].token
    guard let value = operands.popLast(), let node = node(value) else { return }
    var sources = arguments
    if case .function(let number) = differentiation.subject {
      sources = differentiation.positions.compactMap { place in
        place < arguments.count ? arguments[place] : nil
      }
      if autograd.output != named(node) {
        name(node, token)
        autograd.nameOfOutput = program.names[program.tree.functions[number].name]
        autograd.callOfOutput = number
        autograd.calls.append((number, arguments, node))
      }
    }
    let gradient = tape.gradient(of: tape.node(Int(node)))
    // A name that the program gives to the value is the output's.
    if differentiation.givesValue { autograd.reused.insert(node) }
    var results: [Operand] = differentiation.givesValue ? [.node(node)] : []
    for source in sources {
      let derivative = Int(source) < gradient.count ? gradient[Int(source)] : 0
      results.append(.node(try constant(derivative, nil, token)))
    }
    autograd.results = results
    let wanted = program.tree.elements[index] ?? 0
    guard wanted < results.count else {
      // Nothing may want it.
      operands.append(.node(try constant(.nan, nil, token)))
      return
    }
    operands.append(results[wanted])
  }

  /// Gives each target one of the derivatives of a call, or its value.
  mutating func spread(
    _ expression: SyntaxTree.Expression, _ targets: ArraySlice<SyntaxTree.Target>,
    _ statement: SyntaxTree.Statement, _ firstNode: Int
  ) throws(ProgramError) {
    let results = autograd.results
    guard results.count == targets.count else {
      throw failure(
        Mistake(
          code: .tupleCount,
          message:
            "\(counted(targets.count, "name")) on the left, \(counted(results.count, "value")) on the right",
          token: program.tree.nodes[Int(expression.root)].token))
    }
    for (target, result) in zip(targets, results) {
      try bind(target, result, expression, statement, firstNode)
    }
  }

  /// `w.grad`: what the passes so far have found.
  mutating func readDerivative(_ index: Int32) throws(ProgramError) {
    let attribute = program.tree.nodes[Int(index)]
    let owner = program.tree.nodes[Int(attribute.first)]
    guard case .node(let node)? = value(of: owner.first), !autograd.differentiated.isEmpty else {
      throw failure(
        Mistake(
          code: .unknownAttribute,
          message: "\(quoted(program.names[owner.first])) has no derivative yet",
          token: attribute.token, help: "write it after J.backward()"))
    }
    var versions = [node]
    while let earlier = autograd.earlier[versions[versions.count - 1]] { versions.append(earlier) }
    var sum = 0.0
    for output in autograd.differentiated {
      let gradient = tape.gradient(of: tape.node(Int(output)))
      for version in versions where Int(version) < gradient.count { sum += gradient[Int(version)] }
    }
    let constant = try constant(sum, program.spelling(of: index), attribute.token)
    operands.append(numeric > 0 ? .number(tape.node(Int(constant)).value) : .node(constant))
  }

  // MARK: Calls of functions

  /// The result of a call that a derivative made, for the same call in the program after it.
  mutating func differentiatedCall(of function: Int, _ arguments: [Operand]) -> UInt32? {
    guard numeric == 0 else { return nil }
    let call = autograd.calls.last { call in
      call.function == function && matches(arguments, call.arguments)
    }
    if let call { autograd.reused.insert(call.result) }
    return call?.result
  }

  /// A call of a function with the same arguments in the program so far.
  private func call(
    of function: SyntaxTree.Function, _ number: Int, _ written: [Operand], _ order: [Int]
  ) -> (result: UInt32, arguments: [UInt32])? {
    guard order.allSatisfy({ $0 >= 0 }) else { return nil }
    let arguments = order.map { written[$0] }
    let call = calls.last { call in
      call.parent == nil && call.function == program.names[function.name]
        && matches(arguments, call.arguments)
    }
    return call.map { ($0.result, $0.arguments) }
  }

  private func matches(_ operands: [Operand], _ nodes: [UInt32]) -> Bool {
    operands.count == nodes.count
      && zip(operands, nodes).allSatisfy { operand, node in
        if case .node(node) = operand { return true }
        let isNumber = self.node(operand).map { tape.opcode(Int($0)) == .constant } ?? true
        let opcode = tape.opcode(Int(node))
        return isNumber && (opcode == .constant || opcode == .input && names[node] != nil)
          && number(operand) == tape.node(Int(node)).value
      }
  }

  /// A name's copy of a node, if a statement made one, or the node itself.
  private func named(_ node: UInt32) -> UInt32 {
    if names[node] != nil, (scopes[node] ?? Int(callOfNode[Int(node)])) < 0 { return node }
    for copy in Int(node) + 1..<max(tape.nodeCount, Int(node) + 1)
    where tape.opcode(copy) == .identity && names[UInt32(copy)] != nil
      && tape.edge(tape.edges(into: copy).lowerBound).source == Int(node)
    {
      return UInt32(copy)
    }
    return node
  }

  private func node(_ operand: Operand) -> UInt32? {
    if case .node(let node) = operand { node } else { nil }
  }

  func value(of name: Int32) -> Operand? {
    if let local = local(name) { return local }
    if case .value(let value)? = globals[Int(name)] { return value }
    return nil
  }

  /// A derivative as a number of the program; it stays what it is when inputs move.
  private mutating func constant(
    _ derivative: Double, _ spelling: String?, _ token: Int32
  ) throws(ProgramError) -> UInt32 {
    let place = autograd.read.count
    let replayed = autograd.replayed.flatMap { place < $0.count ? $0[place] : nil }
    let value = replayed ?? derivative
    autograd.read.append(value)
    try grow(token)
    let node = note(tape.constant(value), token)
    spellings[node] = spelling ?? shortestText(value)
    return node
  }

  /// The syntax of the derivative of a function that a statement gives a name: `df = jax.grad(f)`.
  func derivative(of statement: SyntaxTree.Statement) -> Int32? {
    guard let value = program.tree.values(of: statement).first,
      program.callsGradient(value.root),
      program.derivative(ofFunction: value.root, { lookup($0) }) != nil
    else { return nil }
    return value.root
  }
}
