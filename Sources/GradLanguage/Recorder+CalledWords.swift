import GradBase
import GradCore

/// Calls of what the tables have.
extension Recorder {
  /// Calls a word of the tables as a value: `map(exp, xs)`.
  mutating func call(
    _ word: WordObject, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    if let receiver = word.receiver {
      return try callMethod(word.name, receiver, given, named, token)
    }
    if let arrays = arrayWord(word.name, given) {
      return try call(arrays, word.name, given, named, token, isTorch: usesTorch)
    }
    if let known = Word.named(word.name), known.takes(given.count) {
      return try run(known, word.name, given, named, token)
    }
    if let type = Self.emptyValues[word.name], given.isEmpty {
      return operands.append(.number(0, type))
    }
    guard let row = OperatorRow.named(word.name) else {
      if given.count == 1 || given.count == 2 && word.name == "requires_grad_" {
        // `float`, `np.array` and the like are their argument.
        operands.append(given[0])
        return
      }
      throw failure(.wrongArguments, "\(quoted(word.name)) takes 1 argument", token)
    }
    let arity = OperatorRow.arities[Int(row.opcode.rawValue)]
    guard arity < 0 || arity == given.count, !given.isEmpty, row.row.condition == nil else {
      throw failure(
        .wrongArguments,
        "\(quoted(word.name)) takes \(counted(max(arity, 1), "argument")), not \(given.count)",
        token)
    }
    if holdArray(given) {
      operands.append(try apply(row, given, token))
      return
    }
    try record(row, numbers: given, token)
  }

  /// Records an operator of the table at values that must be numbers.
  mutating func record(
    _ row: any Operator.Type, numbers given: [Operand], _ token: Int32
  ) throws(ProgramError) {
    operands += given
    try takeNumbers(last: given.count, .init(kind: .call, token: token))
    let values = Array(operands.suffix(given.count))
    operands.removeLast(given.count)
    try record(row, values, token)
  }

  mutating func callWord(_ name: String, _ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let (given, named) = try takeArguments(node)
    let callee = program.tree.nodes[Int(node.first)]
    callAtHand = index
    if callee.kind == .attribute && ArrayWord.named(name) != nil || ArrayWord.isCalled(name)
      || holdArray(given), let word = ArrayWord.named(name)
    {
      return try call(word, name, given, named, node.token, isTorch: isTorch(callee))
    }
    guard let word = Word.named(name), word.takes(given.count) else {
      throw failure(
        .wrongArguments, "\(quoted(name)) does not take \(counted(given.count, "argument"))",
        node.token)
    }
    try run(word, name, given, named, node.token)
  }

  /// What types of numbers are when they are called without an argument.
  private static let emptyValues: [String: NumberType] = ["float": .real, "int": .whole]

  private mutating func run(
    _ word: Word, _ name: String, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    try check(named, among: word.names, of: name, token)
    if !Self.takingObjects.contains(name),
      let place = given.firstIndex(where: { object($0) is InstanceObject })
    {
      tasks.append(
        .step(.callWithItems(make(WordObject(name)), given, named, place, token)))
      if try callIterator(of: given[place], token) { return }
    }
    try word.run(&self, given, named, token)
  }

  /// Functions that ask for an object itself, not for its items.
  private static let takingObjects: Set<String> = [
    "len", "isinstance", "type", "getattr", "setattr", "hasattr", "str", "print", "callable",
    "iter", "super", "partial",
  ]

  /// Refuses arguments by names that a function of the tables does not have.
  func check(
    _ named: [Int32: Operand], among names: Set<String>?, of function: String, _ token: Int32
  ) throws(ProgramError) {
    guard let names,
      let word = named.keys.map({ program.names[$0] }).filter({ !names.contains($0) }).min()
    else { return }
    throw failure(
      .unknownKeyword, "\(quoted(function)) has no argument \(quoted(word))", token,
      help: names.isEmpty
        ? nil : "it has \(names.sorted().map { "'\($0)'" }.joined(separator: ", "))")
  }

  /// An argument by its name.
  func argument(_ name: String, _ named: [Int32: Operand]) -> Operand? {
    program.names.existing(name).flatMap { named[$0] }
  }

  /// Calls a method by which classes of the program do what Python has signs and functions for.
  ///
  /// - Returns: Whether the value is of a class that has it.
  mutating func callSpecial(
    _ method: String, of value: Operand, _ given: [Operand], _ token: Int32
  ) throws(ProgramError) -> Bool {
    guard let instance = object(value) as? InstanceObject,
      let name = program.names.existing(method),
      let function = instance.type.attribute(name).flatMap({ object($0) }) as? FunctionObject
    else { return false }
    try call(make(MethodObject(function, value)), given, [:], token)
    return true
  }
}
