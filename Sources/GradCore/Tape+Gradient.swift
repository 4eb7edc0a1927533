extension Tape {
  /// The derivative of `output` by every node up to it, in recording order; 0 for arrays, whose
  /// derivatives ``gradients(of:seed:)`` gives.
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
  ///   - output: The node to differentiate, a number.
  ///   - derivatives: One zero for each node up to the output.
  public func differentiate(
    _ output: Variable, into derivatives: UnsafeMutableBufferPointer<Double>
  ) {
    let tape = output.checked
    precondition(tape == storage, "the output is on another tape")
    precondition(derivatives.count > Int(output.index), "one derivative a node is needed")
    guard let derivative = derivatives.baseAddress else { return }
    if tape.pointee.arrays != nil {
      let gradients = gradients(of: output)
      for node in 0...Int(output.index) { derivative[node] += gradients.number(node) }
      return
    }
    derivative[Int(output.index)] = 1
    sweep(
      from: output,
      NumberMaps(
        sources: tape.pointee.sources, partials: tape.pointee.partials, derivative: derivative))
  }

  /// The one loop: nodes from the output back, each with the edges into it.
  @inline(__always) func sweep<Maps: TransposedMaps>(from output: Variable, _ maps: Maps) {
    let ends = storage.pointee.edgeEnds
    var node = Int(output.index)
    var end = Int(ends[node])
    while node >= 0 {
      let begin = node == 0 ? 0 : Int(ends[node - 1])
      maps.pullBack(node, begin, end)
      end = begin
      node -= 1
    }
  }
}

/// What one node adds to the derivatives of its operands: the one thing in which a tape of numbers and
/// one with arrays differ.
protocol TransposedMaps {
  /// Adds what node `node` gives to its operands, by the edges from `begin` to before `end`.
  func pullBack(_ node: Int, _ begin: Int, _ end: Int)
}

/// The maps of a tape of numbers: each is a number.
struct NumberMaps: TransposedMaps {
  let sources: UnsafeMutablePointer<UInt32>
  let partials: UnsafeMutablePointer<Double>
  let derivative: UnsafeMutablePointer<Double>

  @inline(__always) func pullBack(_ node: Int, _ begin: Int, _ end: Int) {
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
  }
}
