/// A small change of one value: `b=0.001`.
public struct Nudge: Sendable, Equatable {
  /// The name or the id of the node that is moved.
  public var name: String
  /// By how much.
  public var amount: Double

  /// A change of `name` by `amount`.
  public init(_ name: String, by amount: Double) {
    self.name = name
    self.amount = amount
  }
}
