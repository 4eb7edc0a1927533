import GradBase
import GradCore

/// How nodes come onto the tape.
extension Recorder {
  /// Notes where a node that was just recorded comes from.
  mutating func note(_ variable: Variable, _ token: Int32) -> UInt32 {
    tokens.append(token)
    writtenWith.append(token)
    callOfNode.append(frames[frames.count - 1].call)
    return variable.index
  }

  mutating func input(_ value: Double, _ spelling: String, _ token: Int32) -> UInt32 {
    var (value, spelling) = (value, spelling)
    if frames.count == 1 || isDynamic {
      if let inputValues, inputs.count < inputValues.count {
        let given = inputValues[inputs.count].number ?? .nan
        if given != value { (value, spelling) = (given, shortestText(given)) }
      }
      inputs.append(UInt32(tape.nodeCount))
    }
    let node = note(tape.input(value), token)
    spellings[node] = spelling
    return node
  }

  /// An input whose value is given from outside the program.
  mutating func input(_ setting: InputValue, _ token: Int32) -> UInt32 {
    guard let array = setting.array else { return input(setting.value, setting.spelling, token) }
    return input(array, setting.spelling, token)
  }

  /// An input that is an array.
  mutating func input(_ array: NumberArray, _ spelling: String, _ token: Int32) -> UInt32 {
    var (array, spelling) = (array, spelling)
    if let inputValues, inputs.count < inputValues.count {
      let given = inputValues[inputs.count]
      if given != array { (array, spelling) = (given, given.programText) }
    }
    inputs.append(UInt32(tape.nodeCount))
    let node = note(tape.input(array), token)
    spellings[node] = spelling
    return node
  }

  /// The number that an operand is; 1 and 0 for what is no number, as it holds in a condition.
  func number(_ operand: Operand) -> Double {
    switch operand {
    case .number(let number, _): return number
    case .node(let node):
      // A condition notes its operands by itself.
      if numeric == 0 { tape.noteRead(node) }
      return tape.number(Int(node))
    case .none: return 0
    case .object(let object):
      return (heap[Int(object)] as? ArrayObject)?.array.number ?? (heap[Int(object)].isTrue ? 1 : 0)
    }
  }

  /// Leaves a literal with the operands: a constant, or its number alone.
  mutating func literal(_ value: Double, _ spelling: String, _ token: Int32) throws(ProgramError) {
    try grow(token)
    if numeric > 0 {
      let isReal = isDynamic && value == value.rounded() && NumberType.isReal(literal: spelling)
      operands.append(.number(value, isReal ? .real : .unsaid))
    } else {
      let node = note(tape.constant(value), token)
      spellings[node] = spelling
      operands.append(.node(node))
    }
  }

  /// Records an operator of the table, or computes it alone.
  mutating func record(
    _ row: any Operator.Type, _ values: [Operand], _ token: Int32
  ) throws(ProgramError) {
    if isDynamic, holdArray(values) {
      operands.append(try apply(row, values, token))
      return
    }
    try grow(token)
    if numeric > 0 {
      scratch.reset()
      let variables = values.map { scratch.constant(number($0)) }
      let result = row.record(variables).value
      operands.append(.number(result, isDynamic ? type(of: row, values, result) : .unsaid))
    } else {
      operands += values
      record(row, last: values.count, token)
    }
  }

  /// Records an operator of the table at the last operands.
  mutating func record(_ row: any Operator.Type, last count: Int, _ token: Int32) {
    variables.removeAll(keepingCapacity: true)
    for operand in operands[(operands.count - count)...] {
      guard case .node(let node) = operand else {
        preconditionFailure("a number on no tape has no derivative")
      }
      variables.append(tape.node(Int(node)))
    }
    operands.removeLast(count)
    operands.append(.node(note(recorded(row, variables), token)))
  }

  /// Records an operator of the table, or what is held in its place.
  func recorded(_ row: any Operator.Type, _ operands: [Variable]) -> Variable {
    if let held, held.node == tape.nodeCount { return tape.input(held.value) }
    return row.record(operands)
  }

  /// Counts a node or a call, or a number that conditions and closed expressions compute.
  mutating func grow(_ token: Int32) throws(ProgramError) {
    if numeric > 0 {
      effort += 1
      if effort <= 4 * (limit + program.source.bytes.count) { return }
    } else {
      size += 1
      if size <= limit { return }
    }
    throw failure(
      Mistake(
        code: .tooManyNodes, message: "the program expands to more than \(grouped(limit)) nodes",
        token: token, label: "the limit is reached here",
        help: loopHelp
          ?? (frames.count > 1
            ? "calls are expanded in place; call fewer functions from functions" : nil)))
  }
}
