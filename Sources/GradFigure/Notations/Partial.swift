extension Notation {
  /// `∂J/∂b`.
  public static let partial = Notation(name: "partial") { output, variable in
    MathText("∂") + output + "/∂" + variable
  }
}
