import GradCore

extension Reading {
  /// The steps of the figure, from what is given to the last derivative.
  ///
  /// A figure that shows values alone has the steps forward alone.
  public var steps: [Figure.Step] {
    var steps = [Figure.Step(number: 0, pass: .forward, sentence: givenSentence)]
    for index in trace.nodes.indices where schedule.forward[index] > 0 {
      steps.append(
        Figure.Step(
          number: schedule.forward[index], pass: .forward, node: index,
          sentence: valueSentence(of: index)))
    }
    if options.show == .forward { return steps }
    if seed != nil {
      // Tangents come with the values.
      return steps.map { step in
        var step = step
        let nodes = trace.nodes.indices.filter { schedule.forward[$0] == step.number }
        let rules = nodes.map { chainRule(of: $0) }.joined(separator: "; ")
        if !rules.isEmpty { step.sentence += step.number == 0 ? " \(rules)." : "; \(rules)" }
        return step
      }
    }
    let start = words.start(chainRule(of: trace.output))
    steps.append(
      Figure.Step(number: schedule.first, pass: .backward, node: trace.output, sentence: start))
    let edges = trace.edges.indices.filter { hasDerivative(onEdge: $0) }.sorted {
      schedule.backward[$0] < schedule.backward[$1]
    }
    var sums = Sums(count: trace.nodes.count)
    for edge in edges {
      steps.append(
        Figure.Step(
          number: schedule.backward[edge], pass: .backward, edge: edge,
          sentence: derivativeSentence(overEdge: edge, &sums)))
    }
    return steps
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
    let inputs = trace.nodes.indices.filter { schedule.forward[$0] == 0 }
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
