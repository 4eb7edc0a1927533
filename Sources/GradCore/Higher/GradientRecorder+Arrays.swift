/// The transposed maps of arrays, recorded as operations on arrays: each of these has a map of its own, so
/// that what is recorded can be differentiated again.
extension GradientRecorder {
  /// The partial by operand `k` of an operator of the table at arrays; a number where all entries agree.
  func arrayPartial(_ node: Int, _ edges: Range<Int>, _ k: Int) -> Variable {
    let place = tape.storage.place(of: node, edges)
    guard let row = place.row else { preconditionFailure("an elementwise map has a row") }
    let exact = partials(
      row, k, place.broadcastOperands, place.value, place.shape, literals: place.areLiterals)
    let all = PartialForms.all(of: tape.opcode(node))
    guard let forms = all.indices.contains(k) ? all[k] : all.last, !forms.isConstant,
      var formula = forms.plain
    else { return constant(NumberArray(place.shape, exact)) }
    let operands = edges.map { entries(of: tape.node(tape.edge($0).source), as: place.shape) }
    let result = entries(of: tape.node(node), as: place.shape)
    func value(_ formula: PartialFormula, _ i: Int) -> Double {
      formula.value({ operands[$0][i] }, result[i])
    }
    if let smooth = forms.smooth,
      !exact.indices.allSatisfy({ Self.keepsDigits(value(formula, $0), exact[$0]) })
    {
      formula = smooth
    }
    return record(formula, node, edges) { comparisons in
      let mask = exact.indices.map { i in
        comparisons.contains { $0.sign.holds(value($0.left, i), value($0.right, i)) } ? 1.0 : 0
      }
      if !mask.contains(0) { return .all }
      return mask.contains(1) ? .some(NumberArray(place.shape, mask)) : .none
    }
  }

  /// An array of known numbers; one number where all entries agree.
  func constant(_ array: NumberArray) -> Variable {
    let first = array.entries[0]
    return array.entries.allSatisfy { $0 == first }
      ? arithmetic.constant(first) : tape.constant(array)
  }

  /// A variable with every entry of a shape, where it may be one number for all.
  func full(_ variable: Variable, _ shape: [Int]) -> Variable {
    if variable.shape == shape { return variable }
    if let number = arithmetic.number(variable) {
      return tape.constant(
        NumberArray(shape, [Double](repeating: number, count: View(shape).count)))
    }
    return arithmetic.apply(.broadcast(shape), variable)
  }

  /// The same entries in another shape; one number for all of them stays.
  func reshaped(_ variable: Variable, _ shape: [Int]) -> Variable {
    if variable.shape == shape || arithmetic.number(variable) != nil { return variable }
    return arithmetic.apply(.reshape(shape), variable)
  }

  /// The transposed map of broadcasting: sums over what was repeated.
  ///
  /// - Parameters:
  ///   - term: What each entry of the wide shape gets; itself of that shape, or broadcast to it.
  ///   - wide: The wide shape.
  ///   - narrow: The shape that was broadcast to it.
  /// - Returns: Of the narrow shape, or a number for every entry.
  func summed(_ term: Variable, from wide: [Int], to narrow: [Int]) -> Variable {
    if let number = arithmetic.number(term) {
      let repeats = Double(View(wide).count) / Double(View(narrow).count)
      return arithmetic.constant(number * repeats)
    }
    let own = term.shape
    if own == narrow, wide == narrow { return term }
    // Axes are matched from the last one on.
    var (sums, repeats): ([Int], Double) = ([], 1)
    for axis in wide.indices where wide[axis] > 1 {
      let (ownAxis, narrowAxis) = (axis - wide.count + own.count, axis - wide.count + narrow.count)
      let isKept = narrowAxis >= 0 && narrow[narrowAxis] > 1
      let isThere = ownAxis >= 0 && own[ownAxis] > 1
      if !isKept, isThere { sums.append(ownAxis) }
      if !isKept, !isThere { repeats *= Double(wide[axis]) }
    }
    var result = term
    if narrow.isEmpty, !own.isEmpty {
      result = arithmetic.apply(.reduce(.sum, axes: nil, keepsAxes: false), result)
    } else if !sums.isEmpty {
      result = arithmetic.apply(.reduce(.sum, axes: sums, keepsAxes: true), result)
    }
    result = arithmetic.multiply(arithmetic.constant(repeats), result)
    if result.shape == narrow { return result }
    if View(result.shape).count == View(narrow).count { return reshaped(result, narrow) }
    let kept = Array(result.shape.suffix(narrow.count))
    return full(reshaped(result, kept), narrow)
  }

  /// The transposed map of operand `k` of an operation on arrays, at the derivative of the result.
  func transposed(
    _ map: LinearMap, _ node: Int, _ edges: Range<Int>, _ k: Int, _ own: Variable
  ) throws(DifferentiationFault) -> Variable {
    guard let operation = tape.storage.pointee.arrays?.operations[UInt32(node)] else {
      throw DifferentiationFault("nothing is known of how a node is computed", node: node)
    }
    let operands = edges.map { tape.node(tape.edge($0).source) }
    let (source, shape) = (operands[k].shape, tape.node(node).shape)
    let whole = ArrayOperation.Subscript.slice(nil, nil, nil)
    switch operation {
    case .matrixProduct: return matrixProduct(operands, k, full(own, shape))
    case .inverse, .solve, .determinant, .logDeterminant:
      return try squareMatrices(operation, operands, k, node, full(own, shape))
    case .reduce(let reduction, let given, _):
      return try reduced(reduction, given, operands[k], node, map, own)
    case .softmax(let axis):
      let z = tape.node(node)
      let sum = arithmetic.apply(
        .reduce(.sum, axes: [axis], keepsAxes: true), full(product(z, own), shape))
      return product(z, arithmetic.subtract(own, sum))
    case .logSoftmax(let axis):
      let sum = arithmetic.apply(
        .reduce(.sum, axes: [axis], keepsAxes: true), full(own, shape))
      return arithmetic.subtract(
        full(own, shape), product(arithmetic.apply(.exp, [tape.node(node)]), sum))
    case .cumulativeSum(let axis): return cumulative(full(own, shape), axis, source)
    case .reshape: return reshaped(own, source)
    case .transpose(let order):
      if arithmetic.number(own) != nil { return own }
      return transposed(own, order)
    case .broadcast: return summed(own, from: shape, to: source)
    case .select(let subscripts):
      guard case .strided = map else { break }
      if View(source).count == View(shape).count,
        subscripts.allSatisfy({ $0 == whole || $0 == .newAxis || $0 == .ellipsis })
      {
        return reshaped(own, source)
      }
      return arithmetic.apply(
        .replace(subscripts), full(arithmetic.constant(0), source), full(own, shape))
    case .concatenate(let number):
      if arithmetic.number(own) != nil { return own }
      let axis = number < 0 ? number + shape.count : number
      let start = operands[..<k].reduce(0) { $0 + $1.shape[axis] }
      return arithmetic.apply(
        .select(
          [ArrayOperation.Subscript](repeating: whole, count: axis)
            + [.slice(start, start + source[axis], nil)]), own)
    case .stack(let number):
      if arithmetic.number(own) != nil { return own }
      let axis = number < 0 ? number + shape.count : number
      return arithmetic.apply(
        .select([ArrayOperation.Subscript](repeating: whole, count: axis) + [.index(k)]), own)
    case .pad(let widths):
      if arithmetic.number(own) != nil { return own }
      return arithmetic.apply(
        .select(zip(widths, source).map { .slice($0[0], $0[0] + $1, nil) }), own)
    case .contract(let rule): return contraction(rule, operands, k, full(own, shape))
    case .convolve(let movement):
      return convolution(movement, operands, k, full(own, shape))
    case .choose, .replace, .rearrange, .pool, .scatter: break
    }
    switch map {
    case .masked(let mask):
      let chosen = arithmetic.apply(
        .choose(mask: NumberArray(shape, mask)), full(own, shape), arithmetic.constant(0))
      return summed(chosen, from: shape, to: source)
    case .sparse(let map):
      // What went from entry to entry goes back.
      return arithmetic.apply(
        .scatter(
          sources: map.targets ?? Array(map.sources.indices), targets: map.sources,
          weight: map.weight, shape: source), full(own, shape))
    default:
      throw DifferentiationFault(
        "the derivative of '\(operation.name)' is not known as a computation", node: node)
    }
  }

  /// An array with its axes back in the order that `order` took them from.
  private func transposed(_ own: Variable, _ order: [Int]?) -> Variable {
    guard let order else { return transposedMatrix(own) }
    var inverse = [Int](repeating: 0, count: order.count)
    for (place, axis) in order.enumerated() {
      inverse[axis < 0 ? axis + order.count : axis] = place
    }
    return arithmetic.apply(.transpose(inverse), own)
  }

  /// An array with its axes reversed; of one that is reversed, what it is the reverse of.
  func transposedMatrix(_ array: Variable) -> Variable {
    if tape.storage.pointee.arrays?.operations[array.index] == .transpose(nil) {
      return tape.node(tape.edge(tape.edges(into: Int(array.index)).lowerBound).source)
    }
    return arithmetic.apply(.transpose(nil), array)
  }

  /// The sums of the last entries along an axis.
  private func cumulative(_ own: Variable, _ axis: Int?, _ source: [Int]) -> Variable {
    let shape = own.shape
    let place = axis.map { $0 < 0 ? $0 + shape.count : $0 } ?? 0
    let view = View(shape)
    var back = view
    back.offset += (shape[place] - 1) * view.strides[place]
    back.strides[place] *= -1
    let flip = ArrayOperation.rearrange(
      name: "flip", sources: back.offsets, shape: shape, arguments: "axis=\(place)")
    let sums = arithmetic.apply(.cumulativeSum(axis: place), arithmetic.apply(flip, own))
    return reshaped(arithmetic.apply(flip, sums), source)
  }
}
