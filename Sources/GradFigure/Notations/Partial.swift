extension Notation {
  /// `∂J/∂b`.
  public static let partial = Notation(
    name: "partial",
    derivative: { output, variable in MathText("∂") + output + "/∂" + variable },
    tangent: { node, seed in MathText("∂") + node + "/∂" + seed })
}
