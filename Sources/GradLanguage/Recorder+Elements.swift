import GradBase
import GradCore

/// Elements of lists, tuples, dictionaries, ranges, texts and arrays.
extension Recorder {
  mutating func makeSlice(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let given = [node.first, node.second, node.third]
    var values = Array(operands.suffix(given.count { $0 >= 0 }))
    operands.removeLast(values.count)
    var parts: [Int?] = []
    for part in given {
      if part < 0 {
        parts.append(nil)
        continue
      }
      let value = values.removeFirst()
      if case .none = value {
        parts.append(nil)
      } else {
        parts.append(try whole(value, program.tree.nodes[Int(part)].token))
      }
    }
    if parts[2] == 0 {
      throw failure(.indexOutOfRange, "the step of a slice is not 0", node.token)
    }
    operands.append(make(SliceObject(parts)))
  }

  /// A whole number, such as an index.
  func whole(_ value: Operand, _ token: Int32) throws(ProgramError) -> Int {
    switch value {
    case .node, .number:
      if let whole = Int(exactly: number(value)) { return whole }
      throw failure(
        .wrongType, "\(shortestText(number(value))) is no whole number", token,
        help: "an index or a length is a whole number; '//' divides without a rest")
    default:
      throw failure(.wrongType, "a whole number is wanted, not \(described(value))", token)
    }
  }

  /// The places that a slice names among `count`.
  func places(_ slice: SliceObject, of count: Int) -> [Int] {
    guard let range = pythonSlice(slice.parts[0], slice.parts[1], slice.parts[2], count: count)
    else { return [] }
    return (0..<range.count).map { range.start + $0 * range.step }
  }

  /// The place of an index, which may count from the end.
  func place(
    _ value: Operand, of count: Int, _ what: String, _ token: Int32
  ) throws(ProgramError) -> Int {
    let index = try whole(value, token)
    let place = index < 0 ? index + count : index
    if place >= 0, place < count { return place }
    let help =
      count == 0 ? nil : "the first is [0], the last is [\(count - 1)], or [-1]"
    throw failure(
      .indexOutOfRange, "there is no element [\(index)]: \(what) has \(counted(count, "element"))",
      token, help: help)
  }

  /// Reads elements of the value below the indices on the stack.
  mutating func readElement(_ index: Int32) throws(ProgramError) {
    let node = program.tree.nodes[Int(index)]
    let indices = takeIndices(node)
    let owner = operands.removeLast()
    if let dictionary = object(owner) as? DictionaryObject, let factory = dictionary.factory {
      let key = try key(indices, node.token)
      if dictionary[key] == nil {
        tasks.append(.step(.keep(dictionary, key)))
        return try call(factory, [], [:], node.token)
      }
    }
    let index = indices.count == 1 ? indices[0] : make(ListObject(indices, kind: .tuple))
    if try callSpecial("__getitem__", of: owner, [index], node.token) { return }
    operands.append(plain(try element(indices, of: owner, node)))
  }

  /// The indices on the stack; those in a tuple one by one.
  mutating func takeIndices(_ node: SyntaxTree.Node) -> [Operand] {
    let count = Int(node.third - node.second)
    let indices = Array(operands.suffix(count))
    operands.removeLast(count)
    if count == 1, let list = object(indices[0]) as? ListObject, list.isTuple { return list.items }
    return indices
  }

  private mutating func element(
    _ indices: [Operand], of owner: Operand, _ node: SyntaxTree.Node
  ) throws(ProgramError) -> Operand {
    let token = program.tree.nodes[Int(node.first)].token
    if isArray(owner) { return try arrayElement(indices, of: owner, node.token) }
    if let places = object(owner) as? PlacesObject {
      return make(PlacesObject(places.array, indices))
    }
    if let word = object(owner) as? WordObject, let row = ArrayWord.named(word.name) {
      // `np.c_[x, y]`
      let list = make(ListObject(indices))
      return try row.run(&self, ArrayCall(word.name, [list], [:], node.token, isTorch: false))
    }
    let holder = object(owner)
    guard let object = (holder as? SequentialObject)?.layers ?? holder else {
      throw failure(
        .wrongType, "\(described(owner)) has no elements", token,
        help: "only lists, tuples, dictionaries and texts have some")
    }
    if let dictionary = object as? DictionaryObject {
      let key = try key(indices, node.token)
      if let value = dictionary[key] { return value }
      throw missing(key, in: dictionary, node.token)
    }
    guard indices.count == 1 else {
      throw failure(
        .wrongType, "\(object.description) takes one index, not \(indices.count)", node.token,
        help: "write one bracket for each: x[i][j]")
    }
    let slice = self.object(indices[0]) as? SliceObject
    switch object {
    case let set as ListObject where set.kind == .set:
      throw failure(
        .wrongType, "a set has no order, and so no element [\(text(of: indices[0]))]", token,
        help: "write a list")
    case let instance as InstanceObject where instance.type.isTuple && slice == nil:
      let items = instance.members.map(\.value)
      return items[try place(indices[0], of: items.count, "the tuple", node.token)]
    case let list as ListObject:
      if let slice {
        return make(
          ListObject(
            places(slice, of: list.items.count).map { list.items[$0] }, isTuple: list.isTuple))
      }
      return list.items[
        try place(indices[0], of: list.items.count, name(list, token), node.token)]
    case let range as RangeObject:
      if let slice {
        return make(
          ListObject(
            places(slice, of: range.count).map { .number(Double(range.start + $0 * range.step)) }))
      }
      let place = try place(indices[0], of: range.count, "the range", node.token)
      return .number(Double(range.start + place * range.step))
    case let text as TextObject:
      let letters = Array(text.text)
      if let slice {
        return make(TextObject(String(places(slice, of: letters.count).map { letters[$0] })))
      }
      return make(
        TextObject(
          String(letters[try place(indices[0], of: letters.count, "the text", node.token)])))
    default:
      throw failure(.wrongType, "\(object.description) has no elements", token)
    }
  }

  private func name(_ list: ListObject, _ token: Int32) -> String {
    list.path.map { "'\($0)'" } ?? (list.isTuple ? "the tuple" : "the list")
  }

  func missing(
    _ key: DictionaryObject.Key, in dictionary: DictionaryObject, _ token: Int32
  ) -> ProgramError {
    let keys = dictionary.keys.compactMap { if case .text(let text) = $0 { text } else { nil } }
    guard case .text(let text) = key else {
      return failure(.missingKey, "the dictionary has no such key", token)
    }
    return failure(
      .missingKey, "the dictionary has no key \(quoted(text))", token,
      help: nearestName(to: text, among: keys).map { "did you mean '\($0)'?" }
        ?? (keys.isEmpty || keys.count > 12
          ? nil : "it has \(keys.map { "'\($0)'" }.joined(separator: ", "))"))
  }
}
