/// What counts as a node of a trace or a figure.
public enum Detail: String, Sendable, CaseIterable {
  /// One node a statement.
  case statements
  /// One node an operation.
  case operations
  /// One node a statement, in the bodies of called functions too.
  case calls
}

extension Trace {
  /// The trace with the nodes that `detail` asks for; the derivatives of those that stay do not change.
  public func detailed(_ detail: Detail) -> Trace {
    detail == .operations ? self : contracted(to: kept(at: detail)).trace
  }

  /// Which nodes stay at `detail`.
  ///
  /// Inputs, named nodes and the output do, in called functions only for ``Detail/calls``; so does
  /// an unnamed node of the program itself that several others of it use, as Swift code can write.
  public func kept(at detail: Detail) -> [Bool] {
    if detail == .operations { return [Bool](repeating: true, count: nodes.count) }
    var uses = [Int](repeating: 0, count: nodes.count)
    for edge in edges where nodes[edge.target].call == nodes[edge.source].call {
      uses[edge.source] += 1
    }
    return nodes.indices.map { index in
      let node = nodes[index]
      if node.kind == .constant { return false }
      if index == output { return true }
      if node.call == nil { return node.name != nil || node.kind == .input || uses[index] > 1 }
      // A node made in a call and named by the statement outside bears the name of that statement.
      let isOutside = node.name != nil && node.id == node.name
      return detail == .calls ? node.name != nil : isOutside
    }
  }

  /// The trace of the nodes for which `keep` holds, and the index in this trace of each of its nodes.
  ///
  /// The edge between two nodes that stay carries the total partial over all paths through nodes
  /// that do not; there is one edge for each distinct operand, in the order of the formula.
  ///
  /// O(nodes + edges) where no node that goes serves several that stay.
  public func contracted(to keep: [Bool]) -> (trace: Trace, origins: [Int]) {
    let origins = nodes.indices.filter { keep[$0] }
    var positions = [Int](repeating: -1, count: nodes.count)
    for (position, index) in origins.enumerated() { positions[index] = position }
    var result = Trace(
      nodes: origins.map { nodes[$0] }, edges: [], calls: calls, output: positions[output])
    for call in calls.indices {
      result.calls[call].arguments = calls[call].arguments.map { positions[$0] }
      result.calls[call].result = positions[calls[call].result]
    }
    var derivative = [Double](repeating: 0, count: nodes.count)
    for (position, index) in origins.enumerated() where nodes[index].kind == .operation {
      let (operands, inner) = operandsThroughContracted(of: index, keep)
      if !inner.isEmpty {
        result.nodes[position].expression = programFormula(of: index) { keep[$0] }
      }
      derivative[index] = 1
      for node in [index] + inner.sorted(by: >) {
        let own = derivative[node]
        derivative[node] = 0
        if own == 0 { continue }
        for edge in edges(into: node) where edge.partial != 0 {
          derivative[edge.source] += edge.partial * own
        }
      }
      let outer = result.nodes[position].derivative
      var number = 0
      for operand in operands {
        let partial = derivative[operand]
        derivative[operand] = 0
        if !keep[operand] { continue }
        result.edges.append(
          Edge(
            source: positions[operand], target: position, operand: number, partial: partial,
            contribution: partial == 0 || outer == 0 ? 0 : partial * outer))
        number += 1
      }
    }
    return (result, origins)
  }

  /// The nodes that `index` is computed from: those where the way back ends, in the order of the
  /// formula, and those in between.
  private func operandsThroughContracted(
    of index: Int, _ keep: [Bool]
  ) -> (operands: [Int], inner: [Int]) {
    var (operands, inner): ([Int], [Int]) = ([], [])
    var seen: Set<Int> = []
    var stack = Array(self.operands(of: index).reversed())
    while let node = stack.popLast() {
      guard seen.insert(node).inserted else { continue }
      if keep[node] || nodes[node].kind != .operation {
        operands.append(node)
      } else {
        inner.append(node)
        stack.append(contentsOf: self.operands(of: node).reversed())
      }
    }
    return (operands, inner)
  }
}
