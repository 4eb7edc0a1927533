import GradBase
import GradCore

/// Elements of arrays, read and given other values.
extension Recorder {
  /// The entries of an array that indices choose.
  mutating func arrayElement(
    _ indices: [Operand], of owner: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    var indices = indices
    if case .node(let node) = owner, listNodes.contains(node) {
      // Of a list, Python takes a truth as a place: [a, b][x > 0].
      indices = indices.map { if case .number(let place, _) = $0 { .number(place) } else { $0 } }
    }
    let subscripts = try subscripts(indices, shape(of: owner) ?? [], token)
    if subscripts.contains(where: \.choosesNothing) {
      return make(ListObject([], kind: .nothing))
    }
    if indices.count == 1, let slice = object(indices[0]) as? SliceObject,
      let count = shape(of: owner)?.first, places(slice, of: count).isEmpty
    {
      let isList = if case .node(let node) = owner { listNodes.contains(node) } else { false }
      return make(ListObject([], kind: isList ? .list : .nothing))
    }
    if subscripts.count == 1, case .index(let number) = subscripts[0], case .node(let node) = owner
    {
      // A loop reads the same part again and again.
      let key = ArrayPart(node: node, index: number)
      if let known = parts[key] { return .node(known) }
      let part = try apply(.select(subscripts), [owner], token)
      if case .node(let result) = part {
        parts[key] = result
        // A row of a list is a list.
        if listNodes.contains(node), isArray(part) { listNodes.insert(result) }
      }
      return part
    }
    let part = try apply(.select(subscripts), [owner], token)
    if case .node(let node) = owner, listNodes.contains(node), case .node(let result) = part,
      isArray(part)
    {
      listNodes.insert(result)
    }
    return part
  }

  /// A part of the first axis of a node.
  struct ArrayPart: Hashable {
    var node: UInt32
    var index: Int
  }

  /// An array with a value in the places that indices choose.
  mutating func replacing(
    _ indices: [Operand], of owner: Operand, with value: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    let subscripts = try subscripts(indices, shape(of: owner) ?? [], token)
    return try apply(.replace(subscripts), [owner, try arrayed(value, token)], token)
  }

  /// Indices as subscripts; a mask stands for the places where it holds.
  private mutating func subscripts(
    _ indices: [Operand], _ shape: [Int], _ token: Int32
  ) throws(ProgramError) -> [ArrayOperation.Subscript] {
    var result: [ArrayOperation.Subscript] = []
    var axis = 0
    for index in indices {
      switch index {
      case .none: result.append(.newAxis)
      case .number(_, .truth):
        throw failure(
          .arrays, "True and False are no places of an array", token,
          help: "a mask has the shape of what it chooses from")
      case .number,
        .node where !isArray(index):
        result.append(.index(try whole(index, token)))
        axis += 1
      case .node, .object:
        switch object(index) {
        case let slice as SliceObject:
          result.append(.slice(slice.parts[0], slice.parts[1], slice.parts[2]))
          axis += 1
        case let list as ListObject where list.kind == .nothing:
          result.append(.indices([], shape: [0]))
          axis += 1
        case let text as TextObject where text.text == "...":
          let rest = indices.count { !$0.isNone } - 1
          axis = max(shape.count - (rest - axis), axis)
          result.append(.ellipsis)
        default:
          let array = try arrayed(index, token)
          guard let numbers = numbers(of: array) else { continue }
          if isMask(array) {
            try checkMask(numbers, shape, axis, token)
            for places in places(of: numbers) {
              result.append(.indices(places, shape: [places.count]))
            }
            axis += numbers.shape.count
          } else {
            var whole: [Int] = []
            for number in numbers.entries { whole.append(try self.whole(.number(number), token)) }
            result.append(.indices(whole, shape: numbers.shape))
            axis += 1
          }
        }
      }
    }
    return result
  }

  /// Refuses a mask that is not of the axes that it chooses from.
  private func checkMask(
    _ mask: NumberArray, _ shape: [Int], _ axis: Int, _ token: Int32
  ) throws(ProgramError) {
    let end = axis + mask.shape.count
    guard end > shape.count || Array(shape[axis..<end]) != mask.shape else { return }
    throw failure(
      .arrays,
      "a mask of \(shapeText(mask.shape)) does not choose from an array of \(shapeText(shape))",
      token, help: "a mask has the shape of what it chooses from")
  }

  /// The indices of each axis at which a mask holds.
  func places(of mask: NumberArray) -> [[Int]] {
    let entries = mask.entries.indices.filter { mask.entries[$0] != 0 }
    return mask.shape.indices.map { axis in
      let step = mask.shape[(axis + 1)...].reduce(1, *)
      return entries.map { $0 / step % mask.shape[axis] }
    }
  }

  /// The parts of an array along its first axis, which a loop goes through.
  mutating func arrayItems(_ owner: Operand, _ token: Int32) throws(ProgramError) -> [Operand] {
    guard let count = shape(of: owner)?.first else {
      throw failure(.wrongType, "a number has no items to go through", token)
    }
    var items: [Operand] = []
    for index in 0..<count {
      items.append(plain(try arrayElement([.number(Double(index))], of: owner, token)))
    }
    return items
  }

  /// Gives entries of an array other values: the name then stands for a new version of it.
  mutating func setEntries(
    _ indices: [Operand], of owner: Operand, _ ownerNode: Int32, _ isData: Bool, to value: Operand,
    _ token: Int32
  ) throws(ProgramError) {
    try checkUnchanged(owner, token)
    try checkSlice(indices, of: owner, value, token)
    try checkChange(of: owner, isData: isData, ownerNode, token)
    if try subscripts(indices, shape(of: owner) ?? [], token).contains(where: \.choosesNothing) {
      return
    }
    if let weight = object(owner) as? WeightObject {
      let entries = make(ArrayObject(weight.entries))
      let given = try arrayed(value, token)
      let numbers = plain(self.numbers(of: given) ?? NumberArray(.nan))
      let result = try replacing(indices, of: entries, with: numbers, token)
      weight.give(self.numbers(of: result) ?? weight.entries)
      return
    }
    let value = try cut(value, for: owner, token)
    let result = try replacing(indices, of: owner, with: value, token)
    try store(result, instead: owner, at: ownerNode, token)
  }

  /// Refuses to make a list longer or shorter by its slice.
  private mutating func checkSlice(
    _ indices: [Operand], of owner: Operand, _ value: Operand, _ token: Int32
  ) throws(ProgramError) {
    guard case .node(let node) = owner, listNodes.contains(node), let first = indices.first,
      object(first) is SliceObject, let shape = shape(of: owner)
    else { return }
    let chosen = try subscripts(indices, shape, token)
    let place: [Int]
    do throws(ShapeFault) { place = try ArrayOperation.select(chosen).shape(of: [shape]) } catch {
      throw failure(error, token)
    }
    let given = try arrayed(value, token)
    guard self.shape(of: given)?.first != place.first else { return }
    throw failure(
      .arrays, "a slice of \(counted(place.first ?? 0, "item")) is given another number of items",
      token, help: "make a new list: xs = xs[:1] + […] + xs[3:]")
  }

  /// Makes a name stand for a new version of an array; that of a parameter is a parameter itself.
  mutating func rename(
    _ value: Operand, instead old: UInt32, _ name: Int32, _ token: Int32
  ) throws(ProgramError) {
    var value = value
    let isParameter = autograd.parameters.contains(old)
    if isParameter, let numbers = numbers(of: value) {
      try grow(token)
      let leaf = input(numbers, numbers.programText, token)
      autograd.parameters.insert(leaf)
      autograd.earlier[leaf] = old
      value = .node(leaf)
    }
    guard case .node(let node) = value else { return set(name, value) }
    if names[node] == nil {
      names[node] = isParameter ? names[old] ?? program.names[name] : program.names[name]
      let call =
        isParameter
        ? scopes[old].map(Int32.init) ?? callOfNode[Int(old)] : frames[frames.count - 1].call
      if callOfNode[Int(node)] != call { scopes[node] = Int(call) }
    }
    set(name, .node(node))
    if isParameter { replace(old, with: node) }
    if frames.count == 1 { lastTarget = node }
  }
}

extension ArrayOperation.Subscript {
  /// Whether it is a mask that holds nowhere.
  fileprivate var choosesNothing: Bool {
    if case .indices(let places, _) = self { places.isEmpty } else { false }
  }
}
