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
    let foldOfNode = foldOfNode
    let single = trace.nodes.indices.filter { foldOfNode[$0] < 0 }
    let values = words.forward(
      single.map { MathText("\(fullTitle(of: $0).plain) = \(value(of: $0).plain)") }
        + folds.map { valueSentence(of: $0) })
    let start = (foldSummary.map { "\($0.plain) " } ?? "") + values.plain
    if options.show == .forward { return start }
    func rule(_ index: Int) -> MathText {
      MathText(chainRule(of: index).map(\.plain).joined(separator: " = "))
    }
    let folded = folds.compactMap { derivativeSentence(of: $0) }
    let rules =
      if let seed {
        words.tangents(name(of: seed), single.map(rule) + folded)
      } else {
        words.backward(single.filter { hasDerivative($0) }.map(rule).reversed() + folded)
      }
    return "\(start) \(rules.plain)"
  }
}
