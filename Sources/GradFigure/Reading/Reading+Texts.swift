import GradCore

extension Reading {
  /// Texts that a figure and its description ask for several times: all of a kind, or none of it.
  struct Texts {
    /// Of each node.
    var titles: [MathText] = []
    var values: [MathText] = []
    var derivatives: [MathText] = []
    var derivativeNames: [MathText] = []
    var chainRules: [String] = []
    /// Of each edge.
    var partials: [MathText] = []
  }

  /// The same reading with these texts worked out.
  func prepared() -> Reading {
    var reading = self
    let nodes = trace.nodes.indices
    reading.texts.titles = nodes.map { fullTitle(of: $0) }
    reading.texts.values = nodes.map { ownValue(of: $0) }
    reading.texts.derivatives = nodes.map { derivativeText(of: $0) }
    reading.texts.derivativeNames = nodes.map { derivativeName(of: $0) }
    reading.texts.partials = trace.edges.indices.map { partialText(ofEdge: $0) }
    // They are made of the others.
    reading.texts.chainRules = nodes.map { hasDerivative($0) ? reading.chainRuleText(of: $0) : "" }
    return reading
  }

  /// The chain rule of node `index` as plain text, without the middle ones of many terms.
  func chainRuleText(of index: Int) -> String {
    texts.chainRules[at: index]
      ?? chainRule(of: index, longest: Self.mostTerms).map(\.plain).joined(separator: " = ")
  }

  /// What edge `index` adds to a derivative, as plain text.
  func explanationText(ofEdge index: Int) -> [String] {
    let node = destination(ofEdge: index)
    let isAll =
      hasDerivative(onEdge: index) && contributions(to: node) == [index]
      && derivative(of: node) == contribution(ofEdge: index) && !trace.edges[index].isOfArrays
    // What comes over one edge alone is explained by the chain rule of its node.
    if isAll { return [chainRuleText(of: node)] }
    if !hasDerivative(onEdge: index) { return explanation(ofEdge: index).map(\.plain) }
    // The sides one by one, as many figures have more edges than anything else.
    let sides = contributionRule(ofEdge: index)
    return [sides.dropFirst().reduce(into: sides[0].plain) { $0 += " = " + $1.plain }]
  }
}

extension Array {
  /// The element at `index`; `nil` beyond the last.
  subscript(at index: Int) -> Element? { index < count ? self[index] : nil }
}
