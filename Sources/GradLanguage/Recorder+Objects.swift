import GradBase
import GradCore

extension Recorder {
  mutating func make(_ object: Object) -> Operand {
    heap.append(object)
    return .object(Int32(heap.count - 1))
  }

  func object(_ operand: Operand) -> Object? {
    if case .object(let number) = operand { heap[Int(number)] } else { nil }
  }

  /// What a message calls a value.
  func described(_ value: Operand) -> String {
    switch value {
    case .node where isArray(value): "an array of \(shapeText(shape(of: value) ?? []))"
    case .node, .number: "a number"
    case .none: "None"
    case .object(let object): heap[Int(object)].description
    }
  }

  /// A value as it is read: where only numbers are wanted, a node is its number.
  func plain(_ value: Operand) -> Operand {
    if numeric > 0, case .node(let node) = value, !isArray(value) {
      let number = tape.node(Int(node)).value
      return .number(number, isDynamic ? type(of: value) : .unsaid)
    }
    return value
  }

  // MARK: Names

  /// What a function has under a name, or those around it.
  @inline(__always) func local(_ name: Int32) -> Operand? {
    let frame = frames.count - 1
    if !isDynamic { return frames[frame].locals[name] }
    var scope = frames[frame].scope
    while let inner = scope {
      if let value = inner.values[name] { return value }
      scope = inner.outer
    }
    return nil
  }

  /// Gives a name a value, which becomes no node.
  mutating func set(_ name: Int32, _ value: Operand) {
    // A frame is not copied, which would count the references to all that it holds.
    let last = frames.count - 1
    let function = frames[last].function
    if function >= 0, program.tree.functions[function].outerNames.contains(name) {
      var scope = frames[last].scope?.outer
      while let outer = scope {
        if outer.values[name] != nil {
          outer.values[name] = value
          return
        }
        scope = outer.outer
      }
      globals[Int(name)] = .value(value)
    } else if last == 0 {
      globals[Int(name)] = .value(value)
    } else {
      frames[last].scope?.values[name] = value
    }
  }

  /// A word of the language that is read as a value: a function of the tables, `range`.
  mutating func readWord(_ node: SyntaxTree.Node) throws(ProgramError) {
    if program.tree.unread.contains(node.first) {
      // A device, a file, an optimizer: nothing is computed with it.
      operands.append(.none)
      return
    }
    let name = program.meant(node.first)
    if isWord(node.first) {
      operands.append(make(WordObject(name)))
      return
    }
    throw failure(
      .undefinedName, "\(quoted(program.names[node.first])) is not defined yet", node.token,
      help: "give it a value above")
  }

  /// What a module has under a name, read as a value: a function, or a type of numbers.
  mutating func readWord(_ name: Int32, of node: SyntaxTree.Node) throws(ProgramError) {
    let word = program.names[name]
    if word == "newaxis" { return operands.append(.none) }
    if let letters = Word.letters[word] { return operands.append(make(TextObject(letters))) }
    if LeftOut.types.contains(word) { return operands.append(make(TextObject(word))) }
    guard isWord(name) || LeftOut.functions.contains(word) || LeftOut.methods.contains(word) else {
      throw failure(
        .unknownAttribute,
        "\(quoted(program.spelling(of: node.first))) has no \(quoted(word)) here",
        node.token, help: Vocabulary.elsewhere[word])
    }
    operands.append(make(WordObject(word)))
  }

  /// Whether a name is one of a function of the tables.
  func isWord(_ name: Int32) -> Bool {
    let meant = program.meant(name)
    return Word.named(meant) != nil || ArrayWord.named(meant) != nil
      || program.vocabulary.isFunction(name)
  }

  // MARK: Expressions

  /// Makes an array of its own of the last operand, if that was written as a list.
  mutating func makeNoList(_ token: Int32) throws(ProgramError) {
    guard let value = operands.last, isList(value) else { return }
    operands.removeLast()
    operands.append(try apply(Operators.Identity.self, [value], token))
  }

  /// Makes an input of the last operand, if it is a number that is no node.
  mutating func makeLeaf(_ token: Int32) throws(ProgramError) {
    guard numeric == 0, case .number(let value, let type)? = operands.last else { return }
    try grow(token)
    let node = input(value, shortestText(value), token)
    note(type, of: node)
    operands[operands.count - 1] = .node(node)
  }

  /// Makes a parameter of the last operand, if it is a number or an array: an input of its own, wherever it is
  /// given its name.
  mutating func makeParameter(_ token: Int32) throws(ProgramError) {
    guard numeric == 0, let value = operands.last, let numbers = numbers(of: value) else { return }
    if case .node(let node) = value, tape.opcode(Int(node)) == .input { return }
    try grow(token)
    let node =
      numbers.shape.isEmpty
      ? input(numbers.entries[0], shortestText(numbers.entries[0]), token)
      : input(numbers, numbers.programText, token)
    autograd.parameters.insert(node)
    operands[operands.count - 1] = .node(node)
  }

  /// Begins what only programs have that are more than formulas.
  mutating func beginDynamic(_ index: Int32, _ node: SyntaxTree.Node) throws(ProgramError) {
    switch node.kind {
    case .none: operands.append(.none)
    case .ellipsis: operands.append(make(TextObject("...")))
    case .list, .tuple, .dictionary:
      tasks.append(.step(.collect(index)))
      for argument in program.tree.arguments[Int(node.second)..<Int(node.third)].reversed() {
        pushItem(argument.value)
      }
    case .subscript:
      tasks.append(.step(.element(index)))
      pushElement(index)
    case .interpolated:
      tasks += [.step(.interpolate(index)), .endNumeric]
      for value in program.tree.children(of: index).reversed() {
        tasks.append(.expression(value))
      }
      tasks.append(.beginNumeric)
    case .walrus:
      // Its value is a node even where it stands in a condition, which has none.
      tasks += [
        .step(.nameValue(index, numeric: numeric, firstNode: tape.nodeCount)),
        .expression(node.second),
      ]
      numeric = 0
    case .slice:
      tasks.append(.step(.slice(index)))
      for part in program.tree.children(of: index).reversed() { tasks.append(.expression(part)) }
    case .lambda:
      let function = program.tree.functions[Int(node.first)]
      var defaults: [Operand] = []
      for parameter in function.parameters {
        // A number or a name.
        guard let fallback = parameter.fallback else {
          defaults.append(.none)
          continue
        }
        let value = program.tree.nodes[Int(fallback.root)]
        if value.kind == .number {
          let isReal = NumberType.isReal(literal: program.spelledNumber(value.token))
          defaults.append(.number(program.numbers[Int(value.first)], isReal ? .real : .unsaid))
        } else {
          try read(value)
          defaults.append(operands.removeLast())
        }
      }
      operands.append(
        make(
          FunctionObject(
            Int(node.first), defaults: defaults, outer: frames[frames.count - 1].scope)))
    case .comprehension: beginComprehension(Int(node.first))
    case .starred:
      throw failure(
        .unsupportedExpression, "'*' unpacks a list in a call, a list or a tuple alone", node.token)
    default:
      throw failure(
        .unsupportedExpression, "\(quoted(program.text(of: node.token))) is not read here",
        node.token)
    }
  }

  /// Puts what has elements, and their indices, on the list of tasks.
  mutating func pushElement(_ index: Int32) {
    let node = program.tree.nodes[Int(index)]
    tasks.append(.endNumeric)
    for argument in program.tree.arguments[Int(node.second)..<Int(node.third)].reversed() {
      tasks.append(.expression(argument.value))
    }
    tasks += [.beginNumeric, .expression(node.first)]
  }

  /// Gives the name of `name := value` the last operand, in the function or the program around it.
  mutating func nameValue(_ index: Int32, _ numeric: Int, _ firstNode: Int) {
    let node = program.tree.nodes[Int(index)]
    let value = operands.removeLast()
    call(value, program.names[node.first], frames[frames.count - 1].call, firstNode)
    var scope = frames[frames.count - 1].scope
    while let open = comprehensions.last(where: { $0.scope === scope }) { scope = open.outer }
    if frames.count > 1, let scope {
      scope.values[node.first] = value
    } else {
      globals[Int(node.first)] = .value(value)
    }
    self.numeric = numeric
    operands.append(plain(value))
  }

  /// Takes an element out of what it belongs to, the operand below its indices.
  mutating func delete(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let indices = takeIndices(node)
    let owner = operands.removeLast()
    switch object(owner) {
    case let dictionary as DictionaryObject:
      let key = try key(indices, node.token)
      guard dictionary[key] != nil else { throw missing(key, in: dictionary, node.token) }
      dictionary[key] = nil
    case let list as ListObject where list.kind == .list && indices.count == 1:
      if let slice = object(indices[0]) as? SliceObject {
        let places = places(slice, of: list.items.count)
        for place in places.sorted(by: >) { list.items.remove(at: place) }
      } else {
        list.items.remove(
          at: try place(
            indices[0], of: list.items.count, list.path.map { "'\($0)'" } ?? "the list",
            node.token))
      }
    default:
      throw failure(
        .wrongType, "'del' takes elements out of lists and dictionaries, not \(described(owner))",
        node.token)
    }
  }

  /// Puts an element of a list on the list of tasks: a number alone is no node.
  mutating func pushItem(_ root: Int32) {
    let node = program.tree.nodes[Int(root)]
    if node.kind == .starred {
      tasks.append(.expression(node.first))
    } else {
      let plain = plainness(of: root)
      if let step = leafStep(root) { tasks.append(.step(step)) }
      push(root, plain == .data ? .no : plain)
    }
  }

  /// Makes a list, a tuple or a dictionary of the last operands.
  mutating func collect(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let arguments = program.tree.arguments[Int(node.second)..<Int(node.third)]
    let values = Array(operands.suffix(arguments.count))
    operands.removeLast(values.count)
    if node.kind == .dictionary {
      let dictionary = DictionaryObject()
      for place in stride(from: 0, to: values.count - 1, by: 2) {
        if program.tree.nodes[Int(arguments[arguments.startIndex + place].value)].kind == .starred {
          for (key, value) in try pairs([values[place]], [:], node.token) {
            dictionary[key] = value
          }
          continue
        }
        dictionary[try key(values[place], node.token)] = values[place + 1]
      }
      operands.append(make(dictionary))
      return
    }
    operands.append(
      make(ListObject(try spread(values, arguments), isTuple: node.kind == .tuple)))
  }

  /// Values of arguments or elements, with those of `*xs` one by one.
  mutating func spread(
    _ values: [Operand], _ arguments: ArraySlice<SyntaxTree.Argument>
  ) throws(ProgramError) -> [Operand] {
    var all: [Operand] = []
    for (value, argument) in zip(values, arguments) {
      if program.tree.nodes[Int(argument.value)].kind == .starred {
        all += try allItems(of: value, argument.token)
      } else {
        all.append(value)
      }
    }
    return all
  }

  func key(_ value: Operand, _ token: Int32) throws(ProgramError) -> DictionaryObject.Key {
    switch value {
    case .node, .number: return .number(number(value), type(of: value))
    case .none: break
    case .object(let object):
      if let text = heap[Int(object)] as? TextObject { return .text(text.text) }
      if let list = heap[Int(object)] as? ListObject, list.isTuple {
        return try key(list.items, token)
      }
      let own = heap[Int(object)]
      if own is InstanceObject || own is ClassObject || own is FunctionObject {
        return .object(ObjectIdentifier(own), object, spelled: own.path ?? "…")
      }
    }
    throw failure(
      .wrongType, "a key is a text, a number or a tuple of them, not \(described(value))", token)
  }
  /// The key that indices are: several are a tuple.
  func key(_ indices: [Operand], _ token: Int32) throws(ProgramError) -> DictionaryObject.Key {
    if indices.count == 1 { return try key(indices[0], token) }
    var parts: [DictionaryObject.Key] = []
    for index in indices { parts.append(try key(index, token)) }
    return .tuple(parts)
  }
}
