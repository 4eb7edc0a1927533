extension Notation {
  /// The derivative of `output` by `first` and then by `second`: of one and the same as figures call it, `d²x`
  /// or `∂²y/∂x²`, of two in every notation `∂²y/∂x∂y`.
  package func second(_ output: MathText, _ first: MathText, _ second: MathText) -> MathText {
    if first == second { return higher(2, output, first) }
    var above = MathText("∂")
    above.append("2", .raised)
    return above + output + "/" + first.differential("∂") + second.differential("∂")
  }

  /// The same as a divisor: in brackets where it is a fraction.
  package func divisor(_ derivative: MathText) -> MathText {
    derivative.plain.contains("/") ? "(\(derivative))" : derivative
  }
}
