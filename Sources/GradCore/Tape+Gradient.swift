extension Tape {
  /// The derivative of `output` by every node up to it, in recording order.
  ///
  /// One pass over the edges, from the output back; O(nodes + edges).
  public func gradient(of output: Variable) -> [Double] {
    [Double](unsafeUninitializedCapacity: Int(output.index) + 1) { buffer, count in
      buffer.initialize(repeating: 0)
      differentiate(output, into: buffer)
      count = buffer.count
    }
  }

  /// Adds the derivative of `output` by every node up to it to `derivatives`, which begins as zeros.
  ///
  /// A contribution with an exact zero as either factor is zero, so an infinite partial on a branch
  /// that the output does not depend on cannot turn into NaN.
  ///
  /// - Parameters:
  ///   - output: The node to differentiate.
  ///   - derivatives: One zero for each node up to the output.
  public func differentiate(
    _ output: Variable, into derivatives: UnsafeMutableBufferPointer<Double>
  ) {
    let tape = output.checked
    precondition(tape == storage, "the output is on another tape")
    precondition(derivatives.count > Int(output.index), "one derivative a node is needed")
    guard let derivative = derivatives.baseAddress else { return }
    let (ends, sources, partials) = (
      tape.pointee.edgeEnds, tape.pointee.sources, tape.pointee.partials
    )
    derivative[Int(output.index)] = 1
    var node = Int(output.index)
    var end = Int(ends[node])
    while node >= 0 {
      let begin = node == 0 ? 0 : Int(ends[node - 1])
      let own = derivative[node]
      if own.isFinite {
        if own != 0 {
          for edge in begin..<end { derivative[Int(sources[edge])] += partials[edge] * own }
        }
      } else {
        for edge in begin..<end where partials[edge] != 0 {
          derivative[Int(sources[edge])] += partials[edge] * own
        }
      }
      end = begin
      node -= 1
    }
  }
}
