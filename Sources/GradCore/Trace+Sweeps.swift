extension Trace {
  /// A number or an array for each node, of the shape of its value, that a sweep over the edges carries on:
  /// tangents forward, derivatives back.
  package struct Sweep: Sendable {
    fileprivate var numbers: [Double]
    fileprivate var arrays: [Int: [Double]] = [:]
    fileprivate let shapes: [Int: [Int]]

    /// What node `index` has; `nil` for an array that nothing came to.
    package subscript(_ index: Int) -> NumberArray? {
      guard let shape = shapes[index] else { return NumberArray(numbers[index]) }
      return arrays[index].map { NumberArray(shape, $0) }
    }

    /// The number at a place; 0 where nothing came to.
    package subscript(_ place: Place) -> Double {
      shapes[place.node] == nil
        ? numbers[place.node] : arrays[place.node]?[place.entry ?? 0] ?? 0
    }

    fileprivate init(_ trace: Trace) {
      numbers = [Double](repeating: 0, count: trace.nodes.count)
      var shapes: [Int: [Int]] = [:]
      for (index, node) in trace.nodes.enumerated() where node.array != nil {
        shapes[index] = node.shape
      }
      self.shapes = shapes
    }

    /// Whether a node is a number that nothing came to.
    fileprivate func isZero(_ index: Int) -> Bool { shapes[index] == nil && numbers[index] == 0 }

    fileprivate mutating func add(_ array: NumberArray, to index: Int) {
      if shapes[index] == nil {
        numbers[index] += array.entries[0]
      } else if let known = arrays[index] {
        arrays[index] = zip(known, array.entries).map(+)
      } else {
        arrays[index] = array.entries
      }
    }
  }

  /// Tangents of some nodes, carried on over all edges: how every node moves if they move so.
  ///
  /// As for ``tangents(by:)`` a contribution with an exact zero as either factor is zero.
  /// O(nodes + edges), and the work of the maps.
  ///
  /// - Parameter tangents: The tangents that the sweep begins with, by node.
  /// - Returns: The tangent of every node; of those the sweep begins with, what leads to them is added.
  /// - Precondition: Every edge of an array knows its map.
  package func pushedForward(_ tangents: [Int: NumberArray]) -> Sweep {
    var sweep = Sweep(self)
    for (node, tangent) in tangents { sweep.add(tangent, to: node) }
    for edge in edges {
      if edge.part == nil {
        let tangent = sweep.numbers[edge.source]
        if edge.partial != 0, tangent != 0 { sweep.numbers[edge.target] += edge.partial * tangent }
      } else if let tangent = sweep[edge.source], !sweep.isZero(edge.source) {
        sweep.add(mapped(edge, tangent), to: edge.target)
      }
    }
    return sweep
  }

  /// Derivatives by some nodes, carried back over all edges: the derivatives of Σ derivative ⊙ node.
  ///
  /// - Parameter derivatives: The derivatives that the sweep begins with, by node.
  /// - Returns: The derivative by every node.
  /// - Precondition: Every edge of an array knows its map.
  package func pulledBack(_ derivatives: [Int: NumberArray]) -> Sweep {
    var sweep = Sweep(self)
    for (node, derivative) in derivatives { sweep.add(derivative, to: node) }
    for edge in edges.reversed() {
      if edge.part == nil {
        let own = sweep.numbers[edge.target]
        if edge.partial != 0, own != 0 { sweep.numbers[edge.source] += edge.partial * own }
      } else if let own = sweep[edge.target], !sweep.isZero(edge.target) {
        sweep.add(transposed(edge, own), to: edge.source)
      }
    }
    return sweep
  }

  /// 1 at one place, 0 at the other entries of its node.
  func unit(_ place: Place) -> [Int: NumberArray] {
    let shape = nodes[place.node].shape
    var entries = [Double](repeating: 0, count: shape.reduce(1, *))
    entries[place.entry ?? 0] = 1
    return [place.node: NumberArray(shape, entries)]
  }

  /// A node's numbers as places: the node itself, or the entries of its array.
  package func places(of node: Int) -> [Place] {
    guard let array = nodes[node].array else { return [Place(node: node)] }
    return (0..<array.count).map { Place(node: node, entry: $0) }
  }
}
