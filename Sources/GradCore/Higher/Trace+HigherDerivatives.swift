import GradBase

extension Trace {
  /// Pure derivatives of an order above 1: ∂²output/∂x², ∂³output/∂x³.
  public struct HigherDerivatives: Sendable, Equatable {
    /// The inputs, indices in ``Trace/nodes``.
    public var inputs: [Int]
    /// By input, the derivatives of order 2, 3 and so on; of an array entry by entry, by that entry alone.
    public var values: [[NumberArray]]
    /// The nodes at which a derivative jumps, as `relu` at 0: the second derivative counts as 0 there.
    public var kinks: [Int]

    /// The derivatives by an input, from order 2 on; none for what is no input of it.
    public func values(of node: Int) -> [NumberArray] {
      inputs.firstIndex(of: node).map { values[$0] } ?? []
    }
  }

  /// How many entries an array has at most whose second derivatives are worked out one by one.
  package static let mostEntriesOfHigherDerivatives = 400

  /// The pure derivatives of the output by inputs.
  ///
  /// The backward sweep is recorded, and differentiated again; O(nodes + edges) for each input and order.
  ///
  /// - Parameters:
  ///   - inputs: Indices in ``nodes``; all that are no data if `nil`.
  ///   - order: 2 or 3; arrays have 2 alone.
  /// - Returns: The derivatives from order 2 on.
  /// - Throws: An order out of range, an operation without a rule, an array that is too large.
  public func higherDerivatives(
    by inputs: [Int]? = nil, order: Int
  ) throws(DifferentiationFault) -> HigherDerivatives {
    guard (2...3).contains(order) else {
      throw DifferentiationFault(
        "there are no derivatives of order \(order) here", help: "orders are 2 and 3")
    }
    let inputs = inputs ?? parameters
    for input in inputs {
      if let array = nodes[input].array { try check(array, input, order) }
    }
    let gradient = try recordedGradient(by: inputs)
    var values: [[NumberArray]] = []
    for (number, input) in inputs.enumerated() {
      if nodes[input].array != nil {
        values.append([gradient.diagonal(of: number)])
        continue
      }
      var (derivative, own) = (gradient.gradient[number], [NumberArray]())
      for _ in 2...order {
        derivative = try gradient.differentiate(derivative, by: [input])[0]
        own.append(derivative.array)
      }
      values.append(own)
    }
    return HigherDerivatives(inputs: inputs, values: values, kinks: gradient.kinks)
  }

  func check(
    _ array: NumberArray, _ input: Int, _ order: Int
  ) throws(DifferentiationFault) {
    let shape = shapeText(array.shape)
    if order > 2 {
      throw DifferentiationFault(
        "'\(nodes[input].id)' has the shape \(shape), and order \(order) is by numbers",
        help: "order 2 is by the entries of arrays too", node: input)
    }
    if array.count > Self.mostEntriesOfHigherDerivatives {
      throw DifferentiationFault(
        "'\(nodes[input].id)' has \(grouped(array.count)) entries, and second derivatives are worked out "
          + "for \(Self.mostEntriesOfHigherDerivatives) at most", help: "choose other inputs",
        node: input)
    }
  }
}

extension RecordedGradient {
  /// The second derivatives by each entry of an array input: the diagonal of its part of the Hessian.
  fileprivate func diagonal(of number: Int) -> NumberArray {
    let shape = tape.node(inputs[number]).shape
    let count = View(shape).count
    let entries = (0..<count).map { entry in
      var direction = [Double](repeating: 0, count: count)
      direction[entry] = 1
      return tape.tangents(
        of: [gradient[number]],
        from: [(tape.node(inputs[number]), NumberArray(shape, direction))])[0].entries[entry]
    }
    return NumberArray(shape, entries)
  }
}
