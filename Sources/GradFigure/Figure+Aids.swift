import GradCore

extension Figure {
  /// Makes faint what has no part in the derivative, marks where a value stops being finite, and
  /// lights the paths from the node in focus.
  mutating func addAids(_ reading: Reading) {
    let blocked = reading.blocked()
    let focus = reading.focus.map { focus in
      let (paths, back) = (reading.paths(from: focus), reading.backwardPaths(to: focus))
      return (
        nodes: paths.nodes.union(back.nodes), edges: paths.edges.union(back.edges), note: paths.note
      )
    }
    for index in nodes.indices {
      let node = nodes[index].traceNode
      if let reason = blocked.nodes[node] {
        nodes[index].isFaded = true
        nodes[index].explanation.append(reason.plain)
      }
      if reading.isOrigin(node) {
        nodes[index].isMarked = true
        nodes[index].explanation.append(reading.beginsHere(node).plain)
      }
      if let focus { nodes[index].isFaded = !focus.nodes.contains(node) }
      if reading.nudged != nil {
        nodes[index].isFaded = !reading.isMoved(node)
      }
    }
    for index in edges.indices {
      let (source, target) = (edges[index].source, edges[index].target)
      if let edge = edges[index].traceEdge {
        edges[index].isBackwardFaded = blocked.edges.contains(edge)
        edges[index].isFaded = trace.nodes[trace.edges[edge].target].isUnused
        if let focus { edges[index].isFaded = !focus.edges.contains(edge) }
        if reading.nudged != nil {
          let ends = [trace.edges[edge].source, trace.edges[edge].target]
          edges[index].isFaded = !ends.allSatisfy { reading.isMoved($0) }
        }
      } else {
        edges[index].isFaded = nodes[source].isFaded || nodes[target].isFaded
      }
    }
    let isDerivative = reading.focus.map { reading.hasDerivative($0) } ?? false
    if let focus, reading.seed == nil, isDerivative { notes.append(focus.note) }
    if let note = reading.nudgeNote { notes.append(note) }
    if let note = reading.passNote { notes.append(note) }
    if let note = reading.kinkNote { notes.append(note) }
  }
}

extension Reading {
  // MARK: What lets no derivative through

  /// The nodes that no derivative reaches, with the reason, and the edges that let none through.
  func blocked() -> (nodes: [Int: MathText], edges: Set<Int>) {
    var nodes: [Int: MathText] = [:]
    var edges: Set<Int> = []
    for index in trace.nodes.indices.reversed() where index != trace.output {
      if trace.nodes[index].isUnused {
        nodes[index] = words.unused
        continue
      }
      if seed != nil || trace.nodes[index].isData { continue }
      var reason: MathText?
      var isOpen = false
      for edge in waysOn[index] {
        if let found = reasonOfBlocking(edge) ?? nodes[trace.edges[edge].target] {
          edges.insert(edge)
          reason = reason ?? found
        } else {
          isOpen = true
        }
      }
      if !isOpen, let reason { nodes[index] = reason }
    }
    return (nodes, edges)
  }

  /// Why an edge lets no derivative through, if it is more than a number that happens to be zero.
  private func reasonOfBlocking(_ edge: Int) -> MathText? {
    trace.edges[edge].partial == 0 ? reasonOfBlocking(into: trace.edges[edge].target) : nil
  }

  /// Why an edge into node `index` lets no derivative through when its partial is 0.
  func reasonOfBlocking(into index: Int) -> MathText? {
    for opcode in opcodes(within: index) {
      if opcode == .stopGradient { return words.detached }
      if opcode == .relu { return words.inactive }
    }
    // A maximum with another operand on top is as dead as a ReLU; so are its kin.
    let choice = opcodes(within: index).first { opcode in
      [
        .max, .min, .maximum, .minimum, .clip, .where,
        .whereElse,
      ].contains(opcode)
    }
    return (choice?.type?.row.operation).map { words.passedOver(MathText($0)) }
  }

  // MARK: Where a value stops being finite

  /// Whether node `index` is not finite although everything it is computed from is.
  func isOrigin(_ index: Int) -> Bool {
    !trace.nodes[index].isFinite
      && trace.edges(into: index).allSatisfy { trace.nodes[$0.source].isFinite }
  }

  func beginsHere(_ index: Int) -> MathText { words.beginsHere(value(of: index)) }

  // MARK: Paths

  /// The paths from node `start` to the output: their nodes and edges, and the sum of the products of
  /// the partials along them.
  func paths(from start: Int) -> (nodes: Set<Int>, edges: Set<Int>, note: MathText) {
    var counts = [Double](repeating: 0, count: trace.nodes.count)
    counts[trace.output] = 1
    var reached: Set<Int> = [start]
    for edge in trace.edges.reversed() {
      counts[edge.source] += counts[edge.target]
    }
    var edges: Set<Int> = []
    for (index, edge) in trace.edges.enumerated()
    where reached.contains(edge.source) && counts[edge.target] > 0 {
      reached.insert(edge.target)
      edges.insert(index)
    }
    let nodes = reached.filter { counts[$0] > 0 || $0 == start }
    let count = counts[start]
    // How many they are has no decimals, whatever values have.
    let all = NumberText(precision: options.numbers.precision).text(count)
    var note = words.paths(derivativeName(of: start), all, count == 1)
    if trace.hasArrays {
      note.append(derivativeText(of: start))
      return (nodes, edges, note)
    }
    if count <= 6, start != trace.output {
      note.append(products(from: start, within: edges).joined(separator: " + "))
      note.append(" = ")
    }
    note.append(number(trace.nodes[start].derivative, .derivative(start)))
    return (nodes, edges, note)
  }

  /// The product of the partials along each path from `start`, as text: `2·1·3`; of many factors the first
  /// and the last, `2·1·3·…·1·1·2`.
  private func products(from start: Int, within edges: Set<Int>) -> [MathText] {
    var products: [MathText] = []
    var stack: [(node: Int, factors: [MathText])] = [(start, [])]
    while let (node, factors) = stack.popLast() {
      if node == trace.output {
        let isLong = factors.count > 8
        let shown = isLong ? factors.prefix(3) + ["…"] + factors.suffix(3) : factors[...]
        products.append(Array(shown).joined(separator: "·"))
        continue
      }
      for edge in waysOn[node].reversed() where edges.contains(edge) {
        let partial = partialText(ofEdge: edge).beginning(.signed)
        stack.append((trace.edges[edge].target, factors + [partial]))
      }
    }
    return products
  }
}
