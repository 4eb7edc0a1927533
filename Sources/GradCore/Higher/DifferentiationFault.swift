public import GradBase

/// What cannot be differentiated as a computation: an operator that is not in the table, an order out of
/// range, a name that is no input.
public struct DifferentiationFault: ReadableError, Equatable, Sendable {
  /// What is wrong: `"'my_op' is not in the table of operators"`.
  public var message: String
  /// A way out; `nil` if none is known.
  public var help: String?
  /// The node it is about, an index in ``Trace/nodes``; `nil` if it is about none.
  public var node: Int?

  /// A fault from its words.
  public init(_ message: String, help: String? = nil, node: Int? = nil) {
    self.message = message
    self.help = help
    self.node = node
  }

  /// What is wrong, and what to do about it.
  public var description: String { Self.text(message, help: help) }
}
