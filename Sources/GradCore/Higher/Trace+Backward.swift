extension Trace {
  /// The part of a trace that computes derivatives.
  ///
  /// It stands behind the computation that was differentiated, and uses its values.
  public struct Backward: Sendable, Equatable {
    /// The first node of it, an index in ``Trace/nodes``; those before it are the computation's own.
    public var first: Int
    /// The node that was differentiated.
    public var output: Int
    /// The inputs by which it was differentiated.
    public var inputs: [Int]
    /// The derivative of each order from 1, by each of ``inputs``.
    public var derivatives: [[Int]]
    /// What the nodes are the derivatives of, by node; those that are on the way to one have none.
    public var labels: [Int: Label]
    /// By node that is a derivative, the nodes whose derivatives are copies of it, as those of the operands of
    /// a sum are; the last node of the program first.
    public var copies: [Int: [Int]]
    /// By node from ``first`` on, the node whose edges it was recorded for.
    public var origins: [Int]
    /// The nodes at which a derivative jumps, as `relu` at 0: the second derivative counts as 0 there.
    public var kinks: [Int]

    /// ∂ⁿoutput by one node, of which all but the last are by an input.
    public struct Label: Sendable, Hashable {
      /// n.
      public var order: Int
      /// The input of the first n − 1, an index in ``Trace/nodes``; `nil` for order 1.
      public var input: Int?
      /// The node of the last.
      public var node: Int
    }
  }

  /// The computation of derivatives as a trace: the backward sweep is a part of it, with nodes and edges
  /// like all others.
  ///
  ///     let slope = try trace.differentiated(by: ["x"])
  ///     slope["d(x)"]?.value                                          // dy/dx
  ///     let curvature = try trace.differentiated(by: ["x"], order: 2)
  ///     curvature["d(d(x))"]?.value                                   // d²y/dx²
  ///
  /// Derivatives of an order above 1 are the pure ones, ∂²y/∂x². Of an array, order 2 is the second derivative by
  /// each entry, by that entry alone: an array of its shape that holds the diagonal of the Hessian, as
  /// ``higherDerivatives(by:order:)`` gives it. It takes a sweep for each entry, so that nodes are that many times
  /// more. The id of ∂y/∂v is `d(v)`, that of ∂²y/∂x²
  /// is `d(d(x))`, that of ∂²y/∂x∂v is `d(d(x), v)`; a number on the way to the derivatives by the
  /// operands of `v` is `d(v)#1`. No program can name its nodes like that. The trace's output is the derivative
  /// of the highest order by the first input, so that ``Node/derivative`` is one order more.
  ///
  /// Operations that come to 0, and multiplications by 1, are left out, and nothing is computed twice.
  /// Each order costs a small multiple of the nodes before it.
  ///
  /// - Parameters:
  ///   - names: The inputs, by name or id; all that are no data if empty.
  ///   - order: From 1 to 3.
  /// - Returns: The trace with the nodes of the derivatives behind its own; ``backward`` says which is which.
  /// - Throws: A name that is no input, an order out of range, an operation without a rule, an array of too many
  ///   entries for order 2, and any array for order 3.
  public func differentiated(
    by names: [String] = [], order: Int = 1
  ) throws(DifferentiationFault) -> Trace {
    var inputs: [Int] = []
    for name in names {
      guard let index = index(of: name), nodes[index].kind == .input else {
        throw DifferentiationFault("'\(name)' is no input")
      }
      inputs.append(index)
    }
    return try differentiated(by: names.isEmpty ? parameters : inputs, order: order)
  }

  /// The same by inputs that are indices in ``nodes``.
  public func differentiated(
    by inputs: [Int], order: Int = 1
  ) throws(DifferentiationFault) -> Trace {
    try differentiated(by: inputs, order: order, leavesOutCopies: false)
  }

  /// The same, where the derivative by an input that is a copy of another one may have no node of its own.
  package func differentiated(
    by inputs: [Int], order: Int, leavesOutCopies: Bool
  ) throws(DifferentiationFault) -> Trace {
    guard (1...3).contains(order) else {
      throw DifferentiationFault(
        "derivatives of order \(order) are not recorded", help: "orders are 1, 2 and 3")
    }
    guard !inputs.isEmpty else {
      throw DifferentiationFault("there is no input to differentiate by")
    }
    if order > 1 {
      for input in inputs { if let array = nodes[input].array { try check(array, input, order) } }
    }
    let recorded = try RecordedGradient(self, by: inputs, keepsFactors: true)
    var writer = BackwardWriter(recorded, leavesOutCopies: leavesOutCopies)
    return try writer.trace(order: order)
  }
}
