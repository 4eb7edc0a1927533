import GradBase
import GradCore

/// How weights of layers are given, and what they are then.
extension Recorder {
  // MARK: Their values

  /// A weight as a node, an input of the trace; statistics, which are not learned, as a plain array.
  mutating func value(of weight: WeightObject, _ token: Int32) throws(ProgramError) -> Operand {
    if let node = weight.node { return .node(node) }
    guard weight.isGiven else { throw notGiven(weight) }
    if numeric > 0 || weight.isStatistic { return plain(weight.entries) }
    try grow(token)
    let node = input(weight.entries, weight.entries.programText, weight.token)
    // It belongs to the layer, wherever it is first used.
    callOfNode[Int(node)] = -1
    weight.node = node
    if weight.isParameter { autograd.parameters.insert(node) }
    weightNodes.append(weight)
    if let path = weight.path { call(.node(node), path, weight.scope, 0) }
    return .node(node)
  }

  private func notGiven(_ weight: WeightObject) -> ProgramError {
    let name = weight.path ?? "layer.weight"
    let what = weight.path.map(quoted) ?? "a weight of this layer"
    return failure(
      .arrays, "\(what) is drawn at random, and nobody gives its numbers", weight.token,
      help:
        "torch.manual_seed(0) above the layer makes its numbers those of PyTorch; or print it where "
        + "the program runs, and paste it: \(name).data = torch.tensor([…])")
  }

  // MARK: Giving them

  /// Gives a weight the numbers of an array of its shape.
  mutating func give(
    _ value: Operand, to weight: WeightObject, _ token: Int32
  ) throws(ProgramError) {
    let array = try arrayed(value, token)
    guard let numbers = numbers(of: array) else { return }
    guard numbers.shape == weight.shape else {
      let turned = numbers.shape.count > 1 && numbers.shape.reversed() == weight.shape
      throw failure(
        .arrays,
        "\(quoted(weight.path ?? "the weight")) is of \(shapeText(weight.shape)), and is given "
          + "an array of \(shapeText(numbers.shape))", token,
        help: turned ? "'.T' turns it" : nil)
    }
    weight.give(numbers)
  }

  /// Where an object keeps an array: a weight of a layer, or an attribute that is a parameter.
  enum Slot {
    case weight(WeightObject)
    case attribute(InstanceObject, Int32)
    case item(ListObject, Int)
    case key(DictionaryObject, DictionaryObject.Key)
  }

  /// The arrays that an object and those in it keep, by the names of a dictionary of weights: `fc1.weight`.
  func slots(of object: Object) -> [(path: String, value: Operand, slot: Slot)] {
    var found: [(String, Operand, Slot)] = []
    var seen: Set<ObjectIdentifier> = []
    func parts(_ object: Object, _ prefix: String) -> [(String, Operand, Slot?)] {
      guard seen.insert(ObjectIdentifier(object)).inserted else { return [] }
      return object.members.map { part, value in
        let path = prefix + word(of: part)
        switch (object, part) {
        case (let instance as InstanceObject, .attribute(let name)):
          return (path, value, .attribute(instance, name))
        case (let list as ListObject, .index(let place)): return (path, value, .item(list, place))
        case (let dictionary as DictionaryObject, .key(let key)):
          return (path, value, .key(dictionary, key))
        default: return (path, value, nil)
        }
      }
    }
    var pending = Array(parts(object, "").reversed())
    while let (path, value, slot) = pending.popLast() {
      switch value {
      case .node(let node):
        if autograd.parameters.contains(node), let slot { found.append((path, value, slot)) }
      case .object(let number):
        if let weight = heap[Int(number)] as? WeightObject {
          guard seen.insert(ObjectIdentifier(weight)).inserted else { continue }
          found.append((path, value, .weight(weight)))
        } else {
          pending += parts(heap[Int(number)], path + ".").reversed()
        }
      default: break
      }
    }
    return found
  }

  private func word(of part: Object.Part) -> String {
    switch part {
    case .index(let place): "\(place)"
    case .key(.text(let text)): text
    case .key(let key): key.spelled
    case .attribute(let name): program.names[name]
    case .word(let word): word
    }
  }

  /// The parameters of an object and of those in it, in the order they were made.
  func parameters(of object: Object) -> [(path: String, value: Operand)] {
    slots(of: object).compactMap { path, value, slot in
      if case .weight(let weight) = slot, !weight.isParameter { return nil }
      return (path, value)
    }
  }

  /// Gives an object's arrays the values of a dictionary: `load_state_dict`.
  mutating func load(
    _ given: Operand?, into object: Object, _ token: Int32
  ) throws(ProgramError) {
    guard let dictionary = given.flatMap({ self.object($0) }) as? DictionaryObject else {
      throw failure(
        .wrongType, "'load_state_dict' takes a dictionary of arrays", token,
        help: "{'weight': torch.tensor([[…]]), 'bias': torch.tensor([…])}")
    }
    let slots = slots(of: object)
    for key in dictionary.keys {
      guard case .text(let path) = key, let value = dictionary[key] else { continue }
      guard let slot = slots.first(where: { $0.path == path })?.slot else {
        // PyTorch counts batches beside the statistics.
        if path.hasSuffix("num_batches_tracked") { continue }
        let known = slots.map(\.path)
        throw failure(
          .missingKey, "the model has no weight \(quoted(path))", token,
          help: nearestName(to: path, among: known).map { "did you mean '\($0)'?" }
            ?? (known.isEmpty || known.count > 12
              ? nil : "it has \(known.map { "'\($0)'" }.joined(separator: ", "))"))
      }
      try give(value, to: slot, token)
    }
  }

  private mutating func give(
    _ value: Operand, to slot: Slot, _ token: Int32
  ) throws(ProgramError) {
    if case .weight(let weight) = slot { return try give(value, to: weight, token) }
    // A parameter of the program's own class is another input from here on.
    let array = try arrayed(value, token)
    guard let numbers = numbers(of: array) else { return }
    try grow(token)
    let node = input(numbers, numbers.programText, token)
    callOfNode[Int(node)] = -1
    autograd.parameters.insert(node)
    let owner: Object
    let part: Object.Part
    switch slot {
    case .weight: return
    case .attribute(let instance, let name):
      instance[name] = .node(node)
      (owner, part) = (instance, .attribute(name))
    case .item(let list, let place):
      list.items[place] = .node(node)
      (owner, part) = (list, .index(place))
    case .key(let dictionary, let key):
      dictionary[key] = .node(node)
      (owner, part) = (dictionary, .key(key))
    }
    if let path = owner.path { call(.node(node), path + suffix(of: part), owner.scope, 0) }
  }
}
