import GradCore

extension Reading {
  /// What comes back over edge `index`, from or to an array, or in forward mode on, as a formula.
  package func edgeFormula(ofEdge index: Int) -> EdgeFormula {
    EdgeFormula(self, edge: index)
  }

  /// What stands on the backward line of an edge from or to an array.
  func arrayEdgeLabel(_ index: Int) -> MathText {
    switch options.edgeLabels {
    case .partial, .product: edgeFormula(ofEdge: index).label
    case .contribution:
      trace.edges[index].arrayContribution.map { wireText(of: $0, .contribution(index)) }
        ?? number(contribution(ofEdge: index), .contribution(index))
    case .none: MathText()
    }
  }

  /// What stands on the forward line of an edge: the shape of an operand that grows.
  func forwardLabels(_ index: Int) -> [Figure.Label] {
    guard trace.edges[index].isOfArrays, let text = broadcastText(ofEdge: index) else { return [] }
    return [Figure.Label(kind: .shape, text: text, fontSize: 11, place: .onForward)]
  }

  /// What edge `index` adds to the derivative that it leads to.
  func contributionText(ofEdge index: Int) -> MathText {
    trace.edges[index].arrayContribution.map { text(of: $0, .contribution(index)) }
      ?? number(contribution(ofEdge: index), .contribution(index))
  }

  /// The derivative of a node by edges from or to arrays: its name, the sum of the formulas, and the sum.
  func arrayChainRule(of index: Int, _ edges: [Int], longest: Int) -> [MathText] {
    let isCut = edges.count > longest
    let shown = isCut ? Array(edges.prefix(longest / 2) + edges.suffix(1)) : edges
    var terms = shown.map { edge in
      trace.edges[edge].isOfArrays
        ? edgeFormula(ofEdge: edge).text : factorNames(edge)
    }
    if isCut { terms.insert("…", at: longest / 2) }
    return [derivativeName(of: index), Self.sum(terms), derivativeText(of: index)]
  }

  /// The formula of node `origin` of the whole trace, down to the nodes that are drawn.
  package func formula(ofOrigin origin: Int) -> MathText {
    full.mathFormula(of: origin, in: selection.scope(of: origin, in: full)) {
      selection.isKept[$0]
    } mention: {
      name(ofOrigin: $0)
    }
  }

  /// What a forward line says of an operand that grew by broadcasting: `→ 1×3`; `nil` where it did not.
  ///
  /// It is the shape of the first operation that the operand goes into.
  func broadcastText(ofEdge index: Int) -> MathText? {
    let edge = trace.edges[index]
    let (source, target) = (origins[edge.source], origins[edge.target])
    let own = full.nodes[source].shape
    for node in [target] + inner(of: target) {
      guard full.nodes[node].arrayOperation == nil, full.operands(of: node).contains(source),
        full.nodes[node].shape != own
      else { continue }
      // A factor such as the 2 of `2·X` grows everywhere.
      if own.isEmpty, full.nodes[node].opcode != .add, full.nodes[node].opcode != .subtract {
        continue
      }
      return "→ \(NumberArray.text(full.nodes[node].shape))"
    }
    return nil
  }
}

extension NumberArray {
  /// `2×3`; `1` for a number.
  static func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "1" : shape.map(String.init).joined(separator: "×")
  }
}
