import GradBase
import GradCore

/// How attributes and elements are given values.
extension Recorder {
  /// Gives an attribute or an element a value, once what it belongs to has been computed.
  mutating func give(
    _ value: Operand, toPart index: Int32, _ firstNode: Int
  ) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    switch node.kind {
    case .attribute where storage(index).isData:
      // A tensor's entries become those of another; what was learned still is.
      let place = storage(index).place
      let held = try withoutDerivative(value, node.token)
      if case .node(let old)? = known(at: place), autograd.parameters.contains(old),
        case .node(let new) = held
      {
        autograd.parameters.insert(new)
      }
      return try give(held, toPart: place, firstNode)
    case .name: set(node.first, value)
    case .attribute:
      tasks += [
        .step(.setAttribute(index, firstNode: firstNode)), .expression(node.first),
        .step(.push(value)),
      ]
    case .subscript:
      tasks += [.step(.setElement(index, firstNode: firstNode)), .endNumeric]
      for argument in program.tree.arguments[Int(node.second)..<Int(node.third)].reversed() {
        tasks.append(.expression(argument.value))
      }
      tasks += [.beginNumeric, .expression(storage(node.first).place), .step(.push(value))]
    default:
      throw failure(
        .invalidTarget, "only a name, an attribute or an element can be given a value", node.token)
    }
  }

  mutating func setAttribute(_ index: Int32, _ firstNode: Int) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let owner = operands.removeLast()
    let value = operands.removeLast()
    switch object(owner) {
    case let instance as InstanceObject
    where instance.type.setter(node.second).map({ object($0) is FunctionObject }) ?? false:
      guard
        let function = instance.type.setter(node.second).flatMap({ object($0) }) as? FunctionObject
      else { return }
      tasks.append(.step(.discard))
      try call(make(MethodObject(function, owner)), [value], [:], node.token)
    case let instance as InstanceObject:
      instance[node.second] = value
      if let path = instance.path {
        call(value, "\(path).\(program.names[node.second])", instance.scope, firstNode)
      } else if frames[frames.count - 1].owner == nil {
        call(value, program.names[node.second], -1, firstNode)
      }
    case let type as ClassObject: type.attributes[node.second] = value
    case let layer as LayerObject:
      let word = program.names[node.second]
      guard let number = layer.weights.firstIndex(where: { $0.name == word }),
        let place = object(layer.weights[number].value) as? WeightObject
      else {
        throw failure(
          .invalidTarget, "\(layer.description) has no weight \(quoted(word))", node.token,
          help: "it has \(layer.weights.map { "'\($0.name)'" }.joined(separator: ", "))")
      }
      if value.isNone || object(value) === place { return }
      if let shared = object(value) as? WeightObject, shared.shape == place.shape {
        // One weight in two layers: `self.head.weight = self.embedding.weight`.
        layer.weights[number].value = value
        return
      }
      try give(value, to: place, node.token)
    case nil where program.names[node.second] == "requires_grad":
      mark([owner], isOff: number(value) == 0)
    default:
      throw failure(
        .invalidTarget, "an attribute of \(described(owner)) cannot be given a value", node.token,
        help: "give the name a value: x = …")
    }
  }

  mutating func setElement(_ index: Int32, _ firstNode: Int) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let indices = takeIndices(node)
    let owner = operands.removeLast()
    let value = operands.removeLast()
    let token = program.tree.nodes[Int(node.first)].token
    if let dictionary = object(owner) as? DictionaryObject {
      let key = try key(indices, node.token)
      dictionary[key] = value
      if let path = dictionary.path {
        call(value, path + suffix(of: .key(key)), dictionary.scope, firstNode)
      }
      return
    }
    if object(owner) is InstanceObject {
      tasks.append(.step(.discard))
      let index = indices.count == 1 ? indices[0] : make(ListObject(indices, isTuple: true))
      if try callSpecial("__setitem__", of: owner, [index, value], node.token) { return }
      tasks.removeLast()
    }
    if isArray(owner) {
      let (place, isData) = storage(node.first)
      return try setEntries(indices, of: owner, place, isData, to: value, node.token)
    }
    guard let list = object(owner) as? ListObject, !list.isTuple, indices.count == 1 else {
      throw failure(
        .wrongType, "an element of \(described(owner)) cannot be given a value", token,
        help: "only lists and dictionaries can be changed")
    }
    if let slice = object(indices[0]) as? SliceObject {
      let places = places(slice, of: list.items.count)
      let items = try allItems(of: value, token)
      if slice.parts[2] ?? 1 == 1 {
        let start = places.first ?? min(max(slice.parts[0] ?? 0, 0), list.items.count)
        list.items.replaceSubrange(start..<start + places.count, with: items)
        return
      }
      guard places.count == items.count else {
        throw failure(
          .tupleCount,
          "\(counted(places.count, "element")) on the left, \(counted(items.count, "value")) on the right",
          token)
      }
      for (place, item) in zip(places, items) { list.items[place] = item }
      return
    }
    let place = try place(
      indices[0], of: list.items.count, list.path.map { "'\($0)'" } ?? "the list", node.token)
    list.items[place] = value
    if let path = list.path { call(value, "\(path)[\(place)]", list.scope, firstNode) }
  }
}
