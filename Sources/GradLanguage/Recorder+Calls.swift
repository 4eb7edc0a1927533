import GradBase
import GradCore

extension Recorder {
  /// Begins a call of what the program itself makes, or of a word for values besides numbers.
  ///
  /// - Returns: Whether it is one; if not, it is a call of a function of numbers.
  mutating func beginDynamicCall(_ index: Int32) throws(ProgramError) -> Bool {
    let call = program.tree.nodes[Int(index)]
    let callee = program.tree.nodes[Int(call.first)]
    if makesDerivative(index) {
      beginWord(derivativeWord(index), index, isNumeric: false)
      return true
    }
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
        let unnamed = program.tree.arguments[Int(call.second)..<Int(call.third)].count {
          $0.keyword < 0
        }
        guard let word = Word.named(name), word.takes(unnamed) else {
          guard ArrayWord.isCalled(name) else { return false }
          beginWord(name, index, isNumeric: false)
          return true
        }
        beginWord(name, index, isNumeric: word.isNumeric)
        return true
      }
    case .attribute:
      if program.isModule(callee.first, { [visible] in visible.binding($0) }) {
        var name = program.names[callee.second]
        if name == "where", call.third - call.second == 1 { name = ArrayWord.whereAlone }
        let unnamed = program.tree.arguments[Int(call.second)..<Int(call.third)].count {
          $0.keyword < 0
        }
        guard
          ArrayWord.isCalled(name)
            || Word.named(name) != nil
              && (ArrayWord.named(name) != nil || Word.ofLibraries[name] != nil
                || Word.ofContainers[name]?.takes(unnamed) ?? false)
            || Word.ofDerivatives[name] != nil || Word.ofDistributions[name] != nil
            || Word.ofDatasets[name] != nil || Word.ofHeaps[name] != nil
        else { return false }
        beginWord(name, index, isNumeric: false)
        return true
      }
      if program.vocabulary.word(of: callee.second) == .gradient, isUnread(callee.first) {
        return false
      }
      if InPlace.named(program.names[callee.second]) != nil {
        tasks.append(.step(.inPlace(index)))
        pushArguments(call)
        tasks.append(.expression(storage(callee.first).place))
        return true
      }
      tasks += [.step(.method(index)), .expression(callee.first)]
      return true
    case .call:
      if program.callsGradient(call.first) {
        if program.derivative(ofFunction: call.first, { [visible] in visible.binding($0) }) != nil {
          return false
        }
        let inner = program.tree.nodes[Int(callee.first)]
        throw failure(program.notNamed(program.text(of: inner.token), inner))
      }
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
    if !otherOptions.isEmpty { otherOptions = [:] }
    for (value, argument) in zip(values, arguments) {
      if argument.keyword >= 0 {
        named[argument.keyword] = value
      } else if isOptions(argument.value) {
        guard let options = object(value) as? DictionaryObject else {
          throw failure(
            .wrongType, "'**' takes a dictionary, not \(described(value))", argument.token)
        }
        for key in options.keys {
          guard case .text(let word) = key else { continue }
          if let name = program.names.existing(word) {
            named[name] = options[key]
          } else {
            otherOptions[word] = options[key]
          }
        }
      } else if program.tree.nodes[Int(argument.value)].kind == .starred {
        given += try allItems(of: value, argument.token)
      } else {
        given.append(value)
      }
    }
    return (given, named)
  }

  /// Whether an argument is a dictionary of arguments: `**options`.
  private func isOptions(_ index: Int32) -> Bool {
    let node = program.tree.nodes[Int(index)]
    return node.kind == .starred && program.tokens[Int(node.token)].kind == .power
  }

  /// Calls the value below the arguments on the stack.
  mutating func invoke(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let (given, named) = try takeArguments(node)
    let callee = operands.removeLast()
    callAtHand = index
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
    case let layer as LayerObject:
      let result = try call(layer, given, named, token)
      operands.append(plain(result))
    case let sequence as SequentialObject: try begin(sequence, given, token)
    case let partial as PartialObject:
      try call(
        partial.function, partial.given + given, partial.named.merging(named) { _, own in own },
        token)
    case let mapped as MappedObject: try call(mapped, given, token)
    case let derived as DerivedObject: try call(derived, given, named, token)
    case let back as PullbackObject: try call(back, given, token)
    case let own as OwnFunctionObject: try call(own, given, token)
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
}
