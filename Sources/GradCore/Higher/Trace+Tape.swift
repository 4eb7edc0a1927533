extension Trace {
  /// Records the operations of the trace on an empty tape: node i of the tape is node i of the trace.
  ///
  /// - Throws: That a node was made by an operator that is not in the table, or that numbers are missing.
  func record(on tape: Tape) throws(DifferentiationFault) {
    var end = 0
    var operands: [Variable] = []
    for (index, node) in nodes.enumerated() {
      let begin = end
      while end < edges.count, edges[end].target == index { end += 1 }
      operands.removeAll(keepingCapacity: true)
      for edge in begin..<end { operands.append(tape.node(edges[edge].source)) }
      try record(node, index, operands, on: tape)
      if tape.nodeCount != index + 1 {
        throw DifferentiationFault(
          "'\(node.operation)' of \(operands.count) arrays is not known as a computation",
          node: index)
      }
    }
  }

  private func record(
    _ node: Node, _ index: Int, _ operands: [Variable], on tape: Tape
  ) throws(DifferentiationFault) {
    if let array = node.array, !array.isWhole {
      throw DifferentiationFault(
        "'\(node.id)' is known by a summary alone",
        help: "derivatives as a computation need every entry", node: index)
    }
    switch node.kind {
    case .input: _ = node.array.map { tape.input($0) } ?? tape.input(node.value)
    case .constant: _ = node.array.map { tape.constant($0) } ?? tape.constant(node.value)
    case .operation:
      if let operation = node.arrayOperation, !operands.isEmpty {
        do throws(ShapeFault) {
          _ = try Variable.applying(operation, to: operands)
        } catch { throw DifferentiationFault(error.message, help: error.help, node: index) }
      } else if let row = node.opcode.type,
        row.row.isVariadic || operands.count == row.row.operands.count,
        !operands.isEmpty
      {
        _ = row.record(operands)
      } else {
        throw DifferentiationFault(
          "'\(node.operation)', which makes '\(node.id)', is not in the table of operators",
          help: "derivatives as a computation are known of the operators of this language",
          node: index)
      }
    }
  }
}
