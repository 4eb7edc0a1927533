import GradBase
import GradCore

/// Linear algebra of square matrices, and distances.
extension ArrayWord {
  /// A function of square matrices, which NumPy and PyTorch refuse where there is no inverse.
  private static func square(_ operation: ArrayOperation) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      try machine.invert(operation, [try machine.array(call, 0, "a", "A", "input")], call)
    }
  }

  private static let solve = ArrayWord { (machine, call) throws(ProgramError) in
    try machine.invert(
      .solve, [try machine.array(call, 0, "a", "A"), try machine.array(call, 1, "b", "B")], call)
  }

  /// The sign of a determinant, a number without derivative, and the logarithm of its magnitude.
  private static let signAndLogarithm = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "a", "A", "input")
    let logarithm = try machine.apply(.logDeterminant, [value], call.token)
    let signs = (machine.numbers(of: value) ?? NumberArray(.nan)).determinantSigns
    return machine.make(ListObject([machine.plain(signs), logarithm], isTuple: true))
  }

  /// The logarithm of a determinant, which is none where that is negative.
  private static let logarithm = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "input")
    let result = try machine.apply(.logDeterminant, [value], call.token)
    let signs = machine.numbers(of: value)?.determinantSigns.entries ?? []
    guard !signs.contains(-1) else {
      throw machine.failure(
        "'logdet' of a matrix whose determinant is negative is no number", call,
        help: "slogdet gives the sign and the logarithm of the magnitude")
    }
    return result
  }

  /// The inverse of a square matrix; (XᵀX)⁻¹Xᵀ and Xᵀ(XXᵀ)⁻¹ of others.
  private static let pseudoinverse = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "a", "A", "input")
    let shape = machine.shape(of: value) ?? []
    guard shape.count == 2 else {
      throw machine.failure("'pinv' is read for one matrix, not \(shapeText(shape))", call)
    }
    if shape[0] == shape[1] { return try machine.invert(.inverse, [value], call) }
    let turned = try machine.apply(.transpose(nil), [value], call.token)
    if shape[0] > shape[1] {
      let square = try machine.apply(.matrixProduct, [turned, value], call.token)
      return try machine.invert(.solve, [square, turned], call)
    }
    let square = try machine.apply(.matrixProduct, [value, turned], call.token)
    return try machine.apply(
      .matrixProduct, [turned, try machine.invert(.inverse, [square], call)], call.token)
  }

  /// A matrix times itself, again and again; of a negative number its inverse.
  private static let matrixPower = ArrayWord { (machine, call) throws(ProgramError) in
    var factor = try machine.array(call, 0, "a", "A", "input")
    let count = try machine.whole(call.argument(1, "n"), call) ?? 1
    guard abs(count) <= 1_000 else {
      throw machine.failure("'matrix_power' is read for powers up to 1,000", call)
    }
    let shape = machine.shape(of: factor) ?? []
    guard count != 0 else {
      let size = shape.last ?? 1
      return machine.plain(
        NumberArray([size, size], (0..<size * size).map { $0 / size == $0 % size ? 1 : 0 }))
    }
    if count < 0 { factor = try machine.invert(.inverse, [factor], call) }
    var result = factor
    for _ in 1..<max(abs(count), 1) {
      result = try machine.apply(.matrixProduct, [result, factor], call.token)
    }
    return result
  }

  /// Refuses a function, and says what to write.
  private static func refused(_ help: String) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      throw machine.failure("\(quoted(call.name)) is not read", call, help: help)
    }
  }

  private static let median = ArrayWord(makesArrays: false) {
    (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "a", "input")
    let axes = try machine.axes(call, 1)
    func reduced(keepsAxes: Bool) throws(ProgramError) -> Recorder.Operand {
      try machine.apply(
        .reduce(.median(ofBoth: !call.isTorch), axes: axes, keepsAxes: keepsAxes), [value],
        call.token)
    }
    let result = try reduced(keepsAxes: machine.keepsAxes(call))
    guard call.isTorch, let axis = axes?.first else { return result }
    let (entries, kept) = (machine.numbers(of: value), machine.numbers(of: result))
    guard let entries, let kept else { return result }
    let distances = try machine.distances(entries, kept, axis, call)
    let places = try machine.places(
      distances, axis, keepsAxes: machine.keepsAxes(call), call, { $0 < $1 })
    return machine.make(ListObject([result, machine.plain(places)], isTuple: true))
  }

  // MARK: Distances

  /// ‖x − y‖, of an order that `norm` has.
  private static let distance = ArrayWord { (machine, call) throws(ProgramError) in
    let difference = try machine.apply(
      Operators.Subtract.self,
      [try machine.array(call, 0, "input"), try machine.array(call, 1, "other")], call.token)
    return try machine.apply(
      .reduce(.norm(order: try machine.order(call)), axes: nil, keepsAxes: false), [difference],
      call.token)
  }

  /// ‖xᵢ − yⱼ‖ for all rows of two matrices.
  private static let distances = ArrayWord { (machine, call) throws(ProgramError) in
    let whole = ArrayOperation.Subscript.slice(nil, nil, nil)
    let x = try machine.apply(
      .select([.ellipsis, .newAxis, whole]), [try machine.array(call, 0, "x1")], call.token)
    let second = try machine.array(call, 1, "x2")
    let y = try machine.apply(.select([.ellipsis, .newAxis, whole, whole]), [second], call.token)
    let difference = try machine.apply(Operators.Subtract.self, [x, y], call.token)
    return try machine.apply(
      .reduce(.norm(order: try machine.order(call)), axes: [-1], keepsAxes: false), [difference],
      call.token)
  }

  static let matrices: [String: ArrayWord] = [
    "inv": square(.inverse), "inverse": square(.inverse), "solve": solve,
    "det": ArrayWord { (machine, call) throws(ProgramError) in
      try machine.apply(
        .determinant, [try machine.array(call, 0, "a", "A", "input")], call.token)
    },
    "logabsdet": ArrayWord { (machine, call) throws(ProgramError) in
      try machine.apply(.logDeterminant, [try machine.array(call, 0)], call.token)
    },
    "slogdet": signAndLogarithm, "logdet": logarithm, "pinv": pseudoinverse,
    "matrix_power": matrixPower,
    "lstsq": refused(
      "the normal equations have the same solution: np.linalg.solve(X.T @ X, X.T @ y)"),
    "svd": refused("np.linalg.inv, solve, det and slogdet are read"),
    "qr": refused("np.linalg.inv, solve, det and slogdet are read"),
    "eig": refused("np.linalg.inv, solve, det and slogdet are read"),
    "eigh": refused("np.linalg.inv, solve, det and slogdet are read"),
    "eigvals": refused("np.linalg.inv, solve, det and slogdet are read"),
    "eigvalsh": refused("np.linalg.inv, solve, det and slogdet are read"),
    "cholesky": refused("np.linalg.inv, solve, det and slogdet are read"),
    "median": median, "dist": distance, "cdist": distances,
  ]
}

extension Recorder {
  /// Records what divides by a matrix, and refuses one without an inverse.
  mutating func invert(
    _ operation: ArrayOperation, _ operands: [Operand], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let result = try apply(operation, operands, call.token)
    // The way that the program takes does not depend on these numbers.
    func isFinite(_ value: Operand) -> Bool {
      if case .node(let node) = value { return tape.isFinite(Int(node)) }
      return numbers(of: value)?.entries.allSatisfy(\.isFinite) ?? false
    }
    if !isFinite(result), operands.allSatisfy(isFinite) {
      var error = failure(
        .raised, "the matrix has no inverse: its determinant is 0", call.token)
      error.kinds = PythonError.kinds(of: "LinAlgError") + ["RuntimeError"]
      throw error
    }
    return result
  }

  /// How far each entry is from what its line along an axis was reduced to.
  fileprivate func distances(
    _ array: NumberArray, _ middle: NumberArray, _ axis: Int, _ call: ArrayCall
  ) throws(ProgramError) -> NumberArray {
    let place = try place(ofAxis: axis, in: array.shape, call)
    let step = array.shape[(place + 1)...].reduce(1, *)
    return NumberArray(
      array.shape,
      array.entries.enumerated().map { number, entry in
        let line = number / (step * array.shape[place]) * step + number % step
        return (entry - middle.entries[line]).magnitude
      })
  }

  /// The order of a distance: 2, 1 or ∞.
  fileprivate func order(_ call: ArrayCall) throws(ProgramError) -> Double {
    let order = try call.argument(2, "p").map { (given) throws(ProgramError) in
      try real(given, call)
    }
    guard [1, 2, .infinity].contains(order ?? 2) else {
      throw failure("\(quoted(call.name)) is read for the orders 1, 2 and inf", call)
    }
    return order ?? 2
  }
}
