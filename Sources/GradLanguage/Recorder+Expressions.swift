import GradBase
import GradCore

extension Recorder {
  /// Begins an expression: its parts are put before it on the list of tasks.
  mutating func begin(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    switch node.kind {
    case .number:
      try literal(
        program.numbers[Int(node.first)], program.spelledNumber(node.token), node.token)
    case .none, .list, .dictionary, .subscript, .slice, .ellipsis, .lambda, .comprehension,
      .starred, .interpolated, .walrus:
      try beginDynamic(index, node)
    case .string where isDynamic: operands.append(make(TextObject(program.plainText(node.token))))
    case .tuple where isDynamic: try beginDynamic(index, node)
    case .string:
      let text = program.text(of: node.token)
      try literal(textNumber(text) ?? .nan, program.spelling(of: index), node.token)
    case .truth: operands.append(.truth(node.first != 0))
    case .name: try read(node)
    case .attribute where program.isModule(node.first, { [visible] in visible.binding($0) }):
      let name = node.second
      if isDynamic, program.vocabulary.constant(of: name) == nil {
        return try readWord(name, of: node)
      }
      try literal(
        program.vocabulary.constant(of: name) ?? .nan, program.names[name], node.token)
    case .attribute where isDynamic && !isDerivative(node):
      tasks += [.step(.attribute(index)), .expression(node.first)]
    case .attribute where program.names[node.second] == "grad": try readDerivative(index)
    case .attribute: tasks += [.hold(node.token), .expression(node.first)]
    case .plus: tasks.append(.expression(node.first))
    case .negate:
      let operand = program.tree.nodes[Int(node.first)]
      if operand.kind == .number {
        try literal(
          -program.numbers[Int(operand.first)], "-\(program.spelledNumber(operand.token))",
          node.token)
      } else {
        tasks += [.apply(index), .expression(node.first)]
      }
    case .not: tasks += [.apply(index), .expression(node.first)]
    case .and, .or: tasks += [.shortCut(index), .expression(node.first)]
    case .conditional:
      tasks += [.choose(index), .endNumeric, .expression(node.second), .beginNumeric]
    case .call: try beginCall(index)
    case .tuple: preconditionFailure("the checker refuses tuples")
    default:
      tasks.append(.apply(index))
      tasks.append(.expression(node.second))
      if node.isChained {
        // `a < b < c` is `a < b and b < c`.
        tasks += [.expression(program.tree.nodes[Int(node.first)].second)]
      }
      tasks.append(.expression(node.first))
    }
  }

  mutating func read(_ node: SyntaxTree.Node) throws(ProgramError) {
    let name = node.first
    if let local = local(name) {
      operands.append(plain(local))
      return
    }
    if !forgotten.isEmpty, forgotten.contains(name) {
      throw failure(
        Mistake(
          code: .undefinedName,
          message: "\(quoted(program.names[name])) is made of derivatives here",
          token: node.token, label: "what a program makes of derivatives is not computed"))
    }
    switch globals[Int(name)] {
    case .value(let value): operands.append(plain(value))
    case .function(let number) where isDynamic:
      operands.append(make(FunctionObject(number, defaults: defaults[number] ?? [])))
    case .function:
      throw failure(
        Mistake(
          code: .functionAsValue,
          message: "\(quoted(program.names[name])) is a function, not a number",
          token: node.token))
    case .derivative(let call):
      guard isDynamic else {
        preconditionFailure("the checker refuses a derivative as a number")
      }
      tasks.append(.expression(call))
    case nil:
      guard let constant = program.vocabulary.constant(of: name) else {
        if isDynamic { return try readWord(node) }
        let function = program.tree.functions[frames[frames.count - 1].function]
        throw failure(
          Mistake(
            code: .undefinedName, message: "\(quoted(program.names[name])) is not defined yet",
            token: node.token,
            label: "\(quoted(program.names[function.name])) is called before it is assigned",
            help: "move the call down"))
      }
      try literal(constant, program.names[name], node.token)
    }
  }

  /// Applies an operator to the operands that its parts left.
  mutating func apply(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    if isDynamic, try applyDynamic(node) { return }
    if node.kind == .call { return try applyCall(node) }
    if node.kind == .not {
      operands.append(.truth(number(operands.removeLast()) == 0))
      return
    }
    if let row = program.arithmeticRow(node.kind) {
      let count = node.kind == .negate ? 1 : 2
      if numeric == 0 {
        try grow(node.token)
        return record(row, last: count, node.token)
      }
      let values = Array(operands.suffix(count))
      operands.removeLast(count)
      return try record(row, values, node.token)
    }
    try grow(node.token)
    let y = number(operands.removeLast())
    let x = number(operands.removeLast())
    var holds =
      switch node.kind {
      case .less: x < y
      case .lessEqual: x <= y
      case .greater: x > y
      case .greaterEqual: x >= y
      case .equal: x == y
      default: x != y
      }
    if node.isChained { holds = number(operands.removeLast()) != 0 && holds }
    operands.append(.truth(holds))
  }

  /// Goes on with `and` or `or` after its first operand: the value is that of the operand that settles it.
  mutating func finishLogic(_ index: Int32) {
    let node = program.tree.nodes[Int(index)]
    let holds = number(operands[operands.count - 1]) != 0
    if holds == (node.kind == .or) { return }
    operands.removeLast()
    tasks.append(.expression(node.second))
  }

  // MARK: Calls

  private mutating func beginCall(_ index: Int32) throws(ProgramError) {
    if isDynamic, try beginDynamicCall(index) { return }
    try beginKnownCall(index)
  }

  /// Begins a call of what the table of operators has, or of a function of the program.
  ///
  /// - Parameters:
  ///   - index: The call.
  ///   - hasReceiver: Whether what a method is called on is among the operands already.
  /// - Throws: What is wrong with the call.
  mutating func beginKnownCall(
    _ index: Int32, hasReceiver: Bool = false
  ) throws(ProgramError) {
    let resolution: Resolution
    do throws(Mistake) {
      resolution = try program.resolve(index) { [visible] in visible.binding($0) }
    } catch {
      throw failure(calledTooEarly(program.tree.nodes[Int(index)]) ?? error)
    }
    if isDynamic, makesReal(program.tree.nodes[Int(program.tree.nodes[Int(index)].first)]) {
      tasks.append(.step(.real))
    }
    switch resolution.callee {
    case .argument:
      let call = program.tree.nodes[Int(index)]
      if isDynamic, numeric == 0, program.source.isPython {
        tasks.append(.step(.noList(call.token)))
      }
      if isDynamic, isLeaf(program.tree.nodes[Int(call.first)]) {
        tasks.append(.step(.leaf(call.token)))
      }
      if !hasReceiver { tasks.append(.expression(resolution.written[0])) }
      return
    case .value:
      let call = program.tree.nodes[Int(index)]
      if isDynamic, isParameter(program.tree.nodes[Int(call.first)]) {
        tasks.append(.step(.learn(call.token)))
      }
      tasks.append(.hold(call.token))
      if !hasReceiver { tasks.append(.expression(resolution.written[0])) }
      return
    case .derivative(let differentiation):
      try beginDerivative(index, differentiation, resolution)
      return
    case .row: tasks.append(.apply(index))
    case .function: tasks.append(.call(index))
    }
    for position in resolution.written.indices.reversed() {
      if hasReceiver, position == 0 { continue }
      let argument = resolution.written[position]
      if position == resolution.condition {
        tasks += [.endNumeric, .expression(argument), .beginNumeric]
      } else {
        tasks.append(.expression(argument))
      }
    }
    resolutions.append(resolution)
  }

  /// What is wrong with a call, in a function, of one that is defined after the function is called.
  private func calledTooEarly(_ call: SyntaxTree.Node) -> Mistake? {
    let callee = program.tree.nodes[Int(call.first)]
    guard callee.kind == .name, lookup(callee.first) == nil,
      program.tree.functions.contains(where: { $0.name == callee.first })
    else { return nil }
    let function = frames[frames.count - 1].function
    let caller = function < 0 ? -1 : program.tree.functions[function].name
    return Mistake(
      code: .calledBeforeDefinition,
      message: "\(quoted(program.names[callee.first])) is called before its definition",
      token: callee.token,
      help: caller < 0
        ? "move the definition up" : "call \(quoted(program.names[caller])) further down")
  }

  private mutating func applyCall(_ node: SyntaxTree.Node) throws(ProgramError) {
    let resolution = resolutions.removeLast()
    guard case .row(var row) = resolution.callee else { return }
    let condition = resolution.condition
    if isDynamic {
      try makeArrays(last: resolution.written.count, of: node)
      if try applyToArrays(resolution, row, node) { return }
      try takeNumbers(last: resolution.written.count, node, except: condition)
    }
    if numeric == 0, condition < 0, resolution.isAsWritten {
      try grow(node.token)
      return record(row, last: resolution.written.count, node.token)
    }
    let written = Array(operands.suffix(resolution.written.count))
    operands.removeLast(written.count)
    if condition >= 0, number(written[condition]) == 0 { row = OperatorRow.whenNot(row) }
    var values: [Operand] = []
    for (position, argument) in resolution.order.enumerated() {
      if argument >= 0 {
        values.append(written[argument])
      } else {
        let fallback = row.row.operands[position].fallback ?? .nan
        try literal(fallback, shortestText(fallback), node.token)
        values.append(operands.removeLast())
      }
    }
    try record(row, values, node.token)
    if condition >= 0, case .node(let recorded)? = operands.last {
      noteDecision(resolution.written[condition], row.row.condition == true, node: recorded)
      conditions[recorded] = decisions.last?.condition
    }
  }

  /// Makes arrays of the lists that a function of NumPy and its like is given: `np.exp([1, 2])`.
  private mutating func makeArrays(
    last count: Int, of call: SyntaxTree.Node
  ) throws(ProgramError) {
    let callee = program.tree.nodes[Int(call.first)]
    guard program.source.isPython, callee.kind == .attribute,
      program.isModule(callee.first, { [visible] in visible.binding($0) }),
      program.spelling(of: callee.first) != "math"
    else { return }
    for place in operands.indices.suffix(count) where object(operands[place]) is ListObject {
      operands[place] = try arrayed(operands[place], call.token)
    }
  }

  /// Notes that the condition at node `root` of the program was decided.
  ///
  /// - Parameters:
  ///   - root: The condition.
  ///   - holds: Whether it holds.
  ///   - node: The node that it chose, if it chose one.
  ///   - comparedWith: What stands behind it, where a pattern compares it.
  mutating func noteDecision(
    _ root: Int32, _ holds: Bool, node: UInt32? = nil, comparedWith: String? = nil
  ) {
    var nodes: [String: Int] = [:]
    var stack = [root]
    while let index = stack.popLast() {
      let syntax = program.tree.nodes[Int(index)]
      stack += program.tree.children(of: index)
      guard syntax.kind == .name else { continue }
      let name = syntax.first
      if let local = local(name) {
        if case .node(let node) = local { nodes[program.names[name]] = Int(node) }
      } else if case .value(.node(let node)) = globals[Int(name)] {
        nodes[program.names[name]] = Int(node)
      }
    }
    decisions.append(
      Decision(
        condition: program.spelling(of: root) + (comparedWith.map { " \($0)" } ?? ""),
        holds: holds, operands: nodes,
        node: node.map(Int.init)))
  }

  /// Enters a function of the program, whose arguments are among the operands.
  mutating func enter(_ index: Int32) throws(ProgramError) {
    let resolution = resolutions.removeLast()
    let token = program.tree.nodes[Int(index)].token
    guard case .function(let number) = resolution.callee else { return }
    let function = program.tree.functions[number]
    let written = Array(operands.suffix(resolution.written.count))
    operands.removeLast(written.count)
    if isDynamic {
      let arguments = resolution.order.enumerated().map { position, argument in
        argument >= 0 ? written[argument] : (defaults[number] ?? [])[position]
      }
      return try enter(FunctionObject(number, defaults: []), arguments, token)
    }
    guard let result = function.result else { return }
    if let result = differentiatedCall(of: number, written) {
      operands.append(.node(result))
      return
    }
    try grow(token)
    var arguments: [Operand] = []
    for (position, argument) in resolution.order.enumerated() {
      if argument >= 0 {
        arguments.append(written[argument])
      } else if let fallback = function.parameters[position].fallback {
        let value = try value(ofDefault: fallback)
        try literal(value, program.spelling(of: fallback.root), token)
        arguments.append(operands.removeLast())
      }
    }
    var frame = Frame(call: frames[frames.count - 1].call, function: number)
    for (parameter, argument) in zip(function.parameters, arguments) {
      frame.locals[parameter.name] = argument
    }
    if numeric == 0 {
      let nodes = arguments.compactMap { if case .node(let node) = $0 { node } else { nil } }
      calls.append(
        Labels.Call(
          function: program.names[function.name], ordinal: nextOrdinal(of: function.name),
          parent: frame.call < 0 ? nil : Int(frame.call), arguments: nodes, result: 0))
      frame.call = Int32(calls.count - 1)
    }
    frames.append(frame)
    tasks += [.leave, .expression(result.root)]
    tasks += function.body.reversed().map { .statement($0) }
  }

  /// The value of a parameter's default, which is a closed expression.
  private func value(ofDefault expression: SyntaxTree.Expression) throws(ProgramError) -> Double {
    var recorder = Recorder(program, Tape(), [], limit)
    return try recorder.value(of: expression)
  }

  /// Ends a call; what it returns is the last operand.
  mutating func leave() {
    let frame = frames.removeLast()
    if isDynamic { return leaveDynamic(frame) }
    guard numeric == 0, case .node(let result)? = operands.last else { return }
    calls[Int(frame.call)].result = result
    if calls[Int(frame.call)].arguments.contains(result) { passedThrough.insert(result) }
  }
}

extension OperatorRow {
  /// The row that stands beside `row` for a condition that does not hold.
  static func whenNot(_ row: any Operator.Type) -> any Operator.Type {
    all.first { $0.row.operation == row.row.operation && $0.row.condition == false } ?? row
  }
}
