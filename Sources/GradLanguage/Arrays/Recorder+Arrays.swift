import GradBase
import GradCore

/// Where the machine meets arrays: calls, operators, attributes.
extension Recorder {
  // MARK: Calls

  /// The function on arrays that a call means; `nil` if it means another.
  ///
  /// - Parameters:
  ///   - name: What is called, by the name that the tables have.
  ///   - values: What it is given; what it is called on first.
  /// - Returns: The function.
  func arrayWord(_ name: String, _ values: [Operand]) -> ArrayWord? {
    guard let word = ArrayWord.named(name) else { return nil }
    if word.makesArrays { return word }
    // `sum(xs)` of a list and `max(a, b)` of numbers are Python's own.
    return holdArray(values) ? word : nil
  }

  /// Calls a function on arrays: its result is the next operand.
  mutating func call(
    _ word: ArrayWord, _ name: String, _ given: [Operand], _ named: [Int32: Operand],
    _ token: Int32, isTorch: Bool
  ) throws(ProgramError) {
    var byName: [String: Operand] = [:]
    for (number, value) in named { byName[program.names[number]] = value }
    let call = ArrayCall(name, given, byName, token, isTorch: isTorch)
    var result = try word.run(&self, call)
    if let argument = call.unread {
      throw failure("\(quoted(name)) is read without \(argument)", call)
    }
    if let type = call.named("dtype"), shape(of: result) != nil {
      result = try cast(result, to: self.name(ofType: type), token)
    }
    operands.append(plain(result))
    // What computes its shape is no parameter less than what writes it.
    if holds(call.named("requires_grad")) { try makeParameter(token) }
  }

  /// Whether a call is one of PyTorch: by the module it names, or as a method of a program that imports
  /// PyTorch.
  func isTorch(_ callee: SyntaxTree.Node) -> Bool {
    if callee.kind == .attribute {
      var base = program.tree.nodes[Int(callee.first)]
      while base.kind == .attribute { base = program.tree.nodes[Int(base.first)] }
      if base.kind == .name {
        let name = program.names[program.tree.importedNames[base.first] ?? base.first]
        if ["torch", "F", "nn"].contains(name) { return true }
        if ["np", "numpy", "jnp", "tf", "jax"].contains(name) { return false }
      }
    }
    return usesTorch
  }

  // MARK: Operators

  /// What an operator makes of arrays, or of lists beside arrays; `nil` if neither side is an array.
  mutating func combineArrays(
    _ kind: SyntaxTree.Kind, _ x: Operand, _ y: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    guard isArray(x) || isArray(y) || kind == .matrixMultiply else { return nil }
    if let joined = try joinedLists(kind, x, y, token) { return joined }
    let (x, y) = (try arrayed(x, token), try arrayed(y, token))
    switch kind {
    case .matrixMultiply: return try apply(.matrixProduct, [x, y], token)
    case .less: return try mask(x, y, token) { $0 < $1 }
    case .lessEqual: return try mask(x, y, token) { $0 <= $1 }
    case .greater: return try mask(x, y, token) { $0 > $1 }
    case .greaterEqual: return try mask(x, y, token) { $0 >= $1 }
    case .equal: return try mask(x, y, token) { $0 == $1 }
    case .notEqual: return try mask(x, y, token) { $0 != $1 }
    case .bitAnd, .bitOr, .bitXor:
      guard isMask(x), isMask(y) else { throw noBits(kind, token) }
      return try mask(x, y, token) {
        kind == .bitAnd ? $0 * $1 != 0 : kind == .bitOr ? $0 + $1 != 0 : $0 != $1
      }
    case .floorDivide, .modulo:
      guard isPlain(x) || isWhole(x), isPlain(y) || isWhole(y) else {
        throw failure(
          .unsupportedOperator,
          "\(quoted(program.text(of: token))) has no derivative where it jumps",
          token, help: "'/' divides")
      }
      return try mask(x, y, token, wholes: kind == .floorDivide)
    default:
      guard let row = program.arithmeticRow(kind) else { return nil }
      return try apply(row, [x, y], token)
    }
  }

  /// Refuses `&` and `|` of what has no truths.
  func noBits(_ kind: SyntaxTree.Kind, _ token: Int32) -> ProgramError {
    failure(
      .unsupportedOperator,
      "\(quoted(program.text(of: token))) is of masks and of whole numbers", token,
      help: kind == .bitAnd
        ? "brackets go around comparisons: (x > 0) & (x < 1); between conditions use and"
        : "brackets go around comparisons: (x < 0) | (x > 1); between conditions use or")
  }

  /// Whether all entries are whole numbers, so that what jumps is computed with labels and counts.
  private func isWhole(_ value: Operand) -> Bool {
    numbers(of: value)?.entries.allSatisfy { $0 == $0.rounded() } ?? false
  }

  private mutating func mask(
    _ x: Operand, _ y: Operand, _ token: Int32, wholes: Bool
  ) throws(ProgramError) -> Operand {
    guard let a = numbers(of: x), let b = numbers(of: y)?.number, b != 0 else {
      throw failure(.arrays, "'%' and '//' of arrays are read for a number on the right", token)
    }
    return plain(
      NumberArray(
        a.shape,
        a.entries.map { entry in
          let division = PythonDivision(entry, by: b)
          return wholes ? division.quotient : division.rest
        }))
  }

  /// In Python's own files, `+` and `*` join and repeat what was written as a list.
  private mutating func joinedLists(
    _ kind: SyntaxTree.Kind, _ x: Operand, _ y: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    guard program.source.isPython else { return nil }
    func isList(_ value: Operand) -> Bool {
      if case .node(let node) = value { return listNodes.contains(node) }
      return object(value) is ListObject
    }
    func isEmpty(_ value: Operand) -> Bool {
      (object(value) as? ListObject)?.items.isEmpty ?? false
    }
    let result: Operand
    if kind == .add, isList(x), isList(y), isEmpty(x) || isEmpty(y) {
      result = try copied(isEmpty(x) ? y : x, token)
    } else if kind == .add, isList(x), isList(y) {
      let (a, b) = (try arrayed(x, token), try arrayed(y, token))
      result = try apply(.concatenate(axis: 0), [a, b], token)
    } else if kind == .multiply, isList(x) != isList(y), case .number = isList(x) ? y : x {
      let count = try whole(isList(x) ? y : x, token)
      guard count > 0 else { throw failure(.arrays, "a list times \(count) is empty", token) }
      let list = isList(x) ? x : y
      result = try apply(
        .concatenate(axis: 0), [Operand](repeating: list, count: count), token)
    } else {
      return nil
    }
    if case .node(let node) = result { listNodes.insert(node) }
    return result
  }

  // MARK: Attributes

  /// What an array has under a name; `nil` for what only a method is.
  mutating func arrayAttribute(
    _ name: String, of owner: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand? {
    guard let shape = shape(of: owner) else { return nil }
    switch name {
    case "T" where shape.isEmpty: return owner
    case "T": return try apply(.transpose(nil), [owner], token)
    case "flat": return try apply(.reshape([-1]), [owner], token)
    case "mT":
      guard shape.count >= 2 else { throw failure(.arrays, "'.mT' is of a matrix", token) }
      var order = Array(shape.indices)
      order.swapAt(shape.count - 1, shape.count - 2)
      return try apply(.transpose(order == [1, 0] ? nil : order), [owner], token)
    case "shape":
      return make(ListObject(shape.map { .number(Double($0)) }, isTuple: true))
    case "size" where !usesTorch: return .number(Double(shape.reduce(1, *)))
    case "ndim": return .number(Double(shape.count))
    case "device": return Operand.none
    case "dtype":
      let type = type(of: owner)
      return make(TextObject(type == .whole ? "int64" : type == .truth ? "bool" : "float64"))
    default: return nil
    }
  }

  // MARK: Calls of operators

  /// Applies an operator of the table whose operands are arrays.
  ///
  /// - Returns: Whether any is an array; if not, nothing was done.
  mutating func applyToArrays(
    _ resolution: Resolution, _ given: any Operator.Type, _ node: SyntaxTree.Node
  ) throws(ProgramError) -> Bool {
    let written = Array(operands.suffix(resolution.written.count))
    guard holdArray(written) else { return false }
    operands.removeLast(written.count)
    var row = given
    var values: [Operand] = []
    for (position, argument) in resolution.order.enumerated() {
      if argument >= 0 {
        values.append(try arrayed(written[argument], node.token))
      } else {
        values.append(.number(row.row.operands[position].fallback ?? .nan))
      }
    }
    if resolution.condition >= 0 {
      let condition = written[resolution.condition]
      if let mask = numbers(of: condition), isArray(condition) {
        operands.append(try apply(.choose(mask: mask), values, node.token))
        return true
      }
      if number(condition) == 0 { row = OperatorRow.whenNot(row) }
    }
    let result = try apply(row, values, node.token)
    operands.append(result)
    if resolution.condition >= 0, case .node(let recorded) = result {
      noteDecision(
        resolution.written[resolution.condition], row.row.condition == true, node: recorded)
      conditions[recorded] = decisions.last?.condition
    }
    return true
  }

  /// Whether a method of a number or an array is one of arrays.
  func isArrayMethod(_ name: Int32, of owner: Operand) -> Bool {
    guard ArrayWord.named(program.names[name]) != nil else { return false }
    return isArray(owner) || !program.vocabulary.isFunction(name)
  }
}
