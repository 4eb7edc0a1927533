/// The transposed maps of products of arrays, which are products again.
extension GradientRecorder {
  /// What factor `k` of a matrix product gets of the derivative of the product.
  func matrixProduct(_ operands: [Variable], _ k: Int, _ own: Variable) -> Variable {
    let (a, b) = (operands[0], operands[1])
    switch (a.shape.count, b.shape.count) {
    case (1, 1): return product(k == 0 ? b : a, own)
    case (2, 1):
      // Row i of the matrix gets its own derivative times the vector.
      return k == 0
        ? product(b, reshaped(own, [own.shape[0], 1]))
        : matmul(transposedMatrix(a), own)
    case (1, 2):
      return k == 0 ? matmul(b, own) : product(reshaped(a, [a.shape[0], 1]), own)
    case (2, 2): return k == 0 ? matmul(own, transposedMatrix(b)) : matmul(transposedMatrix(a), own)
    default: break
    }
    // A vector is a row on the left and a column on the right.
    let left = a.shape.count == 1 ? reshaped(a, [1, a.shape[0]]) : a
    let right = b.shape.count == 1 ? reshaped(b, [b.shape[0], 1]) : b
    var shape = own.shape
    if b.shape.count == 1 { shape.append(1) }
    if a.shape.count == 1 { shape.insert(1, at: shape.count - 1) }
    let wide = reshaped(own, shape)
    let result = k == 0 ? matmul(wide, swapped(right)) : matmul(swapped(left), wide)
    return reshaped(
      summed(result, from: result.shape, to: (k == 0 ? left : right).shape), operands[k].shape)
  }

  /// What operand `k` of an inverse, a solution or a determinant gets of its derivative.
  ///
  /// - Throws: That a determinant is 0, whose derivative is no formula of the inverse.
  func squareMatrices(
    _ operation: ArrayOperation, _ operands: [Variable], _ k: Int, _ node: Int, _ own: Variable
  ) throws(DifferentiationFault) -> Variable {
    let (matrix, z) = (operands[0], tape.node(node))
    switch operation {
    case .inverse:
      return arithmetic.negate(matmul(matmul(swapped(z), own), swapped(z)))
    case .solve:
      let back = arithmetic.apply(.solve, swapped(matrix), own)
      if k == 1 { return summed(back, from: back.shape, to: operands[1].shape) }
      let isVector = operands[1].shape.count == 1
      let left = isVector ? reshaped(back, [back.shape[0], 1]) : back
      let right = isVector ? reshaped(z, [1, z.shape[0]]) : swapped(z)
      let result = arithmetic.negate(matmul(left, right))
      return summed(result, from: result.shape, to: matrix.shape)
    default:
      if z.array.entries.contains(operation == .determinant ? 0 : -.infinity) {
        throw DifferentiationFault(
          "the derivative of '\(operation.name)' is not known as a computation where it is 0",
          help: "write the determinant out: A[0, 0]*A[1, 1] - A[0, 1]*A[1, 0]", node: node)
      }
      let scale = operation == .determinant ? product(z, own) : own
      let inverse = swapped(arithmetic.apply(.inverse, matrix))
      return product(reshaped(scale, z.shape + [1, 1]), inverse)
    }
  }

  private func matmul(_ a: Variable, _ b: Variable) -> Variable {
    arithmetic.apply(.matrixProduct, a, b)
  }

  /// An array with its last two axes exchanged.
  private func swapped(_ array: Variable) -> Variable {
    let rank = array.shape.count
    if rank == 2 { return transposedMatrix(array) }
    return arithmetic.apply(
      .transpose(Array(0..<rank - 2) + [rank - 1, rank - 2]), array)
  }

  /// What operand `k` of a contraction gets of the derivative of its result.
  func contraction(
    _ rule: ArrayOperation.Contraction, _ operands: [Variable], _ k: Int, _ own: Variable
  ) -> Variable {
    let others = operands.indices.filter { $0 != k }
    let known = rule.result + others.map { rule.operands[$0] }.joined()
    let letters = [Character](rule.operands[k])
    let shape = operands[k].shape
    // A letter that stands twice is one axis here, and goes to the diagonal in the end.
    let single = letters.indices.filter { letters.firstIndex(of: letters[$0]) == $0 }
    let factors = single.filter { known.contains(letters[$0]) }
    let kept = String(factors.map { letters[$0] })
    let text = ([rule.result] + others.map { rule.operands[$0] }).joined(separator: ",")
    var result: Variable
    if others.isEmpty, rule.result == kept {
      result = own
    } else {
      guard let back = try? ArrayOperation.Contraction(text + "->" + kept) else {
        preconditionFailure("the transposed rule of a contraction is one")
      }
      result = arithmetic.apply(.contract(back), [own] + others.map { operands[$0] })
    }
    // A letter of this operand alone was summed: each of its entries gets the same.
    if factors.count < single.count {
      let narrow = single.map { factors.contains($0) ? shape[$0] : 1 }
      result = full(reshaped(result, narrow), single.map { shape[$0] })
    }
    if single.count == letters.count { return result }
    var diagonal = View(single.map { shape[$0] })
    let strides = View(shape).strides
    diagonal.strides = single.map { first in
      letters.indices.reduce(0) { $0 + (letters[$1] == letters[first] ? strides[$1] : 0) }
    }
    let places = diagonal.offsets
    return arithmetic.apply(
      .scatter(sources: Array(places.indices), targets: places, weight: 1, shape: shape), result)
  }

  /// What the image (operand 0) or the kernel gets of the derivative of a convolution.
  ///
  /// With each window of the image laid out as a column, a convolution is a contraction.
  func convolution(
    _ movement: ArrayOperation.Convolution, _ operands: [Variable], _ k: Int, _ own: Variable
  ) -> Variable {
    let (image, kernel) = (operands[0].shape, operands[1].shape)
    let (size, window) = (Array(image.dropFirst(2)), Array(kernel.dropFirst(2)))
    let places = Array(own.shape.dropFirst(2))
    let (m, w, p) = (View(size).count, View(window).count, View(places).count)
    var (sources, targets): ([Int], [Int]) = ([], [])
    for channel in 0..<image[0] * image[1] {
      movement.forEachMeeting(image: size, window: window, places: places) { entry, step, place in
        sources.append(channel * m + entry)
        targets.append((channel * w + step) * p + place)
      }
    }
    let columns = [image[0], image[1] * w, p]
    let derivative = reshaped(own, [image[0], kernel[0], p])
    if k == 1 {
      let laidOut = arithmetic.apply(
        .scatter(sources: sources, targets: targets, weight: 1, shape: columns), operands[0])
      return reshaped(contracted("nop,nkp->ok", derivative, laidOut), kernel)
    }
    let weights = reshaped(operands[1], [kernel[0], kernel[1] * w])
    return arithmetic.apply(
      .scatter(sources: targets, targets: sources, weight: 1, shape: image),
      contracted("nop,ok->nkp", derivative, weights))
  }

  private func contracted(_ text: String, _ a: Variable, _ b: Variable) -> Variable {
    guard let rule = try? ArrayOperation.Contraction(text) else {
      preconditionFailure("\(text) is a rule")
    }
    return arithmetic.apply(.contract(rule), a, b)
  }
}
