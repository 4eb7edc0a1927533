extension Trace {
  /// The value of every node where node `moved` has the value `value`, and all that follows from it is
  /// computed anew.
  ///
  /// For a trace of operations, as it was recorded. Runs the recorded operations again, so the operand
  /// that a condition chose stays chosen. What does not follow from the moved node keeps its value to
  /// the last bit. O(nodes + edges).
  public func values(moving moved: Int, to value: Double) -> [Double] {
    var values = nodes.map(\.value)
    values[moved] = value
    let isReached = reached(from: moved)
    let scratch = Tape(capacity: 8)
    for index in nodes.indices where isReached[index] && index != moved {
      guard let row = nodes[index].opcode.type else { continue }
      scratch.reset()
      let operands = edges(into: index).map { scratch.constant(values[$0.source]) }
      values[index] = row.record(operands).value
    }
    return values
  }
}
