extension Trace {
  /// Derivatives by one node of an order above 1: d²v/dx², d³v/dx³.
  public struct HigherTangents: Sendable, Equatable {
    /// By order from 2 on, the derivative of each node; 0 for those that do not come from the seed.
    public var values: [[Double]]
    /// The nodes at which a derivative jumps, as `relu` at 0: the second derivative counts as 0 there.
    public var kinks: [Int]
  }

  /// The derivatives of every node by one of them, of an order above 1: d²v/dx², d³v/dx³.
  ///
  /// The tangents are recorded as a computation, and go along the same way again; O(nodes + edges) for each
  /// order.
  ///
  /// - Parameters:
  ///   - seed: The node by which all are differentiated, an index in ``nodes``.
  ///   - order: 2 or 3.
  /// - Returns: The derivatives of each node.
  /// - Throws: An order out of range, an operator without a rule, and arrays, which have no tangents.
  public func higherTangents(
    by seed: Int, order: Int
  ) throws(DifferentiationFault) -> HigherTangents {
    guard (2...3).contains(order) else {
      throw DifferentiationFault(
        "there are no tangents of order \(order) here", help: "orders are 2 and 3")
    }
    if let array = nodes.firstIndex(where: { $0.array != nil }) {
      throw DifferentiationFault(
        "'\(nodes[array].id)' is an array, and tangents of order \(order) are of numbers",
        node: array)
    }
    let tape = Tape(capacity: 4 * nodes.count)
    try record(on: tape)
    var recorder = GradientRecorder(tape)
    var tangents = recorder.tangents(by: tape.node(seed), upTo: nodes.count - 1)
    var orders: [[Double]] = []
    for next in 2...order {
      // The last order is wanted as numbers alone.
      if next == order {
        let direction = [(tape.node(seed), NumberArray(1))]
        orders.append(tape.tangents(of: tangents, from: direction).map { $0.entries[0] })
      } else {
        let all = recorder.tangents(by: tape.node(seed), upTo: tape.nodeCount - 1)
        tangents = tangents.map { all[Int($0.index)] }
        orders.append(tangents.map(\.value))
      }
    }
    return HigherTangents(
      values: orders, kinks: recorder.kinks.filter { $0 < nodes.count }.sorted())
  }
}

extension GradientRecorder {
  /// Records the derivative of each node up to `last` by one of them; numbers alone.
  fileprivate mutating func tangents(by seed: Variable, upTo last: Int) -> [Variable] {
    let zero = arithmetic.constant(0)
    var tangents = [Variable](repeating: zero, count: last + 1)
    for node in 0...last {
      if node == Int(seed.index) {
        tangents[node] = arithmetic.constant(1)
        continue
      }
      let edges = tape.edges(into: node)
      let depends = edges.contains { arithmetic.number(tangents[tape.edge($0).source]) != 0 }
      if depends { noteKink(at: node) }
      for edge in edges {
        let tangent = tangents[tape.edge(edge).source]
        if arithmetic.number(tangent) == 0 { continue }
        let term = product(partial(node, edges, edge - edges.lowerBound), tangent)
        tangents[node] = arithmetic.add(tangents[node], term)
      }
    }
    noteOrigins(Int(seed.index))
    return tangents
  }
}
