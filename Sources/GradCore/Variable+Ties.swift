extension Variable {
  /// Gives the derivative of an extremum to the literals among the operands that tie for it; the
  /// others of them get none.
  ///
  /// So `max(0, x)` has the derivative of a course's relu at 0. A literal is a constant, or what is
  /// computed from constants alone: `-1`, `1/2`. Without a literal among them the operands that tie
  /// keep what their row says.
  @usableFromInline func literalsTakeTies() -> Variable {
    let tape = checked
    // The sweep gives ties of arrays, entry by entry.
    if tape.pointee.arrays?.map(tape.pointee.edgeCount - 1) != nil { return self }
    let (ends, sources, partials) = (
      tape.pointee.edgeEnds, tape.pointee.sources, tape.pointee.partials
    )
    let begin = index == 0 ? 0 : Int(ends[Int(index) - 1])
    let ties = (begin..<Int(ends[Int(index)])).filter {
      tape.pointee.values[Int(sources[$0])] == value
    }
    if ties.count < 2 { return self }
    let isLiteral = ties.map { tape.isLiteral(Int(sources[$0])) }
    let literals = isLiteral.count { $0 }
    if literals == 0 { return self }
    for (edge, isLiteral) in zip(ties, isLiteral) {
      partials[edge] = isLiteral ? 1 / Double(literals) : 0
    }
    return self
  }
}

extension UnsafeMutablePointer<TapeStorage> {
  /// Whether a node is a constant, or computed from constants alone.
  func isLiteral(_ node: Int) -> Bool {
    var pending = [node]
    var seen: Set<Int> = []
    while let node = pending.popLast() {
      guard seen.insert(node).inserted, pointee.opcodes[node] != .constant else { continue }
      if pointee.opcodes[node] == .input { return false }
      let begin = node == 0 ? 0 : Int(pointee.edgeEnds[node - 1])
      for edge in begin..<Int(pointee.edgeEnds[node]) { pending.append(Int(pointee.sources[edge])) }
    }
    return true
  }
}
