import GradBase
import GradCore

/// What the functions of ``Word`` do that takes more than a line.
extension Recorder {
  /// The one argument of a method.
  func only(_ given: [Operand], of name: String, _ token: Int32) throws(ProgramError) -> Operand {
    if given.count == 1 { return given[0] }
    throw failure(
      .wrongArguments, "'\(name)' takes 1 argument, not \(given.count)", token)
  }

  mutating func makeRange(_ given: [Operand], _ token: Int32) throws(ProgramError) {
    var bounds: [Int] = []
    for value in given { bounds.append(try whole(value, token)) }
    let start = bounds.count > 1 ? bounds[0] : 0
    let end = bounds.count > 1 ? bounds[1] : bounds[0]
    let step = bounds.count > 2 ? bounds[2] : 1
    guard step != 0 else {
      throw failure(.wrongArguments, "the step of a range is not 0", token)
    }
    let (distance, overflow) = end.subtractingReportingOverflow(start)
    guard !overflow, distance.magnitude < 1 << 53 else {
      throw failure(.wrongArguments, "the range is too long", token)
    }
    let count = max(0, (distance + step - step.signum()) / step)
    operands.append(make(RangeObject(start: start, step: step, count: count)))
  }

  /// The sum of a list, from its first item on: what Python adds to 0.
  mutating func sum(_ given: [Operand], _ token: Int32) throws(ProgramError) {
    var items = try allItems(of: given[0], token)
    if given.count > 1 { items.insert(given[1], at: 0) }
    guard let first = items.first else {
      operands.append(.number(0))
      return
    }
    operands.append(first)
    if items.count == 1, !(object(first) is InstanceObject) {
      return try checkNumber(first, "sum", token)
    }
    if items.contains(where: { object($0) is InstanceObject }) {
      let isFirst = given.count > 1
      if !isFirst { operands[operands.count - 1] = .number(0) }
      for item in items.dropFirst(isFirst ? 1 : 0).reversed() {
        tasks.append(.step(.addItem(item, token)))
      }
      return
    }
    let node = SyntaxTree.Node(kind: .add, token: token)
    for item in items.dropFirst() {
      operands.append(item)
      try addLast(node)
    }
  }

  private func checkNumber(_ value: Operand, _ name: String, _ token: Int32) throws(ProgramError) {
    guard value.isNone || object(value) != nil else { return }
    throw failure(.wrongType, "'\(name)' takes numbers, not \(described(value))", token)
  }

  /// Adds the last two operands.
  private mutating func addLast(_ node: SyntaxTree.Node) throws(ProgramError) {
    let values = Array(operands.suffix(2))
    if case .number(let x, _) = values[0], case .number(let y, _) = values[1] {
      operands.removeLast(2)
      operands.append(.number(x + y, type(of: values[0]).joined(type(of: values[1]))))
      return
    }
    if object(values[0]) is ListObject, object(values[1]) is ListObject {
      _ = try applyDynamic(node)
      return
    }
    try takeNumbers(last: 2, node)
    if numeric == 0 {
      try grow(node.token)
      record(Operators.Add.self, last: 2, node.token)
    } else {
      operands.removeLast(2)
      try record(Operators.Add.self, values, node.token)
    }
  }

  /// The largest or the smallest item of a list.
  mutating func extremum(
    _ row: any Operator.Type, _ name: String, _ given: [Operand], _ named: [Int32: Operand],
    _ token: Int32
  ) throws(ProgramError) {
    guard object(given[0]) != nil else {
      // One number is the largest of itself.
      operands.append(given[0])
      return
    }
    let items = try allItems(of: given[0], token)
    guard !items.isEmpty else {
      if let fallback = argument("default", named) { return operands.append(fallback) }
      throw failure(.wrongArguments, "'\(name)' of nothing has no value", token)
    }
    if let key = argument("key", named), !key.isNone {
      tasks.append(.step(.arrange(items, .first(isReversed: name == "max"))))
      return apply(key, to: items, token)
    }
    if items.allSatisfy({ order($0, items[0]) != nil && object($0) != nil && !isArray($0) }) {
      // Tuples and texts in the order that they are sorted in.
      operands.append(make(ListObject(items)))
      return arrange(items, .first(isReversed: name == "max"))
    }
    for item in items { try checkNumber(item, name, token) }
    let areNumbers = items.allSatisfy { if case .number = $0 { true } else { false } }
    if areNumbers {
      let numbers = items.map { number($0) }
      let found = (name == "max" ? numbers.max() : numbers.min()) ?? .nan
      operands.append(numbers.firstIndex(of: found).map { items[$0] } ?? .number(found))
      return
    }
    try record(row, numbers: items, token)
  }

  mutating func makePairs(_ given: [Operand], _ token: Int32) throws(ProgramError) {
    var all: [Items] = []
    var count = Int.max
    for value in given {
      let items = try items(of: value, token)
      count = min(count, items.count)
      all.append(items)
    }
    guard count <= statementLimit else {
      throw failure(.tooManyStatements, "a list of \(grouped(count)) items is too long", token)
    }
    var tuples: [Operand] = []
    for _ in 0..<count {
      var parts: [Operand] = []
      for place in all.indices {
        if let item = all[place].next() { parts.append(item) }
      }
      tuples.append(make(ListObject(parts, isTuple: true)))
    }
    operands.append(make(ListObject(tuples)))
  }

  mutating func apply(_ given: [Operand], _ token: Int32) throws(ProgramError) {
    var columns: [[Operand]] = []
    for value in given.dropFirst() { columns.append(try allItems(of: value, token)) }
    let count = columns.map(\.count).min() ?? 0
    tasks.append(.step(.list(count)))
    for place in (0..<count).reversed() {
      tasks.append(.step(.call(given[0], columns.map { $0[place] }, token)))
    }
  }

  // MARK: Order

  mutating func sorted(
    _ items: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    let isReversed = holds(argument("reverse", named))
    tasks.append(.step(.arrange(items, .sorted(isReversed: isReversed))))
    if let key = argument("key", named), !key.isNone { return apply(key, to: items, token) }
    operands.append(make(ListObject(items)))
  }

  /// Applies a function to each item: a list of the results is the next operand.
  mutating func apply(_ function: Operand, to items: [Operand], _ token: Int32) {
    tasks.append(.step(.list(items.count)))
    for item in items.reversed() {
      if function.isNone {
        tasks.append(.step(.push(item)))
      } else {
        tasks.append(.step(.call(function, [item], token)))
      }
    }
  }

  /// What becomes of items by their keys.
  enum Arrangement {
    case sorted(isReversed: Bool)
    /// The first of them alone.
    case first(isReversed: Bool)
    /// Those whose key holds.
    case filtered
  }

  /// Arranges items by their keys, which are the last operand.
  mutating func arrange(_ items: [Operand], _ arrangement: Arrangement) {
    let keys = (object(operands.removeLast()) as? ListObject)?.items ?? []
    switch arrangement {
    case .sorted(let isReversed):
      let order = order(of: keys, isReversed: isReversed)
      operands.append(make(ListObject(order.map { items[$0] })))
    case .first(let isReversed):
      let order = order(of: keys, isReversed: isReversed)
      operands.append(order.first.map { items[$0] } ?? .none)
    case .filtered:
      let kept = zip(items, keys).filter { number($1) != 0 }.map(\.0)
      operands.append(make(ListObject(kept)))
    }
  }

  /// The places of keys, the smallest first; equal ones stay as they are.
  func order(of keys: [Operand], isReversed: Bool) -> [Int] {
    keys.indices.sorted { a, b in
      let (first, second) = isReversed ? (b, a) : (a, b)
      if isBefore(keys[first], keys[second]) { return true }
      if isBefore(keys[second], keys[first]) { return false }
      return a < b
    }
  }

  private func isBefore(_ x: Operand, _ y: Operand) -> Bool { order(x, y) == -1 }

  // MARK: Lists

  mutating func find(_ given: [Operand], in object: Object, _ token: Int32) throws(ProgramError) {
    let value = try only(given, of: "index", token)
    guard let list = object as? ListObject else { return }
    if let place = try place(of: value, in: list, token) {
      operands.append(.number(Double(place)))
      return
    }
    throw failure(.indexOutOfRange, "the list does not hold what 'index' looks for", token)
  }

  func place(
    of value: Operand, in list: ListObject, _ token: Int32
  ) throws(ProgramError) -> Int? {
    for (place, item) in list.items.enumerated() where try isEqual(item, value, token) {
      return place
    }
    return nil
  }

  /// Adds to a set what is not in it yet; counts stand in their order, as Python has small ones.
  func add(_ value: Operand, to set: ListObject, _ token: Int32) throws(ProgramError) {
    guard try place(of: value, in: set, token) == nil else { return }
    var place = set.items.count
    if let count = count(value) {
      while place > 0, let last = self.count(set.items[place - 1]), last > count { place -= 1 }
    }
    set.items.insert(value, at: place)
  }

  /// A whole number from 0 on; `nil` for anything else.
  private func count(_ value: Operand) -> Double? {
    guard !value.isNone, object(value) == nil, !isArray(value) else { return nil }
    let number = number(value)
    return number >= 0 && number == number.rounded() ? number : nil
  }

  mutating func remove(
    _ given: [Operand], from object: Object, _ token: Int32
  ) throws(ProgramError) {
    let value = try only(given, of: "remove", token)
    guard let list = object as? ListObject else { return }
    guard let place = try place(of: value, in: list, token) else {
      throw failure(
        .indexOutOfRange, "\(list.description) does not hold what 'remove' looks for", token)
    }
    list.items.remove(at: place)
    operands.append(.none)
  }

  mutating func countOf(
    _ given: [Operand], in object: Object, _ token: Int32
  ) throws(ProgramError) {
    let value = try only(given, of: "count", token)
    var count = 0
    for item in (object as? ListObject)?.items ?? [] where try isEqual(item, value, token) {
      count += 1
    }
    operands.append(.number(Double(count)))
  }

  mutating func makeDictionary(
    _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    let dictionary = DictionaryObject()
    for (key, value) in try pairs(given, named, token) { dictionary[key] = value }
    operands.append(make(dictionary))
  }

  /// What `dict` and `update` are given: another dictionary or pairs, and values by name.
  mutating func pairs(
    _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) -> [(key: DictionaryObject.Key, value: Operand)] {
    var pairs: [(key: DictionaryObject.Key, value: Operand)] = []
    if let first = given.first {
      if let other = object(first) as? DictionaryObject {
        for key in other.keys { pairs.append((key, other[key] ?? .none)) }
      } else {
        for item in try allItems(of: first, token) {
          let pair = try allItems(of: item, token)
          guard pair.count == 2 else {
            throw failure(.wrongArguments, "'dict' takes pairs of a key and a value", token)
          }
          pairs.append((try key(pair[0], token), pair[1]))
        }
      }
    }
    for name in named.keys.sorted() {
      pairs.append((.text(program.names[name]), named[name] ?? .none))
    }
    return pairs
  }

  /// Puts a value in a dictionary, and calls it what the program does.
  mutating func put(_ value: Operand, in dictionary: DictionaryObject, at key: DictionaryObject.Key)
  {
    dictionary[key] = value
    if let path = dictionary.path {
      call(value, path + suffix(of: .key(key)), dictionary.scope, 0)
    }
  }
}
