/// Arithmetic that records derivatives: what comes to 0, or is multiplied by 1, is left out, numbers are
/// computed at once, and what the tape computes already is not computed again.
final class DerivativeArithmetic {
  let tape: Tape
  private var table: NodeTable
  private var operations: [OperationKey: [UInt32]] = [:]

  /// What operations on arrays are looked up by; the operation itself is compared.
  private struct OperationKey: Hashable {
    var name: String
    var operands: [UInt32]
  }

  /// Arithmetic on a tape, whose nodes serve derivatives too.
  init(_ tape: Tape) {
    self.tape = tape
    table = NodeTable(capacity: 2 * tape.nodeCount)
    for node in 0..<tape.nodeCount { enter(node) }
  }

  private func enter(_ node: Int) {
    if let operation = tape.storage.pointee.arrays?.operations[UInt32(node)] {
      let key = OperationKey(
        name: operation.name, operands: tape.edges(into: node).map { UInt32(tape.edge($0).source) })
      return operations[key, default: []].append(UInt32(node))
    }
    guard Self.isShared(tape.opcode(node)), !isArrayConstant(node) else { return }
    let hash = hash(of: UInt32(node))
    let operands = operands(node)
    if find(tape.opcode(node), operands, tape.storage.pointee.values[node], hash) != nil { return }
    table.insert(UInt32(node), hash) { self.hash(of: $0) }
  }

  private func isArrayConstant(_ node: Int) -> Bool {
    tape.opcode(node) == .constant && tape.storage.pointee.arrays?.view(node) != nil
  }

  // MARK: Numbers

  /// A number.
  func constant(_ value: Double) -> Variable {
    let hash = Self.hash(value)
    if let node = find(.constant, (0, 0, 0, 0), value, hash) { return tape.node(Int(node)) }
    let variable = tape.constant(value)
    table.insert(variable.index, hash) { self.hash(of: $0) }
    return variable
  }

  /// The number of a constant; `nil` for all else.
  func number(_ variable: Variable) -> Double? {
    tape.opcode(Int(variable.index)) == .constant && !variable.isArray ? variable.value : nil
  }

  // MARK: Operators

  func add(_ a: Variable, _ b: Variable) -> Variable {
    switch (number(a), number(b)) {
    case (let x?, let y?): return constant(x + y)
    case (0, nil) where covers(b, a): return b
    case (nil, 0) where covers(a, b): return a
    case (let x?, nil) where x < 0: return subtract(b, constant(-x))
    case (nil, let y?) where y < 0: return subtract(a, constant(-y))
    default: break
    }
    if let b = operand(of: b, .negate) { return subtract(a, b) }
    if let a = operand(of: a, .negate) { return subtract(b, a) }
    if let b = negatedMultiple(b) { return subtract(a, b) }
    if let a = negatedMultiple(a) { return subtract(b, a) }
    return shared(.add, a, b)
  }

  func subtract(_ a: Variable, _ b: Variable) -> Variable {
    switch (number(a), number(b)) {
    case (let x?, let y?): return constant(x - y)
    case (0, nil): return negate(b)
    case (nil, 0): return a
    case (nil, let y?) where y < 0: return add(a, constant(-y))
    default: break
    }
    if let b = operand(of: b, .negate) ?? negatedMultiple(b) { return add(a, b) }
    return shared(.subtract, a, b)
  }

  func negate(_ a: Variable) -> Variable {
    if let x = number(a) { return constant(-x) }
    return operand(of: a, .negate) ?? negatedMultiple(a) ?? shared(.negate, a)
  }

  /// The product; a factor that is exactly 0 makes it 0, whatever the other one is.
  func multiply(_ a: Variable, _ b: Variable) -> Variable {
    if let x = number(a), let y = number(b) { return constant(x == 0 || y == 0 ? 0 : x * y) }
    if let y = number(b) { return multiply(y, a) }
    if let x = number(a) { return multiply(x, b) }
    if let y = reciprocal(b) { return shared(.divide, a, y) }
    if let x = reciprocal(a) { return shared(.divide, b, x) }
    return shared(.multiply, a, b)
  }

  /// The product, in which a number that is no 0, 1 or −1 stands before the other factor as it is.
  func scale(_ a: Variable, _ b: Variable) -> Variable {
    guard let factor = number(a), number(b) == nil, factor != 0, factor.magnitude != 1 else {
      return multiply(a, b)
    }
    return shared(.multiply, a, b)
  }

  private func multiply(_ factor: Double, _ b: Variable) -> Variable {
    switch factor {
    case 0: return constant(0)
    case 1: return b
    default: break
    }
    if tape.opcode(Int(b.index)) == .multiply {
      let (x, y, _, _) = operands(Int(b.index))
      if let inner = number(tape.node(Int(x))) {
        return multiply(constant(factor * inner), tape.node(Int(y)))
      }
    }
    if factor == -1 { return negate(b) }
    if let inner = operand(of: b, .negate) { return multiply(-factor, inner) }
    if let y = reciprocal(b) { return divide(constant(factor), y) }
    return shared(.multiply, constant(factor), b)
  }

  func divide(_ a: Variable, _ b: Variable) -> Variable {
    switch (number(a), number(b)) {
    case (let x?, let y?): return constant(x / y)
    case (0, nil): return constant(0)
    case (nil, 1): return a
    case (nil, -1): return negate(a)
    default: return shared(.divide, a, b)
    }
  }

  func power(_ a: Variable, _ b: Variable) -> Variable {
    if let x = number(a), let y = number(b) { return constant(Operators.Power.value(x, y)) }
    switch number(b) {
    case 0: return constant(1)
    case 1: return a
    default: return shared(.power, a, b)
    }
  }

  /// Records an operator of the table.
  func apply(_ opcode: Opcode, _ operands: [Variable]) -> Variable {
    switch opcode {
    case .add: return add(operands[0], operands[1])
    case .subtract: return subtract(operands[0], operands[1])
    case .multiply: return multiply(operands[0], operands[1])
    case .divide: return divide(operands[0], operands[1])
    case .power: return power(operands[0], operands[1])
    case .negate: return negate(operands[0])
    case .identity: return operands[0]
    default: break
    }
    guard let row = opcode.type else { preconditionFailure("formulas apply rows of the table") }
    let numbers = operands.compactMap(number)
    if numbers.count == operands.count { return constant(row.value(at: numbers)) }
    if operands.count == 1 { return shared(opcode, operands[0]) }
    if operands.count == 2, Self.isShared(opcode) {
      return shared(opcode, operands[0], operands[1])
    }
    return row.record(operands)
  }

  /// Records an operation on arrays.
  func apply(_ operation: ArrayOperation, _ operands: Variable...) -> Variable {
    apply(operation, operands)
  }

  /// Records an operation on arrays, whose shapes fit.
  func apply(_ operation: ArrayOperation, _ operands: [Variable]) -> Variable {
    let key = OperationKey(name: operation.name, operands: operands.map(\.index))
    for node in operations[key] ?? []
    where tape.storage.pointee.arrays?.operations[node] == operation {
      return tape.node(Int(node))
    }
    let result: Variable
    do throws(ShapeFault) { result = try Variable.applying(operation, to: operands) } catch {
      preconditionFailure("the transposed map of an operation fits: \(error.message)")
    }
    operations[key, default: []].append(result.index)
    return result
  }

  /// Whether the shape of one variable is that of an operation on both.
  private func covers(_ a: Variable, _ b: Variable) -> Bool {
    !b.isArray || a.shape == b.shape
  }

  /// What a negative number times something is the negative of: `4x` for `−4x`.
  private func negatedMultiple(_ variable: Variable) -> Variable? {
    guard tape.opcode(Int(variable.index)) == .multiply else { return nil }
    let (x, y, _, _) = operands(Int(variable.index))
    guard let factor = number(tape.node(Int(x))), factor < 0 else { return nil }
    return multiply(-factor, tape.node(Int(y)))
  }

  private func operand(of variable: Variable, _ opcode: Opcode) -> Variable? {
    guard tape.opcode(Int(variable.index)) == opcode else { return nil }
    return tape.node(Int(operands(Int(variable.index)).0))
  }

  /// What a variable is the reciprocal of.
  private func reciprocal(_ variable: Variable) -> Variable? {
    guard tape.opcode(Int(variable.index)) == .divide else { return nil }
    let (one, y, _, _) = operands(Int(variable.index))
    return number(tape.node(Int(one))) == 1 ? tape.node(Int(y)) : nil
  }

  // MARK: Sharing

  private typealias Operands = (UInt32, UInt32, UInt32, Int)

  private func shared(_ opcode: Opcode, _ a: Variable, _ b: Variable? = nil) -> Variable {
    var operands: Operands = (a.index, b?.index ?? 0, 0, b == nil ? 1 : 2)
    Self.order(opcode, &operands)
    let hash = Self.hash(opcode, operands)
    if let node = find(opcode, operands, 0, hash) { return tape.node(Int(node)) }
    let result: Variable
    switch (opcode, b) {
    case (.add, let b?): result = a + b
    case (.subtract, let b?): result = a - b
    case (.multiply, let b?): result = a * b
    case (.divide, let b?): result = a / b
    case (.power, let b?): result = pow(a, b)
    case (.negate, nil): result = -a
    default:
      guard let row = opcode.type else { preconditionFailure("formulas apply rows of the table") }
      result = row.record(b.map { [a, $0] } ?? [a])
    }
    table.insert(result.index, hash) { self.hash(of: $0) }
    return result
  }

  /// Whether two nodes of an operator are the same where their operands are.
  private static func isShared(_ opcode: Opcode) -> Bool {
    opcode == .constant || OperatorRow.arities[Int(opcode.rawValue)] > 0
  }

  private func find(
    _ opcode: Opcode, _ wanted: Operands, _ value: Double, _ hash: UInt64
  ) -> UInt32? {
    var wanted = wanted
    Self.order(opcode, &wanted)
    return table.find(hash) { node in
      guard tape.storage.pointee.opcodes[Int(node)] == opcode else { return false }
      if opcode == .constant {
        return tape.storage.pointee.values[Int(node)].bitPattern == value.bitPattern
      }
      var own = operands(Int(node))
      Self.order(opcode, &own)
      return own == wanted
    }
  }

  private func operands(_ node: Int) -> Operands {
    let tape = tape.storage
    let begin = node == 0 ? 0 : Int(tape.pointee.edgeEnds[node - 1])
    let count = Int(tape.pointee.edgeEnds[node]) - begin
    func source(_ k: Int) -> UInt32 { k < count ? tape.pointee.sources[begin + k] : 0 }
    return (source(0), source(1), source(2), count)
  }

  /// Sums and products are the same in either order.
  private static func order(_ opcode: Opcode, _ operands: inout Operands) {
    if opcode == .add || opcode == .multiply, operands.0 > operands.1 {
      (operands.0, operands.1) = (operands.1, operands.0)
    }
  }

  private func hash(of node: UInt32) -> UInt64 {
    let opcode = tape.storage.pointee.opcodes[Int(node)]
    if opcode == .constant { return Self.hash(tape.storage.pointee.values[Int(node)]) }
    var own = operands(Int(node))
    Self.order(opcode, &own)
    return Self.hash(opcode, own)
  }

  private static func hash(_ value: Double) -> UInt64 { NodeTable.mixed(value.bitPattern) }

  private static func hash(_ opcode: Opcode, _ operands: Operands) -> UInt64 {
    let pair = UInt64(operands.0) << 32 | UInt64(operands.1)
    return NodeTable.mixed(
      NodeTable.mixed(pair) ^ UInt64(operands.2) << 8 ^ UInt64(opcode.rawValue))
  }
}
