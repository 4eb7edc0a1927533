import GradCore

/// When each part of a figure appears, if it is shown one step at a time.
struct Schedule: Sendable {
  /// For each node the step that computes its value, from 1; 0 for what is given.
  var forward: [Int] = []
  /// For each edge the step in which the derivative comes back over it.
  var backward: [Int] = []
  /// For each node the step after which its derivative is known.
  var derivative: [Int] = []
  /// The step in which the backward pass begins: the output's derivative by itself.
  var first = 0
  /// The last step.
  var last = 0

  /// - Parameters:
  ///   - trace: The nodes and edges that are drawn.
  ///   - folds: The boxes that stand for several nodes; each has one step forward and one back.
  ///   - mode: Which way derivatives go.
  ///   - backward: Where the nodes of a backward pass begin that is a computation of its own; `nil` for none.
  init(
    _ trace: Trace, _ folds: [Fold], _ mode: FigureOptions.Mode, backwardFrom backward: Int? = nil
  ) {
    // A derivative that is a number comes in its turn too.
    func hasStep(_ node: Int) -> Bool {
      trace.nodes[node].kind == .operation || node >= backward ?? .max
    }
    // For each operation in a fold the first one there.
    var leaders = Array(trace.nodes.indices)
    for fold in folds {
      let operations = fold.nodes.filter(hasStep)
      for node in operations { leaders[node] = operations[0] }
    }
    var step = 0
    for index in trace.nodes.indices {
      if index == backward { first = step }
      let isFirst = hasStep(index) && leaders[index] == index
      if isFirst { step += 1 }
      forward.append(isFirst ? step : hasStep(index) ? forward[leaders[index]] : 0)
    }
    if backward != nil {
      // Each node of the backward pass comes with what leads to it.
      (derivative, self.backward) = (forward, trace.edges.map { [forward] in forward[$0.target] })
      last = step
      return
    }
    if mode == .forward {
      // A tangent comes with its value.
      (derivative, self.backward) = (forward, trace.edges.map { [forward] in forward[$0.target] })
      (first, last) = (step, step)
      return
    }
    step += 1
    first = step
    self.backward = [Int](repeating: 0, count: trace.edges.count)
    var members = [[Int]](repeating: [], count: trace.nodes.count)
    for index in trace.nodes.indices { members[leaders[index]].append(index) }
    for leader in trace.nodes.indices.reversed() {
      let isFold = members[leader].count > 1
      if isFold { step += 1 }
      for index in members[leader].reversed() {
        for edge in trace.edges(into: index).indices
        where !trace.nodes[trace.edges[edge].source].lacksDerivative
          && !trace.isStopped(trace.edges[edge])
        {
          if !isFold { step += 1 }
          self.backward[edge] = step
        }
      }
    }
    derivative = [Int](repeating: first, count: trace.nodes.count)
    for (edge, step) in zip(trace.edges, self.backward) {
      derivative[edge.source] = max(derivative[edge.source], step)
    }
    last = step
  }
}
