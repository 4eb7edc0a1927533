import GradBase
import GradCore

extension Recorder {
  /// Begins a call of what the program itself makes, or of a word for values besides numbers.
  ///
  /// - Returns: Whether it is one; if not, it is a call of a function of numbers.
  mutating func beginDynamicCall(_ index: Int32) throws(ProgramError) -> Bool {
    let call = program.tree.nodes[Int(index)]
    let callee = program.tree.nodes[Int(call.first)]
    switch callee.kind {
    case .name:
      if let value = value(of: callee.first) {
        if object(value) == nil { return false }
      } else if case .function? = globals[Int(callee.first)] {
        break
      } else {
        guard globals[Int(callee.first)] == nil, !program.callsGradient(index) else { return false }
        let name = program.names[
          program.tree.importedNames[callee.first] ?? callee.first]
        guard let word = Word.named(name), word.takes(Int(call.third - call.second)) else {
          guard ArrayWord.isCalled(name) else { return false }
          beginWord(name, index, isNumeric: false)
          return true
        }
        beginWord(name, index, isNumeric: word.isNumeric)
        return true
      }
    case .attribute:
      if program.isModule(callee.first, { lookup($0) }) {
        let name = program.names[callee.second]
        guard ArrayWord.isCalled(name) || ArrayWord.named(name) != nil && Word.named(name) != nil
        else { return false }
        beginWord(name, index, isNumeric: false)
        return true
      }
      if program.vocabulary.words[Int(callee.second)] == .gradient, isUnread(callee.first) {
        return false
      }
      tasks += [.step(.method(index)), .expression(callee.first)]
      return true
    case .call:
      if program.derivative(ofFunction: call.first, { lookup($0) }) != nil { return false }
    default: break
    }
    beginInvoke(index)
    return true
  }

  /// Whether an object is one that is left out: a tape, an optimizer.
  private func isUnread(_ index: Int32) -> Bool {
    let node = program.tree.nodes[Int(index)]
    return node.kind == .name && value(of: node.first) == nil
  }

  private mutating func beginInvoke(_ index: Int32) {
    let call = program.tree.nodes[Int(index)]
    tasks.append(.step(.invoke(index)))
    pushArguments(call)
    tasks.append(.expression(call.first))
  }

  mutating func pushArguments(_ call: SyntaxTree.Node) {
    for argument in program.tree.arguments[Int(call.second)..<Int(call.third)].reversed() {
      let node = program.tree.nodes[Int(argument.value)]
      tasks.append(.expression(node.kind == .starred ? node.first : argument.value))
    }
  }

  private mutating func beginWord(_ name: String, _ index: Int32, isNumeric: Bool) {
    tasks.append(.step(.word(index, name)))
    if isNumeric { tasks.append(.endNumeric) }
    pushArguments(program.tree.nodes[Int(index)])
    if isNumeric { tasks.append(.beginNumeric) }
  }

  /// The arguments on the stack: those without a name, and the others by theirs.
  mutating func takeArguments(
    _ call: SyntaxTree.Node
  ) throws(ProgramError) -> (given: [Operand], named: [Int32: Operand]) {
    let arguments = program.tree.arguments[Int(call.second)..<Int(call.third)]
    let values = Array(operands.suffix(arguments.count))
    operands.removeLast(values.count)
    var given: [Operand] = []
    var named: [Int32: Operand] = [:]
    for (value, argument) in zip(values, arguments) {
      if argument.keyword >= 0 {
        named[argument.keyword] = value
      } else if program.tree.nodes[Int(argument.value)].kind == .starred {
        given += try allItems(of: value, argument.token)
      } else {
        given.append(value)
      }
    }
    return (given, named)
  }

  /// Calls the value below the arguments on the stack.
  mutating func invoke(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let (given, named) = try takeArguments(node)
    let callee = operands.removeLast()
    try call(callee, given, named, node.token)
  }

  /// Calls a value: what it returns is the next operand.
  mutating func call(
    _ callee: Operand, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    switch object(callee) {
    case let function as FunctionObject:
      try enter(function, try arranged(given, named, for: function, token), token)
    case let method as MethodObject:
      try enter(
        method.function,
        try arranged([method.receiver] + given, named, for: method.function, token), token,
        receiver: method.receiver)
    case let word as WordObject: try call(word, given, named, token)
    case let type as ClassObject: try instantiate(type, given, named, token)
    case let instance as InstanceObject:
      for name in ["__call__", "forward", "call"] {
        guard let number = program.names.existing(name),
          let function = instance.type.attribute(number).flatMap({ object($0) }) as? FunctionObject
        else { continue }
        try enter(
          function, try arranged([callee] + given, named, for: function, token), token,
          receiver: callee)
        return
      }
      throw failure(
        .notAFunction, "\(instance.description) is no function", token,
        help: instance.type.isModule
          ? "give its class a method 'forward'" : "give its class a method '__call__'")
    default:
      throw failure(.notAFunction, "\(described(callee)) is no function", token)
    }
  }

  /// Puts arguments in the order of the parameters.
  private mutating func arranged(
    _ given: [Operand], _ named: [Int32: Operand], for function: FunctionObject, _ token: Int32
  ) throws(ProgramError) -> [Operand] {
    let syntax = program.tree.functions[function.number]
    let parameters = syntax.parameters
    let what = syntax.name < 0 ? "the function" : quoted(program.names[syntax.name])
    func wrong(_ count: Int) -> ProgramError {
      let least = parameters.count { $0.fallback == nil }
      let range =
        least == parameters.count
        ? counted(least, "argument") : "\(least) to \(parameters.count) arguments"
      return failure(.wrongArguments, "\(what) takes \(range), not \(count)", token)
    }
    if given.count > parameters.count, syntax.rest < 0 {
      throw wrong(given.count + named.count)
    }
    var values: [Operand] = []
    var unused = named
    for (place, parameter) in parameters.enumerated() {
      let byName = unused.removeValue(forKey: parameter.name)
      if place < given.count {
        if byName != nil {
          throw failure(
            .wrongArguments, "\(what) is given \(quoted(program.names[parameter.name])) twice",
            token)
        }
        values.append(given[place])
      } else if let byName {
        values.append(byName)
      } else if parameter.fallback != nil {
        var value = place < function.defaults.count ? function.defaults[place] : .none
        if numeric == 0, case .number(let number) = value {
          let node = try constant(number, token)
          if let fallback = parameter.fallback {
            spellings[node] = program.spelling(of: fallback.root)
          }
          value = .node(node)
        }
        values.append(value)
      } else {
        throw wrong(given.count + named.count)
      }
    }
    if let name = unused.keys.min() {
      throw failure(
        .unknownKeyword, "\(what) has no argument \(quoted(program.names[name]))", token,
        help: nearestName(
          to: program.names[name], among: parameters.map { program.names[$0.name] }
        ).map { "did you mean '\($0)'?" })
    }
    if syntax.rest >= 0 {
      values.append(
        make(ListObject(Array(given.dropFirst(parameters.count)), isTuple: true)))
    }
    return values
  }

  /// The deepest that calls nest.
  static let deepestCalls = 1000

  /// Enters a function of the program with a value for each parameter.
  mutating func enter(
    _ function: FunctionObject, _ arguments: [Operand], _ token: Int32,
    receiver: Operand = .none
  ) throws(ProgramError) {
    let syntax = program.tree.functions[function.number]
    if receiver.isNone, syntax.name >= 0, function.outer == nil,
      let result = differentiatedCall(of: function.number, arguments)
    {
      operands.append(.node(result))
      return
    }
    if frames.count > Self.deepestCalls {
      throw failure(
        .callsTooDeep, "calls are nested more than \(grouped(Self.deepestCalls)) deep", token,
        label: "the limit is reached here",
        help: "a function that calls itself needs a branch that returns without calling")
    }
    try grow(token)
    var frame = Frame(call: frames[frames.count - 1].call, function: function.number)
    let scope = Scope(outer: function.outer)
    for (parameter, argument) in zip(syntax.parameters, arguments) {
      scope.values[parameter.name] = argument
    }
    if syntax.rest >= 0, let rest = arguments.last { scope.values[syntax.rest] = rest }
    frame.scope = scope
    frame.owner = function.owner
    frame.receiver = receiver
    if numeric == 0 {
      let name = callName(function, syntax, receiver)
      let nodes = arguments.compactMap { if case .node(let node) = $0 { node } else { nil } }
      calls.append(
        Labels.Call(
          function: name, ordinal: nextOrdinal(ofText: name),
          parent: frame.call < 0 ? nil : Int(frame.call), arguments: nodes, result: 0))
      frame.call = Int32(calls.count - 1)
    }
    tasks.append(.leave)
    frame.taskCount = tasks.count
    frame.operandCount = operands.count
    frame.loopCount = loops.count
    frame.detached = detached
    frame.nodeCount = tape.nodeCount
    frames.append(frame)
    if let result = syntax.result {
      tasks.append(.expression(result.root))
    } else {
      tasks.append(.step(.noResult))
    }
    tasks += syntax.body.reversed().map { .statement($0) }
  }

  /// What a call is called in the trace: `f`, `net.forward`.
  private func callName(
    _ function: FunctionObject, _ syntax: SyntaxTree.Function, _ receiver: Operand
  ) -> String {
    guard syntax.name >= 0 else { return function.path ?? "lambda" }
    let name = program.names[syntax.name]
    guard let instance = object(receiver) as? InstanceObject else { return name }
    return "\(instance.path ?? instance.type.name).\(name)"
  }

  mutating func nextOrdinal(ofText name: String) -> Int {
    let ordinal = (ordinalsOfTexts[name] ?? 0) + 1
    ordinalsOfTexts[name] = ordinal
    return ordinal
  }

  /// Ends a call; one that returns no node is no call of the trace.
  mutating func leaveDynamic(_ frame: Frame) {
    guard numeric == 0 else { return }
    guard case .node(let result)? = operands.last else {
      dissolved.insert(frame.call)
      return
    }
    calls[Int(frame.call)].result = result
    if calls[Int(frame.call)].arguments.contains(result) || Int(result) < frame.nodeCount {
      passedThrough.insert(result)
    }
  }

  /// Makes the function that a statement defines known.
  mutating func makeFunction(_ statement: SyntaxTree.Statement) {
    let number = Int(statement.function)
    let function = program.tree.functions[number]
    let values = Array(operands.suffix(function.parameters.count))
    operands.removeLast(values.count)
    if frames.count == 1 {
      defaults[number] = values
      globals[Int(function.name)] = .function(number)
      return
    }
    let scope = frames[frames.count - 1].scope
    let isMethod = frames[frames.count - 1].isClass
    set(
      function.name,
      make(FunctionObject(number, defaults: values, outer: isMethod ? scope?.outer : scope)))
  }

  // MARK: Words

  /// Calls a word of the tables as a value: `map(exp, xs)`.
  private mutating func call(
    _ word: WordObject, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    if let receiver = word.receiver {
      return try callMethod(word.name, receiver, given, named, token)
    }
    if let arrays = arrayWord(word.name, given) {
      return try call(arrays, word.name, given, named, token, isTorch: usesTorch)
    }
    if let known = Word.named(word.name), known.takes(given.count) {
      return try known.run(&self, given, named, token)
    }
    guard let row = OperatorRow.named(word.name) else {
      if given.count == 1 {
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
    if callee.kind == .attribute && ArrayWord.named(name) != nil || ArrayWord.isCalled(name)
      || holdArray(given), let word = ArrayWord.named(name)
    {
      let owner = callee.kind == .attribute ? program.tree.nodes[Int(callee.first)] : callee
      return try call(
        word, name, given, named, node.token, isTorch: isTorch(callee),
        isOfPython: owner.kind == .name && program.meant(owner.first) == "random")
    }
    guard let word = Word.named(name), word.takes(given.count) else {
      throw failure(
        .wrongArguments, "\(quoted(name)) does not take \(counted(given.count, "argument"))",
        node.token)
    }
    try word.run(&self, given, named, node.token)
  }
}

extension Recorder.Operand {
  var isNone: Bool { if case .none = self { true } else { false } }
}
