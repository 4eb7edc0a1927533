package import GradFigure

import GradCore

extension Reading {
  /// The derivative of node `index`, written out step by step.
  ///
  /// - Parameters:
  ///   - index: The node, in the reading's trace.
  ///   - steps: Which steps are written, in their order.
  /// - Returns: Formulas that are equal; neighbours differ.
  func chain(
    of index: Int, _ steps: [ChainStep]
  ) -> [MathText] {
    let edges = contributions(to: index)
    if trace.nodes[index].array != nil || edges.contains(where: { trace.edges[$0].isOfArrays }) {
      return chainRule(of: index).withoutRepetitions
    }
    let hasFormulas = steps.contains(.formulas) || steps.contains(.numberByFormula)
    let symbols = hasFormulas ? edges.map { SymbolicPartial(self, edge: $0) } : []
    let (terms, total) = derivativeSum(of: index)
    var chain = [derivativeName(of: index)]
    for step in steps where !edges.isEmpty {
      switch step {
      case .names: chain.append(sum(edges.map { factorNames($0) }))
      case .formulas:
        chain.append(
          sum(
            zip(edges, symbols).map { edge, symbol in
              derivativeName(of: origin(ofEdge: edge)) + " · " + factor(edge, symbol)
            }))
      case .numberByFormula:
        // A constant is the number already.
        if symbols.allSatisfy({ $0?.isConstant ?? true }) { continue }
        chain.append(
          sum(
            zip(edges, symbols).map { edge, symbol in
              derivativeText(of: origin(ofEdge: edge)) + " · " + factor(edge, symbol)
            }))
      case .numbers: chain.append(sum(edges.map { factorNumbers($0) }))
      case .terms: chain.append(Self.sum(terms))
      }
    }
    chain.append(total)
    return chain.withoutRepetitions
  }

  /// The value of node `index`, written out: `u = b·c = 3·2 = 6`.
  package func valueChain(of index: Int) -> [MathText] {
    let formula = formula(of: index)
    if trace.nodes[index].array != nil || trace.edges(into: index).contains(where: \.isOfArrays) {
      let parts = [name(of: index), formula, value(of: index)]
      return parts.filter { !$0.isEmpty }.withoutRepetitions
    }
    if formula.isEmpty { return [name(of: index), value(of: index)] }
    let (numbers, value) = valueEquation(of: index)
    return [name(of: index), formula, numbers, value].withoutRepetitions
  }

  /// The partial on edge `index`, written out: `∂u/∂b = c = 2`.
  package func partialChain(of index: Int) -> [MathText] {
    let symbol = SymbolicPartial(self, edge: index)?.text
    return [partialName(ofEdge: index), symbol, partialText(ofEdge: index)].compactMap(\.self)
      .withoutRepetitions
  }

  private func factor(_ edge: Int, _ symbol: SymbolicPartial?) -> MathText {
    guard let symbol else { return partialText(ofEdge: edge).beginning(.signed) }
    return symbol.isLoose ? MathText("(") + symbol.text + ")" : symbol.text
  }

  private func sum(_ terms: [MathText]) -> MathText {
    terms.dropFirst().reduce(terms.first ?? MathText("0")) { sum, term in
      term.plain.hasPrefix("−") ? sum + " + (" + term + ")" : sum + " + " + term
    }
  }
}

/// A step in writing out a chain rule.
enum ChainStep {
  /// `du · ∂u/∂b`
  case names
  /// `du · c`
  case formulas
  /// `3 · c`
  case numberByFormula
  /// `3 · 2`
  case numbers
  /// `2 + 3`
  case terms
}

extension [MathText] {
  /// Without formulas that read like the one before.
  var withoutRepetitions: [MathText] {
    var result: [MathText] = []
    for text in self where result.last?.plain != text.plain { result.append(text) }
    return result
  }
}
