extension Trace {
  /// ∂node/∂seed for every node: forward-mode differentiation by node `seed`, one sweep over the edges.
  ///
  /// Nodes that do not depend on the seed have 0. As on the way back, a contribution with an exact
  /// zero as either factor is zero. O(nodes + edges).
  public func tangents(by seed: Int) -> [Double] {
    var tangents = [Double](repeating: 0, count: nodes.count)
    tangents[seed] = 1
    for edge in edges where edge.partial != 0 && tangents[edge.source] != 0 {
      tangents[edge.target] += edge.partial * tangents[edge.source]
    }
    return tangents
  }

  /// The nodes that node `start` leads to, itself included.
  ///
  /// O(nodes + edges).
  public func reached(from start: Int) -> [Bool] {
    var isReached = [Bool](repeating: false, count: nodes.count)
    isReached[start] = true
    for edge in edges where isReached[edge.source] { isReached[edge.target] = true }
    return isReached
  }
}
