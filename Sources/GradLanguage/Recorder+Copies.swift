import GradBase
import GradCore

/// Copies of objects: `copy.deepcopy(layer)`.
extension Recorder {
  /// A copy of an object that shares nothing with it, or only what it holds.
  ///
  /// - Parameters:
  ///   - value: A list, a dictionary, a layer, or an object of a class of the program; what else there is stays.
  ///   - isDeep: Whether what it holds is copied too, what stands there twice only once.
  ///   - token: Where the copy is made.
  /// - Returns: The copy.
  /// - Throws: That an array in it cannot be copied.
  mutating func copiedParts(
    of value: Operand, isDeep: Bool, _ token: Int32
  ) throws(ProgramError) -> Operand {
    var known: [ObjectIdentifier: Operand] = [:]
    return try copied(value, isDeep ? .max : 1, &known, token)
  }

  private mutating func copied(
    _ value: Operand, _ depth: Int, _ known: inout [ObjectIdentifier: Operand], _ token: Int32
  ) throws(ProgramError) -> Operand {
    guard depth > 0 else { return value }
    guard let own = object(value) else {
      if case .node(let node) = value, autograd.parameters.contains(node) {
        // The copy of a parameter is one by itself.
        try grow(token)
        let numbers = tape.node(Int(node)).array
        let copy =
          numbers.number.map { input($0, shortestText($0), token) }
          ?? input(numbers, numbers.programText, token)
        autograd.parameters.insert(copy)
        return .node(copy)
      }
      return try copied(value, token)
    }
    if let copy = known[ObjectIdentifier(own)] { return copy }
    guard known.count < 100_000 else {
      throw failure(.tooManyNodes, "the object holds too much to be copied", token)
    }
    let result: Operand
    switch own {
    case let list as ListObject:
      let copy = ListObject([], kind: list.kind)
      copy.most = list.most
      result = make(copy)
      known[ObjectIdentifier(own)] = result
      for item in list.items { copy.items.append(try copied(item, depth - 1, &known, token)) }
    case let dictionary as DictionaryObject:
      let copy = dictionary.copy()
      result = make(copy)
      known[ObjectIdentifier(own)] = result
      for key in copy.keys {
        copy[key] = try copied(copy[key] ?? .none, depth - 1, &known, token)
      }
    case let instance as InstanceObject:
      let copy = InstanceObject(instance.type)
      result = make(copy)
      known[ObjectIdentifier(own)] = result
      for name in instance.names {
        copy[name] = try copied(instance[name] ?? .none, depth - 1, &known, token)
      }
      copy.others = instance.others
    case let layer as LayerObject:
      var weights: [(name: String, value: Operand)] = []
      for (name, weight) in layer.weights {
        weights.append((name, try copied(weight, depth - 1, &known, token)))
      }
      let copy = LayerObject(layer.name, layer.layer, passed: layer.passed, weights: weights)
      copy.isTraining = layer.isTraining
      result = make(copy)
    case let sequence as SequentialObject:
      var layers: [Operand] = []
      for layer in sequence.layers.items {
        layers.append(try copied(layer, depth - 1, &known, token))
      }
      result = make(SequentialObject(layers, names: sequence.names))
    case let weight as WeightObject:
      result = make(weight.copy())
    case is ArrayObject: return try copied(value, token)
    default: return value
    }
    known[ObjectIdentifier(own)] = result
    return result
  }
}
