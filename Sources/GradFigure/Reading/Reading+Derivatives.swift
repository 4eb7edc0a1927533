import GradCore

extension Reading {
  // MARK: Names and numbers

  /// Whether the derivative of node `index` is shown: data has none, but every node has a tangent.
  package func hasDerivative(_ index: Int) -> Bool {
    seed != nil || !hasBackwardGraph && !trace.nodes[index].lacksDerivative
  }

  /// Whether a derivative goes over edge `index`.
  package func hasDerivative(onEdge index: Int) -> Bool {
    hasDerivative(trace.edges[index].source)
      && (seed != nil || !trace.isStopped(trace.edges[index]))
  }

  /// What the derivative of node `index` is called.
  package func derivativeName(of index: Int) -> MathText {
    texts.derivativeNames[at: index] ?? derivativeName(of: index, in: options.notation)
  }

  /// What the derivative of node `index` is called in a notation.
  func derivativeName(of index: Int, in notation: Notation) -> MathText {
    seed.map { notation.tangent(name(of: index), seedName($0)) }
      ?? notation.derivative(name(of: trace.output), name(of: index))
  }

  /// What forward mode differentiates by: `x`, or an entry of an array, `X[0, 1]`.
  func seedName(_ seed: Int) -> MathText {
    name(of: seed) + indices(ofEntry: seedEntry, of: seed)
  }

  package func partialName(ofEdge index: Int) -> MathText {
    options.notation.partial(
      name(of: trace.edges[index].target), name(of: trace.edges[index].source))
  }

  /// The derivative of the output by node `index`; in forward mode that of the node by the seed.
  package func derivative(of index: Int) -> Double { trace.nodes[index].derivative }

  /// The derivative of node `index` as the figure writes it.
  package func derivativeText(of index: Int) -> MathText {
    if let known = texts.derivatives[at: index] { return known }
    if let array = derivativeArray(of: index) { return text(of: array, .derivative(index)) }
    return number(derivative(of: index), .derivative(index))
  }

  /// `db = 6`, or with the sum where several edges contribute: `db = 2 + 3 = 5`.
  func derivativeRow(of index: Int) -> MathText {
    "\(derivativeName(of: index)) = \(derivativeWithTerms(of: index))"
  }

  /// `6`, or with the sum where several edges contribute: `2 + 3 = 5`; of more than three terms the
  /// first and the last: `−4.58 + … − 711 = −938`.
  func derivativeWithTerms(of index: Int) -> MathText {
    let edges = contributions(to: index)
    guard !isArray(index), edges.count > 1 else { return derivativeText(of: index) }
    if edges.count <= 3 {
      let (terms, total) = derivativeSum(of: index)
      return "\(Self.sum(terms)) = \(total)"
    }
    // Nobody can add these up, so that they have their usual digits.
    let ends = [edges[0], edges[edges.count - 1]].map { contributionText(ofEdge: $0) }
    return "\(Self.sum([ends[0], "…", ends[1]])) = \(derivativeText(of: index))"
  }

  /// What comes to the derivative of node `index`, and the derivative, with the digits that make them
  /// add up as printed.
  package func derivativeSum(of index: Int) -> (terms: [MathText], total: MathText) {
    let (numbers, edges, total) = (
      options.numbers, contributions(to: index), derivative(of: index)
    )
    let digits = numbers.digits(ofSum: edges.map { contribution(ofEdge: $0) }, total)
    return (
      edges.map { numbers.text(contribution(ofEdge: $0), .contribution($0), digits, .term) },
      numbers.text(total, .derivative(index), digits, .total())
    )
  }

  /// The edges over which something comes to the derivative of node `index`: back from the nodes that
  /// use it, or in forward mode on from its operands.
  package func contributions(to index: Int) -> [Int] {
    guard let seed else { return waysOn[index] }
    return index == seed ? [] : Array(trace.edges(into: index).indices)
  }

  /// The node whose derivative an edge carries on.
  package func origin(ofEdge index: Int) -> Int {
    seed == nil ? trace.edges[index].target : trace.edges[index].source
  }

  /// The node whose derivative an edge adds to.
  func destination(ofEdge index: Int) -> Int {
    seed == nil ? trace.edges[index].source : trace.edges[index].target
  }

  /// What an edge adds to the derivative that it leads to.
  func contribution(ofEdge index: Int) -> Double { trace.edges[index].contribution }

  /// The derivative that stands at a wire: in forward mode that of the value it carries.
  func derivativeText(onWire index: Int) -> MathText {
    if seed != nil {
      let source = trace.edges[index].source
      return derivativeArray(of: source).map { wireText(of: $0, .derivative(source)) }
        ?? derivativeText(of: source)
    }
    return trace.edges[index].arrayContribution.map { wireText(of: $0, .contribution(index)) }
      ?? number(contribution(ofEdge: index), .contribution(index))
  }

  /// The partial on an edge as the figure writes it.
  package func partialText(ofEdge index: Int) -> MathText {
    texts.partials[at: index] ?? number(trace.edges[index].partial, .partial(index))
  }

  /// What stands on the backward line of an edge: one text or none.
  func backwardLabels(_ index: Int) -> [Figure.Label] {
    if !hasDerivative(onEdge: index) { return [] }
    let text = trace.edges[index].isOfArrays ? arrayEdgeLabel(index) : edgeLabel(index)
    if text.isEmpty { return [] }
    return [Figure.Label(kind: .partial, text: text, fontSize: 12, place: .onBackward)]
  }

  private func edgeLabel(_ index: Int) -> MathText {
    switch options.edgeLabels {
    case .partial: "×\(partialText(ofEdge: index))"
    case .contribution: contributionText(ofEdge: index)
    case .product: "\(factorNumbers(index, dot: "·")) = \(contributionText(ofEdge: index))"
    case .none: MathText()
    }
  }

  // MARK: Sentences

  /// The value and the chain rule at node `index`: `b = 3; db = du · ∂u/∂b = 3 · 2 = 6`; of data the
  /// value alone.
  ///
  /// It stands at every line of the node, so that of many terms the middle ones are left out; the
  /// description has them all.
  package func explanation(of index: Int) -> [MathText] {
    if !hasDerivative(index) { return [valueLine(of: index)] }
    let rule = chainRule(of: index, longest: Self.mostTerms)
    return [valueLine(of: index), rule.joined(separator: " = ")]
  }

  /// The same as plain text.
  func explanationText(of index: Int) -> [String] {
    [valueLine(of: index).plain] + (hasDerivative(index) ? [chainRuleText(of: index)] : [])
  }

  /// How many terms a sum has at most in an explanation.
  static let mostTerms = 8

  private func valueLine(of index: Int) -> MathText {
    "\(fullTitle(of: index).shortened(to: 200)) = \(value(of: index))"
  }

  /// The derivative of a node, written out.
  ///
  /// - Parameters:
  ///   - index: The node.
  ///   - longest: How many terms a sum has at most; of more, the first ones and the last stay.
  /// - Returns: Formulas that are equal: its name, `du · ∂u/∂b`, `3 · 2` and `6`, with sums where there
  ///   are several ways.
  package func chainRule(of index: Int, longest: Int = .max) -> [MathText] {
    let edges = contributions(to: index)
    let name = derivativeName(of: index)
    if edges.isEmpty { return [name, derivativeText(of: index)] }
    if isArray(index) || edges.contains(where: { trace.edges[$0].isOfArrays }) {
      return arrayChainRule(of: index, edges, longest: longest)
    }
    let isCut = edges.count > longest
    // The middle ones of many are not even written.
    let shown = isCut ? edges.prefix(longest / 2) + edges.suffix(1) : edges[...]
    func sum(_ terms: [MathText]) -> MathText {
      Self.sum(isCut ? terms.dropLast() + ["…"] + terms.suffix(1) : terms)
    }
    let chain = [name, sum(shown.map { factorNames($0) }), sum(shown.map { factorNumbers($0) })]
    if edges.count == 1 { return chain + [derivativeText(of: index)] }
    if isCut {
      return chain + [sum(shown.map { contributionText(ofEdge: $0) }), derivativeText(of: index)]
    }
    let (terms, total) = derivativeSum(of: index)
    return chain + [sum(terms), total]
  }

  /// The chain rule at one edge: what it adds to the derivative it leads to.
  package func explanation(ofEdge index: Int) -> [MathText] {
    if !hasDerivative(onEdge: index) { return explanation(of: trace.edges[index].source) }
    let sides = contributionRule(ofEdge: index)
    return [
      sides.dropFirst().reduce(into: sides[0]) { line, side in
        line.append(" = ")
        line.append(side)
      }
    ]
  }

  /// What an edge adds to a derivative, as the sides of an equation: its name, the product that the edge adds,
  /// in names and in numbers, and what that is.
  func contributionRule(ofEdge index: Int) -> [MathText] {
    let node = destination(ofEdge: index)
    let rest = contributions(to: node).count > 1 ? "… + " : ""
    let result = contributionText(ofEdge: index)
    if trace.edges[index].isOfArrays {
      return [derivativeName(of: node), "\(rest)\(edgeFormula(ofEdge: index).text)", result]
    }
    return [derivativeName(of: node), "\(rest)\(factorNames(index))", factorNumbers(index), result]
  }

  /// What an edge adds, in names: `du · ∂u/∂b`.
  package func factorNames(_ edge: Int) -> MathText {
    "\(derivativeName(of: origin(ofEdge: edge))) · \(partialName(ofEdge: edge))"
  }

  /// What an edge adds, in numbers: `3 · 2`.
  package func factorNumbers(_ edge: Int, dot: String = " · ") -> MathText {
    let derivative = derivativeText(of: origin(ofEdge: edge))
    return "\(derivative)\(dot)\(partialText(ofEdge: edge).beginning(.signed))"
  }

  /// `2 − 3` for 2 and −3.
  package static func sum(_ terms: [MathText]) -> MathText {
    var sum = terms.first ?? "0"
    for term in terms.dropFirst() {
      if !term.beginsWithNumber { sum.append(" + ") }
      sum.append(term.beginning(.term))
    }
    return sum
  }
}
