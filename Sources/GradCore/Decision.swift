/// A condition that was decided while a program was recorded.
///
/// The nodes that were computed since are those of one outcome; with other inputs the other might
/// have been recorded.
public struct Decision: Sendable, Equatable {
  /// The condition, as a program would write it: `x > 0`.
  public var condition: String
  /// Whether it held.
  public var holds: Bool
  /// The node that each name in it stood for, by its number.
  public var operands: [String: Int]
  /// The ``Operators/Where`` or ``Operators/WhereElse`` that it chose, of which both operands were recorded; `nil` for a
  /// conditional expression, of which one branch was.
  public var node: Int?

  /// A decision from its parts.
  public init(condition: String, holds: Bool, operands: [String: Int], node: Int? = nil) {
    self.condition = condition
    self.holds = holds
    self.operands = operands
    self.node = node
  }
}
