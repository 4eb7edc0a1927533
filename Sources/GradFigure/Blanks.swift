/// Which numbers of a figure are left out, for the reader to fill in.
public struct Blanks: Sendable, Equatable {
  /// Kinds of numbers of which all are left out.
  public var kinds: Set<Kind> = []
  /// Single numbers, by what they are called: `db`, `u`, `∂u/∂b`.
  public var names: Set<String> = []

  /// No blanks.
  public init() {}

  /// A kind of number.
  public enum Kind: String, Sendable, CaseIterable {
    /// The derivatives of all nodes.
    case derivatives
    /// The values of all nodes that are computed.
    case values
    /// The partials on all edges.
    case partials
  }

  /// Whether nothing is left out.
  public var isEmpty: Bool { kinds.isEmpty && names.isEmpty }
}
