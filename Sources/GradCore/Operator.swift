/// One differentiable operator, written once: a row of the operator table.
///
/// A row is a type of its own, so that recording through it is inlined into the caller. The parser
/// finds it by ``OperatorRow/name``, the tape runs its rule, figures print its spelling, and the
/// tests hold the rule against the formulas and against differences. Conform to
/// ``UnaryOperator``, ``BinaryOperator``, ``TernaryOperator`` or ``VariadicOperator``, and give the
/// type a case of ``Opcode``.
public protocol Operator: Sendable {
  /// What names this row on a tape: the case whose ``Opcode/type`` is this one.
  static var opcode: Opcode { get }

  /// Everything about the operator but its rule.
  static var row: OperatorRow { get }

  /// Records the operator at run-time-chosen operands, whose count is that of the row.
  static func record(_ operands: [Variable]) -> Variable

  /// The values of a block of entries, by the rule of the row.
  static func fill(_ block: OperandBlock)

  /// The partials by operand `k` of a block of entries, by the rule of the row.
  static func partials(_ block: OperandBlock, by k: Int, into partials: Entries)
}

/// An operator of one operand `x` with the result `z`.
public protocol UnaryOperator: Operator {
  /// The value at `x`.
  static func value(_ x: Double) -> Double
  /// ∂z/∂x, given the operand and the value computed from it.
  static func partial(_ x: Double, _ z: Double) -> Double
}

/// An operator of two operands `x` and `y` with the result `z`.
public protocol BinaryOperator: Operator {
  /// The value at `x` and `y`.
  static func value(_ x: Double, _ y: Double) -> Double
  /// ∂z/∂x and ∂z/∂y, given the operands and the value computed from them.
  static func partials(_ x: Double, _ y: Double, _ z: Double) -> (Double, Double)
}

/// An operator of three operands `x`, `y` and `w` with the result `z`.
public protocol TernaryOperator: Operator {
  /// The value at `x`, `y` and `w`.
  static func value(_ x: Double, _ y: Double, _ w: Double) -> Double
  /// ∂z/∂x, ∂z/∂y and ∂z/∂w, given the operands and the value computed from them.
  static func partials(
    _ x: Double, _ y: Double, _ w: Double, _ z: Double
  ) -> (Double, Double, Double)
}

/// An operator of one or more operands, all alike.
public protocol VariadicOperator: Operator {
  /// The value at `operands`, of which there is at least one.
  static func value(_ operands: [Double]) -> Double
  /// The partial of each operand, given all of them and the value computed from them.
  static func partials(_ operands: [Double], _ z: Double) -> [Double]
}

extension UnaryOperator {
  /// Records the operator at the one operand given.
  public static func record(_ operands: [Variable]) -> Variable {
    precondition(operands.count == 1, "\(row.name) takes one operand")
    return operands[0].applying(Self.self)
  }
}

extension BinaryOperator {
  /// Records the operator at the two operands given.
  public static func record(_ operands: [Variable]) -> Variable {
    precondition(operands.count == 2, "\(row.name) takes two operands")
    return operands[0].applying(Self.self, operands[1])
  }
}

extension TernaryOperator {
  /// Records the operator at the three operands given.
  public static func record(_ operands: [Variable]) -> Variable {
    precondition(operands.count == 3, "\(row.name) takes three operands")
    return operands[0].applying(Self.self, operands[1], operands[2])
  }
}

extension VariadicOperator {
  /// Records the operator at the operands given, at least one.
  public static func record(_ operands: [Variable]) -> Variable {
    Variable.applying(Self.self, to: operands)
  }
}
