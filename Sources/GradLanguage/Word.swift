import GradBase
import GradCore

/// A function that Python has for values besides numbers, one row of the table.
struct Word: Sendable {
  typealias Run =
    @Sendable (
      inout Recorder, [Recorder.Operand], [Int32: Recorder.Operand], Int32
    ) throws(ProgramError) -> Void

  /// How many arguments it takes without their names; other counts are those of a function of numbers.
  let counts: ClosedRange<Int>
  /// The names that it takes arguments by; `nil` where any may be given, as to `dict`.
  let names: Set<String>?
  /// Whether only the values of its arguments matter.
  let isNumeric: Bool
  /// Leaves its result with the operands.
  let run: Run

  init(
    _ counts: ClosedRange<Int>, names: Set<String>? = [], isNumeric: Bool = false,
    _ run: @escaping Run
  ) {
    (self.counts, self.names, self.isNumeric, self.run) = (counts, names, isNumeric, run)
  }

  func takes(_ count: Int) -> Bool { counts.contains(count) }

  /// The function of a name; `nil` if there is none.
  static func named(_ name: String) -> Word? { table[name] }

  /// The names of all of them.
  static let names = table.keys.sorted()

  /// Those that only programs with more than numbers call.
  static let ofLists = table.keys.filter { !["max", "min", "print", "str", "bool"].contains($0) }

  private static let table = ofPython.merging(ofLibraries) { first, _ in first }

  private static let ofPython: [String: Word] = [
    "len": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      if try machine.callSpecial("__len__", of: given[0], [], token) { return }
      let items = try machine.items(of: given[0], token)
      machine.operands.append(.number(Double(items.count)))
    },
    "range": Word(1...3, isNumeric: true) { (machine, given, _, token) throws(ProgramError) in
      try machine.makeRange(given, token)
    },
    "sum": Word(1...2, names: ["start"]) { (machine, given, named, token) throws(ProgramError) in
      let start = machine.argument("start", named).map { [$0] } ?? []
      try machine.sum(given + start, token)
    },
    "max": Word(1...1, names: ["key", "default"]) {
      (machine, given, named, token) throws(ProgramError) in
      try machine.extremum(Operators.Max.self, "max", given, named, token)
    },
    "min": Word(1...1, names: ["key", "default"]) {
      (machine, given, named, token) throws(ProgramError) in
      try machine.extremum(Operators.Min.self, "min", given, named, token)
    },
    "sorted": Word(1...1, names: ["key", "reverse"]) {
      (machine, given, named, token) throws(ProgramError) in
      try machine.sorted(try machine.allItems(of: given[0], token), named, token)
    },
    "reversed": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let items = try machine.allItems(of: given[0], token)
      machine.operands.append(machine.make(ListObject(items.reversed())))
    },
    "enumerate": Word(1...2, names: ["start"]) {
      (machine, given, named, token) throws(ProgramError) in
      let start = try (given.count > 1 ? given[1] : machine.argument("start", named)).map {
        (value) throws(ProgramError) in
        try machine.whole(value, token)
      }
      var pairs: [Recorder.Operand] = []
      for (place, item) in try machine.allItems(of: given[0], token).enumerated() {
        pairs.append(
          machine.make(
            ListObject([.number(Double(place + (start ?? 0))), item], isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(pairs)))
    },
    "iter": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let items = try machine.items(of: given[0], token)
      machine.operands.append(machine.make(IteratorObject(items)))
    },
    "next": Word(1...2) { (machine, given, _, token) throws(ProgramError) in
      guard let iterator = machine.object(given[0]) as? IteratorObject else {
        throw machine.failure(
          .wrongType, "'next' takes an iterator, not \(machine.described(given[0]))", token,
          help: "next(iter(xs))")
      }
      guard let item = iterator.items.next() ?? (given.count > 1 ? given[1] : nil) else {
        throw machine.failure(.indexOutOfRange, "the iterator has no item left", token)
      }
      machine.operands.append(machine.plain(item))
    },
    "zip": Word(1...100, names: ["strict"]) { (machine, given, _, token) throws(ProgramError) in
      try machine.makePairs(given, token)
    },
    "map": Word(2...100) { (machine, given, _, token) throws(ProgramError) in
      try machine.apply(given, token)
    },
    "list": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      let items = given.isEmpty ? [] : try machine.allItems(of: given[0], token)
      machine.operands.append(machine.make(ListObject(items)))
    },
    "tuple": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      let items = given.isEmpty ? [] : try machine.allItems(of: given[0], token)
      machine.operands.append(machine.make(ListObject(items, isTuple: true)))
    },
    "set": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      let set = ListObject([], kind: .set)
      for item in given.isEmpty ? [] : try machine.allItems(of: given[0], token) {
        try machine.add(item, to: set, token)
      }
      machine.operands.append(machine.make(set))
    },
    "filter": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      let items = try machine.allItems(of: given[1], token)
      machine.tasks.append(.step(.arrange(items, .filtered)))
      machine.apply(given[0], to: items, token)
    },
    "round": Word(1...2, names: ["ndigits"], isNumeric: true) {
      (machine, given, named, token) throws(ProgramError) in
      let digits = given.count > 1 ? given[1] : machine.argument("ndigits", named)
      let count = try digits.map { (value) throws(ProgramError) in try machine.whole(value, token) }
      machine.operands.append(.number(rounded(machine.number(given[0]), digits: count ?? 0)))
    },
    "floor": Word(1...1, isNumeric: true) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(.number(machine.number(given[0]).rounded(.down)))
    },
    "ceil": Word(1...1, isNumeric: true) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(.number(machine.number(given[0]).rounded(.up)))
    },
    "dict": Word(0...1, names: nil) { (machine, given, named, token) throws(ProgramError) in
      try machine.makeDictionary(given, named, token)
    },
    "str": Word(0...1) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(machine.make(TextObject(machine.text(of: given.first))))
    },
    "print": Word(0...100, names: nil) { (machine, _, _, _) throws(ProgramError) in
      machine.operands.append(.none)
    },
    "bool": Word(1...1, isNumeric: true) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(.truth(machine.number(given[0]) != 0))
    },
    "any": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let holds = try machine.allItems(of: given[0], token).contains { machine.number($0) != 0 }
      machine.operands.append(.truth(holds))
    },
    "all": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let holds = try machine.allItems(of: given[0], token).allSatisfy { machine.number($0) != 0 }
      machine.operands.append(.truth(holds))
    },
    "isinstance": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      machine.operands.append(
        .truth(try machine.isInstance(given[0], of: given[1], token)))
    },
    "type": Word(1...1) { (machine, given, _, _) throws(ProgramError) in
      let type: Object =
        switch machine.object(given[0]) {
        case let instance as InstanceObject: instance.type
        case let layer as LayerObject: WordObject(layer.name)
        case is SequentialObject: WordObject("Sequential")
        default: WordObject("object")
        }
      machine.operands.append(machine.make(type))
    },
    "super": Word(0...2) { (machine, _, _, token) throws(ProgramError) in
      let frame = machine.frames[machine.frames.count - 1]
      guard let owner = frame.owner else {
        throw machine.failure(
          .unknownFunction, "'super' is called outside a class", token)
      }
      machine.operands.append(machine.make(SuperObject(owner, frame.receiver)))
    },
  ]
}

// MARK: Methods

extension Word {
  typealias Method =
    @Sendable (
      inout Recorder, Object, [Recorder.Operand], [Int32: Recorder.Operand], Int32
    ) throws(ProgramError) -> Void

  /// The names by which methods take arguments; `nil` for those that show texts, whose arguments do not
  /// matter.
  static func names(ofMethod name: String) -> Set<String>? {
    switch name {
    case "sort": ["key", "reverse"]
    case "split": ["sep"]
    case "train": ["mode"]
    case "parameters", "named_parameters", "state_dict": ["recurse"]
    case "load_state_dict": ["strict", "assign"]
    case "zero_grad": ["set_to_none"]
    case "to", "cuda", "double", "float": ["device", "dtype", "non_blocking"]
    case "register_buffer": ["persistent"]
    case "format", "update", "__init__": nil
    default: []
    }
  }

  /// A method of an object that is not of the program's own; `nil` if there is none.
  static func method(_ name: String, of object: Object) -> Method? {
    switch object {
    case let list as ListObject:
      switch list.kind {
      case .list: methodsOfLists[name]
      case .tuple: methodsOfTuples[name]
      case .set: methodsOfSets[name]
      }
    case is DictionaryObject: methodsOfDictionaries[name]
    case is TextObject: methodsOfTexts[name]
    case let instance as InstanceObject where instance.type.isModule: methodsOfModules[name]
    case is LayerObject, is SequentialObject: methodsOfModules[name]
    case is SuperObject: methodsOfModules[name == "__init__" ? name : ""]
    default: nil
    }
  }

  private static let methodsOfTuples: [String: Method] = [
    "index": { (machine, object, given, _, token) throws(ProgramError) in
      try machine.find(given, in: object, token)
    },
    "count": { (machine, object, given, _, token) throws(ProgramError) in
      try machine.countOf(given, in: object, token)
    },
  ]

  private static let methodsOfSets: [String: Method] = [
    "add": { (machine, object, given, _, token) throws(ProgramError) in
      guard let set = object as? ListObject else { return }
      try machine.add(try machine.only(given, of: "add", token), to: set, token)
      machine.operands.append(.none)
    },
    "update": { (machine, object, given, _, token) throws(ProgramError) in
      guard let set = object as? ListObject else { return }
      for value in given {
        for item in try machine.allItems(of: value, token) { try machine.add(item, to: set, token) }
      }
      machine.operands.append(.none)
    },
    "discard": { (machine, object, given, _, token) throws(ProgramError) in
      guard let set = object as? ListObject else { return }
      let value = try machine.only(given, of: "discard", token)
      if let place = try machine.place(of: value, in: set, token) { set.items.remove(at: place) }
      machine.operands.append(.none)
    },
    "remove": { (machine, object, given, _, token) throws(ProgramError) in
      try machine.remove(given, from: object, token)
    },
  ]

  private static let methodsOfLists: [String: Method] = methodsOfTuples.merging([
    "append": { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      let value = try machine.only(given, of: "append", token)
      if machine.object(value) === list {
        throw machine.failure(
          .holdsItself, "a list that holds itself is not supported", token,
          help: "append a copy: xs[:]")
      }
      list.items.append(value)
      if let path = list.path {
        machine.call(value, "\(path)[\(list.items.count - 1)]", list.scope, 0)
      }
      machine.operands.append(.none)
    },
    "extend": { (machine, object, given, _, token) throws(ProgramError) in
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
    "insert": { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject, given.count == 2 else {
        throw machine.failure(.wrongArguments, "'insert' takes 2 arguments", token)
      }
      let place = try machine.whole(given[0], token)
      let from = place < 0 ? place + list.items.count : place
      list.items.insert(given[1], at: min(max(from, 0), list.items.count))
      machine.operands.append(.none)
    },
    "pop": { (machine, object, given, _, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      let place = try machine.place(
        given.first ?? .number(-1), of: list.items.count,
        list.path.map { "'\($0)'" } ?? "the list", token)
      machine.operands.append(machine.plain(list.items.remove(at: place)))
    },
    "remove": { (machine, object, given, _, token) throws(ProgramError) in
      try machine.remove(given, from: object, token)
    },
    "reverse": { (machine, object, _, _, _) throws(ProgramError) in
      (object as? ListObject)?.items.reverse()
      machine.operands.append(.none)
    },
    "clear": { (machine, object, _, _, _) throws(ProgramError) in
      (object as? ListObject)?.items.removeAll()
      machine.operands.append(.none)
    },
    "copy": { (machine, object, _, _, _) throws(ProgramError) in
      machine.operands.append(machine.make(ListObject((object as? ListObject)?.items ?? [])))
    },
    "sort": { (machine, object, _, named, token) throws(ProgramError) in
      guard let list = object as? ListObject else { return }
      machine.tasks.append(.step(.replaceItems(list)))
      try machine.sorted(list.items, named, token)
    },
  ]) { first, _ in first }

  private static let methodsOfDictionaries: [String: Method] = [
    "keys": { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      var keys: [Recorder.Operand] = []
      for key in dictionary.keys { keys.append(machine.operand(of: key)) }
      machine.operands.append(machine.make(ListObject(keys)))
    },
    "values": { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      let values = dictionary.keys.compactMap { dictionary[$0] }
      machine.operands.append(machine.make(ListObject(values)))
    },
    "items": { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      var pairs: [Recorder.Operand] = []
      for key in dictionary.keys {
        let pair = [machine.operand(of: key), dictionary[key] ?? .none]
        pairs.append(machine.make(ListObject(pair, isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(pairs)))
    },
    "get": { (machine, object, given, _, token) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject, let first = given.first else {
        throw machine.failure(.wrongArguments, "'get' takes a key", token)
      }
      let value = dictionary[try machine.key(first, token)]
      machine.operands.append(machine.plain(value ?? (given.count > 1 ? given[1] : .none)))
    },
    "setdefault": { (machine, object, given, _, token) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject, let first = given.first else {
        throw machine.failure(.wrongArguments, "'setdefault' takes a key", token)
      }
      let key = try machine.key(first, token)
      let value = dictionary[key] ?? (given.count > 1 ? given[1] : .none)
      machine.put(value, in: dictionary, at: key)
      machine.operands.append(machine.plain(value))
    },
    "update": { (machine, object, given, named, token) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      for (key, value) in try machine.pairs(given, named, token) {
        machine.put(value, in: dictionary, at: key)
      }
      machine.operands.append(.none)
    },
    "copy": { (machine, object, _, _, _) throws(ProgramError) in
      guard let dictionary = object as? DictionaryObject else { return }
      machine.operands.append(machine.make(dictionary.copy()))
    },
    "clear": { (machine, object, _, _, _) throws(ProgramError) in
      (object as? DictionaryObject)?.removeAll()
      machine.operands.append(.none)
    },
    "pop": { (machine, object, given, _, token) throws(ProgramError) in
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
