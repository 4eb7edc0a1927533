/// What counts as a node of a trace or a figure.
public enum Detail: String, Sendable, CaseIterable, Codable {
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
    detail == .operations ? self : contracted(to: selection(detail)).trace
  }

  /// The trace of the nodes of a selection, and the index in this trace of each of its nodes.
  ///
  /// The edge between two nodes that stay carries the total partial over all paths through nodes
  /// that do not; there is one edge for each distinct operand, in the order of the formula, unless
  /// the selection keeps operands apart.
  ///
  /// O(nodes + edges) where no node that goes serves several that stay.
  ///
  /// - Parameters:
  ///   - selection: The nodes that stay.
  ///   - clearsDust: Whether a total partial that is zero but for rounding is 0, for readers.
  /// - Returns: The trace, and where its nodes come from.
  public func contracted(
    to selection: Selection, clearsDust: Bool = false
  ) -> (trace: Trace, origins: [Int]) {
    let keep = selection.isKept
    let origins = nodes.indices.filter { keep[$0] }
    var positions = [Int](repeating: -1, count: nodes.count)
    for (position, index) in origins.enumerated() { positions[index] = position }
    var result = Trace(
      nodes: origins.map { nodes[$0] }, edges: [], calls: calls, output: positions[output])
    result.passes = passes
    result.wantedDetail = wantedDetail
    result.end = end.map { end in origins.count { $0 < end } }
    for call in calls.indices {
      result.calls[call].arguments = calls[call].arguments.map { positions[$0] }
      result.calls[call].result = positions[calls[call].result]
      result.calls[call].others = calls[call].others.map { positions[$0] }.filter { $0 >= 0 }
      result.calls[call].parts = Dictionary(
        uniqueKeysWithValues: calls[call].parts.filter { keep[$0.key] }.map { (positions[$0], $1) })
    }
    var derivative = [Double](repeating: 0, count: nodes.count)
    var largest = derivative
    // Each node is looked at with every node that it goes into, so its edges are found once.
    let ways = WaysBack(self, keep)
    for (position, index) in origins.enumerated() where nodes[index].kind == .operation {
      let (operands, inner) = ways.operandsThroughContracted(of: index)
      if !inner.isEmpty || selection.scope(of: index, in: self) != nodes[index].call {
        result.nodes[position].expression = programFormula(of: index, selection)
      }
      if !selection.mergesOperands, inner.isEmpty {
        for edge in edges[ways.edges(into: index)] where keep[edge.source] {
          var edge = clearsDust ? withoutDust(edge) : edge
          (edge.source, edge.target) = (positions[edge.source], position)
          result.edges.append(edge)
        }
        continue
      }
      if let own = contractedArrayEdges(
        into: index, inner: inner, operands: operands, positions, clearsDust: clearsDust)
      {
        result.edges += own
        continue
      }
      derivative[index] = 1
      for node in [index] + inner.sorted(by: >) {
        let own =
          clearsDust && Dust.isAll(of: derivative[node], largest: largest[node])
          ? 0 : derivative[node]
        derivative[node] = 0
        largest[node] = 0
        if own == 0 { continue }
        for edge in edges[ways.edges(into: node)] where edge.partial != 0 {
          derivative[edge.source] += edge.partial * own
          largest[edge.source] = max(largest[edge.source], (edge.partial * own).magnitude)
        }
      }
      let outer = result.nodes[position].derivative
      var number = 0
      for operand in operands {
        let isDust = clearsDust && Dust.isAll(of: derivative[operand], largest: largest[operand])
        let partial = isDust ? 0 : derivative[operand]
        derivative[operand] = 0
        largest[operand] = 0
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
}

/// The ways back from nodes of a trace to those of a selection.
private struct WaysBack {
  private let trace: Trace
  private let keep: [Bool]
  /// Where the edges into each node begin, and where those into the last end.
  private let starts: [Int]

  init(_ trace: Trace, _ keep: [Bool]) {
    (self.trace, self.keep) = (trace, keep)
    var starts = [Int](repeating: 0, count: trace.nodes.count + 1)
    for edge in trace.edges { starts[edge.target + 1] += 1 }
    for index in trace.nodes.indices { starts[index + 1] += starts[index] }
    self.starts = starts
  }

  func edges(into index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

  /// The nodes that `index` is computed from: those where the way back ends, in the order of the
  /// formula, and those in between.
  func operandsThroughContracted(of index: Int) -> (operands: [Int], inner: [Int]) {
    var (operands, inner): ([Int], [Int]) = ([], [])
    // Most formulas have few operands, and a set costs more than to look through them.
    var seen: Set<Int> = []
    var stack = edges(into: index).reversed().map { trace.edges[$0].source }
    while let node = stack.popLast() {
      if operands.count + inner.count < 16 {
        if operands.contains(node) || inner.contains(node) { continue }
      } else {
        if seen.isEmpty { seen = Set(operands + inner) }
        guard seen.insert(node).inserted else { continue }
      }
      if keep[node] || trace.nodes[node].kind != .operation {
        operands.append(node)
      } else {
        inner.append(node)
        for edge in edges(into: node).reversed() { stack.append(trace.edges[edge].source) }
      }
    }
    return (operands, inner)
  }
}
