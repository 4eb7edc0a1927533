extension Word {
  /// A method of a list, a dictionary, a text or a model, one row of the tables.
  struct Method: Sendable {
    typealias Run =
      @Sendable (
        inout Recorder, Object, [Recorder.Operand], [Int32: Recorder.Operand], Int32
      ) throws(ProgramError) -> Void

    /// The names that it takes arguments by; `nil` where any may be given, as to `format`.
    let names: Set<String>?
    /// Leaves its result with the operands.
    let run: Run

    init(names: Set<String>? = [], _ run: @escaping Run) { (self.names, self.run) = (names, run) }
  }

  /// A method of an object that is not of the program's own; `nil` if there is none.
  static func method(_ name: String, of object: Object) -> Method? {
    switch object {
    case let list as ListObject:
      switch list.kind {
      case .list: methodsOfLists[name]
      case .tuple: methodsOfTuples[name]
      case .set: methodsOfSets[name]
      case .nothing: methodsOfNothing[name]
      }
    case is DictionaryObject: methodsOfDictionaries[name]
    case let word as WordObject where word.name == "norm": methodsOfNormal[name]
    case is TextObject: methodsOfTexts[name]
    case let distribution as DistributionObject: distribution.family.methods[name]
    case is FunctionObject: methodsOfFunctions[name]
    case let instance as InstanceObject where instance.type.isContext: methodsOfContexts[name]
    case let instance as InstanceObject where instance.type.isTuple: methodsOfNamedTuples[name]
    case let instance as InstanceObject where instance.type.isModule: methodsOfModules[name]
    case is LayerObject, is SequentialObject: methodsOfModules[name]
    case is SuperObject: methodsOfModules[name == "__init__" ? name : ""]
    default: nil
    }
  }

  private static let methodsOfNothing: [String: Method] = {
    var methods = ArrayWord.ofNothing.mapValues { value in
      Method { (machine, _, _, _, _) throws(ProgramError) in
        machine.operands.append(.number(value))
      }
    }
    for (name, holds) in [("any", false), ("all", true)] {
      methods[name] = Method { (machine, _, _, _, _) throws(ProgramError) in
        machine.operands.append(.truth(holds))
      }
    }
    return methods
  }()

  private static let methodsOfNamedTuples: [String: Method] = [
    "_replace": Method(names: nil) { (machine, object, _, named, _) throws(ProgramError) in
      guard let tuple = object as? InstanceObject else { return }
      let copy = InstanceObject(tuple.type)
      for name in tuple.names { copy[name] = named[name] ?? tuple[name] }
      machine.operands.append(machine.make(copy))
    },
    "_asdict": Method { (machine, object, _, _, _) throws(ProgramError) in
      guard let tuple = object as? InstanceObject else { return }
      let dictionary = DictionaryObject()
      for (name, word) in zip(tuple.type.fields, tuple.type.fieldWords) {
        dictionary[.text(word)] = tuple[name]
      }
      machine.operands.append(machine.make(dictionary))
    },
  ]

  private static let methodsOfTuples: [String: Method] = [
    "index": Method { (machine, object, given, _, token) throws(ProgramError) in
      try machine.find(given, in: object, token)
    },
    "count": Method { (machine, object, given, _, token) throws(ProgramError) in
      try machine.countOf(given, in: object, token)
    },
  ]

  private static let methodsOfSets: [String: Method] = [
    "add": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let set = object as? ListObject else { return }
      try machine.add(try machine.only(given, of: "add", token), to: set, token)
      machine.operands.append(.none)
    },
    "update": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let set = object as? ListObject else { return }
      for value in given {
        for item in try machine.allItems(of: value, token) { try machine.add(item, to: set, token) }
      }
      machine.operands.append(.none)
    },
    "pop": Method { (machine, object, _, _, token) throws(ProgramError) in
      guard let set = object as? ListObject, !set.items.isEmpty else {
        throw machine.failure(.missingKey, "'pop' of an empty set", token)
      }
      machine.operands.append(machine.plain(set.items.removeFirst()))
    },
    "discard": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let set = object as? ListObject else { return }
      let value = try machine.only(given, of: "discard", token)
      if let place = try machine.place(of: value, in: set, token) { set.items.remove(at: place) }
      machine.operands.append(.none)
    },
    "remove": Method { (machine, object, given, _, token) throws(ProgramError) in
      try machine.remove(given, from: object, token)
    },
  ]

  private static let methodsOfLists: [String: Method] = methodsOfTuples.merging([
    "append": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      let value = try machine.only(given, of: "append", token)
      if machine.object(value) === list {
        throw machine.failure(
          .holdsItself, "a list that holds itself is not supported", token,
          help: "append a copy: xs[:]")
      }
      list.items.append(value)
      if let most = list.most, list.items.count > most {
        list.items.removeFirst()
        list.path = nil
      }
      if let path = list.path {
        machine.call(value, "\(path)[\(list.items.count - 1)]", list.scope, 0)
      }
      machine.operands.append(.none)
    },
    "appendleft": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      list.items.insert(try machine.only(given, of: "appendleft", token), at: 0)
      if let most = list.most, list.items.count > most { list.items.removeLast() }
      list.path = nil
      machine.operands.append(.none)
    },
    "popleft": Method { (machine, object, _, _, token) throws(ProgramError) in
      guard let list = object as? ListObject, !list.items.isEmpty else {
        throw machine.failure(.indexOutOfRange, "'popleft' of an empty deque", token)
      }
      list.path = nil
      machine.operands.append(machine.plain(list.items.removeFirst()))
    },
    "extend": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      let items = try machine.allItems(of: try machine.only(given, of: "extend", token), token)
      for item in items {
        list.items.append(item)
        if let path = list.path {
          machine.call(item, "\(path)[\(list.items.count - 1)]", list.scope, 0)
        }
      }
      machine.operands.append(.none)
    },
    "insert": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject, given.count == 2 else {
        throw machine.failure(.wrongArguments, "'insert' takes 2 arguments", token)
      }
      let place = try machine.whole(given[0], token)
      let from = place < 0 ? place + list.items.count : place
      list.items.insert(given[1], at: min(max(from, 0), list.items.count))
      // What the elements were called says no longer where they stand.
      list.path = nil
      machine.operands.append(.none)
    },
    "pop": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      let place = try machine.place(
        given.first ?? .number(-1), of: list.items.count,
        list.path.map { "'\($0)'" } ?? "the list", token)
      if place < list.items.count - 1 { list.path = nil }
      machine.operands.append(machine.plain(list.items.remove(at: place)))
    },
    "remove": Method { (machine, object, given, _, token) throws(ProgramError) in
      try machine.remove(given, from: object, token)
    },
    "reverse": Method { (machine, object, _, _, _) throws(ProgramError) in
      (object as? ListObject)?.items.reverse()
      object.path = nil
      machine.operands.append(.none)
    },
    "clear": Method { (machine, object, _, _, _) throws(ProgramError) in
      (object as? ListObject)?.items.removeAll()
      machine.operands.append(.none)
    },
    "copy": Method { (machine, object, _, _, _) throws(ProgramError) in
      machine.operands.append(machine.make(ListObject((object as? ListObject)?.items ?? [])))
    },
    "sort": Method(names: ["key", "reverse"]) {
      (machine, object, _, named, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      list.path = nil
      machine.tasks.append(.step(.replaceItems(list)))
      try machine.sorted(list.items, named, token)
    },
  ]) { first, _ in first }

  private static let methodsOfDictionaries: [String: Method] = [
    "keys": Method { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      var keys: [Recorder.Operand] = []
      for key in dictionary.keys { keys.append(machine.operand(of: key)) }
      machine.operands.append(machine.make(ListObject(keys)))
    },
    "values": Method { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      let values = dictionary.keys.compactMap { dictionary[$0] }
      machine.operands.append(machine.make(ListObject(values)))
    },
    "items": Method { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      var pairs: [Recorder.Operand] = []
      for key in dictionary.keys {
        let pair = [machine.operand(of: key), dictionary[key] ?? .none]
        pairs.append(machine.make(ListObject(pair, isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(pairs)))
    },
    "get": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject, let first = given.first else {
        throw machine.failure(.wrongArguments, "'get' takes a key", token)
      }
      let value = dictionary[try machine.key(first, token)]
      machine.operands.append(machine.plain(value ?? (given.count > 1 ? given[1] : .none)))
    },
    "most_common": Method(names: ["n"]) { (machine, object, given, _, token) throws(ProgramError) in
      guard let counter = object as? DictionaryObject else { return }
      let most = try given.first.map { (value) throws(ProgramError) in
        try machine.whole(value, token)
      }
      let keys = counter.keys.enumerated().sorted { a, b in
        let (x, y) = (counter[a.element] ?? .none, counter[b.element] ?? .none)
        let (first, second) = (machine.number(x), machine.number(y))
        return first == second ? a.offset < b.offset : first > second
      }
      var pairs: [Recorder.Operand] = []
      for (_, key) in keys.prefix(most ?? keys.count) {
        let pair = [machine.operand(of: key), counter[key] ?? .none]
        pairs.append(machine.make(ListObject(pair, isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(pairs)))
    },
    "setdefault": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject, let first = given.first else {
        throw machine.failure(.wrongArguments, "'setdefault' takes a key", token)
      }
      let key = try machine.key(first, token)
      let value = dictionary[key] ?? (given.count > 1 ? given[1] : .none)
      machine.put(value, in: dictionary, at: key)
      machine.operands.append(machine.plain(value))
    },
    "update": Method(names: nil) { (machine, object, given, named, token) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      for (key, value) in try machine.pairs(given, named, token) {
        machine.put(value, in: dictionary, at: key)
      }
      machine.operands.append(.none)
    },
    "copy": Method { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      machine.operands.append(machine.make(dictionary.copy()))
    },
    "clear": Method { (machine, object, _, _, _) throws(ProgramError) in
      (object as? DictionaryObject)?.removeAll()
      machine.operands.append(.none)
    },
    "pop": Method { (machine, object, given, _, token) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject, let first = given.first else {
        throw machine.failure(.wrongArguments, "'pop' takes a key", token)
      }
      let key = try machine.key(first, token)
      guard let value = dictionary[key] ?? (given.count > 1 ? given[1] : nil) else {
        throw machine.missing(key, in: dictionary, token)
      }
      dictionary[key] = nil
      machine.operands.append(machine.plain(value))
    },
  ]
}
