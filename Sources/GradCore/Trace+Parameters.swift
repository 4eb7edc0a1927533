extension Trace {
  /// The same trace with some nodes as parameters.
  ///
  /// All other inputs are data, and so is what is computed from them and from constants alone; the
  /// output never is. No number changes. O(nodes + edges).
  ///
  /// - Parameter parameters: Indices in ``nodes``.
  /// - Returns: The trace with ``Node/isData`` set anew.
  public func marking(parameters: [Int]) -> Trace {
    var isParameter = [Bool](repeating: false, count: nodes.count)
    for node in parameters { isParameter[node] = true }
    for edge in edges where isParameter[edge.source] { isParameter[edge.target] = true }
    isParameter[output] = true
    var trace = self
    for index in nodes.indices { trace.nodes[index].isData = !isParameter[index] }
    return trace
  }

  /// The inputs that are no data: those by which the output is differentiated.
  public var parameters: [Int] {
    nodes.indices.filter { nodes[$0].kind == .input && !nodes[$0].isData }
  }
}
