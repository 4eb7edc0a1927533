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
  /// - Returns: The edges; `nil` if there are only numbers.
  func contractedArrayEdges(
    into index: Int, inner: [Int], operands: [Int], _ positions: [Int]
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
    for node in ways {
      guard let own = flows[node] else { continue }
      for edge in edges(into: node) {
        let source = edge.source
        uses[source, default: 0] += node == index ? 1 : 2
        lastEdge[source] = edge
        if nodes[source].array != nil, nodes[source].arrayDerivative == nil { continue }
        let isOpaque = edge.part.map { $0.map == nil } ?? false
        let flow =
          isOpaque
          ? given(edge, over: isNumber ? target.derivative : 1) : transposed(edge, own)
        flows[source] = flows[source].map { $0 + flow } ?? flow
      }
    }
    return operands.filter { positions[$0] >= 0 }.enumerated().map { number, operand in
      var edge = Edge(
        source: positions[operand], target: positions[index], operand: number, partial: .nan,
        contribution: .nan)
      // One step is the map itself.
      let only = uses[operand] == 1 ? lastEdge[operand] : nil
      let flow = flows[operand]
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
  /// - Returns: The contribution; zeros where it is not known.
  private func given(_ edge: Edge, over derivative: Double) -> NumberArray {
    let shape = nodes[edge.source].shape
    let numbers =
      edge.arrayContribution
      ?? NumberArray(
        shape,
        [Double](
          repeating: shape.isEmpty && edge.contribution.isFinite ? edge.contribution : 0,
          count: shape.reduce(1, *)))
    return numbers.scaled(by: derivative == 0 ? 0 : 1 / derivative)
  }
}

extension NumberArray {
  /// The sum of two arrays of one shape.
  static func + (a: NumberArray, b: NumberArray) -> NumberArray {
    NumberArray(a.shape, zip(a.entries, b.entries).map { $0 + $1 })
  }

  /// The array times a number, where an exact zero of either wins.
  func scaled(by factor: Double) -> NumberArray {
    NumberArray(shape, entries.map { $0 == 0 || factor == 0 ? 0 : $0 * factor })
  }
}
