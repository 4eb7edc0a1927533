extension Tape {
  /// The derivative of every node by `seed`, in recording order: forward-mode differentiation.
  ///
  /// One pass over the edges, from the first to the last, with the partials that were stored when the
  /// nodes were recorded. As on the way back, a contribution with an exact zero as either factor is
  /// zero. O(nodes + edges).
  public func tangents(by seed: Variable) -> [Double] {
    precondition(seed.checked == storage, "the seed is on another tape")
    var tangents = [Double](repeating: 0, count: nodeCount)
    tangents[Int(seed.index)] = 1
    for node in Int(seed.index) + 1..<max(nodeCount, Int(seed.index) + 1) {
      for edge in edges(into: node) {
        let (source, partial) = self.edge(edge)
        if partial != 0, tangents[source] != 0 { tangents[node] += partial * tangents[source] }
      }
    }
    return tangents
  }
}
