/// What a loop goes through, one item at a time; ranges and lists are not written out for it.
struct Items {
  enum Source {
    case list(ListObject)
    case range(RangeObject)
    case operands([Recorder.Operand])
    /// What is taken from it is gone for others that take from it.
    case iterator(IteratorObject)
  }
  var source: Source
  var position = 0

  /// How many items there are at present.
  var count: Int {
    switch source {
    case .list(let list): list.items.count
    case .range(let range): range.count
    case .operands(let operands): operands.count
    case .iterator(let iterator): position + iterator.items.count - iterator.items.position
    }
  }

  /// The next item; `nil` after the last one.
  mutating func next() -> Recorder.Operand? {
    let position = position
    guard position < count else { return nil }
    self.position += 1
    switch source {
    case .list(let list): return list.items[position]
    case .range(let range): return .number(Double(range.start + position * range.step))
    case .operands(let operands): return operands[position]
    case .iterator(let iterator): return iterator.items.next()
    }
  }
}

extension Recorder {
  /// The items of a value that a loop goes through.
  mutating func items(of value: Operand, _ token: Int32) throws(ProgramError) -> Items {
    if isArray(value) { return Items(source: .operands(try arrayItems(value, token))) }
    guard case .object(let number) = value else {
      throw failure(
        .wrongType, "\(described(value)) has no items to go through", token,
        help: "a loop goes through range(…), a list, a tuple or a dictionary")
    }
    switch heap[Int(number)] {
    case let list as ListObject: return Items(source: .list(list))
    case let range as RangeObject: return Items(source: .range(range))
    case let iterator as IteratorObject: return Items(source: .iterator(iterator))
    case let sequence as SequentialObject: return Items(source: .list(sequence.layers))
    case let instance as InstanceObject where instance.type.isTuple:
      return Items(source: .operands(instance.members.map(\.value)))
    case let dictionary as DictionaryObject:
      var keys: [Operand] = []
      for key in dictionary.keys { keys.append(operand(of: key)) }
      return Items(source: .operands(keys))
    case let loader as LoaderObject:
      return Items(source: .operands(try batches(of: loader, token)))
    case let type as ClassObject where type.isEnumeration:
      let members = type.attributes.sorted { $0.key < $1.key }.map(\.value)
      return Items(source: .operands(members.filter { object($0) is InstanceObject }))
    case let text as TextObject:
      var letters: [Operand] = []
      for letter in text.text { letters.append(make(TextObject(String(letter)))) }
      return Items(source: .operands(letters))
    case let object:
      throw failure(
        .wrongType, "\(object.description) has no items to go through", token,
        help: "a loop goes through range(…), a list, a tuple or a dictionary")
    }
  }

  /// All items of a value as a list.
  mutating func allItems(of value: Operand, _ token: Int32) throws(ProgramError) -> [Operand] {
    var items = try items(of: value, token)
    switch items.source {
    case .list(let list): return Array(list.items.dropFirst(items.position))
    case .operands(let operands): return Array(operands.dropFirst(items.position))
    case .range, .iterator: break
    }
    let count = items.count - items.position
    if count > statementLimit {
      throw failure(
        .tooManyStatements, "a list of \(count) items is too long", token,
        help: "at most \(statementLimit) items are written out")
    }
    var all: [Operand] = []
    all.reserveCapacity(count)
    while let item = items.next() { all.append(item) }
    return all
  }

  /// A key as a value of the program.
  mutating func operand(of key: DictionaryObject.Key) -> Operand {
    switch key {
    case .text(let text): make(TextObject(text))
    case .number(let number, let type): .number(number, type)
    case .tuple(let keys): tuple(of: keys)
    case .object(_, let place, _): .object(place)
    }
  }

  private mutating func tuple(of keys: [DictionaryObject.Key]) -> Operand {
    var items: [Operand] = []
    for key in keys { items.append(operand(of: key)) }
    return make(ListObject(items, kind: .tuple))
  }
}
