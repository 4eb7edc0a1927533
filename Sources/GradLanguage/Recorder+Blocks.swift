import GradBase
import GradCore

extension Recorder {
  /// Begins a statement of a program that is more than formulas.
  mutating func beginDynamic(_ statement: SyntaxTree.Statement) throws(ProgramError) {
    try count(statement.token)
    switch statement.kind {
    case .assign where derivative(of: statement) == nil:
      if isForgotten(statement) { return }
      let values = program.tree.values(of: statement)
      let plain = values.map { plainness(of: $0.root) }
      tasks.append(.step(.bind(statement, firstNode: tape.nodeCount, plain: plain)))
      for (value, plain) in zip(values, plain).reversed() { push(value.root, plain) }
    case .expression:
      if isForgotten(statement) { return }
      guard let value = program.tree.values(of: statement).first else { return }
      guard isOutput(statement) || program.tree.nodes[Int(value.root)].kind == .call else { return }
      tasks.append(.step(.drop(statement, firstNode: tape.nodeCount)))
      push(value.root, plainness(of: value.root))
    case .define:
      tasks.append(.step(.makeFunction(statement)))
      for parameter in program.tree.functions[Int(statement.function)].parameters.reversed() {
        if let fallback = parameter.fallback {
          push(fallback.root, plainness(of: fallback.root))
        } else {
          tasks.append(.step(.push(.none)))
        }
      }
    case .text:
      for target in program.tree.targets(of: statement) {
        set(target.name, make(TextObject(program.plainText(statement.token))))
      }
    case .if:
      if isForgotten(statement) { return }
      tasks.append(.step(.choose(statement)))
      pushCondition(statement)
    case .while:
      if statement.option == .firstPass {
        var none: Items?
        beginTraining(&none)
      }
      loops.append(
        Loop(statement: statement, items: nil, taskCount: tasks.count, detached: detached))
      tasks.append(.step(.test))
      pushCondition(statement)
    case .for:
      if isForgotten(statement) { return }
      tasks.append(.step(.startLoop(statement)))
      if let items = program.tree.values(of: statement).first {
        tasks.append(.expression(items.root))
      }
    case .break:
      let loop = loops.removeLast()
      tasks.removeLast(tasks.count - loop.taskCount)
      detached = loop.detached
      leaveAttempts(downTo: loop.taskCount)
    case .continue:
      let loop = loops[loops.count - 1]
      tasks.removeLast(tasks.count - loop.taskCount)
      detached = loop.detached
      tasks.append(.step(.nextPass))
      leaveAttempts(downTo: loop.taskCount)
    case .return:
      tasks.append(.step(.returnValue))
      if let value = program.tree.values(of: statement).first {
        tasks.append(.expression(value.root))
      } else {
        operands.append(.none)
      }
    case .yield:
      tasks.append(.step(.yield(isSpread: statement.option == .spread)))
      if let value = program.tree.values(of: statement).first {
        tasks.append(.expression(value.root))
      }
    case .class: try beginClass(Int(statement.function))
    case .raise:
      guard !attempts.isEmpty, let value = program.tree.values(of: statement).first else {
        throw raised(nil, statement.token)
      }
      tasks += [.step(.raise(statement.token)), .expression(value.root)]
    case .attempt: attempt(statement)
    case .manage:
      guard let value = program.tree.values(of: statement).first else { return }
      tasks += [.step(.enterManaged(statement)), .expression(value.root)]
    case .match:
      guard let value = program.tree.values(of: statement).first else { return }
      tasks += [.step(.startCases(statement)), .expression(value.root)]
    case .case: break
    case .delete:
      for value in program.tree.values(of: statement).reversed() {
        tasks.append(.step(.delete(value.root)))
        pushElement(value.root)
      }
    case .detached:
      if let value = program.tree.values(of: statement).first {
        tasks += [
          .step(.switchDerivatives(statement)), .endNumeric, .expression(value.root), .beginNumeric,
        ]
        return
      }
      detached += 1
      tasks += [.step(.endDetached), .step(.block(statement.block))]
    default: begin(statement)
    }
  }

  /// Whether a statement reads a value that is made of derivatives, so that it is left out.
  private mutating func isForgotten(_ statement: SyntaxTree.Statement) -> Bool {
    guard !forgotten.isEmpty, frames.count == 1 else { return false }
    let names = program.tree.targets(of: statement).map(\.name).filter { $0 >= 0 }
    if program.tree.reads(statement, forgotten) {
      noteLost(statement)
      forgotten.formUnion(names)
      return true
    }
    forgotten.subtract(names)
    return false
  }

  /// Counts a statement, or an item of a comprehension.
  mutating func count(_ token: Int32) throws(ProgramError) {
    statementCount += 1
    if statementCount <= statementLimit { return }
    throw failure(
      .tooManyStatements,
      "the program runs more than \(grouped(statementLimit)) statements", token,
      label: "the limit is reached here", help: loopHelp ?? "does its recursion end?")
  }

  /// What to say of the innermost loop where a limit is reached.
  var loopHelp: String? {
    guard let loop = loops.last else { return nil }
    let line = program.source.place(of: program.range(of: loop.statement.token).lowerBound).line
    return "loops are unrolled, and the one in line \(line) is in pass \(grouped(loop.passes)): "
      + (loop.statement.kind == .while ? "does its condition end it?" : "make it shorter")
  }

  mutating func run(_ block: Int32) {
    guard block >= 0 else { return }
    for statement in program.tree.blocks[Int(block)].reversed() {
      tasks.append(.statement(statement))
    }
  }

  /// Throws the value of an expression away, unless it is the output.
  mutating func drop(
    _ statement: SyntaxTree.Statement, _ firstNode: Int
  ) throws(ProgramError) {
    guard isOutput(statement), let value = program.tree.values(of: statement).first else {
      operands.removeLast()
      return
    }
    switch operands[operands.count - 1] {
    case .node, .number:
      if case .call = program.tree.nodes[Int(value.root)].kind, case .number? = operands.last {
        operands.removeLast()
      } else {
        try bind(statement, firstNode)
      }
    case .none, .object:
      lastValue = (operands.removeLast(), program.tree.nodes[Int(value.root)].token)
      if case .none? = lastValue?.value { lastValue = nil }
    }
  }

  // MARK: Conditions

  private mutating func pushCondition(_ statement: SyntaxTree.Statement) {
    guard let value = program.tree.values(of: statement).first else { return }
    tasks += [.endNumeric, .expression(value.root), .beginNumeric]
  }

  /// The outcome of the condition of a statement, which is a decision if a node is in it.
  private mutating func decide(_ statement: SyntaxTree.Statement) -> Bool {
    let holds = number(operands.removeLast()) != 0
    if numeric == 0, let value = program.tree.values(of: statement).first, readsNode(value) {
      noteDecision(value.root, holds)
    }
    return holds
  }

  private func readsNode(_ value: SyntaxTree.Expression) -> Bool {
    program.tree.nodes[Int(value.begin)...Int(value.root)].contains { node in
      guard node.kind == .name, case .node? = self.value(of: node.first) else { return false }
      return true
    }
  }

  mutating func choose(_ statement: SyntaxTree.Statement) {
    run(decide(statement) ? statement.block : statement.otherwise)
  }

  /// Runs a block with derivatives or without, as the last operand says.
  mutating func switchDerivatives(_ statement: SyntaxTree.Statement) {
    let outside = detached
    detached = number(operands.removeLast()) == 0 ? 1 : 0
    tasks += [.step(.endSwitch(outside)), .step(.block(statement.block))]
  }

  // MARK: Loops

  mutating func startLoop(_ statement: SyntaxTree.Statement) throws(ProgramError) {
    let value = operands.removeLast()
    if object(value) is InstanceObject {
      tasks.append(.step(.startLoop(statement)))
      if try callIterator(of: value, statement.token) { return }
    }
    var items: Items? = try items(of: value, statement.token)
    if statement.option == .firstPass {
      noteFirstPass(statement, of: items?.count)
      beginTraining(&items)
    }
    loops.append(
      Loop(statement: statement, items: items, taskCount: tasks.count, detached: detached))
    tasks.append(.step(.nextPass))
  }

  /// Begins the next pass of the innermost loop, or what comes after it.
  mutating func nextPass() throws(ProgramError) {
    let last = loops.count - 1
    let statement = loops[last].statement
    let isLast = statement.option == .firstPass && loops[last].passes == 1
    if isLast { endTraining() }
    if statement.kind == .while {
      if isLast {
        loops.removeLast()
        return
      }
      try count(statement.token)
      tasks.append(.step(.test))
      return pushCondition(statement)
    }
    guard !isLast, let item = loops[last].items?.next() else {
      loops.removeLast()
      return isLast ? () : run(statement.otherwise)
    }
    loops[last].passes += 1
    tasks += [.step(.nextPass), .step(.block(statement.block))]
    if let target = program.tree.targets(of: statement).first {
      try giveItem(item, to: target)
    }
  }

  /// Goes on with a `while` after its condition.
  mutating func test() {
    let last = loops.count - 1
    let statement = loops[last].statement
    guard decide(statement) else {
      loops.removeLast()
      return run(statement.otherwise)
    }
    if statement.option == .firstPass, loops[last].passes == 0 { noteFirstPass(statement, of: nil) }
    loops[last].passes += 1
    tasks += [.step(.nextPass), .step(.block(statement.block))]
  }

  /// Notes that only the first pass of a loop is known, as what follows it is made of derivatives.
  private mutating func noteFirstPass(_ statement: SyntaxTree.Statement, of count: Int?) {
    if count == 1 { return }
    self.passes = self.passes ?? count ?? 0
    var report = Report(program.source)
    let passes = count.map { "first of \(grouped($0)) passes" } ?? "first pass"
    report.warning(
      .firstPass, "the \(passes) is recorded", at: program.range(of: statement.token),
      label: "the loop differentiates, and changes what it differentiates by",
      help: "give the parameters other values to see a later pass")
    warnings += report.diagnostics
  }

  /// Warns, once, where the program differentiates what a step of training outside a loop has changed: that
  /// is left out.
  mutating func noteLost(_ statement: SyntaxTree.Statement) {
    guard passes == nil, !training.isCut, differentiates(statement) else { return }
    training.isCut = true
    var report = Report(program.source)
    report.warning(
      .firstPass, "what follows the first step of training is not recorded",
      at: program.range(of: statement.token),
      label: "this differentiates what the step has changed",
      help: "give the parameters other values to see a later step")
    warnings += report.diagnostics
  }

  private func differentiates(_ statement: SyntaxTree.Statement) -> Bool {
    if statement.kind == .differentiate || statement.kind == .look { return true }
    return program.tree.values(of: statement).contains { value in
      if program.callsGradient(value.root) { return true }
      let call = program.tree.nodes[Int(value.root)]
      guard call.kind == .call, case let callee = program.tree.nodes[Int(call.first)],
        callee.kind == .name
      else { return false }
      return program.tree.functions.contains { function in
        function.name == callee.first && function.body.contains { $0.kind == .differentiate }
      }
    }
  }

  /// Adds the last operand to what the generator gives.
  ///
  /// - Parameter isSpread: Whether all items of the operand are given: `yield from xs`.
  /// - Throws: That there are no items.
  mutating func yield(isSpread: Bool) throws(ProgramError) {
    let value = operands.removeLast()
    let items = isSpread ? try allItems(of: value, tokens.last ?? 0) : [value]
    frames[frames.count - 1].yielded?.items += items
  }

  // MARK: The end

  /// Ends the function with the last operand as its value.
  mutating func returnValue() {
    let value = operands.removeLast()
    let frame = frames[frames.count - 1]
    tasks.removeLast(tasks.count - frame.taskCount)
    operands.removeLast(operands.count - frame.operandCount)
    loops.removeLast(loops.count - frame.loopCount)
    detached = frame.detached
    operands.append(value)
    leaveAttempts(downTo: frame.taskCount)
  }
}
