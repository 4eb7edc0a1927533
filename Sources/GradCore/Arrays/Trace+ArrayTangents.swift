extension Trace {
  /// The nodes and edges that are drawn with how they move in the place of how the output moves with them:
  /// each node has its tangent, ∂node/∂seed, as its derivative, and each edge what it adds to that of its
  /// target.
  ///
  /// Tangents that are zero but for rounding are 0. O(nodes + edges), and for arrays the work of the maps.
  ///
  /// - Parameters:
  ///   - drawn: This trace, contracted to `selection`.
  ///   - origins: The node of this trace of each of its nodes.
  ///   - selection: Which nodes it has.
  ///   - seed: The number by which all are differentiated, a place of this trace among the nodes drawn.
  /// - Returns: `drawn` with these numbers.
  /// - Precondition: ``knowsMaps``, where there are arrays.
  package func withTangents(
    _ drawn: Trace, _ origins: [Int], _ selection: Selection, by seed: Place
  ) -> Trace {
    var result = drawn
    guard hasArrays else {
      guard let position = origins.firstIndex(of: seed.node) else { return drawn }
      let tangents = drawn.tangentsWithoutDust(by: position)
      for index in drawn.nodes.indices { result.nodes[index].derivative = tangents[index] }
      for (index, edge) in drawn.edges.enumerated() {
        let own = tangents[edge.source]
        result.edges[index].contribution = edge.partial == 0 || own == 0 ? 0 : edge.partial * own
      }
      return result
    }
    let tangents = carriedOn(unit(seed), to: nodes.indices)
    for (index, origin) in origins.enumerated() {
      result.nodes[index].setDerivative(tangents[origin])
    }
    for (index, edge) in drawn.edges.enumerated() {
      let (source, target) = (origins[edge.source], origins[edge.target])
      let inner = inner(of: target, selection)
      let isSeparate = !selection.mergesOperands && inner.isEmpty
      let way = tangents[source].map { own in
        carriedOn([source: own], to: inner.sorted() + [target]) {
          !isSeparate || $0.operand == edge.operand
        }
      }
      result.edges[index].setContribution(way?[target], of: nodes[target].shape)
    }
    return result
  }

  /// Whether forward mode can carry tangents over every edge: of each array all entries are known, and of
  /// each edge its map.
  package var knowsMaps: Bool {
    edges.allSatisfy { edge in
      edge.part == nil
        || edge.map != nil && nodes[edge.source].anyValue.isWhole
          && nodes[edge.target].anyValue.isWhole
    }
  }

  /// How nodes move where some others do, with zeros for what is but rounding.
  ///
  /// - Parameters:
  ///   - tangents: The nodes that move by themselves, and how.
  ///   - ways: The nodes that tangents are carried on to, in rising order.
  ///   - isOpen: Which edges carry.
  /// - Returns: The tangent of each node that moves.
  private func carriedOn(
    _ tangents: [Int: NumberArray], to ways: some Sequence<Int>,
    along isOpen: (Edge) -> Bool = { _ in true }
  ) -> [Int: NumberArray] {
    var flows = tangents
    for node in ways where tangents[node] == nil {
      var largest = LargestTerms()
      for edge in edges(into: node) where isOpen(edge) {
        guard let own = flows[edge.source], own.entries.contains(where: { $0 != 0 }) else {
          continue
        }
        let term = mapped(edge, own)
        largest.note(node, magnitudes(edge, own, isForward: true))
        flows[node] = flows[node].map { $0 + term } ?? term
      }
      if let most = largest[node] { flows[node] = flows[node]?.withoutDust(most) }
    }
    return flows
  }

  /// The operations that are written into node `index`, for they have no node in a selection.
  package func inner(of index: Int, _ selection: Selection) -> [Int] {
    var inner: [Int] = []
    var seen: Set<Int> = []
    var stack = operands(of: index)
    while let node = stack.popLast() {
      if selection.isKept[node] || nodes[node].kind != .operation { continue }
      guard seen.insert(node).inserted else { continue }
      inner.append(node)
      stack += operands(of: node)
    }
    return inner
  }
}

extension Trace.Node {
  /// Puts a tangent in the place of the derivative; zeros for none.
  fileprivate mutating func setDerivative(_ tangent: NumberArray?) {
    guard let part, let value = part.value else {
      derivative = tangent?.entries[0] ?? 0
      return
    }
    self.part = Trace.ArrayPart(
      part.operation, value: value, derivative: tangent ?? NumberArray(zeros: value.shape))
  }
}

extension Trace.Edge {
  /// Puts what is added to the tangent of the target, of its shape, in the place of the contribution; zeros
  /// for nothing.
  fileprivate mutating func setContribution(_ term: NumberArray?, of shape: [Int]) {
    contribution = shape.isEmpty ? term?.entries[0] ?? 0 : .nan
    guard let part else { return }
    self.part = Trace.ArrayEdgePart(
      part.map, partials: part.partials,
      contribution: shape.isEmpty ? nil : term ?? NumberArray(zeros: shape))
  }
}

extension NumberArray {
  /// Zeros of a shape.
  fileprivate init(zeros shape: [Int]) {
    self.init(shape, [Double](repeating: 0, count: shape.reduce(1, *)))
  }
}
