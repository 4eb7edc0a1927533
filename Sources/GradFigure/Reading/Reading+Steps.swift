import GradCore

extension Reading {
  /// The steps of the figure, from what is given to the last derivative.
  ///
  /// A figure that shows values alone has the steps forward alone.
  public var steps: [Figure.Step] { steps(forOtherNumbers: false) }

  /// The steps with sentences whose numbers may be filled in anew.
  func steps(forOtherNumbers: Bool) -> [Figure.Step] {
    var steps = [Figure.Step(number: 0, pass: .forward, text: given)]
    let foldOfNode = foldOfNode
    for index in trace.nodes.indices where schedule.forward[index] > 0 {
      let pass: Figure.Step.Pass = isBackward(index) ? .backward : .forward
      if pass == .backward, options.show == .forward { break }
      if foldOfNode[index] >= 0 {
        // One step for all that is in the box.
        if steps[steps.count - 1].number == schedule.forward[index] { continue }
        let fold = folds[foldOfNode[index]]
        steps.append(
          Figure.Step(
            number: schedule.forward[index], pass: pass, node: leader(of: fold),
            text: valueSentence(of: fold)))
        continue
      }
      steps.append(
        Figure.Step(
          number: schedule.forward[index], pass: pass, node: index,
          text: valueSentence(of: index, forOtherNumbers)))
    }
    if options.show == .forward || hasBackwardGraph { return steps }
    if seed != nil {
      // Tangents come with the values.
      return steps.map { step in
        var step = step
        let nodes = trace.nodes.indices.filter { schedule.forward[$0] == step.number }
        let rules = nodes.map { chainRule(of: $0).joined(separator: " = ") }.joined(separator: "; ")
        if !rules.isEmpty { step.text += step.number == 0 ? " \(rules)." : "; \(rules)" }
        return step
      }
    }
    let start = words.start(chainRule(of: trace.output).joined(separator: " = "))
    steps.append(
      Figure.Step(number: schedule.first, pass: .backward, node: trace.output, text: start))
    let edges = trace.edges.indices.filter { hasDerivative(onEdge: $0) }.sorted {
      schedule.backward[$0] < schedule.backward[$1]
    }
    var sums = Sums(count: trace.nodes.count)
    for edge in edges {
      let fold = foldOfNode[trace.edges[edge].target]
      if fold >= 0 {
        if steps[steps.count - 1].number == schedule.backward[edge] { continue }
        steps.append(
          Figure.Step(
            number: schedule.backward[edge], pass: .backward, node: leader(of: folds[fold]),
            text: derivativeSentence(of: folds[fold]) ?? fullTitle(of: folds[fold])))
        continue
      }
      steps.append(
        Figure.Step(
          number: schedule.backward[edge], pass: .backward, edge: edge,
          text: derivativeSentence(overEdge: edge, &sums)))
    }
    return steps
  }

  /// What has come back to each node so far.
  private struct Sums {
    var totals: [Double]
    var counts: [Int]
    /// Those of arrays.
    var arrays: [Int: NumberArray] = [:]

    init(count: Int) {
      totals = [Double](repeating: 0, count: count)
      counts = [Int](repeating: 0, count: count)
    }
  }

  private func total(_ sums: Sums, _ node: Int) -> MathText {
    number(sums.totals[node], .sum(node: node, count: sums.counts[node]))
  }

  private var given: MathText {
    let foldOfNode = foldOfNode
    let inputs = trace.nodes.indices.filter { schedule.forward[$0] == 0 && foldOfNode[$0] < 0 }
    return words.given(
      inputs.map { "\(name(of: $0)) = \(value(of: $0))" }
        + folds.filter { $0.kind == .inputs }.map { valueSentence(of: $0) })
  }

  /// `u = b·c = 3 · 2 = 6`: the formula, the same with numbers, and the value.
  ///
  /// What would be written twice is written once, but for a page: there the two may differ for other
  /// numbers.
  private func valueSentence(of index: Int, _ forOtherNumbers: Bool) -> MathText {
    let value = value(of: index)
    // A derivative that is a number has no formula.
    if trace.nodes[index].kind != .operation { return "\(fullTitle(of: index)) = \(value)" }
    if isArray(index) || trace.edges(into: index).contains(where: \.isOfArrays) {
      return "\(fullTitle(of: index)) = \(value)"
    }
    let (numbers, total) = valueEquation(of: index, dot: " · ")
    let isTwice = !forOtherNumbers && numbers.plain == total.plain
    let end = isTwice ? total : "\(numbers) = \(total)"
    return "\(fullTitle(of: index)) = \(end)"
  }

  /// `db = du · ∂u/∂b = 3 · 2 = 6`; where several edges come back, what each adds to the sum so far:
  /// `db = 3 + dc · ∂c/∂b = 3 + 2 · 1 = 5`, with `…` for what is still to come.
  private func derivativeSentence(overEdge index: Int, _ sums: inout Sums) -> MathText {
    let edge = trace.edges[index]
    if edge.isOfArrays || isArray(edge.source) { return arraySentence(overEdge: index, &sums) }
    let (names, numbers) = (factorNames(index), factorNumbers(index))
    if trace.nodes[edge.target].isUnused {
      let contribution = number(edge.contribution, .contribution(index))
      return "\(names) = \(numbers) = \(contribution). \(words.unused)"
    }
    let source = edge.source
    let before = sums.counts[source] > 0 ? [total(sums, source)] : []
    sums.counts[source] += 1
    sums.totals[source] += edge.contribution
    let isLast = sums.counts[source] == contributions(to: source).count
    let total =
      isLast ? number(trace.nodes[source].derivative, .derivative(source)) : total(sums, source)
    let terms = [before + [names], before + [numbers], [total]]
      .map { Self.sum($0) + (isLast ? "" : " + …") }
    return "\(derivativeName(of: source)) = \(terms.joined(separator: " = "))"
  }

  /// `dW = dZ · Xᵀ = [[1, 2]]`; where several edges come back, `… +` before it and the sum with the last.
  private func arraySentence(overEdge index: Int, _ sums: inout Sums) -> MathText {
    let edge = trace.edges[index]
    let (source, formula) = (edge.source, edgeFormula(ofEdge: index).text)
    if trace.nodes[edge.target].isUnused {
      return "\(formula) = \(contributionText(ofEdge: index)). \(words.unused)"
    }
    sums.counts[source] += 1
    if let own = edge.arrayContribution {
      sums.arrays[source] = sums.arrays[source].map { $0 + own } ?? own
    } else {
      sums.totals[source] += edge.contribution
    }
    let count = contributions(to: source).count
    let name = derivativeName(of: source)
    if count == 1 { return "\(name) = \(formula) = \(derivativeText(of: source))" }
    let start = sums.counts[source] > 1 ? "… + " : ""
    if sums.counts[source] < count {
      let role = NumberSlot.Whole.sum(node: source, count: sums.counts[source])
      let sum = sums.arrays[source].map { text(of: $0, role) } ?? total(sums, source)
      return "\(name) = \(start)\(formula) + … = \(sum) + …"
    }
    return "\(name) = \(start)\(formula) = \(derivativeText(of: source))"
  }
}
