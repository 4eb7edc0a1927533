import GradBase
import GradCore

extension Recorder {
  /// What programs have that are more than formulas, one step at a time.
  enum Step {
    // Blocks.
    case block(Int32)
    case choose(SyntaxTree.Statement)
    case startLoop(SyntaxTree.Statement)
    case nextPass
    case test
    case endDetached
    case returnValue
    case noResult
    case drop(SyntaxTree.Statement, firstNode: Int)
    // Names.
    case bind(SyntaxTree.Statement, firstNode: Int, plain: [Plainness])
    case push(Operand)
    case setAttribute(Int32, firstNode: Int)
    case setElement(Int32, firstNode: Int)
    case makeFunction(SyntaxTree.Statement)
    case finishClass(Int)
    // Values.
    case collect(Int32)
    case attribute(Int32)
    case element(Int32)
    case slice(Int32)
    // Calls.
    case invoke(Int32)
    case method(Int32)
    case word(Int32, String)
    case call(Operand, [Operand], Int32)
    case instance(Operand)
    case list(Int)
    case sort(Operand, Int, isReversed: Bool)
    // Comprehensions.
    case clause(Int)
    case startClause(Int)
    case nextItem(Int)
    case testItem(Int, Int)
    case checkItem(Int, Int)
    case keepItem
    case endComprehension
  }

  /// A loop that is running.
  struct Loop {
    var statement: SyntaxTree.Statement
    var items: Items?
    /// The tasks there were when it began.
    var taskCount: Int
    var detached: Int
    var passes = 0
  }

  /// The most statements that a program may run.
  static let mostStatements = 10_000_000

  mutating func take(_ step: Step) throws(ProgramError) {
    switch step {
    case .block(let number): run(number)
    case .choose(let statement): choose(statement)
    case .startLoop(let statement): try startLoop(statement)
    case .nextPass: try nextPass()
    case .test: test()
    case .endDetached: detached -= 1
    case .returnValue: returnValue()
    case .noResult: operands.append(.none)
    case .drop(let statement, let firstNode): try drop(statement, firstNode)
    case .bind(let statement, let firstNode, let plain): try bind(statement, firstNode, plain)
    case .push(let operand): operands.append(operand)
    case .setAttribute(let node, let firstNode): try setAttribute(node, firstNode)
    case .setElement(let node, let firstNode): try setElement(node, firstNode)
    case .makeFunction(let statement): makeFunction(statement)
    case .finishClass(let number): finishClass(number)
    case .collect(let index): try collect(index)
    case .attribute(let index): try readAttribute(index)
    case .element(let index): try readElement(index)
    case .slice(let index): try makeSlice(index)
    case .invoke(let index): try invoke(index)
    case .method(let index): try beginMethod(index)
    case .word(let index, let name): try callWord(name, index)
    case .call(let callee, let arguments, let token):
      try call(callee, arguments, [:], token)
    case .instance(let object): operands[operands.count - 1] = object
    case .list(let count):
      let items = Array(operands.suffix(count))
      operands.removeLast(count)
      operands.append(make(ListObject(items)))
    case .sort(let items, let token, let isReversed):
      try sort(items, Int32(token), isReversed: isReversed)
    case .clause(let number): beginClause(number)
    case .startClause(let number): try startClause(number)
    case .nextItem(let number): try nextItem(number)
    case .testItem(let number, let condition): testItem(number, condition)
    case .checkItem(let number, let condition):
      if self.number(operands.removeLast()) != 0 {
        tasks.append(.step(.testItem(number, condition + 1)))
      }
    case .keepItem: try keepItem()
    case .endComprehension: endComprehension()
    }
  }

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
    case .continue:
      let loop = loops[loops.count - 1]
      tasks.removeLast(tasks.count - loop.taskCount)
      detached = loop.detached
      tasks.append(.step(.nextPass))
    case .return:
      tasks.append(.step(.returnValue))
      if let value = program.tree.values(of: statement).first {
        tasks.append(.expression(value.root))
      } else {
        operands.append(.none)
      }
    case .class: try beginClass(Int(statement.function))
    case .raise:
      throw failure(
        .raised, "the program ends with an error of its own here", statement.token,
        help: "the conditions above lead here with these inputs")
    case .detached:
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

  private mutating func run(_ block: Int32) {
    guard block >= 0 else { return }
    for statement in program.tree.blocks[Int(block)].reversed() {
      tasks.append(.statement(statement))
    }
  }

  /// Throws the value of an expression away, unless it is the output.
  private mutating func drop(
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

  private mutating func choose(_ statement: SyntaxTree.Statement) {
    run(decide(statement) ? statement.block : statement.otherwise)
  }

  // MARK: Loops

  private mutating func startLoop(_ statement: SyntaxTree.Statement) throws(ProgramError) {
    let items = try items(of: operands.removeLast(), statement.token)
    if statement.option == .firstPass { noteFirstPass(statement, of: items.count) }
    loops.append(
      Loop(statement: statement, items: items, taskCount: tasks.count, detached: detached))
    tasks.append(.step(.nextPass))
  }

  /// Begins the next pass of the innermost loop, or what comes after it.
  private mutating func nextPass() throws(ProgramError) {
    let last = loops.count - 1
    let statement = loops[last].statement
    let isLast = statement.option == .firstPass && loops[last].passes == 1
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
  private mutating func test() {
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
    var report = Report(program.source)
    let passes = count.map { "first of \(grouped($0)) passes" } ?? "first pass"
    report.warning(
      .firstPass, "the \(passes) is recorded", at: program.range(of: statement.token),
      label: "the loop differentiates, and changes what it differentiates by",
      help: "give the parameters other values to see a later pass")
    warnings += report.diagnostics
  }

  // MARK: The end

  /// Ends the function with the last operand as its value.
  private mutating func returnValue() {
    let value = operands.removeLast()
    let frame = frames[frames.count - 1]
    tasks.removeLast(tasks.count - frame.taskCount)
    operands.removeLast(operands.count - frame.operandCount)
    loops.removeLast(loops.count - frame.loopCount)
    detached = frame.detached
    operands.append(value)
  }

  /// Ends the recording with a message.
  func failure(
    _ code: Code, _ message: String, _ token: Int32, label: String = "", help: String? = nil
  ) -> ProgramError {
    failure(Mistake(code: code, message: message, token: token, label: label, help: help))
  }

  /// Puts the labels of the program in order once it has run.
  mutating func finishDynamic() {
    for input in inputs where names[input] == nil {
      names[input] = program.names[program.tokens[Int(tokens[Int(input)])].payload]
    }
    guard !dissolved.isEmpty else { return }
    // Calls that return no number are part of the call around them.
    var kept = [Int32](repeating: -1, count: calls.count)
    var calls: [Labels.Call] = []
    for (number, call) in self.calls.enumerated() {
      let parent = call.parent.map { kept[$0] } ?? -1
      if dissolved.contains(Int32(number)) {
        kept[number] = parent
      } else {
        kept[number] = Int32(calls.count)
        calls.append(call)
        calls[calls.count - 1].parent = parent < 0 ? nil : Int(parent)
      }
    }
    self.calls = calls
    for node in callOfNode.indices where callOfNode[node] >= 0 {
      callOfNode[node] = kept[Int(callOfNode[node])]
    }
    for (node, scope) in scopes where scope >= 0 { scopes[node] = Int(kept[scope]) }
  }

  /// Checks that the last statement gives one number, where it is the output.
  func checkOutput() throws(ProgramError) {
    if autograd.output != nil || unnamedOutput != nil { return }
    if case .object(let object)? = lastValue?.value, let token = lastValue?.token,
      heap[Int(object)] is ListObject || heap[Int(object)] is DictionaryObject
    {
      throw failure(
        .unknownOutput, "the output is \(heap[Int(object)].description), not one number", token,
        help: "end with one number, such as a sum, or name one with --of")
    }
    if lastTarget == nil {
      throw failure(
        .emptyProgram, "the program computes nothing", 0,
        help: "write an assignment, such as y = 2 * 3")
    }
  }
}
