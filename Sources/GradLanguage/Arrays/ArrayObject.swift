import GradCore

/// An array of plain numbers, which is on no tape: what a program writes or draws at random, until it
/// gives it a name or computes with it.
final class ArrayObject: Object {
  let array: NumberArray
  /// What Python knows of its entries.
  let type: NumberType
  /// Whether its entries are truths: as an index it chooses where it holds.
  var isMask: Bool { type == .truth }
  /// Where its entries were given others; what still has it then has the wrong ones.
  var changedAt: Int32?

  init(_ array: NumberArray, _ type: NumberType = .unsaid) {
    (self.array, self.type) = (array, type)
  }

  override var description: String { "an array of \(shapeText(array.shape))" }
  override var isTrue: Bool { array.entries.contains { $0 != 0 } }
}

extension Recorder {
  // MARK: What is an array

  /// The shape of a value; `nil` for what is neither a number nor an array.
  func shape(of value: Operand) -> [Int]? {
    switch value {
    case .node(let node): tape.node(Int(node)).shape
    case .number: []
    case .none: nil
    case .object(let number):
      switch heap[Int(number)] {
      case let array as ArrayObject: array.array.shape
      case let weight as WeightObject: weight.shape
      default: nil
      }
    }
  }

  /// Whether a value is an array, plain or on the tape.
  func isArray(_ value: Operand) -> Bool {
    switch value {
    case .node(let node): tape.node(Int(node)).isArray
    case .object(let number):
      heap[Int(number)] is ArrayObject || heap[Int(number)] is WeightObject
    default: false
    }
  }

  /// Whether any of `values` is an array.
  ///
  /// A loop, since `contains(where: isArray)` would copy the whole machine.
  func holdArray(_ values: [Operand]) -> Bool {
    for value in values where isArray(value) { return true }
    return false
  }

  /// The numbers of a value, whatever computed them; `nil` for what is neither a number nor an array.
  func numbers(of value: Operand) -> NumberArray? {
    switch value {
    case .node(let node):
      tape.noteRead(node)
      return tape.node(Int(node)).array
    case .number(let number, _): return NumberArray(number)
    case .none: return nil
    case .object(let number):
      switch heap[Int(number)] {
      case let array as ArrayObject: return array.array
      case let weight as WeightObject where weight.isGiven: return weight.entries
      default: return nil
      }
    }
  }

  /// A plain array as a value; a plain number if the shape is `[]`.
  mutating func plain(_ array: NumberArray, _ type: NumberType = .unsaid) -> Operand {
    array.shape.isEmpty ? .number(array.entries[0], type) : make(ArrayObject(array, type))
  }

  /// Whether the entries of a value are truths: what comparisons make, and what is made of that alone by
  /// operations that move entries.
  func isMask(_ value: Operand) -> Bool {
    switch value {
    case .node(let node): maskNodes.contains(node)
    case .number(_, let type): type == .truth
    case .none: false
    case .object(let number): (heap[Int(number)] as? ArrayObject)?.isMask ?? false
    }
  }

  /// Whether all of `values` are masks.
  private func areMasks(_ values: [Operand]) -> Bool {
    for value in values where !isMask(value) { return false }
    return !values.isEmpty
  }

  // MARK: Arrays of lists

  /// A list as an array: of plain numbers a plain one, of nodes their stack; other values as they are.
  ///
  /// - Parameters:
  ///   - value: A number, an array, or lists of them within each other.
  ///   - token: Where it is.
  /// - Returns: A number or an array.
  /// - Throws: What is no array, such as rows of several lengths.
  mutating func arrayed(_ value: Operand, _ token: Int32) throws(ProgramError) -> Operand {
    switch object(value) {
    case nil:
      if value.isNone { throw noArray(value, token) }
      return value
    case is ArrayObject: return value
    case let weight as WeightObject: return try self.value(of: weight, token)
    case let range as RangeObject:
      try checkEntries(range.count, token)
      return plain(
        NumberArray((0..<range.count).map { Double(range.start + $0 * range.step) }), .whole)
    case let list as ListObject: return try arrayed(list, depth: 0, token)
    default: throw noArray(value, token)
    }
  }

  private func noArray(_ value: Operand, _ token: Int32) -> ProgramError {
    failure(
      .wrongType, "\(described(value)) is no array", token,
      help: "an array is made of numbers: np.array([[1, 2], [3, 4]])")
  }

  mutating func arrayed(
    _ list: ListObject, depth: Int, _ token: Int32
  ) throws(ProgramError) -> Operand {
    guard depth < 64 else {
      throw failure(.holdsItself, "the lists are nested too deep to be an array", token)
    }
    guard list.kind != .nothing else {
      throw failure(
        .arrays, "the mask holds nowhere, so that nothing is chosen", token,
        help: "of what is chosen nowhere, only len, sum, mean and prod are known")
    }
    guard !list.items.isEmpty else {
      throw failure(
        .arrays, "an empty list is no array", token, help: "an array has at least one entry")
    }
    var parts: [Operand] = []
    for item in list.items {
      if let inner = object(item) as? ListObject {
        parts.append(try arrayed(inner, depth: depth + 1, token))
      } else {
        parts.append(try arrayed(item, token))
      }
    }
    let shapes = parts.map { shape(of: $0) ?? [] }
    if let place = shapes.firstIndex(where: { $0 != shapes[0] }) {
      throw failure(
        .arrays,
        "the rows are not equally long: row 0 is of \(shapeText(shapes[0])), row \(place) of "
          + shapeText(shapes[place]), token, help: "an array has rows of one length")
    }
    return try apply(.stack(axis: 0), parts, token)
  }

  /// Refuses more entries than memory holds.
  func checkEntries(_ count: Int, _ token: Int32) throws(ProgramError) {
    do throws(ShapeFault) { try ArrayOperation.check([count]) } catch {
      throw failure(error, token)
    }
  }

  // MARK: Operations

  /// Whether a value is on no tape.
  func isPlain(_ value: Operand) -> Bool {
    switch value {
    case .node: false
    case .object(let number): !(heap[Int(number)] is WeightObject)
    default: true
    }
  }

  /// Whether all of `values` are on no tape.
  func arePlain(_ values: [Operand]) -> Bool {
    for value in values where !isPlain(value) { return false }
    return true
  }

  /// A value as a node: a plain one becomes a constant.
  mutating func onTape(_ value: Operand, _ token: Int32) throws(ProgramError) -> UInt32 {
    switch value {
    case .node(let node): return node
    case .number(let number, let type): return try constant(number, type, token)
    case .none: throw noArray(value, token)
    case .object(let number):
      guard let array = (heap[Int(number)] as? ArrayObject)?.array else {
        return try onTape(try arrayed(value, token), token)
      }
      try grow(token)
      return note(tape.constant(array), token)
    }
  }

  /// What is wrong with shapes, at a place of the program.
  func failure(_ fault: ShapeFault, _ token: Int32) -> ProgramError {
    var error = failure(
      fault.isOfIndex ? .indexOutOfRange : .arrays, fault.message, token, help: fault.help)
    // NumPy calls it the one, PyTorch the other.
    if !fault.isOfIndex { error.kinds = PythonError.kinds(of: "ValueError") + ["RuntimeError"] }
    return error
  }

  /// Operands with the values of weights in place of the weights.
  private mutating func givenWeights(
    _ operands: [Operand], _ token: Int32
  ) throws(ProgramError) -> [Operand] {
    for operand in operands { try checkUnchanged(operand, token) }
    guard operands.contains(where: { object($0) is WeightObject }) else { return operands }
    var values: [Operand] = []
    for operand in operands { values.append(try arrayed(operand, token)) }
    return values
  }

  /// Applies an operation on arrays to numbers and arrays.
  ///
  /// - Returns: A node, or a plain value where all operands are plain.
  mutating func apply(
    _ operation: ArrayOperation, _ operands: [Operand], _ token: Int32
  ) throws(ProgramError) -> Operand {
    let operands = try givenWeights(operands, token)
    do throws(ShapeFault) {
      try ArrayOperation.check(try operation.shape(of: operands.map { shape(of: $0) ?? [] }))
    } catch {
      throw failure(error, token)
    }
    let arePlain = self.arePlain(operands) || numeric > 0
    var variables: [Variable] = []
    if arePlain { scratch.reset() }
    for operand in operands {
      if arePlain {
        variables.append(scratch.constant(numbers(of: operand) ?? NumberArray(.nan)))
      } else {
        variables.append(tape.node(Int(try onTape(operand, token))))
      }
    }
    if !arePlain { try grow(token) }
    let result: Variable
    do throws(ShapeFault) {
      if !arePlain, let held, held.node == tape.nodeCount {
        result = tape.input(held.value)
      } else {
        result = try Variable.applying(operation, to: variables)
      }
    } catch {
      throw failure(error, token)
    }
    let isMask = operation.movesEntries && areMasks(operands)
    let type = isMask ? .truth : type(of: operation, operands)
    if arePlain { return plain(result.array, type) }
    let node = note(result, token)
    if isMask { maskNodes.insert(node) } else { note(type, of: node) }
    return .node(node)
  }

  /// Applies an operator of the table to numbers and arrays.
  mutating func apply(
    _ row: any Operator.Type, _ operands: [Operand], _ token: Int32
  ) throws(ProgramError) -> Operand {
    let operands = try givenWeights(operands, token)
    do throws(ShapeFault) {
      try ArrayOperation.check(try broadcastShape(operands.map { shape(of: $0) ?? [] }))
    } catch {
      throw failure(error, token)
    }
    if operands.count == 1, row.opcode == .stopGradient || row.opcode == .identity,
      isPlain(operands[0])
    {
      return operands[0]
    }
    // Of truths, `*` is "and", and `+` is "or".
    if operands.count == 2, areMasks(operands) {
      switch row.opcode {
      case .multiply, .minimum, .sharedMinimum:
        return try mask(operands[0], operands[1], token) { $0 * $1 != 0 }
      case .add, .maximum, .sharedMaximum:
        return try mask(operands[0], operands[1], token) { $0 + $1 != 0 }
      case .subtract:
        throw failure(
          .arrays, "masks are not subtracted", token,
          help: "'logical_xor' tells where one of two holds; '.astype(float)' makes numbers of one")
      default: break
      }
    }
    if arePlain(operands) || numeric > 0 {
      scratch.reset()
      let variables = operands.map { scratch.constant(numbers(of: $0) ?? NumberArray(.nan)) }
      let result = row.record(variables).array
      return plain(result, type(of: row, operands))
    }
    var variables: [Variable] = []
    for operand in operands { variables.append(tape.node(Int(try onTape(operand, token)))) }
    try grow(token)
    let node = note(recorded(row, variables), token)
    note(type(of: row, operands), of: node)
    return .node(node)
  }

  /// A mask of 0 and 1 from entries side by side, without a node: what a comparison of arrays gives.
  mutating func mask(
    _ x: Operand, _ y: Operand, _ token: Int32, _ holds: (Double, Double) -> Bool
  ) throws(ProgramError) -> Operand {
    let (a, b) = (numbers(of: x) ?? NumberArray(.nan), numbers(of: y) ?? NumberArray(.nan))
    do throws(ShapeFault) {
      let shape = try broadcastShape([a.shape, b.shape])
      scratch.reset()
      let (first, second) = (
        try Variable.applying(.broadcast(shape), to: [scratch.constant(a)]).array,
        try Variable.applying(.broadcast(shape), to: [scratch.constant(b)]).array
      )
      let result = NumberArray(
        shape, zip(first.entries, second.entries).map { holds($0, $1) ? 1 : 0 })
      return plain(result, .truth)
    } catch {
      throw failure(error, token)
    }
  }
}
