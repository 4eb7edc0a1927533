extension Trace {
  /// The edges of a node to the operands that stay, where arrays are on the way between them.
  ///
  /// What several maps in a row add to an operand is worked out by a sweep within the statement. The
  /// partial of the whole is only known as numbers where the target is one: then it is of the operand's
  /// shape.
  ///
  /// - Parameters:
  ///   - index: The node.
  ///   - inner: The nodes between it and its operands, which go.
  ///   - operands: Where the ways back end, in the order of the formula.
  ///   - positions: Where each node that stays stands; -1 for others.
  ///   - clearsDust: Whether what is zero but for rounding is 0, for readers.
  /// - Returns: The edges; `nil` if there are only numbers.
  func contractedArrayEdges(
    into index: Int, inner: [Int], operands: [Int], _ positions: [Int], clearsDust: Bool
  ) -> [Edge]? {
    let ways = [index] + inner.sorted(by: >)
    guard
      ways.contains(where: { nodes[$0].part != nil || edges(into: $0).contains { $0.part != nil } })
    else { return nil }
    let target = nodes[index]
    let isNumber = target.array == nil
    var flows: [Int: NumberArray] = [:]
    flows[index] = isNumber ? NumberArray(1) : target.arrayDerivative
    var lastEdge: [Int: Edge] = [:]
    var uses: [Int: Int] = [:]
    var largest = LargestTerms()
    for node in ways {
      guard var own = flows[node] else { continue }
      if let largest = largest[node] { own = own.withoutDust(largest) }
      for edge in edges(into: node) {
        let source = edge.source
        uses[source, default: 0] += node == index ? 1 : 2
        lastEdge[source] = edge
        if nodes[source].array != nil, nodes[source].arrayDerivative == nil { continue }
        // What is not known in numbers is as it was given, of the whole derivative.
        let isGiven = edge.part.map { $0.map == nil } ?? false || !canTranspose(edge, own)
        let flow =
          isGiven
          ? given(edge, over: isNumber ? target.derivative : 1) : transposed(edge, own)
        flows[source] = flows[source].map { $0 + flow } ?? flow
        if clearsDust { largest.note(source, isGiven ? flow : magnitudes(edge, own)) }
      }
    }
    return operands.filter { positions[$0] >= 0 }.enumerated().map { number, operand in
      var edge = Edge(
        source: positions[operand], target: positions[index], operand: number, partial: .nan,
        contribution: .nan)
      // One step is the map itself.
      let only = uses[operand] == 1 ? lastEdge[operand] : nil
      let flow = flows[operand].map { flow in largest[operand].map(flow.withoutDust) ?? flow }
      let contribution = isNumber ? flow?.scaled(by: target.derivative) : flow
      if nodes[operand].array == nil {
        edge.contribution = contribution?.entries[0] ?? 0
        if isNumber {
          edge.partial = flow?.entries[0] ?? 0
          return edge
        }
      }
      edge.part = ArrayEdgePart(
        only?.part?.map, partials: isNumber ? flow : only?.part?.partials,
        contribution: nodes[operand].array == nil ? nil : contribution)
      return edge
    }
  }

  /// What an edge whose map only another tool knows adds to its source, as that tool gave it.
  ///
  /// - Parameters:
  ///   - edge: The edge.
  ///   - derivative: What the contribution is divided by: the derivative of a target that is a number.
  /// - Returns: The contribution; of an array for which there is none, its shape.
  private func given(_ edge: Edge, over derivative: Double) -> NumberArray {
    let source = nodes[edge.source]
    let numbers =
      edge.arrayContribution
      ?? (source.array == nil
        ? NumberArray(edge.contribution.isFinite ? edge.contribution : 0)
        : NumberArray(source.shape, .unknown))
    return numbers.scaled(by: derivative == 0 ? 0 : 1 / derivative)
  }
}

extension NumberArray {
  /// The sum of two arrays of one shape.
  package static func + (a: NumberArray, b: NumberArray) -> NumberArray {
    guard a.isWhole, b.isWhole else {
      return NumberArray(a.shape, (a.summary ?? .unknown).adding(b.summary ?? .unknown))
    }
    return NumberArray(a.shape, zip(a.entries, b.entries).map { $0 + $1 })
  }

  /// The array times a number, where an exact zero of either wins.
  func scaled(by factor: Double) -> NumberArray {
    if let summary { return NumberArray(shape, summary.scaled(by: factor)) }
    return NumberArray(shape, entries.map { $0 == 0 || factor == 0 ? 0 : $0 * factor })
  }
}
