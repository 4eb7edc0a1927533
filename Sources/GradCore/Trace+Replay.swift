extension Trace {
  /// The value of every node, where they are not those of the trace.
  public struct Values: Sendable, Equatable {
    /// The number of each node; NaN for an array.
    public fileprivate(set) var numbers: [Double]
    /// The arrays, by node: those that differ from the trace, or may.
    public fileprivate(set) var arrays: [Int: NumberArray] = [:]
  }

  /// The value of every node where node `moved` has the value `value`, and all that follows from it is
  /// computed anew.
  ///
  /// For a trace of operations, as it was recorded. Runs the recorded operations again, so the operand
  /// that a condition chose stays chosen, and a mask stays what it was. What does not follow from the
  /// moved node keeps its value to the last bit. O(nodes + edges), and the work of the operations.
  public func values(moving moved: Int, to value: NumberArray) -> Values {
    precondition(value.shape == nodes[moved].shape, "a moved array keeps its shape")
    var values = Values(numbers: nodes.map(\.value))
    func set(_ value: NumberArray, _ index: Int) {
      if nodes[index].array == nil {
        values.numbers[index] = value.entries[0]
      } else {
        values.arrays[index] = value
      }
    }
    set(value, moved)
    let isReached = reached(from: moved)
    let scratch = Tape(capacity: 8)
    for index in nodes.indices where isReached[index] && index != moved {
      scratch.reset()
      let operands = edges(into: index).map { edge in
        nodes[edge.source].array == nil
          ? scratch.constant(values.numbers[edge.source])
          : scratch.constant(values.arrays[edge.source] ?? nodes[edge.source].anyValue)
      }
      if let operation = nodes[index].arrayOperation {
        // The shapes are those that were recorded.
        guard let result = try? Variable.applying(operation, to: operands) else { continue }
        set(result.array, index)
      } else if let row = nodes[index].opcode.type {
        set(row.record(operands).array, index)
      }
    }
    return values
  }

  /// The same where a number, or one entry of an array, moves by `amount`.
  public func values(moving place: Place, by amount: Double) -> Values {
    values(moving: place.node, to: value(moving: place, by: amount))
  }

  /// The value of a node of which a number, or one entry, moves by `amount`.
  public func value(moving place: Place, by amount: Double) -> NumberArray {
    let value = nodes[place.node].anyValue
    let entry = place.entry ?? 0
    return value.replacing(entry, by: value.entries[entry] + amount)
  }
}
