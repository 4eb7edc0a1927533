import GradBase
import GradCore

/// What JAX writes instead of loops.
extension Recorder {
  // MARK: vmap

  /// Makes a function that works on each entry along axes: one for all arguments, or a tuple of one each.
  mutating func makeMapped(
    _ function: Operand, _ axes: Operand, resultAxis: Int, _ token: Int32
  ) throws(ProgramError) {
    var places: [Int?] = []
    for axis in axes.isNone || object(axes) == nil ? [axes] : try allItems(of: axes, token) {
      if object(axis) != nil {
        throw failure(
          .wrongArguments, "'in_axes' is read with one axis or None for each argument", token)
      }
      places.append(axis.isNone ? nil : try whole(axis, token))
    }
    operands.append(make(MappedObject(function, axes: places, resultAxis: resultAxis)))
  }

  /// Calls a function once for each entry, and stacks what it gives.
  mutating func call(
    _ mapped: MappedObject, _ given: [Operand], _ token: Int32
  ) throws(ProgramError) {
    var (columns, count): ([[Operand]?], Int?) = ([], nil)
    let isDerived = object(mapped.function) is DerivedObject
    for (place, value) in given.enumerated() {
      guard
        let axis = mapped.axes.count == 1
          ? mapped.axes[0] : place < mapped.axes.count ? mapped.axes[place] : 0
      else {
        columns.append(nil)
        continue
      }
      // What each part is differentiated by is part of one array.
      let whole = isDerived ? try differentiable(value, token) : value
      let parts = try entries(of: whole, along: axis, token)
      if let count, count != parts.count {
        throw failure(
          .arrays, "'vmap' goes along axes of \(count) and of \(parts.count) entries", token)
      }
      count = parts.count
      columns.append(parts)
    }
    guard let count else {
      throw failure(.wrongArguments, "'vmap' has no axis to go along", token)
    }
    tasks.append(.step(.stack(count, axis: mapped.resultAxis, token)))
    for place in (0..<count).reversed() {
      let row = zip(columns, given).map { column, value in column?[place] ?? value }
      tasks.append(.step(.call(mapped.function, row, token)))
    }
  }

  /// What an array, or a tuple of arrays, has along an axis.
  private mutating func entries(
    of value: Operand, along axis: Int, _ token: Int32
  ) throws(ProgramError) -> [Operand] {
    if let list = object(value) as? ListObject, list.isTuple {
      var columns: [[Operand]] = []
      for item in list.items { columns.append(try entries(of: item, along: axis, token)) }
      let count = columns.map(\.count).min() ?? 0
      return (0..<count).map { place in
        make(ListObject(columns.map { $0[place] }, kind: .tuple))
      }
    }
    let array = try arrayed(value, token)
    let shape = shape(of: array) ?? []
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place) else {
      throw failure(.arrays, "there is no axis \(axis) in shape \(shapeText(shape))", token)
    }
    var parts: [Operand] = []
    for entry in 0..<shape[place] {
      var subscripts = [ArrayOperation.Subscript](
        repeating: .slice(nil, nil, nil), count: place + 1)
      subscripts[place] = .index(entry)
      parts.append(try apply(.select(subscripts), [array], token))
    }
    return parts
  }

  /// Stacks the last operands along a new axis; of tuples and dictionaries each part.
  mutating func stack(_ count: Int, _ axis: Int, _ token: Int32) throws(ProgramError) {
    let values = Array(operands.suffix(count))
    operands.removeLast(count)
    operands.append(try stacked(values, axis, token))
  }

  private mutating func stacked(
    _ values: [Operand], _ axis: Int, _ token: Int32
  ) throws(ProgramError) -> Operand {
    guard let first = values.first, !first.isNone else { return .none }
    if let dictionary = object(first) as? DictionaryObject {
      let result = DictionaryObject()
      for key in dictionary.keys {
        let column = values.compactMap { (object($0) as? DictionaryObject)?[key] }
        guard column.count == values.count else {
          throw failure(.wrongType, "results of different kinds cannot be stacked", token)
        }
        result[key] = try stacked(column, axis, token)
      }
      return make(result)
    }
    guard let list = object(first) as? ListObject else {
      return try apply(.stack(axis: axis), values, token)
    }
    var parts: [Operand] = []
    for place in list.items.indices {
      var column: [Operand] = []
      for value in values {
        guard let row = object(value) as? ListObject, place < row.items.count else {
          throw failure(.wrongType, "results of different kinds cannot be stacked", token)
        }
        column.append(row.items[place])
      }
      parts.append(try stacked(column, axis, token))
    }
    return make(ListObject(parts, kind: list.kind))
  }

  // MARK: scan

  /// A loop of `lax.scan` that is running.
  final class Scan {
    let function: Operand
    let items: [Operand]
    var results: [Operand] = []
    var isWaiting = false

    init(_ function: Operand, _ items: [Operand]) {
      self.function = function
      self.items = items
    }
  }

  mutating func beginScan(
    _ function: Operand, _ start: Operand, _ items: Operand, _ length: Operand?, _ token: Int32
  ) throws(ProgramError) {
    let parts: [Operand]
    if items.isNone {
      guard let length else {
        throw failure(.wrongArguments, "'scan' without 'xs' takes a 'length'", token)
      }
      parts = [Operand](repeating: .none, count: max(0, try whole(length, token)))
    } else {
      parts = try entries(of: items, along: 0, token)
    }
    operands.append(start)
    tasks.append(.step(.scan(Scan(function, parts), token)))
  }

  /// Goes on with a scan, whose last result or first state is the last operand.
  mutating func advance(_ scan: Scan, _ token: Int32) throws(ProgramError) {
    var state = operands.removeLast()
    if scan.isWaiting {
      let pair = try allItems(of: state, token)
      guard pair.count == 2 else {
        throw failure(
          .tupleCount,
          "the function of 'scan' returns a state and a result, not \(pair.count) values",
          token)
      }
      state = pair[0]
      scan.results.append(pair[1])
    }
    guard scan.results.count < scan.items.count else {
      let results = try stacked(scan.results, 0, token)
      operands.append(make(ListObject([state, results], kind: .tuple)))
      return
    }
    scan.isWaiting = true
    tasks.append(.step(.scan(scan, token)))
    try call(scan.function, [state, scan.items[scan.results.count]], [:], token)
  }

  // MARK: Trees

  /// What lists, tuples and dictionaries hold in the end, in order.
  func leaves(of tree: Operand, _ token: Int32) throws(ProgramError) -> [Operand] {
    var (leaves, pending): ([Operand], [Operand]) = ([], [tree])
    while let value = pending.popLast() {
      guard leaves.count + pending.count < statementLimit else {
        throw failure(.holdsItself, "the tree has too many leaves", token)
      }
      switch object(value) {
      case let list as ListObject: pending += list.items.reversed()
      case let dictionary as DictionaryObject: pending += dictionary.members.map(\.value).reversed()
      case let tuple as InstanceObject where tuple.type.isTuple:
        pending += tuple.members.map(\.value).reversed()
      default: if !value.isNone { leaves.append(value) }
      }
    }
    return leaves
  }

  /// A tree like another, with the items of the last operand for leaves.
  mutating func rebuild(_ tree: Operand) {
    var leaves = ((object(operands.removeLast()) as? ListObject)?.items ?? [])[...]
    operands.append(rebuilt(tree, &leaves, depth: 0))
  }

  private mutating func rebuilt(
    _ tree: Operand, _ leaves: inout ArraySlice<Operand>, depth: Int
  ) -> Operand {
    guard depth < 100 else { return .none }
    switch object(tree) {
    case let list as ListObject:
      var items: [Operand] = []
      for item in list.items { items.append(rebuilt(item, &leaves, depth: depth + 1)) }
      return make(ListObject(items, kind: list.kind))
    case let dictionary as DictionaryObject:
      let result = DictionaryObject()
      for key in dictionary.keys {
        result[key] = rebuilt(dictionary[key] ?? .none, &leaves, depth: depth + 1)
      }
      return make(result)
    case let tuple as InstanceObject where tuple.type.isTuple:
      let result = InstanceObject(tuple.type)
      for name in tuple.names {
        result[name] = rebuilt(tuple[name] ?? .none, &leaves, depth: depth + 1)
      }
      return make(result)
    default: return tree.isNone ? .none : leaves.popFirst() ?? .none
    }
  }
}
