import GradCore

extension Reading {
  // MARK: Names and numbers

  /// Whether the derivative of node `index` is shown: data has none, but every node has a tangent.
  package func hasDerivative(_ index: Int) -> Bool { seed != nil || !trace.nodes[index].isData }

  /// Whether a derivative goes over edge `index`.
  package func hasDerivative(onEdge index: Int) -> Bool {
    hasDerivative(trace.edges[index].source)
  }

  /// What the derivative of node `index` is called.
  package func derivativeName(of index: Int) -> MathText {
    derivativeName(of: index, in: options.notation)
  }

  /// What the derivative of node `index` is called in a notation.
  func derivativeName(of index: Int, in notation: Notation) -> MathText {
    seed.map { notation.tangent(name(of: index), name(of: $0)) }
      ?? notation.derivative(name(of: trace.output), name(of: index))
  }

  package func partialName(ofEdge index: Int) -> MathText {
    options.notation.partial(
      name(of: trace.edges[index].target), name(of: trace.edges[index].source))
  }

  /// The derivative of the output by node `index`; in forward mode that of the node by the seed.
  package func derivative(of index: Int) -> Double {
    tangents?[index] ?? trace.nodes[index].derivative
  }

  /// What stands before the derivative of node `index`: `db = `.
  func derivativeLead(of index: Int) -> MathText { derivativeName(of: index) + " = " }

  /// `db = 6`, or with the sum where several edges contribute: `db = 2 + 3 = 5`.
  func derivativeRow(of index: Int) -> MathText {
    let lead = derivativeLead(of: index)
    guard (2...3).contains(contributions(to: index).count) else {
      return lead + number(derivative(of: index))
    }
    let (terms, total) = derivativeSum(of: index)
    return lead + "\(Self.sum(terms)) = \(total)"
  }

  /// What comes to the derivative of node `index`, and the derivative, with the digits that make them
  /// add up as printed.
  package func derivativeSum(of index: Int) -> (terms: [String], total: String) {
    options.numbers.sum(
      contributions(to: index).map { contribution(ofEdge: $0) }, derivative(of: index))
  }

  /// The edges that lead on from node `index` to the output.
  func waysOn(from index: Int) -> [Int] {
    outgoing[index].filter { !trace.nodes[trace.edges[$0].target].isUnused }
  }

  /// The edges over which something comes to the derivative of node `index`: back from the nodes that
  /// use it, or in forward mode on from its operands.
  package func contributions(to index: Int) -> [Int] {
    guard let seed else { return waysOn(from: index) }
    return index == seed ? [] : Array(trace.edges(into: index).indices)
  }

  /// The node whose derivative an edge carries on.
  package func origin(ofEdge index: Int) -> Int {
    seed == nil ? trace.edges[index].target : trace.edges[index].source
  }

  /// The node whose derivative an edge adds to.
  private func destination(ofEdge index: Int) -> Int {
    seed == nil ? trace.edges[index].source : trace.edges[index].target
  }

  /// What an edge adds to the derivative that it leads to.
  package func contribution(ofEdge index: Int) -> Double {
    guard let tangents else { return trace.edges[index].contribution }
    let (partial, tangent) = (trace.edges[index].partial, tangents[trace.edges[index].source])
    return partial == 0 || tangent == 0 ? 0 : partial * tangent
  }

  /// The derivative that stands at a wire: in forward mode that of the value it carries.
  func derivative(onWire index: Int) -> Double {
    tangents?[trace.edges[index].source] ?? trace.edges[index].contribution
  }

  /// What stands on the backward line of an edge: one text or none.
  func backwardLabels(_ index: Int) -> [Figure.Label] {
    if !hasDerivative(onEdge: index) { return [] }
    let text = edgeLabel(index)
    if text.runs.isEmpty { return [] }
    return [Figure.Label(kind: .partial, text: text, fontSize: 12, place: .onBackward)]
  }

  private func edgeLabel(_ index: Int) -> MathText {
    let edge = trace.edges[index]
    let (partial, contribution) = (number(edge.partial), number(contribution(ofEdge: index)))
    switch options.edgeLabels {
    case .partial: return MathText("×" + partial)
    case .contribution: return MathText(contribution)
    case .product:
      let derivative = number(derivative(of: origin(ofEdge: index)))
      return MathText("\(derivative)·\(Self.bracketed(partial)) = \(contribution)")
    case .none: return MathText()
    }
  }

  // MARK: Sentences

  /// The value and the chain rule at node `index`: `b = 3; db = du · ∂u/∂b = 3 · 2 = 6`; of data the
  /// value alone.
  func tooltip(of index: Int) -> String {
    let value = "\(fullTitle(of: index).plain) = \(value(of: index))"
    return hasDerivative(index) ? "\(value)\n\(chainRule(of: index))" : value
  }

  /// `db = du · ∂u/∂b = 3 · 2 = 6`, with a sum where there are several ways.
  func chainRule(of index: Int) -> String {
    let edges = contributions(to: index)
    let name = derivativeName(of: index).plain
    let (terms, total) = derivativeSum(of: index)
    if edges.isEmpty { return "\(name) = \(total)" }
    let symbols = edges.map { factorNames($0).plain }.joined(separator: " + ")
    let numbers = Self.sum(edges.map(factorNumbers))
    return [name, symbols, numbers].joined(separator: " = ")
      + (edges.count > 1 ? " = \(Self.sum(terms)) = \(total)" : " = \(total)")
  }

  /// The chain rule at one edge: what it adds to the derivative it leads to.
  func tooltip(ofEdge index: Int) -> String {
    if !hasDerivative(onEdge: index) { return tooltip(of: trace.edges[index].source) }
    let node = destination(ofEdge: index)
    let name = derivativeName(of: node).plain
    let isOnlyOne = contributions(to: node).count <= 1
    let result = number(contribution(ofEdge: index))
    let sum = "\(factorNames(index).plain) = \(factorNumbers(index)) = \(result)"
    return isOnlyOne ? "\(name) = \(sum)" : "\(name) = … + \(sum)"
  }

  /// What an edge adds, in names: `du · ∂u/∂b`.
  package func factorNames(_ edge: Int) -> MathText {
    derivativeName(of: origin(ofEdge: edge)) + " · " + partialName(ofEdge: edge)
  }

  /// What an edge adds, in numbers: `3 · 2`.
  package func factorNumbers(_ edge: Int) -> String {
    let derivative = number(derivative(of: origin(ofEdge: edge)))
    return "\(derivative) · \(Self.bracketed(number(trace.edges[edge].partial)))"
  }

  /// `2 − 3` for 2 and −3.
  package static func sum(_ terms: [String]) -> String {
    var text = terms.first ?? "0"
    for term in terms.dropFirst() {
      text += term.hasPrefix("−") ? " − \(term.dropFirst())" : " + \(term)"
    }
    return text
  }

  /// A negative number in brackets, where it stands behind a sign.
  package static func bracketed(_ number: String) -> String {
    NumberSymbol.bracketed(number) ?? (number.hasPrefix("−") ? "(\(number))" : number)
  }
}
