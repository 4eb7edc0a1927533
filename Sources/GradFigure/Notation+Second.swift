extension Notation {
  /// The derivative of `output` by `first` and then by `second`: `∂²y/∂x²`, `∂²y/∂x∂y`.
  package func second(_ output: MathText, _ first: MathText, _ second: MathText) -> MathText {
    var above = MathText("∂")
    above.append("2", .raised)
    var below = first.differential("∂")
    if first == second { below.append("2", .raised) } else { below += second.differential("∂") }
    return above + output + "/" + below
  }
}
