extension Tape {
  /// The trace of the recording: every node, with the derivative of `output` by it.
  ///
  /// O(nodes + edges).
  public func trace(of output: Variable) -> Trace {
    let labels = labels
    let gradients = storage.pointee.arrays == nil ? nil : gradients(of: output)
    let gradient =
      gradients.map { all in (0...Int(output.index)).map { all.number($0) } }
      ?? gradient(of: output)
    var ids = TraceIds(labels: labels)
    var used = [Bool](repeating: false, count: nodeCount)
    used[Int(output.index)] = true
    var edges: [Trace.Edge] = []
    edges.reserveCapacity(edgeCount)
    var nodes: [Trace.Node] = []
    nodes.reserveCapacity(nodeCount)
    for index in 0..<nodeCount {
      let key = UInt32(index)
      let opcode = opcode(index)
      let call = labels.callOfNode.isEmpty ? -1 : labels.callOfNode[index]
      let scope = labels.scopesOfNames[key] ?? Int(call)
      let derivative = index < gradient.count ? gradient[index] : 0
      nodes.append(
        Trace.Node(
          id: ids.id(of: key, opcode, call: Int(call)), name: labels.names[key], opcode: opcode,
          expression: labels.spellings[key] ?? "",
          condition: condition(of: key, opcode, labels), value: storage.pointee.values[index],
          derivative: derivative,
          place: labels.places.isEmpty ? nil : labels.places[index],
          call: call < 0 ? nil : Int(call), scope: scope < 0 ? nil : scope))
      if gradients != nil { nodes[index].part = arrayPart(index, gradients) }
      for (operand, number) in self.edges(into: index).enumerated() {
        let (source, partial) = edge(number)
        let edge = Trace.Edge(
          source: source, target: index, operand: operand, partial: partial,
          contribution: partial == 0 || derivative == 0 ? 0 : partial * derivative)
        edges.append(
          gradients == nil ? edge : arrayEdge(edge, number, nodes[index].anyDerivative))
      }
    }
    for edge in edges.reversed() where used[edge.target] { used[edge.source] = true }
    for index in nodes.indices where !used[index] { nodes[index].isUnused = true }
    var trace = Trace(
      nodes: consume nodes, edges: consume edges,
      calls: labels.calls.map { call in
        Trace.Call(
          id: call.id, function: call.function, parent: call.parent,
          arguments: call.arguments.map(Int.init), result: Int(call.result),
          others: call.others.map(Int.init),
          parts: Dictionary(uniqueKeysWithValues: call.parts.map { (Int($0), $1) }))
      }, output: Int(output.index), decisions: labels.decisions)
    trace.end = labels.end
    trace.reads = Set(labels.reads.map(Int.init))
    trace.passes = labels.passes
    trace.spellExpressions()
    // Parameters that the output does not depend on leave no data.
    let parameters = labels.parameters.map(Int.init).filter { used[$0] }
    return parameters.isEmpty ? trace : trace.marking(parameters: parameters)
  }

  /// How the condition of a node is written; one recorded from Swift is only known by its outcome.
  private func condition(of node: UInt32, _ opcode: Opcode, _ labels: Labels) -> String? {
    switch opcode {
    case .where: labels.conditions[node] ?? "True"
    case .whereElse: labels.conditions[node] ?? "False"
    default: nil
    }
  }
}
