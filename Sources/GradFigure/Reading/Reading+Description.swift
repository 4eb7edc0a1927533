import GradCore

extension Reading {
  /// One line that says what the figure is.
  public var heading: String { options.title ?? words.heading(name(of: trace.output).plain) }

  /// The figure in words: forward, every value; then every derivative with its chain rule.
  ///
  /// With blanks it is what is to be filled in.
  public var summary: String {
    let blanks = blankAnswers
    if !blanks.isEmpty { return words.fillIn(blanks.map(\.name.plain)) }
    var forward: [String] = []
    var backward: [String] = []
    for index in trace.nodes.indices {
      forward.append("\(fullTitle(of: index).plain) = \(value(of: index))")
    }
    let values = words.forward(forward)
    if options.show == .forward { return values }
    if let seed {
      let rules = trace.nodes.indices.map { chainRule(of: $0) }
      return "\(values) \(words.tangents(name(of: seed).plain, rules))"
    }
    for index in trace.nodes.indices.reversed() where hasDerivative(index) {
      backward.append(chainRule(of: index))
    }
    return "\(values) \(words.backward(backward))"
  }
}
