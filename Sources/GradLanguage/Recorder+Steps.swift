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
    case leaf(Int32)
    case learn(Int32)
    case slice(Int32)
    // Calls.
    case invoke(Int32)
    case method(Int32)
    case word(Int32, String)
    case inPlace(Int32)
    case call(Operand, [Operand], Int32)
    /// Calls a layer with the last operand.
    case pass(Operand, Int32)
    case endCall(OpenCall)
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
    case .leaf(let token): try makeLeaf(token)
    case .learn(let token): try makeParameter(token)
    case .slice(let index): try makeSlice(index)
    case .invoke(let index): try invoke(index)
    case .method(let index): try beginMethod(index)
    case .word(let index, let name): try callWord(name, index)
    case .inPlace(let index): try changeInPlace(index)
    case .call(let callee, let arguments, let token):
      try call(callee, arguments, [:], token)
    case .pass(let layer, let token):
      let value = operands.removeLast()
      try call(layer, [value], [:], token)
    case .endCall(let call): end(call, operands[operands.count - 1])
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
}
