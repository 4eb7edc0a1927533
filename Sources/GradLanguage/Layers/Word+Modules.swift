import GradCore

/// Methods of models and layers.
extension Word {
  /// What gives the model itself.
  private static func itself(_ names: Set<String> = []) -> Method {
    Method(names: names) { (machine, object, _, _, _) throws(ProgramError) in
      machine.giveItself(object)
    }
  }

  private static func nothing(_ names: Set<String>?) -> Method {
    Method(names: names) { (machine, _, _, _, _) throws(ProgramError) in
      machine.operands.append(.none)
    }
  }

  /// Where and in what numbers a model is kept.
  private static let moved = itself(["device", "dtype", "non_blocking"])

  static let methodsOfModules: [String: Method] = [
    "parameters": Method(names: ["recurse"]) {
      (machine, object, _, _, _) throws(ProgramError) in
      let values = machine.parameters(of: object).map(\.value)
      machine.operands.append(machine.make(ListObject(values)))
    },
    "named_parameters": Method(names: ["recurse"]) {
      (machine, object, _, _, _) throws(ProgramError) in
      var pairs: [Recorder.Operand] = []
      for (path, value) in machine.parameters(of: object) {
        let name = machine.make(TextObject(path))
        pairs.append(machine.make(ListObject([name, value], isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(pairs)))
    },
    "state_dict": Method(names: ["recurse"]) {
      (machine, object, _, _, _) throws(ProgramError) in
      let dictionary = DictionaryObject()
      for (path, value, _) in machine.slots(of: object) { dictionary[.text(path)] = value }
      machine.operands.append(machine.make(dictionary))
    },
    "load_state_dict": Method(names: ["strict", "assign"]) {
      (machine, object, given, _, token) throws(ProgramError) in
      try machine.load(given.first, into: object, token)
      machine.operands.append(.none)
    },
    "modules": Method { (machine, object, _, _, _) throws(ProgramError) in
      let modules = machine.modules(of: object)
      machine.operands.append(machine.make(ListObject(modules)))
    },
    "children": Method { (machine, object, _, _, _) throws(ProgramError) in
      let children = object.members.map(\.value).filter { machine.object($0)?.isCallable ?? false }
      machine.operands.append(machine.make(ListObject(children)))
    },
    "apply": Method { (machine, object, given, _, token) throws(ProgramError) in
      let function = try machine.only(given, of: "apply", token)
      let modules = machine.modules(of: object, innermostFirst: true)
      machine.tasks += [
        .step(.instance(modules[modules.count - 1])), .step(.list(modules.count)),
      ]
      for module in modules.reversed() {
        machine.tasks.append(.step(.call(function, [module], token)))
      }
    },
    "train": Method(names: ["mode"]) {
      (machine, object, given, named, _) throws(ProgramError) in
      machine.setTraining(
        (given.first ?? machine.argument("mode", named)).map { machine.number($0) != 0 } ?? true,
        object)
      machine.giveItself(object)
    },
    "eval": Method { (machine, object, _, _, _) throws(ProgramError) in
      machine.setTraining(false, object)
      machine.giveItself(object)
    },
    "append": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let sequence = object as? SequentialObject else {
        throw machine.failure(
          .unknownAttribute, "\(object.description) has no attribute 'append'", token,
          help: "nn.Sequential and nn.ModuleList have one")
      }
      sequence.layers.items.append(try machine.only(given, of: "append", token))
      machine.giveItself(object)
    },
    "__init__": nothing(nil), "zero_grad": nothing(["set_to_none"]),
    "register_buffer": Method(names: ["persistent"]) {
      (machine, object, given, _, token) throws(ProgramError) in
      guard let instance = object as? InstanceObject, given.count > 1,
        let name = machine.program.names.existing(machine.text(of: given[0]))
      else { return machine.operands.append(.none) }
      instance[name] = given[1]
      machine.operands.append(.none)
    },
    "register_forward_hook": Method(names: nil) {
      (machine, object, _, _, token) throws(ProgramError) in
      throw machine.failure(
        .unsupportedStatement, "hooks are not called here", token,
        help: "give what the layer returns a name in 'forward', or call the layer by itself")
    },
    "to": moved, "double": moved, "float": moved, "cuda": moved, "cpu": itself(),
    "requires_grad_": itself(),
  ]
}

extension Recorder {
  /// The operand of an object.
  fileprivate mutating func giveItself(_ object: Object) {
    guard let number = heap.firstIndex(where: { $0 === object }) else { return }
    operands.append(.object(Int32(number)))
  }

  /// A model and the models and layers in it, each before what it holds, or after it.
  fileprivate func modules(of object: Object, innermostFirst: Bool = false) -> [Operand] {
    var found: [Operand] = []
    var seen: Set<ObjectIdentifier> = []
    guard let number = heap.firstIndex(where: { $0 === object }) else { return [] }
    var pending: [Operand] = [.object(Int32(number))]
    while let value = pending.popLast() {
      guard let object = self.object(value), seen.insert(ObjectIdentifier(object)).inserted else {
        continue
      }
      if object.isCallable { found.append(value) }
      let members = object.members.map(\.value)
      pending += innermostFirst ? members : members.reversed()
    }
    return innermostFirst ? found.reversed() : found
  }

  fileprivate func setTraining(_ isTraining: Bool, _ object: Object) {
    for module in modules(of: object) {
      (self.object(module) as? LayerObject)?.isTraining = isTraining
    }
  }
}
