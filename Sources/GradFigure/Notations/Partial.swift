extension Notation {
  /// `∂J/∂b`.
  public static let partial = Notation(
    name: "partial",
    derivative: { output, variable in output.differential("∂") + "/" + variable.differential("∂") },
    tangent: { node, seed in node.differential("∂") + "/" + seed.differential("∂") },
    higher: { order, output, variable in output.higher("∂", order, by: variable) })
}
