package import GradCore

/// A small change of one number: `b=0.001`, `W[0, 1]=0.001`.
public struct Nudge: Sendable, Equatable {
  /// The name or the id of the node that is moved; of an array with indices, `W[0, 1]`.
  public var name: String
  /// By how much.
  public var amount: Double

  /// A change of `name` by `amount`.
  public init(_ name: String, by amount: Double) {
    self.name = name
    self.amount = amount
  }

  /// The number that is moved; `nil` if the trace has none of that name.
  package func place(in trace: Trace) -> Trace.Place? {
    try? trace.number(named: name, "a nudge moves")
  }
}
