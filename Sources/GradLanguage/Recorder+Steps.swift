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
    case switchDerivatives(SyntaxTree.Statement)
    case endSwitch(Int)
    case returnValue
    case yield(isSpread: Bool)
    case noResult
    /// Keeps the value alone of what a function gave.
    case holdResult(Int32)
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
    /// Makes an array of the last operand, if it is a list: `np.array(xs)`.
    case noList(Int32)
    /// Makes a `float` of the last operand.
    case real
    case learn(Int32)
    case slice(Int32)
    // Calls.
    case invoke(Int32)
    case method(Int32)
    case word(Int32, String)
    case inPlace(Int32)
    case call(Operand, [Operand], Int32)
    /// Goes on with a function that has a derivative of its own.
    case own(OwnCall)
    /// Calls a layer with the last operand.
    case pass(Operand, Int32)
    case endCall(OpenCall)
    case instance(Operand)
    case list(Int)
    case arrange([Operand], Arrangement)
    /// Gives a list, in its place, the items of the last operand.
    case replaceItems(ListObject)
    /// Calls a function with the last operand and another, which comes second or first.
    case fold(Operand, Operand, Int32, isFirst: Bool)
    /// Stacks as many of the last operands, along a new axis.
    case stack(Int, axis: Int, Int32)
    case scan(Scan, Int32)
    /// Differentiates the last operand, which a function gave, by others.
    case derive(DerivedObject, [Operand], of: Autograd.Call?, Int32)
    /// Makes a tree like another of the last operand.
    case rebuild(Operand)
    /// Keeps the last operand in a dictionary, whose key was missing.
    case keep(DictionaryObject, DictionaryObject.Key)
    // Comprehensions.
    case clause(Int)
    case startClause(Int)
    case nextItem(Int)
    case testItem(Int, Int)
    case checkItem(Int, Int)
    case keepItem
    case endComprehension
    // Errors, managers, patterns, and values inside of expressions.
    case endAttempt
    case rethrow(ProgramError)
    case raise(Int32)
    case enterManaged(SyntaxTree.Statement)
    case exitManaged(Operand, Int32)
    case giveTo(SyntaxTree.Target)
    case discard
    case negate
    case addItem(Operand, Int32)
    /// Calls a value with the items of an object, the last operand, in one of its places.
    indirect case callWithItems(Operand, [Operand], [Int32: Operand], Int, Int32)
    case makeField(InstanceObject, Int32)
    case postInit(Operand, Int32)
    case startCases(SyntaxTree.Statement)
    indirect case tryCase(SyntaxTree.Statement, Operand, Int)
    case interpolate(Int32)
    /// Puts the last operand in the place of another one.
    case exchange(Int)
    /// Those items of the last operand that a slice names.
    case firstItems(SliceObject)
    case nameValue(Int32, numeric: Int, firstNode: Int)
    case delete(Int32)
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
    case .switchDerivatives(let statement): switchDerivatives(statement)
    case .endSwitch(let outside): detached = outside
    case .returnValue: returnValue()
    case .yield(let isSpread): try yield(isSpread: isSpread)
    case .holdResult(let token):
      operands.append(try heldParts(of: operands.removeLast(), token))
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
    case .noList(let token): try makeNoList(token)
    case .real: operands.append(asReal(operands.removeLast()))
    case .learn(let token): try makeParameter(token)
    case .slice(let index): try makeSlice(index)
    case .invoke(let index): try invoke(index)
    case .method(let index): try beginMethod(index)
    case .word(let index, let name): try callWord(name, index)
    case .inPlace(let index): try changeInPlace(index)
    case .own(let call): try goOn(call)
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
    case .arrange(let items, let arrangement): arrange(items, arrangement)
    case .replaceItems(let list):
      list.items = (object(operands.removeLast()) as? ListObject)?.items ?? []
      operands.append(.none)
    case .fold(let function, let item, let token, let isFirst):
      let value = operands.removeLast()
      try call(function, isFirst ? [item, value] : [value, item], [:], token)
    case .stack(let count, let axis, let token): try stack(count, axis, token)
    case .scan(let scan, let token): try advance(scan, token)
    case .derive(let derived, let sources, let call, let token):
      try derive(derived, sources, of: call, token)
    case .rebuild(let tree): rebuild(tree)
    case .keep(let dictionary, let key):
      dictionary[key] = operands[operands.count - 1]
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
    case .endAttempt: endAttempt()
    case .rethrow(let error): throw error
    case .raise(let token): throw raised(operands.removeLast(), token)
    case .enterManaged(let statement): try enterManaged(statement)
    case .exitManaged(let manager, let token): try exitManaged(manager, token)
    case .giveTo(let target): try giveItem(operands.removeLast(), to: target)
    case .discard: operands.removeLast()
    case .negate: operands.append(.truth(number(operands.removeLast()) == 0))
    case .addItem(let item, let token): try addItem(item, token)
    case .callWithItems(let callee, let given, let named, let place, let token):
      try callWithItems(callee, given, named, place, token)
    case .makeField(let instance, let field): instance[field] = operands.removeLast()
    case .postInit(let value, let token):
      tasks.append(.step(.discard))
      if try !callSpecial("__post_init__", of: value, [], token) { operands.append(.none) }
    case .startCases(let statement):
      try tryCases(statement, operands.removeLast(), from: 0)
    case .tryCase(let statement, let value, let number):
      try finishCase(statement, value, number)
    case .interpolate(let index): try interpolate(index)
    case .exchange(let place): operands[place] = operands.removeLast()
    case .firstItems(let slice):
      let items = (object(operands.removeLast()) as? ListObject)?.items ?? []
      operands.append(make(ListObject(places(slice, of: items.count).map { items[$0] })))
    case .nameValue(let index, let numeric, let firstNode):
      nameValue(index, numeric, firstNode)
    case .delete(let index): try delete(index)
    }
  }
}
