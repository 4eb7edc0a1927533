extension Trace {
  /// For each node whether it is a constant, or computed from constants alone without a name.
  ///
  /// O(nodes + edges).
  public var areFixed: [Bool] {
    var areFixed = nodes.indices.map { nodes[$0].opcode == .constant }
    var begin = 0
    for index in nodes.indices {
      var end = begin
      var isFixed = nodes[index].name == nil
      while end < edges.count, edges[end].target == index {
        isFixed = isFixed && areFixed[edges[end].source]
        end += 1
      }
      if end > begin { areFixed[index] = isFixed }
      begin = end
    }
    return areFixed
  }

  /// For each node whether it is a constant exponent and nothing else, or part of one.
  ///
  /// Nobody asks for the derivative by it: `x**2` is a function of `x`. O(nodes + edges).
  ///
  /// - Parameter areFixed: ``areFixed``.
  /// - Returns: One answer a node.
  func areExponents(_ areFixed: [Bool]) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: nodes.count)
    var areExponents = areFixed
    // Targets before their operands, so that what an exponent is computed from is known for one.
    for edge in edges.reversed() {
      isUsed[edge.source] = true
      let isOne =
        nodes[edge.target].opcode == .power && edge.operand == 1
        || isUsed[edge.target] && areExponents[edge.target]
      if !isOne { areExponents[edge.source] = false }
    }
    return zip(areExponents, isUsed).map { $0 && $1 }
  }
}
