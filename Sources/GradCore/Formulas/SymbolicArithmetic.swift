/// Arithmetic that records a formula as a person would write it: without additions of 0,
/// multiplications by 1, and signs inside.
package struct SymbolicArithmetic {
  /// Where it records.
  package let tape: Tape

  /// Arithmetic that records on `tape`.
  package init(tape: Tape) { self.tape = tape }

  /// A number; one with a `spelling` of its own, such as `pi`, stays as it is written.
  package func constant(_ value: Double, spelling: String? = nil) -> Variable {
    let variable = tape.constant(value)
    if let spelling { tape.labels.spellings[variable.index] = spelling }
    return variable
  }

  /// Records an operator, simplified where that is arithmetic.
  package func record(_ row: any Operator.Type, _ operands: [Variable]) -> Variable {
    switch row.opcode {
    case .add: add(operands[0], operands[1])
    case .subtract: subtract(operands[0], operands[1])
    case .multiply: multiply(operands[0], operands[1])
    case .divide: divide(operands[0], operands[1])
    case .power: power(operands[0], operands[1])
    case .negate: negate(operands[0])
    default: row.record(operands)
    }
  }

  /// Records a sum.
  package func add(_ a: Variable, _ b: Variable) -> Variable {
    if let x = number(a), let y = number(b) { return constant(x + y) }
    if number(a) == 0 { return b }
    if number(b) == 0 { return a }
    if let y = negated(b) { return subtract(a, y) }
    return a + b
  }

  func subtract(_ a: Variable, _ b: Variable) -> Variable {
    if let x = number(a), let y = number(b) { return constant(x - y) }
    if number(b) == 0 { return a }
    if number(a) == 0 { return negate(b) }
    if let y = negated(b) { return add(a, y) }
    return a - b
  }

  /// Records a product.
  package func multiply(_ a: Variable, _ b: Variable) -> Variable {
    if let x = number(a), let y = number(b) { return constant(x * y) }
    if number(b) != nil { return multiply(b, a) }
    switch number(a) {
    case 0: return a
    case 1: return b
    case -1: return negate(b)
    default: break
    }
    if let x = negated(a) { return negate(multiply(x, b)) }
    if let y = negated(b) { return negate(multiply(a, y)) }
    if let (one, y) = quotient(b), number(one) == 1 { return divide(a, y) }
    if let (one, x) = quotient(a), number(one) == 1 { return divide(b, x) }
    return a * b
  }

  func divide(_ a: Variable, _ b: Variable) -> Variable {
    if number(b) == 1 || number(a) == 0 { return a }
    if number(b) == -1 { return negate(a) }
    if let x = negated(a) { return negate(divide(x, b)) }
    if let y = negated(b) { return negate(divide(a, y)) }
    return a / b
  }

  func power(_ a: Variable, _ b: Variable) -> Variable {
    switch number(b) {
    case 0: return constant(1)
    case 1: return a
    default: return pow(a, b)
    }
  }

  func negate(_ a: Variable) -> Variable {
    if let x = number(a) { return constant(-x) }
    return negated(a) ?? -a
  }

  /// The number of a constant that may be computed with.
  private func number(_ variable: Variable) -> Double? {
    let isPlain =
      tape.opcode(Int(variable.index)) == .constant
      && tape.labels.spellings[variable.index] == nil
    return isPlain ? variable.value : nil
  }

  /// What `variable` is the negative of.
  private func negated(_ variable: Variable) -> Variable? {
    if tape.opcode(Int(variable.index)) == .negate { return operands(of: variable)[0] }
    if let number = number(variable), number < 0 { return constant(-number) }
    return nil
  }

  private func quotient(_ variable: Variable) -> (Variable, Variable)? {
    guard tape.opcode(Int(variable.index)) == .divide else { return nil }
    let operands = operands(of: variable)
    return (operands[0], operands[1])
  }

  private func operands(of variable: Variable) -> [Variable] {
    tape.edges(into: Int(variable.index)).map { tape.node(tape.edge($0).source) }
  }
}

extension SymbolicArithmetic {
  /// Records a formula of the operator table; of a condition, the branch that holds.
  ///
  /// - Parameters:
  ///   - formula: The formula.
  ///   - names: What stands for each name in it.
  /// - Returns: `nil` where the formula names something else.
  package func record(_ formula: RowFormula, _ names: [String: Variable]) -> Variable? {
    switch formula {
    case .number(let value): return constant(value)
    case .letter(let letter, let value): return constant(value, spelling: letter)
    case .name(let name): return names[name]
    case .apply(let opcode, let operands):
      let variables = operands.compactMap { record($0, names) }
      guard variables.count == operands.count, let row = opcode.type else { return nil }
      return record(row, variables)
    case .choice(let comparisons, let first, let second):
      for comparison in comparisons {
        guard let left = record(comparison.left, names),
          let right = record(comparison.right, names)
        else { return nil }
        if comparison.sign.holds(left.value, right.value) { return record(first, names) }
      }
      return record(second, names)
    }
  }
}
