import GradBase
import GradCore

/// Calls of functions that the program defines.
extension Recorder {
  /// Puts arguments in the order of the parameters.
  mutating func arranged(
    _ given: [Operand], _ named: [Int32: Operand], for function: FunctionObject, _ token: Int32
  ) throws(ProgramError) -> [Operand] {
    let syntax = program.tree.functions[function.number]
    let parameters = syntax.parameters
    var what: String { syntax.name < 0 ? "the function" : quoted(program.names[syntax.name]) }
    func wrong(_ count: Int) -> ProgramError {
      let least = parameters.count { $0.fallback == nil }
      let range =
        least == parameters.count
        ? counted(least, "argument") : "\(least) to \(parameters.count) arguments"
      return failure(.wrongArguments, "\(what) takes \(range), not \(count)", token)
    }
    let positional = syntax.positional ?? parameters.count
    if given.count > positional, syntax.rest < 0 {
      throw wrong(given.count + named.count)
    }
    var values: [Operand] = []
    var unused = named
    for (place, parameter) in parameters.enumerated() {
      let byName = unused.removeValue(forKey: parameter.name)
      if place < given.count, place < positional {
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
        if numeric == 0, case .number(let number, let type) = value {
          let node = try constant(number, type, token)
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
    if syntax.options >= 0 {
      let options = DictionaryObject()
      for name in unused.keys.sorted() { options[.text(program.names[name])] = unused[name] }
      unused = [:]
      optionsAtHand = options
    }
    if let name = unused.keys.min() {
      let known = parameters.map { program.names[$0.name] }
      let nearest = nearestName(to: program.names[name], among: known)
      throw failure(
        .unknownKeyword, "\(what) has no argument \(quoted(program.names[name]))", token,
        help: nearest.map { "did you mean '\($0)'?" }
          ?? (known.isEmpty ? nil : "it has \(known.map { "'\($0)'" }.joined(separator: ", "))"))
    }
    if syntax.rest >= 0 {
      values.append(
        make(ListObject(Array(given.dropFirst(positional)), isTuple: true)))
    }
    return values
  }

  /// The deepest that calls nest.
  static let deepestCalls = 1000

  /// Enters a function of the program with a value for each parameter.
  mutating func enter(
    _ function: FunctionObject, _ arguments: [Operand], _ token: Int32,
    receiver: Operand = .none, isOwn: Bool = false
  ) throws(ProgramError) {
    let syntax = program.tree.functions[function.number]
    if !isOwn, let rule = ownRule(function.number) {
      let name = program.names[syntax.name]
      tasks.append(.step(.own(OwnCall(name, rule, arguments, token))))
      return try enter(function, arguments, token, receiver: receiver, isOwn: true)
    }
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
    if syntax.options >= 0 {
      scope.values[syntax.options] = make(optionsAtHand ?? DictionaryObject())
      optionsAtHand = nil
    }
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
      if frames.count == 1 {
        noteCallWithParts(of: function.number, arguments, number: calls.count - 1)
      }
    }
    if syntax.isDetached { tasks.append(.step(.holdResult(token))) }
    if syntax.isGenerator { frame.yielded = ListObject([]) }
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
    if let owner = function.owner, owner.isOwnFunction {
      return name == "forward" ? owner.name : "\(owner.name).\(name)"
    }
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
    if let yielded = frame.yielded {
      operands[operands.count - 1] = make(IteratorObject(Items(source: .list(yielded))))
    }
    guard numeric == 0 else { return }
    let results = operands.last.map { nodes(in: $0) } ?? []
    guard let last = results.last else {
      dissolved.insert(frame.call)
      return
    }
    let call = Int(frame.call)
    calls[call].result = last.node
    calls[call].others = results.dropLast().map(\.node)
    for (node, part) in results {
      if !part.isEmpty { calls[call].parts[node] = part }
      if calls[call].arguments.contains(node) || Int(node) < frame.nodeCount {
        passedThrough.insert(node)
      }
    }
  }

  /// The nodes that a call returns, each once, with how the program takes it out of what is returned: the one
  /// node, or those of a tuple; none where that holds anything else besides numbers.
  private func nodes(in value: Operand) -> [(node: UInt32, part: String)] {
    var results: [(node: UInt32, part: String)] = []
    var pending = [(value, "")]
    while let (value, part) = pending.popLast() {
      switch value {
      case .node(let node):
        if !results.contains(where: { $0.node == node }) { results.append((node, part)) }
      case .number: break
      case .object(let number):
        guard let tuple = heap[Int(number)] as? ListObject, tuple.isTuple,
          tuple.items.count <= Self.mostResults
        else { return [] }
        for (place, item) in tuple.items.enumerated().reversed() {
          pending.append((item, "\(part)[\(place)]"))
        }
      case .none: return []
      }
    }
    return results
  }

  /// The most values of a tuple that are the results of a call, rather than a list that it makes.
  private static let mostResults = 8

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
    if isMethod, function.binding == .setter {
      let setter = FunctionObject(number, defaults: values, outer: scope?.outer)
      setter.owner = frames[frames.count - 1].owner
      frames[frames.count - 1].owner?.setters[function.name] = make(setter)
      return
    }
    set(
      function.name,
      make(FunctionObject(number, defaults: values, outer: isMethod ? scope?.outer : scope)))
  }
}
