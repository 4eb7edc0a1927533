extension Notation {
  /// `b̄` for the adjoint and `ḃ` for the tangent, as the literature on automatic differentiation.
  public static let bar = Notation(
    name: "bar", derivative: { _, variable in variable.accented("\u{304}") },
    tangent: { node, _ in node.accented("\u{307}") })
}
