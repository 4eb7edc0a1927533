import GradBase
import GradCore

extension Recorder {
  /// Begins a class: its bases, then its block, whose names are its attributes.
  mutating func beginClass(_ number: Int) throws(ProgramError) {
    let syntax = program.tree.classes[number]
    var bases: [ClassObject] = []
    var (isModule, isTuple) = (false, false)
    var errorBase: String?
    var (isEnumeration, isOwnFunction) = (false, false)
    for base in syntax.bases {
      let node = program.tree.nodes[Int(base.root)]
      let name = program.names[
        node.kind == .name || node.kind == .attribute
          ? (node.kind == .name ? node.first : node.second) : syntax.name]
      if node.kind == .name, let value = value(of: node.first),
        let type = object(value) as? ClassObject
      {
        bases.append(type)
      } else if Self.modules.contains(name) {
        isModule = true
      } else if name == "NamedTuple" {
        isTuple = true
      } else if Self.enumerations.contains(name) {
        isEnumeration = true
      } else if PythonError.bases[name] != nil {
        errorBase = name
      } else if name == "Function" {
        isOwnFunction = true
      } else if !Self.emptyBases.contains(name) {
        throw failure(
          .unsupportedStatement, "\(quoted(name)) is no base of a class here", node.token,
          help: "a base is nn.Module, tf.keras.Model, object or a class above")
      }
    }
    let type = ClassObject(program.names[syntax.name], bases: bases, isModule: isModule)
    type.isTuple = isTuple
    type.isOwnFunction = isOwnFunction || bases.contains(where: \.isOwnFunction)
    (type.errorBase, type.isEnumeration) = (errorBase, isEnumeration)
    if isTuple || syntax.isOfFields {
      let own = bases.flatMap(\.fields)
      type.fields = own + syntax.fields.filter { !own.contains($0) }
      type.fieldWords = type.fields.map { program.names[$0] }
    }
    var frame = Frame(call: frames[frames.count - 1].call, function: -1)
    frame.scope = Scope(outer: frames[frames.count - 1].scope)
    frame.owner = type
    frame.isClass = true
    frames.append(frame)
    tasks.append(.step(.finishClass(number)))
    for statement in program.tree.blocks[Int(syntax.body)].reversed() {
      tasks.append(.statement(statement))
    }
  }

  /// Classes that say nothing of the objects of a class that is based on them.
  private static let emptyBases: Set<String> = [
    "object", "ABC", "Generic", "Protocol", "Dataset",
  ]

  /// Classes whose attributes are objects of the class itself, each with its name and its value.
  private static let enumerations: Set<String> = ["Enum", "IntEnum", "StrEnum"]

  /// Classes of layers that a class may be based on.
  private static let modules: Set<String> = ["Module", "Model", "Layer"]

  mutating func finishClass(_ number: Int) {
    let frame = frames.removeLast()
    guard let type = frame.owner else { return }
    type.attributes = frame.scope?.values ?? [:]
    for value in type.attributes.values {
      (object(value) as? FunctionObject)?.owner = type
    }
    if type.isEnumeration {
      // Names are numbered in the order that the program says them in.
      for (name, value) in type.attributes.sorted(by: { $0.key < $1.key })
      where !(object(value) is FunctionObject) {
        let member = InstanceObject(type)
        if let own = program.names.existing("value") { member[own] = value }
        if let own = program.names.existing("name") {
          member[own] = make(TextObject(program.names[name]))
        }
        type.attributes[name] = make(member)
      }
    }
    classes.append(type)
    set(program.tree.classes[number].name, make(type))
  }

  /// Makes an object of a class, and calls its `__init__`.
  mutating func instantiate(
    _ type: ClassObject, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    let instance = make(InstanceObject(type))
    guard let name = program.names.existing("__init__"), let method = type.attribute(name),
      let function = object(method) as? FunctionObject
    else {
      if !type.fields.isEmpty { return try fill(instance, given, named, token) }
      guard given.isEmpty && named.isEmpty || type.isError else {
        throw failure(
          .wrongArguments, "\(quoted(type.name)) takes no arguments", token,
          help: "give the class a method '__init__'")
      }
      operands.append(instance)
      return
    }
    tasks.append(.step(.instance(instance)))
    try call(make(MethodObject(function, instance)), given, named, token)
  }

  // MARK: Attributes

  /// Whether an attribute is the derivative of a name that is a node: `w.grad`.
  func isDerivative(_ node: SyntaxTree.Node) -> Bool {
    guard program.names[node.second] == "grad" else { return false }
    let owner = program.tree.nodes[Int(node.first)]
    guard owner.kind == .name, case .node? = value(of: owner.first) else { return false }
    return true
  }

  /// Reads an attribute of the last operand.
  mutating func readAttribute(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let owner = operands.removeLast()
    let name = program.names[node.second]
    if let weight = object(owner) as? WeightObject, name == "data" {
      let value = try value(of: weight, node.token)
      operands.append(value)
      return try hold(node.token)
    }
    if name == "grad", let place = learned(owner) {
      guard !autograd.differentiated.isEmpty else { return operands.append(.none) }
      return try readDerivative(of: place, program.spelling(of: index), node.token)
    }
    if name == "data", object(owner) is ArrayObject { return operands.append(owner) }
    if name == "requires_grad", shape(of: owner) != nil {
      return operands.append(.truth(isLearned(owner)))
    }
    if name == "at", hasFixedArrays, isArray(owner) {
      return operands.append(make(PlacesObject(owner)))
    }
    if isArray(owner) || name == "T",
      let value = try arrayAttribute(name, of: owner, node.token)
    {
      operands.append(plain(value))
      return
    }
    if let value = try attribute(node.second, of: owner, node.token) {
      if let method = object(value) as? MethodObject,
        program.tree.functions[method.function.number].binding == .property
      {
        return try call(value, [], [:], node.token)
      }
      operands.append(plain(value))
      return
    }
    switch owner {
    // An optimizer, which is left out, has no groups of parameters.
    case .none where name == "param_groups": return operands.append(make(ListObject([])))
    case .node, .number:
      if name == "data" {
        operands.append(owner)
        return try hold(node.token)
      }
      if let value = try arrayAttribute(name, of: owner, node.token) {
        operands.append(value)
        return
      }
      if name == "grad" {
        throw failure(
          .unknownAttribute, "a number that is no node has no derivative", node.token,
          help: "the figure and 'eval' show the derivative of every name")
      }
      if program.vocabulary.isFunction(node.second) {
        operands.append(make(WordObject(name, receiver: owner)))
        return
      }
    default: break
    }
    if let object = object(owner), Word.method(name, of: object) != nil {
      // A method as a value: `max(counts, key=counts.get)`.
      return operands.append(make(WordObject(name, receiver: owner)))
    }
    throw unknownAttribute(name, of: owner, node.token)
  }

  /// Whether a value is a parameter, or depends on one.
  func isLearned(_ value: Operand) -> Bool {
    if let weight = object(value) as? WeightObject { return weight.isParameter }
    guard case .node(let node) = value else { return false }
    return autograd.parameters.contains { $0 == node || dependsOn($0, node) }
  }

  /// The node that a value is, or that a weight is by now.
  private func learned(_ value: Operand) -> UInt32? {
    if case .node(let node) = value { return node }
    return (object(value) as? WeightObject)?.node
  }

  /// What an object has under a name; `nil` if it has nothing.
  mutating func attribute(
    _ name: Int32, of owner: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    switch object(owner) {
    case let instance as InstanceObject:
      if let value = instance[name] { return value }
      if let value = instance.type.attribute(name) {
        return try bound(value, to: owner, of: instance.type)
      }
      if program.names[name] == "__class__" { return value(of: instance.type) }
    case let type as ClassObject:
      if program.names[name] == "__name__" { return make(TextObject(type.name)) }
      if type.isOwnFunction, program.names[name] == "apply", type.attribute(name) == nil {
        return make(OwnFunctionObject(.ofClass(type)))
      }
      guard let value = type.attribute(name), let function = object(value) as? FunctionObject,
        program.tree.functions[function.number].binding == .ofClass
      else { return type.attribute(name) }
      return make(MethodObject(function, owner))
    case is LayerObject, is SequentialObject:
      let word = program.names[name]
      for (part, value) in object(owner)?.members ?? [] {
        if case .word(word) = part { return value }
      }
      if let layer = object(owner) as? LayerObject { return layer.passed[word] }
    case let word as WordObject where program.names[name] == "__name__":
      return make(TextObject(word.name))
    case let pair as ListObject where pair.isTuple && pair.items.count == 2:
      // What `max` along an axis gives, and `slogdet`.
      switch program.names[name] {
      case "values", "sign": return pair.items[0]
      case "indices", "logabsdet": return pair.items[1]
      default: break
      }
    case let dictionary as DictionaryObject where dictionary.hasAttributes:
      return dictionary[.text(program.names[name])]
    case let distribution as DistributionObject:
      let word = program.names[name]
      if let value = distribution.values[word] { return value }
      if distribution.family.methods[word] != nil {
        return make(WordObject(word, receiver: owner))
      }
    case let above as SuperObject:
      for base in above.type.bases {
        guard let value = base.attribute(name) else { continue }
        return try bound(value, to: above.receiver, of: base)
      }
    default: break
    }
    return nil
  }

  /// What a class has under a name, as one of its objects has it.
  private mutating func bound(
    _ value: Operand, to receiver: Operand, of type: ClassObject
  ) throws(ProgramError) -> Operand {
    guard let function = object(value) as? FunctionObject else { return value }
    switch program.tree.functions[function.number].binding {
    case .plain, .property, .setter: return make(MethodObject(function, receiver))
    case .alone: return value
    case .ofClass: return make(MethodObject(function, self.value(of: type) ?? receiver))
    }
  }

  private func value(of type: ClassObject) -> Operand? {
    heap.firstIndex { $0 === type }.map { .object(Int32($0)) }
  }

  private func unknownAttribute(
    _ name: String, of owner: Operand, _ token: Int32
  ) -> ProgramError {
    var known: [String] = []
    for (part, _) in object(owner)?.members ?? [] {
      if case .word(let word) = part { known.append(word) }
    }
    if let instance = object(owner) as? InstanceObject {
      known = (instance.names + instance.type.attributes.keys.sorted()).filter { $0 >= 0 }
        .map { program.names[$0] }
        .filter { !$0.hasPrefix("__") }
    }
    return failure(
      .unknownAttribute, "\(described(owner)) has no attribute \(quoted(name))", token,
      help: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty || known.count > 12
          ? nil : "it has \(known.map { "'\($0)'" }.joined(separator: ", "))"))
  }

  // MARK: Methods

  /// Goes on with a call of a method, once what it is called on is the last operand.
  mutating func beginMethod(_ index: Int32) throws(ProgramError) {
    let call = program.tree.nodes[Int(index)]
    let callee = program.tree.nodes[Int(call.first)]
    let owner = operands[operands.count - 1]
    if shape(of: owner) != nil,
      isArrayMethod(callee.second, of: owner)
        || isArray(owner)
          && ArrayWord.methodsOfTypes[program.names[callee.second]] != nil
    {
      let word = make(WordObject(program.names[callee.second], receiver: owner))
      operands[operands.count - 1] = word
      tasks.append(.step(.invoke(index)))
      pushArguments(call)
      return
    }
    switch owner {
    case .node, .number: return try beginKnownCall(index, hasReceiver: true)
    case .none:
      throw failure(
        .wrongType, "None has no method \(quoted(program.names[callee.second]))", callee.token,
        help: "a function without 'return' gives None")
    case .object: break
    }
    operands.removeLast()
    if let value = try attribute(callee.second, of: owner, callee.token) {
      operands.append(value)
    } else {
      operands.append(make(WordObject(program.names[callee.second], receiver: owner)))
    }
    tasks.append(.step(.invoke(index)))
    for argument in program.tree.arguments[Int(call.second)..<Int(call.third)].reversed() {
      let node = program.tree.nodes[Int(argument.value)]
      tasks.append(.expression(node.kind == .starred ? node.first : argument.value))
    }
  }

  /// Calls a method of a list, a dictionary, a text or an object.
  mutating func callMethod(
    _ name: String, _ owner: Operand, _ given: [Operand], _ named: [Int32: Operand],
    _ token: Int32
  ) throws(ProgramError) {
    if isArray(owner), let method = ArrayWord.methodsOfTypes[name] {
      return try call(method, name, [owner] + given, named, token, isTorch: true)
    }
    if name == "sort", isArray(owner), !usesTorch {
      throw failure(
        .arrays, "'.sort()' changes the array in its place, which is not read", token,
        help: "x = np.sort(x)")
    }
    switch owner {
    case .node, .number:
      // A number is its own sum, where Python's function of that name goes through items.
      if OperatorRow.named(name) == nil, let word = ArrayWord.reductions[name] {
        return try call(word, name, [owner] + given, named, token, isTorch: usesTorch)
      }
      try call(make(WordObject(name)), [owner] + given, named, token)
      return
    default: break
    }
    if let places = object(owner) as? PlacesObject {
      let result = try changed(places, by: name, given, token)
      operands.append(plain(result))
      return
    }
    if let random = object(owner) as? RandomObject {
      let result = try draw(name, random, given, named, token)
      operands.append(plain(result))
      return
    }
    if isArray(owner) { return try call(make(WordObject(name)), [owner] + given, named, token) }
    if let object = object(owner), let method = Word.method(name, of: object) {
      try check(named, among: method.names, of: name, token)
      return try method.run(&self, object, given, named, token)
    }
    throw unknownAttribute(name, of: owner, token)
  }
}
