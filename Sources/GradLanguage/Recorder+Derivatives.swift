import GradBase
import GradCore

extension Recorder {
  // MARK: What is differentiated

  /// Differentiates the value of a statement: `J.backward()`.
  mutating func differentiate(
    _ values: [Operand], _ statement: SyntaxTree.Statement
  ) throws(ProgramError) {
    guard numeric == 0 else { return }
    if training.firstStep != nil { return noteLost(statement) }
    let weights = values.count > 1 ? values[1] : nil
    guard let node = node(try sum(of: values[0], weights: weights, statement.token)) else { return }
    name(node, statement.token)
    autograd.pass(from: node, statement.token)
    if statement.option == .keepsGraph { autograd.kept.insert(node) }
  }

  /// Makes a node the output, called `out` unless the program names it.
  private mutating func name(_ node: UInt32, _ token: Int32) {
    if training.firstStep != nil, autograd.output != nil { return }
    autograd.name(node, on: tape)
    autograd.nameOfOutput = "out"
    autograd.callOfOutput = nil
  }

  /// Gives the output the name that it lacks, once the whole program has had its chance.
  mutating func nameOutput() {
    if autograd.output == nil, let (node, derivatives) = autograd.recorded, !isRead(derivatives) {
      name(node, tokens[Int(node)])
    }
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
      if let weights = differentiation.weights { tasks.append(.expression(weights)) }
      tasks.append(.expression(value))
    case .function:
      for argument in resolution.written.reversed() {
        if program.isClosed(at: argument, { [visible] in visible.binding($0) }) {
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
      let given = Array(operands.suffix(differentiation.sources.count))
      operands.removeLast(given.count)
      let weights = differentiation.weights == nil ? nil : operands.removeLast()
      let isPlain = weights.map { areOnes($0, for: operands[operands.count - 1], differentiation) }
      operands.append(
        try sum(
          of: operands.removeLast(), weights: isPlain == true ? nil : weights,
          sumsEntries: differentiation.sumsEntries && !differentiation.keepsGraph, token))
      if let value = operands.last.flatMap({ self.node($0) }), !differentiation.keepsGraph {
        name(value, token)
      }
      return try derive(index, differentiation, given)
    }
    var resolution = resolutions.removeLast()
    let written = Array(operands.suffix(resolution.written.count))
    operands.removeLast(written.count)
    let function = program.tree.functions[number]
    if let call = call(of: function, number, written, Array(resolution.order)) {
      operands.append(.node(call.result))
      if differentiation.before.isEmpty { name(named(call.result), token) }
      return try derive(index, differentiation, call.arguments)
    }
    // A number becomes an input with the parameter's name, so that the figure has its derivative.
    var arguments: [Operand] = []
    for (position, operand) in written.enumerated() {
      let array = (object(operand) as? ArrayObject)?.array
      if let node = node(operand) {
        arguments.append(.node(node))
      } else if array == nil, object(operand) != nil || operand.isNone {
        // A list or a dictionary of parameters is differentiated by what it holds.
        if let place = resolution.order.firstIndex(of: position),
          differentiation.positions.contains(place)
        {
          let name = program.names[function.parameters[place].name]
          try makeInputs(of: operand, object(operand)?.path ?? name, depth: 0, token)
        }
        arguments.append(operand)
      } else {
        try grow(token)
        let parameter = resolution.order.firstIndex(of: position) ?? 0
        let written = program.tree.nodes[Int(resolution.written[position])].token
        let node =
          array.map { input($0, $0.programText, written) }
          ?? input(
            self.number(operand), program.spelling(of: resolution.written[position]), written)
        names[node] = program.names[function.parameters[parameter].name]
        arguments.append(.node(node))
      }
    }
    operands += arguments
    resolution.callee = .function(number)
    resolutions.append(resolution)
    let byParameter = resolution.order.map { $0 < 0 ? .none : arguments[$0] }
    tasks += [.derive(index, differentiation, arguments: byParameter), .call(index)]
  }

  /// Leaves the derivatives of the last operand by `arguments`, or the one that is wanted of them.
  mutating func derive(
    _ index: Int32, _ differentiation: Differentiation, _ arguments: [Operand]
  ) throws(ProgramError) {
    let token = program.tree.nodes[Int(index)].token
    let (value, more) = parted(operands.removeLast(), differentiation)
    guard var node = node(value) else { throw noNumber(value, differentiation, token) }
    var sources = arguments
    if case .function(let number) = differentiation.subject {
      sources = differentiation.positions.compactMap { place in
        place < arguments.count ? arguments[place] : nil
      }
      for place in differentiation.before where place < arguments.count {
        guard let source = self.node(arguments[place]) else { continue }
        node = try recordedDerivatives(of: node, by: [source], token)[0]
        name(node, token)
      }
      if differentiation.before.isEmpty, autograd.output != named(node) {
        name(node, token)
        autograd.nameOfOutput = program.names[program.tree.functions[number].name]
        autograd.callOfOutput = number
        autograd.calls.append((madeCall(of: number, arguments), node))
      }
    }
    // A name that the program gives to the value is the output's.
    if differentiation.givesValue { autograd.reused.insert(node) }
    let result = more.map { make(ListObject([.node(node), $0], isTuple: true)) } ?? .node(node)
    var results: [Operand] = differentiation.givesValue ? [result] : []
    if differentiation.keepsGraph {
      let first = tape.nodeCount
      let parts = leaves(of: sources).compactMap { self.node($0) }
      var derivatives = try recordedDerivatives(of: node, by: parts, token).map {
        Operand.node($0)
      }[...]
      for source in sources { results.append(arranged(&derivatives, as: source)) }
      autograd.recorded = (node, first..<tape.nodeCount)
    } else {
      let derivatives = derivatives(of: node)
      for source in sources {
        results.append(try derivative(by: source, derivatives, depth: 0, token))
      }
    }
    try give(results, by: sources, index, differentiation)
    if let more, !differentiation.givesValue {
      operands.append(make(ListObject([operands.removeLast(), more], isTuple: true)))
      autograd.results.append(more)
    }
  }

  /// Gives each target one of the derivatives of a call, or its value.
  mutating func spread(
    _ expression: SyntaxTree.Expression, _ targets: ArraySlice<SyntaxTree.Target>,
    _ statement: SyntaxTree.Statement, _ firstNode: Int
  ) throws(ProgramError) {
    var results = autograd.results
    if isDynamic, results.count > targets.count, targets.count == 2 {
      // The value, and the derivatives together.
      results = [results[0], make(ListObject(Array(results.dropFirst()), isTuple: true))]
    }
    if let pair = results.first.flatMap({ object($0) }) as? ListObject, pair.isTuple,
      results.count + 1 == targets.count
    {
      // The value, and what the function returns besides.
      results.replaceSubrange(0..<1, with: pair.items)
    }
    guard results.count == targets.count else {
      throw failure(
        Mistake(
          code: .tupleCount,
          message:
            "\(counted(targets.count, "name")) on the left, \(counted(results.count, "value")) on the right",
          token: program.tree.nodes[Int(expression.root)].token))
    }
    for (target, result) in zip(targets, results) {
      if object(result) != nil {
        set(target.name, result)
      } else {
        try bind(target, result, expression, statement, firstNode)
      }
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
    try readDerivative(of: node, program.spelling(of: index), attribute.token)
  }

  /// The same of a node, whatever names it.
  mutating func readDerivative(
    of node: UInt32, _ spelling: String, _ token: Int32
  ) throws(ProgramError) {
    var versions = [origin(of: node)]
    while let earlier = autograd.earlier[versions[versions.count - 1]] { versions.append(earlier) }
    let first = versions[versions.count - 1]
    let known = versions.compactMap { autograd.cleared[$0] }.max() ?? 0
    if autograd.differentiated.dropFirst(known).contains(where: { autograd.kept.contains($0) }) {
      return operands.append(try keptDerivative(by: versions, since: known, token))
    }
    var sum = autograd.sums[first] ?? Autograd.Sum(begin: known)
    // A version that came after an output has no derivative by it.
    if sum.begin != known || sum.versions > versions.count { sum = Autograd.Sum(begin: known) }
    for output in autograd.differentiated.dropFirst(sum.end) {
      let derivatives = sweep(from: output)
      for version in versions { sum.add(derivatives[tape.node(Int(version))]) }
    }
    (sum.end, sum.versions) = (autograd.differentiated.count, versions.count)
    autograd.sums[first] = sum
    let zeros = plain(.node(node))
    let shape = shape(of: zeros) ?? []
    let none = NumberArray(shape, [Double](repeating: 0, count: shape.reduce(1, *)))
    let constant = try constant(sum.value ?? none, spelling, token)
    operands.append(plain(.node(constant)))
  }

  /// The derivative of a node by a value; by a list or a dictionary one of the same kind, with those by
  /// what it holds.
  private mutating func derivative(
    by source: Operand, _ derivatives: Derivatives, depth: Int, _ token: Int32
  ) throws(ProgramError) -> Operand {
    guard depth < 64 else {
      throw failure(.holdsItself, "the lists are nested too deep to be differentiated by", token)
    }
    switch object(source) {
    case let list as ListObject:
      var items: [Operand] = []
      for item in list.items {
        items.append(try derivative(by: item, derivatives, depth: depth + 1, token))
      }
      return make(ListObject(items, isTuple: list.isTuple))
    case let dictionary as DictionaryObject:
      let result = DictionaryObject()
      for key in dictionary.keys {
        result[key] = try derivative(
          by: dictionary[key] ?? .none, derivatives, depth: depth + 1, token)
      }
      return make(result)
    case let tuple as InstanceObject where tuple.type.isTuple:
      let result = InstanceObject(tuple.type)
      for name in tuple.names {
        result[name] = try derivative(
          by: tuple[name] ?? .none, derivatives, depth: depth + 1, token)
      }
      return make(result)
    default:
      guard let source = self.node(source) else { return .number(0) }
      let derivative = derivatives[tape.node(Int(origin(of: source)))]
      return .node(try constant(derivative, nil, token))
    }
  }

  /// Makes inputs of what a list or a dictionary holds and depends on none: zeros, what was drawn.
  private mutating func makeInputs(
    of tree: Operand, _ path: String, depth: Int, _ token: Int32
  ) throws(ProgramError) {
    guard depth < 64 else { return }
    switch object(tree) {
    case let list as ListObject:
      for place in list.items.indices {
        let path = "\(path)[\(place)]"
        list.items[place] = try madeInput(list.items[place], path, depth: depth + 1, token)
      }
    case let dictionary as DictionaryObject:
      for key in dictionary.keys {
        guard let value = dictionary[key] else { continue }
        let path = path + suffix(of: .key(key))
        dictionary[key] = try madeInput(value, path, depth: depth + 1, token)
      }
    case let tuple as InstanceObject where tuple.type.isTuple:
      for name in tuple.names {
        guard let value = tuple[name] else { continue }
        let path = path + suffix(of: .attribute(name))
        tuple[name] = try madeInput(value, path, depth: depth + 1, token)
      }
    default: break
    }
  }

  private mutating func madeInput(
    _ value: Operand, _ path: String, depth: Int, _ token: Int32
  ) throws(ProgramError) -> Operand {
    var array = (object(value) as? ArrayObject)?.array
    switch value {
    case .node(let node) where !dependsOnInput(node): array = numbers(of: value)
    case .number(let number, _): array = NumberArray(number)
    default: break
    }
    guard let array else {
      try makeInputs(of: value, path, depth: depth, token)
      return value
    }
    try grow(token)
    let node =
      array.shape.isEmpty
      ? input(array.number ?? .nan, shortestText(array.number ?? .nan), token)
      : input(array, array.programText, token)
    if case .node(let old) = value { names[old] = nil }
    names[node] = path
    return .node(node)
  }

  /// The derivatives of an output that several tensors are asked for.
  private mutating func sweep(from output: UInt32) -> Derivatives {
    if let swept = autograd.swept, swept.output == output { return swept.derivatives }
    let derivatives = derivatives(of: output)
    autograd.swept = (output, derivatives)
    return derivatives
  }

  func derivatives(of node: UInt32) -> Derivatives {
    let variable = tape.node(Int(node))
    return isDynamic ? .arrays(tape.gradients(of: variable)) : .numbers(tape.gradient(of: variable))
  }

  /// The derivatives of a node by those before it, zeros where it does not depend on them.
  enum Derivatives {
    case numbers([Double])
    case arrays(Gradients)

    subscript(variable: Variable) -> NumberArray {
      let index = Int(variable.index)
      switch self {
      case .numbers(let gradient): return NumberArray(index < gradient.count ? gradient[index] : 0)
      case .arrays(let gradients):
        let shape = variable.shape
        return gradients[variable]
          ?? NumberArray(shape, [Double](repeating: 0, count: shape.reduce(1, *)))
      }
    }
  }
}
