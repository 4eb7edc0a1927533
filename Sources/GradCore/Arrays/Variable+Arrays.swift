extension Tape {
  /// Records an array input.
  public func input(_ array: NumberArray, _ name: String? = nil) -> Variable {
    let variable = storage.append(.input, array)
    if let name { variable.named(name) }
    return variable
  }

  /// Records an array input of rows that are equally long.
  public func input(_ rows: [[Double]], _ name: String? = nil) -> Variable {
    input(NumberArray(rows), name)
  }

  /// Records a vector.
  public func input(_ entries: [Double], _ name: String? = nil) -> Variable {
    input(NumberArray(entries), name)
  }

  /// Records an array by which nothing is differentiated.
  public func constant(_ array: NumberArray) -> Variable { storage.append(.constant, array) }
}

extension UnsafeMutablePointer<TapeStorage> {
  /// Appends an array that was given; one of the shape `[]` is a number.
  fileprivate func append(_ opcode: Opcode, _ array: NumberArray) -> Variable {
    if array.shape.isEmpty { return append(opcode, array.entries[0]) }
    let variable = append(opcode, nil, array.shape, [], [])
    self.array(Int(variable.index)).entries.base.update(from: array.entries, count: array.count)
    return variable
  }
}

extension Variable {
  /// Records an operation on arrays.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - operands: Its operands, on one tape.
  /// - Returns: The result; a number if its shape is `[]`.
  /// - Throws: That the shapes do not fit.
  public static func applying(
    _ operation: ArrayOperation, to operands: [Variable]
  ) throws(ShapeFault) -> Variable {
    precondition(!operands.isEmpty, "an operation needs an operand")
    let tape = operands[0].checked
    for operand in operands { _ = operands[0].together(operand) }
    let shapes = operands.map(\.shape)
    let shape = try operation.shape(of: shapes)
    try ArrayOperation.check(shape)
    if let view = try operation.view(of: tape, operands[0], shape) {
      return tape.append(.arrays, operation, shape, operands, [view.map], view: view.value)
    }
    let result = tape.append(
      .arrays, operation, shape, operands, operands.map { _ in .elementwise })
    let z = tape.array(Int(result.index)).entries.base
    z.update(repeating: 0, count: shape.reduce(1, *))
    let maps = try operation.evaluate(
      operands.map { tape.array(Int($0.index)) }, shape, into: z)
    guard let arrays = tape.pointee.arrays else { return result }
    let first = arrays.maps.count - maps.count
    for (k, map) in maps.enumerated() { arrays.maps[first + k] = map }
    return result
  }

  /// Records an operation whose operands fit, as whoever writes Swift makes sure.
  private func recording(_ operation: ArrayOperation, _ others: Variable...) -> Variable {
    do throws(ShapeFault) { return try Variable.applying(operation, to: [self] + others) } catch {
      preconditionFailure(error.message)
    }
  }

  /// Records the matrix product with another array.
  public func matmul(_ other: Variable) -> Variable { recording(.matrixProduct, other) }

  /// Records the array with its axes reversed.
  public var transposed: Variable { recording(.transpose(nil)) }

  /// Records the array with its axes in another order.
  public func permuted(_ order: Int...) -> Variable { recording(.transpose(order)) }

  /// Records the entries in another shape, of which one axis may be -1.
  public func reshaped(_ shape: Int...) -> Variable { recording(.reshape(shape)) }

  /// Records the sum over an axis, or over all.
  public func sum(axis: Int? = nil, keepsAxes: Bool = false) -> Variable {
    recording(.reduce(.sum, axes: axis.map { [$0] }, keepsAxes: keepsAxes))
  }

  /// Records the mean over an axis, or over all.
  public func mean(axis: Int? = nil, keepsAxes: Bool = false) -> Variable {
    recording(.reduce(.mean, axes: axis.map { [$0] }, keepsAxes: keepsAxes))
  }

  /// Records another reduction over an axis, or over all.
  public func reduced(
    _ reduction: ArrayOperation.Reduction, axis: Int? = nil, keepsAxes: Bool = false
  ) -> Variable {
    recording(.reduce(reduction, axes: axis.map { [$0] }, keepsAxes: keepsAxes))
  }

  /// Records exp x / Σ exp x along an axis.
  public func softmax(axis: Int = -1) -> Variable { recording(.softmax(axis: axis)) }

  /// Records the logarithm of softmax along an axis.
  public func logSoftmax(axis: Int = -1) -> Variable { recording(.logSoftmax(axis: axis)) }

  /// Records the entries that subscripts choose: `X[.slice(nil, nil, nil), .index(0)]`.
  public subscript(_ subscripts: ArrayOperation.Subscript...) -> Variable {
    recording(.select(subscripts))
  }

  /// Records the part of the first axis at `index`.
  public subscript(_ index: Int) -> Variable { recording(.select([.index(index)])) }
}

extension ArrayOperation {
  /// Where the result stands if it is a view of its operand, and its map; `nil` if it is none.
  fileprivate func view(
    of tape: UnsafeMutablePointer<TapeStorage>, _ operand: Variable, _ shape: [Int]
  ) throws(ShapeFault) -> (value: View, map: LinearMap)? {
    guard !shape.isEmpty, let own = tape.pointee.arrays?.view(Int(operand.index)) else {
      return nil
    }
    let ordered = View(own.shape)
    func both(_ change: (View) throws(ShapeFault) -> View) throws(ShapeFault) -> (View, LinearMap) {
      let value = try change(own)
      return (value, .strided(from: try change(ordered), to: View(shape), factor: 1))
    }
    switch self {
    case .transpose(let order):
      let order = try Self.order(order, of: own.shape)
      return try both { $0.permuted(order) }
    case .broadcast: return try both { $0.broadcast(to: shape) }
    case .reshape where own.isContiguous:
      let flat = View([ordered.count])
      var value = View(shape)
      value.offset = own.offset
      return (value, .strided(from: flat, to: flat, factor: 1))
    case .select(let subscripts):
      guard case .view = try subscripts.choice(of: own) else { return nil }
      return try both { view throws(ShapeFault) in
        guard case .view(let result) = try subscripts.choice(of: view) else { return view }
        return result
      }
    default: return nil
    }
  }
}
