import GradCore

extension Reading {
  /// One line that says what the figure is.
  public var heading: String { options.title ?? words.heading(name(of: trace.output)).plain }

  /// The figure in words: forward, every value; then every derivative with its chain rule.
  ///
  /// With blanks it is what is to be filled in.
  public var summary: String {
    let blanks = blankAnswers
    if !blanks.isEmpty { return words.fillIn(blanks.map(\.name)).plain }
    let values = words.forward(
      trace.nodes.indices.map { MathText("\(fullTitle(of: $0).plain) = \(value(of: $0).plain)") })
    if options.show == .forward { return values.plain }
    func rule(_ index: Int) -> MathText {
      MathText(chainRule(of: index).map(\.plain).joined(separator: " = "))
    }
    let rules =
      if let seed {
        words.tangents(name(of: seed), trace.nodes.indices.map(rule))
      } else {
        words.backward(trace.nodes.indices.filter { hasDerivative($0) }.map(rule).reversed())
      }
    return "\(values.plain) \(rules.plain)"
  }
}
