import GradCore

extension Recorder {
  // MARK: Values without derivatives

  /// Leaves the value of the last operand without its derivative.
  mutating func hold(_ token: Int32) throws(ProgramError) {
    if isDynamic, case .object(let object)? = operands.last,
      let text = heap[Int(object)] as? TextObject, let value = textNumber("'\(text.text)'")
    {
      operands[operands.count - 1] = .number(value)
    }
    guard numeric == 0, !usesNumPyAlone, case .node(let node)? = operands.last else { return }
    operands[operands.count - 1] = .node(try held(node, token))
  }

  /// A node of the same value through which no derivative goes.
  mutating func held(_ node: UInt32, _ token: Int32) throws(ProgramError) -> UInt32 {
    if [Opcode.constant, .stopGradient].contains(tape.opcode(Int(node))) { return node }
    try grow(token)
    return note(recorded(Operators.StopGradient.self, [tape.node(Int(node))]), token)
  }

  // MARK: Derivatives that are forgotten

  /// Forgets the derivatives found so far, by one name or by all.
  mutating func clear(_ name: Int32?) {
    if let name, case .node(let node)? = value(of: name) {
      autograd.cleared[node] = autograd.differentiated.count
      autograd.laterCleared.append(node)
    } else {
      autograd.laterCleared.append(nil)
      autograd.differentiated.removeAll()
      autograd.cleared.removeAll()
      autograd.sums.removeAll()
    }
  }

  // MARK: Parameters

  /// Marks the input that a name stands for.
  mutating func mark(_ values: [Operand], isOff: Bool) {
    guard numeric == 0, let value = values.first else { return }
    if let weight = object(value) as? WeightObject { weight.isParameter = !isOff }
    if case .node(let node) = value { setMark(node, !isOff) }
  }

  /// Marks a node that was just named, as its expression says.
  mutating func mark(
    _ node: UInt32, _ target: SyntaxTree.Target, _ expression: SyntaxTree.Expression,
    _ statement: SyntaxTree.Statement
  ) {
    let isInput = tape.opcode(Int(node)) == .input
    let mayBeMarked = isInput || program.tree.nodes[Int(expression.root)].kind == .call
    if mayBeMarked, let isParameter = program.mark(of: expression, isClosed: isInput) {
      setMark(node, isParameter)
    }
    if statement.option == .update, case .node(let earlier)? = value(of: target.name) {
      forgetParameter(earlier)
      autograd.earlier[node] = earlier
      if autograd.parameters.contains(origin(of: earlier)) { setMark(node, true) }
    }
  }

  private mutating func setMark(_ node: UInt32, _ isParameter: Bool) {
    let origin = origin(of: node)
    guard isParameter else {
      autograd.parameters.remove(origin)
      return
    }
    autograd.parameters.insert(origin)
    // What is computed from constants alone is differentiated by all the same.
    if isDynamic {
      tape.activate(Int(origin))
      tape.activate(Int(node))
    }
  }

  /// The node that a name of a name stands for: `y = x` is `x` itself.
  func origin(of node: UInt32) -> UInt32 {
    var node = Int(node)
    while tape.opcode(node) == .identity, !copies.contains(UInt32(node)) {
      node = tape.edge(tape.edges(into: node).lowerBound).source
    }
    return UInt32(node)
  }

  // MARK: What the program does not say

  /// A warning about a loss that leads nowhere, while the last statement is the output.
  func guessedOutput(_ output: UInt32) -> Diagnostic? {
    guard autograd.output == nil else { return autograd.choice }
    if let name = names[output], output != lastOutput, output == loss(insteadOf: lastOutput) {
      var report = Report(program.source)
      report.warning(
        .guessedOutput,
        "the last statement computes no single number, and \(quoted(name)) is differentiated instead",
        at: program.range(of: tokens[Int(output)]),
        help: "--of \(name) says so; so does '\(name).backward()' below it")
      return report.diagnostics.first
    }
    if isDynamic, unnamedOutput == nil, let last = lastValue, case .number = last.value {
      let name = names[output] ?? "out"
      var report = Report(program.source)
      report.warning(
        .guessedOutput,
        "the last statement gives a number without a derivative, and \(quoted(name)) is the output",
        at: program.range(of: last.token),
        help: "--of \(name) says so; or end with what is to be differentiated")
      return report.diagnostics.first
    }
    guard let lost = lostLoss(besides: output), let name = names[lost] else { return nil }
    var report = Report(program.source)
    report.warning(
      .guessedOutput,
      "\(quoted(name)) leads nowhere, and the last statement is differentiated instead: "
        + quoted(names[output] ?? "out"),
      at: program.range(of: tokens[Int(lost)]),
      help: "--of \(name) differentiates it; so does '\(name).backward()' below it")
    return report.diagnostics.first
  }

  /// The newest node that is called a loss, has one entry, and leads nowhere.
  func lostLoss(besides output: UInt32?) -> UInt32? {
    var isUsed = [Bool](repeating: false, count: tape.nodeCount)
    // Another name of a loss leads nowhere by itself: `loss = nll = …`.
    for node in 0..<tape.nodeCount where tape.opcode(node) != .identity {
      for edge in tape.edges(into: node) { isUsed[tape.edge(edge).source] = true }
    }
    let lost = globals.indices.compactMap { name -> (isWhole: Bool, node: UInt32)? in
      guard case .value(.node(let node))? = globals[name], node != output, !isUsed[Int(node)],
        tape.opcode(Int(node)).isOperation, tape.node(Int(node)).shape.reduce(1, *) == 1
      else { return nil }
      let words = program.names[Int32(name)].split(separator: "_")
      guard words.contains(where: Self.isLoss) else { return nil }
      return (words.count == 1, node)
    }
    return lost.filter(\.isWhole).map(\.node).max() ?? lost.map(\.node).max()
  }

  /// Whether a word of a name says that it is a loss: `cost_tmp`, `total_loss`.
  private static func isLoss(_ word: Substring) -> Bool {
    ["loss", "cost", "error"].contains(word.lowercased()) || ["J", "L", "E"].contains(word)
  }
}
