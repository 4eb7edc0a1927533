import GradBase
import GradCore

/// What classes of the program do with Python's signs, loops and attributes.
extension Recorder {
  /// The methods of an operator: of what stands left of it, and of what stands right.
  private static let methods: [SyntaxTree.Kind: (left: String, right: String)] = [
    .add: ("__add__", "__radd__"), .subtract: ("__sub__", "__rsub__"),
    .multiply: ("__mul__", "__rmul__"), .divide: ("__truediv__", "__rtruediv__"),
    .power: ("__pow__", "__rpow__"), .matrixMultiply: ("__matmul__", "__rmatmul__"),
    .floorDivide: ("__floordiv__", "__rfloordiv__"), .modulo: ("__mod__", "__rmod__"),
    .less: ("__lt__", "__gt__"), .lessEqual: ("__le__", "__ge__"),
    .greater: ("__gt__", "__lt__"), .greaterEqual: ("__ge__", "__le__"),
    .equal: ("__eq__", "__eq__"), .notEqual: ("__ne__", "__ne__"),
    .bitAnd: ("__and__", "__rand__"), .bitOr: ("__or__", "__ror__"),
    .bitXor: ("__xor__", "__rxor__"),
  ]

  /// Applies an operator by a method of the last operands' classes.
  ///
  /// - Returns: Whether one of them has it.
  mutating func applyOverload(
    _ kind: SyntaxTree.Kind, _ token: Int32
  ) throws(ProgramError) -> Bool {
    let y = operands[operands.count - 1]
    if kind == .negate || kind == .call || kind == .not {
      guard kind == .negate, object(y) is InstanceObject else { return false }
      operands.removeLast()
      if try callSpecial("__neg__", of: y, [], token) { return true }
      operands.append(y)
      return false
    }
    let x = operands[operands.count - 2]
    guard object(x) is InstanceObject || object(y) is InstanceObject else { return false }
    operands.removeLast(2)
    if kind == .contained || kind == .notContained {
      if kind == .notContained { tasks.append(.step(.negate)) }
      if try callSpecial("__contains__", of: y, [x], token) { return true }
      if kind == .notContained { tasks.removeLast() }
    } else if let (left, right) = Self.methods[kind] {
      if try callSpecial(left, of: x, [y], token) { return true }
      if try callSpecial(right, of: y, [x], token) { return true }
    }
    operands += [x, y]
    return false
  }

  /// Calls what gives the items of an object; the step that wants them is last on the list of tasks.
  ///
  /// - Returns: Whether the object has such a method; if not, the step is taken off.
  mutating func callIterator(of value: Operand, _ token: Int32) throws(ProgramError) -> Bool {
    if let instance = object(value) as? InstanceObject,
      let name = program.names.existing("__next__"), instance.type.attribute(name) != nil
    {
      throw failure(
        .wrongType, "'__next__' of \(described(value)) is not read", token,
        help: "write '__iter__' with 'yield'")
    }
    if try callSpecial("__iter__", of: value, [], token) { return true }
    tasks.removeLast()
    return false
  }

  /// Calls a function of the tables with the items of an object in the place of the object.
  mutating func callWithItems(
    _ callee: Operand, _ given: [Operand], _ named: [Int32: Operand], _ place: Int, _ token: Int32
  ) throws(ProgramError) {
    var given = given
    given[place] = operands.removeLast()
    if object(given[place]) is InstanceObject {
      throw failure(
        .wrongType, "\(described(given[place])) gives no items itself", token,
        help: "write '__iter__' with 'yield'")
    }
    try call(callee, given, named, token)
  }

  /// Adds an item of the program's own class to the last operand.
  mutating func addItem(_ item: Operand, _ token: Int32) throws(ProgramError) {
    operands.append(item)
    if try applyOverload(.add, token) { return }
    throw failure(
      .wrongType, "\(described(item)) is not added to \(described(operands[operands.count - 2]))",
      token, help: "give its class '__add__' and '__radd__'")
  }

  /// An attribute by a text: `getattr(x, "w", 0)`.
  mutating func attribute(
    _ given: [Operand], _ token: Int32
  ) throws(ProgramError) -> Operand? {
    let word = text(of: given[1])
    guard let name = program.names.existing(word) else {
      return (object(given[0]) as? InstanceObject)?.others[word]
    }
    return try attribute(name, of: given[0], token)
  }

  /// Gives an attribute a value by its name: `setattr(x, "w", 1)`.
  mutating func setAttribute(_ given: [Operand], _ token: Int32) throws(ProgramError) {
    let word = text(of: given[1])
    guard let instance = object(given[0]) as? InstanceObject else {
      throw failure(
        .invalidTarget, "an attribute of \(described(given[0])) cannot be given a value", token)
    }
    if let name = program.names.existing(word) {
      instance[name] = given[2]
    } else {
      instance.others[word] = given[2]
    }
    if let path = instance.path { call(given[2], "\(path).\(word)", instance.scope, 0) }
    operands.append(.none)
  }

  /// The order of two values as Python has it; `nil` where it has none.
  ///
  /// Tuples and lists are compared item by item.
  func order(_ x: Operand, _ y: Operand) -> Int? {
    if let a = object(x) as? TextObject, let b = object(y) as? TextObject {
      return a.text == b.text ? 0 : a.text < b.text ? -1 : 1
    }
    if let a = object(x) as? ListObject, let b = object(y) as? ListObject {
      // Deep lists are no keys.
      for (x, y) in zip(a.items, b.items).prefix(1_000) {
        guard !(object(x) is ListObject) || !(object(y) is ListObject) else { return nil }
        guard let order = order(x, y) else { return nil }
        if order != 0 { return order }
      }
      return (a.items.count - b.items.count).signum()
    }
    guard object(x) == nil, object(y) == nil, !x.isNone, !y.isNone else { return nil }
    let (a, b) = (number(x), number(y))
    return a == b ? 0 : a < b ? -1 : 1
  }
}
