public import GradCore

extension Figure {
  /// The figure of a trace of operations.
  ///
  /// O(nodes + edges), and the length of the text.
  public init(_ trace: Trace, _ options: FigureOptions = FigureOptions()) {
    self.init(Composition(trace, options))
  }

  /// The figure of a composition, for those that ask it for more than the figure.
  package init(_ composition: Composition) {
    let options = composition.options
    let parts = options.style.compose(composition)
    self.init(
      trace: composition.trace, nodes: parts.nodes, edges: parts.edges,
      direction: options.direction, mode: composition.seed == nil ? .reverse : .forward,
      show: options.show, title: options.title.map(MathText.init),
      heading: composition.heading(options.title), summary: composition.summary(options.show),
      lastStep: composition.steps.last, callBoxes: composition.callBoxes(parts.nodes))
    if !options.hasSymbols { addAids(composition) }
    addBlanks(composition)
    if options.hasLegend { legend = legendItems(composition) }
  }
}

extension Composition {
  /// One line that says what the figure is.
  func heading(_ title: String?) -> String {
    title ?? words.heading(name(of: trace.output).plain)
  }

  /// The figure in words: forward, every value; then every derivative with its chain rule.
  func summary(_ show: FigureOptions.Show) -> String {
    var forward: [String] = []
    var backward: [String] = []
    for index in trace.nodes.indices {
      forward.append("\(fullTitle(of: index).plain) = \(value(of: index))")
    }
    let values = words.forward(forward)
    if show == .forward { return values }
    if let seed {
      let rules = trace.nodes.indices.map { chainRule(of: $0) }
      return "\(values) \(words.tangents(name(of: seed).plain, rules))"
    }
    for index in trace.nodes.indices.reversed() where hasDerivative(index) {
      backward.append(chainRule(of: index))
    }
    return "\(values) \(words.backward(backward))"
  }

  /// The open calls that have nodes of their own in the figure, outermost first.
  func callBoxes(_ nodes: [Figure.Node]) -> [Figure.CallBox] {
    var members = [[Int]](repeating: [], count: trace.calls.count)
    for (index, node) in nodes.enumerated() {
      var call = node.scope
      while let current = call {
        members[current].append(index)
        call = trace.calls[current].parent
      }
    }
    return trace.calls.indices.compactMap { call in
      if members[call].isEmpty { return nil }
      return Figure.CallBox(
        call: call, title: MathName.text(trace.calls[call].function), nodes: members[call])
    }
  }
}
