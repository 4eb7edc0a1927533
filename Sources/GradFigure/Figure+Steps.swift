public import GradCore

extension Figure {
  /// One step of a figure that is shown a step at a time, and what there is to say about it.
  public struct Step: Sendable, Equatable {
    /// Its number, from 0, as ``Figure/Node/step`` and ``Figure/Edge/step`` count.
    public var number: Int
    /// The pass it belongs to.
    public var pass: Pass
    /// The node whose value, or at the start of the way back whose derivative, becomes known; an index
    /// in ``Figure/trace``.
    public var node: Int?
    /// The edge over which a derivative comes back, an index in ``Figure/trace``.
    public var edge: Int?
    /// The step in words: `u = b·c = 3 · 2 = 6`.
    public var sentence: String

    /// A way through the graph.
    public enum Pass: String, Sendable, CaseIterable {
      /// From inputs to the output.
      case forward
      /// From the output to the inputs.
      case backward
    }
  }
}

extension Trace {
  /// The steps of the figure of this trace, from what is given to the last derivative.
  ///
  /// A figure that shows values alone has the steps forward alone.
  public func steps(_ options: FigureOptions = FigureOptions()) -> [Figure.Step] {
    Composition(self, options).walk
  }
}

extension Composition {
  /// The steps of the composition's figure, from what is given to the last derivative.
  package var walk: [Figure.Step] {
    var walk = [Figure.Step(number: 0, pass: .forward, sentence: givenSentence)]
    for index in trace.nodes.indices where steps.forward[index] > 0 {
      walk.append(
        Figure.Step(
          number: steps.forward[index], pass: .forward, node: index,
          sentence: valueSentence(of: index)))
    }
    if options.show == .forward { return walk }
    if seed != nil {
      // Tangents come with the values.
      return walk.map { step in
        var step = step
        let nodes = trace.nodes.indices.filter { steps.forward[$0] == step.number }
        let rules = nodes.map { chainRule(of: $0) }.joined(separator: "; ")
        if !rules.isEmpty { step.sentence += step.number == 0 ? " \(rules)." : "; \(rules)" }
        return step
      }
    }
    let start = words.start(chainRule(of: trace.output))
    walk.append(
      Figure.Step(number: steps.first, pass: .backward, node: trace.output, sentence: start))
    let edges = trace.edges.indices.filter { hasDerivative(onEdge: $0) }.sorted {
      steps.backward[$0] < steps.backward[$1]
    }
    var sums = Sums(count: trace.nodes.count)
    for edge in edges {
      walk.append(
        Figure.Step(
          number: steps.backward[edge], pass: .backward, edge: edge,
          sentence: derivativeSentence(overEdge: edge, &sums)))
    }
    return walk
  }

  /// What has come back to each node so far.
  private struct Sums {
    var totals: [Double]
    var counts: [Int]

    init(count: Int) {
      totals = [Double](repeating: 0, count: count)
      counts = [Int](repeating: 0, count: count)
    }
  }

  private func total(_ sums: Sums, _ node: Int) -> Double {
    options.hasSymbols
      ? NumberSymbol.sum(node: node, count: sums.counts[node]).number : sums.totals[node]
  }

  private var givenSentence: String {
    let inputs = trace.nodes.indices.filter { steps.forward[$0] == 0 }
    return words.given(inputs.map { "\(name(of: $0).plain) = \(value(of: $0))" })
  }

  /// `u = b·c = 3 · 2 = 6`: the formula, the same with numbers, and the value.
  func valueSentence(of index: Int) -> String {
    let value = value(of: index)
    let numbers = numbers(of: index)
    let end = numbers == value ? value : "\(numbers) = \(value)"
    return "\(fullTitle(of: index).plain) = \(end)"
  }

  /// `db = du · ∂u/∂b = 3 · 2 = 6`; where several edges come back, what each adds to the sum so far:
  /// `db = 3 + dc · ∂c/∂b = 3 + 2 · 1 = 5`, with `…` for what is still to come.
  private func derivativeSentence(overEdge index: Int, _ sums: inout Sums) -> String {
    let edge = trace.edges[index]
    let equation = (factorNames(index).plain, factorNumbers(index))
    if trace.nodes[edge.target].isUnused {
      return "\(equation.0) = \(equation.1) = \(number(edge.contribution)). \(words.unused)"
    }
    let source = edge.source
    let before = sums.counts[source] > 0 ? [number(total(sums, source))] : []
    sums.counts[source] += 1
    sums.totals[source] += edge.contribution
    let isLast = sums.counts[source] == contributions(to: source).count
    let total = isLast ? trace.nodes[source].derivative : total(sums, source)
    let after = isLast ? "" : " + …"
    let terms = [before + [equation.0], before + [equation.1], [number(total)]]
      .map { Self.sum($0) + after }
    return "\(derivativeName(of: source).plain) = \(terms.joined(separator: " = "))"
  }
}
