package import GradCore

/// The backward pass as a computation of its own, which stands behind the first.
extension Reading {
  /// Whether the backward pass has nodes of its own.
  package var hasBackwardGraph: Bool { full.backward != nil }

  /// Whether node `index` belongs to the backward pass.
  package func isBackward(_ index: Int) -> Bool {
    full.backward.map { origins[index] >= $0.first } ?? false
  }

  /// Whether node `index` is a derivative that was asked for.
  func isBackwardOutput(_ index: Int) -> Bool {
    full.backward?.derivatives.contains { $0.contains(origins[index]) } ?? false
  }

  /// Whether node `index` has a name: the program's, or that of a derivative.
  func isNamed(_ index: Int) -> Bool {
    trace.nodes[index].name != nil || full.backward?.labels[origins[index]] != nil
  }

  /// `db = c·du`; with the other derivatives that are the same, `dv = du = da`.
  func backwardTitle(of index: Int, _ formula: MathText) -> MathText {
    let title = backwardName(of: index)
    return formula.isEmpty || isSpelled.contains(origins[index]) ? title : "\(title) = \(formula)"
  }

  /// The name of a derivative, and those of the others that are the same: `dv = du = da`.
  func backwardName(of index: Int) -> MathText {
    var title = name(of: index)
    guard let backward = full.backward else { return title }
    for node in backward.copies[origins[index]] ?? [] where isDrawn(node) && node != backward.output
    {
      title += " = "
      title += options.notation.derivative(name(ofOrigin: backward.output), name(ofOrigin: node))
    }
    return title
  }

  private func isDrawn(_ node: Int) -> Bool { selection.isKept[node] && node < full.nodes.count }

  /// How the formula of node `index` mentions a derivative that several nodes have: as that of the node
  /// whose operands it goes to, `c·du` for `u = b·c`.
  func backwardMention(of origin: Int, in index: Int) -> MathText? {
    guard isBackward(index), let backward = full.backward,
      let copies = backward.copies[origin]
    else { return nil }
    let node = backward.origins[origins[index] - backward.first]
    guard copies.contains(node), isDrawn(node) else { return nil }
    return options.notation.derivative(name(ofOrigin: backward.output), name(ofOrigin: node))
  }

  // MARK: Focus and blanks

  /// How the backward pass computes the derivatives by node `index`: the nodes and edges that lead to them, and
  /// the values that these use.
  func backwardPaths(to index: Int) -> (nodes: Set<Int>, edges: Set<Int>) {
    guard let backward = full.backward else { return ([], []) }
    let origin = origins[index]
    var nodes = Set(
      trace.nodes.indices.filter { node in
        let label = backward.labels[origins[node]]
        let isPure = label.map { $0.node == origin && ($0.input ?? origin) == origin } ?? false
        return isPure || backward.copies[origins[node]]?.contains(origin) == true
      })
    var edges: Set<Int> = []
    for (number, edge) in trace.edges.enumerated().reversed()
    where isBackward(edge.target) && nodes.contains(edge.target) {
      nodes.insert(edge.source)
      edges.insert(number)
    }
    return (nodes, edges)
  }

  /// The number of a node of the backward pass, as a reader can be asked for it.
  func backwardAnswer(_ index: Int) -> AskedNumber {
    let origin = origins[index]
    let label = full.backward?.labels[origin]
    var (key, others) = (trace.nodes[index].id, Set<String>())
    if let backward = full.backward, let label {
      let output = name(ofOrigin: backward.output)
      let isFirst = label.order == 1
      if isFirst { key = "d\(full.nodes[label.node].id)" }
      for node in [label.node] + (isFirst ? backward.copies[origin] ?? [] : [])
      where label.input == nil || label.input == label.node {
        others.insert(isFirst ? "d\(full.nodes[node].id)" : trace.nodes[index].id)
        for notation in Notation.all {
          let variable = name(ofOrigin: node)
          others.insert(
            (isFirst
              ? notation.derivative(output, variable)
              : notation.higher(label.order, output, variable)).plain)
        }
      }
    }
    return AskedNumber(
      key: key, name: name(of: index), otherNames: others, kind: .derivatives,
      number: trace.nodes[index].array == nil ? trace.nodes[index].value : .nan, index: index,
      array: trace.nodes[index].array)
  }

  // MARK: Higher orders

  /// The derivatives of an order above 1 by input `index`, each in a row: `d²x = 44`.
  func higherRows(of index: Int) -> [Figure.Content] {
    guard let higher, !trace.nodes[index].isUnused else { return [] }
    return higher.values(of: origins[index]).enumerated().map { place, value in
      let name = options.notation.higher(
        place + 2, self.name(of: trace.output), self.name(of: index))
      return higherContent(value, lead: "\(name) = ", .higher(index, order: place + 2))
    }
  }

  /// The same computation with its backward pass as a graph; `nil` where that cannot be recorded.
  package func withBackwardGraph() -> Reading? {
    var options = options
    options.backward = .graph
    let graph = Reading(full, options)
    return graph.hasBackwardGraph ? graph : nil
  }

  /// What is said where a derivative was taken at a kink.
  package var kinkNote: MathText? {
    note(onKinks: full.backward.map { options.order > 1 ? $0.kinks : [] } ?? higher?.kinks ?? [])
  }

  /// The same for kinks that are known, nodes of the whole trace; `nil` for none.
  package func note(onKinks kinks: [Int]) -> MathText? {
    kinks.isEmpty ? nil : words.kinks(kinks.prefix(4).map { name(ofOrigin: $0) })
  }
}

extension Figure {
  /// Marks what belongs to the backward pass, which stands behind the first.
  mutating func markBackward(_ reading: Reading) {
    guard reading.hasBackwardGraph else { return }
    for index in nodes.indices where reading.isBackward(nodes[index].traceNode) {
      nodes[index].isBackward = true
      for row in nodes[index].rows.indices {
        for cell in nodes[index].rows[row].indices where nodes[index].rows[row][cell].kind == .value
        {
          nodes[index].rows[row][cell].kind = .derivative
        }
      }
      // What stands beside a derivative, as the end of its wire, comes with it.
      nodes[index].derivativeStep = nodes[index].step
    }
    var hasBackwardOperand = [Bool](repeating: false, count: nodes.count)
    var hasOperand = hasBackwardOperand
    for index in edges.indices where nodes[edges[index].target].isBackward {
      let isBackward = nodes[edges[index].source].isBackward
      edges[index].flow = isBackward ? .derivative : .saved
      edges[index].step = nodes[edges[index].target].step
      hasOperand[edges[index].target] = true
      if isBackward { hasBackwardOperand[edges[index].target] = true }
      for label in edges[index].labels.indices where isBackward {
        edges[index].labels[label].kind = .derivative
      }
    }
    // All of it stands behind the output; what has no operand there begins with the output's own derivative.
    let last = nodes.firstIndex { !$0.isBackward && $0.traceNode == reading.trace.output } ?? 0
    for index in nodes.indices where nodes[index].isBackward && !hasBackwardOperand[index] {
      var edge = Edge(
        traceEdge: nil, source: last, target: index, line: .wire, labels: [],
        explanation: nodes[index].explanation, step: nodes[index].step, partial: "1")
      edge.flow = hasOperand[index] ? .order : .saved
      edge.isFaded = nodes[last].isFaded || nodes[index].isFaded
      edges.append(edge)
    }
  }
}

extension FigureOptions {
  /// The trace with its derivatives as nodes, where the backward pass is to be a graph.
  func withBackwardGraph(_ trace: Trace) -> Trace {
    guard backward == .graph, mode == .reverse, trace.backward == nil,
      var made = try? trace.backwardGraph(order: order)
    else { return trace }
    made.output = trace.output
    return made
  }

  /// The derivatives above order 1, where these are asked for and are no nodes themselves.
  func higherDerivatives(of trace: Trace) -> Trace.HigherDerivatives? {
    guard order > 1, backward == .edges, mode == .reverse else { return nil }
    return try? trace.higherDerivatives(order: order)
  }

  /// What keeps the derivatives that are asked for from being computed; `nil` for nothing.
  package func derivativeFault(of trace: Trace) -> DifferentiationFault? {
    if mode == .forward { return nil }
    let trace = marked(trace)
    do throws(DifferentiationFault) {
      if backward == .graph {
        if order > 1, let array = trace.parameters.first(where: { trace.nodes[$0].array != nil }) {
          throw DifferentiationFault(
            "'\(trace.nodes[array].id)' is an array, by each of whose entries there is a sweep of its own",
            help:
              "--wrt names numbers; without --backward graph the second derivatives stand in the boxes, "
              + "and 'hessian' has all of them", node: array)
        }
        _ = try trace.backwardGraph(order: order)
      } else if order > 1 {
        _ = try trace.higherDerivatives(order: order)
      }
      return nil
    } catch { return error }
  }
}

extension Trace {
  /// The computation with its backward pass, copies left out.
  fileprivate func backwardGraph(order: Int) throws(DifferentiationFault) -> Trace {
    try differentiated(
      by: parameters.filter { !nodes[$0].isUnused }, order: order, leavesOutCopies: true)
  }

  /// The nodes of the backward pass that are drawn whatever the detail: the derivatives by what a program
  /// names.
  var backwardKept: [Int] {
    guard let backward else { return [] }
    return backward.labels.keys.sorted().filter { index in
      guard let node = backward.labels[index]?.node else { return false }
      if backward.derivatives.contains(where: { $0.contains(index) }) { return true }
      if node >= backward.first { return false }
      return nodes[node].name != nil
        || backward.copies[index]?.contains { nodes[$0].name != nil } == true
    }
  }

  /// Of the backward pass, what is on the way to one derivative alone is written into its formula, unless
  /// the style draws every operation.
  func writeIntoFormulas(_ selection: inout Selection, isForced: Bool) {
    guard let backward, !isForced else { return }
    var uses = [Int](repeating: 0, count: nodes.count)
    for edge in edges where edge.source >= backward.first { uses[edge.source] += 1 }
    for index in backward.first..<nodes.count
    where nodes[index].kind == .operation && backward.labels[index] == nil {
      selection.isKept[index] = uses[index] > 1
    }
  }

  /// The names of nodes with those of derivatives, `dx`, `d²x`, and of what is on the way to several of
  /// them, `g₁`.
  ///
  /// Steps on the way are called by their formulas where these are short and `spellsSteps` holds, since the style
  /// draws each of them and no formula beside it; it is told which nodes are.
  func backwardNames(
    _ names: [MathText?], _ selection: Selection, _ notation: Notation, spellsSteps: Bool
  ) -> (names: [MathText?], spelled: Set<Int>) {
    guard let backward else { return (names, []) }
    var names = names
    var gates = 0
    var spelled: Set<Int> = []
    func name(_ index: Int) -> MathText { names[index] ?? MathName.text(nodes[index].id) }
    let output = name(backward.output)
    func derivative(_ order: Int, _ node: Int) -> MathText {
      order == 1
        ? notation.derivative(output, name(node)) : notation.higher(order, output, name(node))
    }
    for index in backward.first..<nodes.count {
      guard let label = backward.labels[index] else {
        if !selection.isKept[index] { continue }
        if spellsSteps, nodes[index].kind == .operation {
          let scope = selection.scope(of: index, in: self)
          let formula = mathFormula(of: index, in: scope) {
            selection.isKept[$0] && !spelled.contains($0)
          } mention: {
            name($0)
          }
          if formula.count <= Self.longestStep {
            names[index] = formula
            spelled.insert(index)
            continue
          }
        }
        gates += 1
        names[index] = MathName.text("g\(gates)")
        continue
      }
      if let input = label.input, input != label.node {
        let before = derivative(label.order - 1, input)
        let isFraction = before.plain.contains("/")
        names[index] = notation.partial(isFraction ? "(\(before))" : before, name(label.node))
      } else {
        names[index] = derivative(label.order, label.node)
      }
    }
    return (names, spelled)
  }

  /// How many characters the formula has at most that a step of the backward pass is called by.
  private static let longestStep = 16
}
