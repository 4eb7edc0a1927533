/// A square matrix taken apart by Gaussian elimination with rows exchanged, P·M = L·U: what inverses,
/// solutions and determinants are made of.
///
/// O(n³) to take apart, O(n²) for each vector that is solved for. In a matrix without an inverse a pivot is
/// 0, and what is divided by it is not finite.
struct Elimination {
  /// How many rows and columns there are.
  let count: Int
  /// U, and L below the diagonal, whose own diagonal is 1; in row-major order.
  private var lines: [Double]
  /// By row, where it stood in the matrix.
  private var order: [Int]
  /// Whether the rows were exchanged an odd number of times.
  private var isOdd = false

  /// Takes a square matrix apart.
  init(_ matrix: Matrix) {
    let n = matrix.rows
    count = n
    order = Array(0..<n)
    lines = (0..<n * n).map {
      matrix.base[$0 / n * matrix.rowStride + $0 % n * matrix.columnStride]
    }
    for column in 0..<n {
      var pivot = column
      for row in column + 1..<max(n, column + 1)
      where lines[row * n + column].magnitude > lines[pivot * n + column].magnitude { pivot = row }
      if pivot != column {
        for place in 0..<n { lines.swapAt(column * n + place, pivot * n + place) }
        order.swapAt(column, pivot)
        isOdd.toggle()
      }
      if lines[column * n + column] == 0 { continue }
      for row in column + 1..<max(n, column + 1) {
        let factor = lines[row * n + column] / lines[column * n + column]
        lines[row * n + column] = factor
        if factor == 0 { continue }
        for place in column + 1..<n {
          lines[row * n + place] -= factor * lines[column * n + place]
        }
      }
    }
  }

  private var diagonal: [Double] { (0..<count).map { lines[$0 * (count + 1)] } }

  /// The determinant.
  var determinant: Double { diagonal.reduce(isOdd ? -1 : 1, *) }

  /// The logarithm of the determinant's magnitude; −∞ where that is 0.
  var logDeterminant: Double {
    diagonal.reduce(0) { $0 + Operators.Log.value($1.magnitude) }
  }

  /// The determinant's sign, also where its magnitude is no Float64.
  var sign: Double {
    diagonal.reduce(isOdd ? -1 : 1) { $0 * Operators.Sign.value($1) }
  }

  /// The vector that the matrix takes to `right`.
  func solution(of right: [Double]) -> [Double] {
    var x = order.map { right[$0] }
    for row in 0..<count {
      for column in 0..<row { x[row] -= lines[row * count + column] * x[column] }
    }
    for row in (0..<count).reversed() {
      for column in row + 1..<max(count, row + 1) {
        x[row] -= lines[row * count + column] * x[column]
      }
      x[row] /= lines[row * count + row]
    }
    return x
  }

  /// to += factor · M⁻¹ · right, column by column.
  func addSolution(of right: Matrix, times factor: Double = 1, to: Matrix) {
    for column in 0..<right.columns {
      let x = solution(
        of: (0..<count).map {
          right.base[$0 * right.rowStride + column * right.columnStride]
        })
      for row in 0..<count {
        to.base[row * to.rowStride + column * to.columnStride] += factor * x[row]
      }
    }
  }

  /// M⁻¹ in row-major order.
  var inverse: [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      let x = solution(of: (0..<count).map { $0 == column ? 1 : 0 })
      for row in 0..<count { result[row * count + column] = x[row] }
    }
    return result
  }

  /// The partial of the determinant by each entry of a matrix: det · M⁻ᵀ, and where there is no inverse the
  /// determinants of what is left without a row and a column.
  func cofactors(of matrix: Matrix) -> [Double] {
    let n = count
    if !diagonal.contains(0) {
      let (inverse, determinant) = (inverse, determinant)
      return (0..<n * n).map { determinant * inverse[$0 % n * n + $0 / n] }
    }
    var rest = [Double](repeating: 0, count: (n - 1) * (n - 1))
    return (0..<n * n).map { place in
      let (row, column) = (place / n, place % n)
      for i in rest.indices {
        let (a, b) = (i / (n - 1), i % (n - 1))
        rest[i] =
          matrix.base[
            (a < row ? a : a + 1) * matrix.rowStride
              + (b < column ? b : b + 1) * matrix.columnStride]
      }
      let minor = rest.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { base in
          Elimination(
            Matrix(base, rows: n - 1, columns: n - 1, rowStride: n - 1, columnStride: 1)
          ).determinant
        } ?? 1
      }
      return (row + column) % 2 == 0 ? minor : -minor
    }
  }
}

/// Calls `body` with each square matrix of the last two axes of an array, and its number.
func forEachSquare(_ shape: [Int], _ entries: Strided, _ body: (Int, Matrix) -> Void) {
  let n = shape[shape.count - 1]
  var batch = View([Int](shape.dropLast(2)))
  batch.strides = [Int](entries.strides.dropLast(2))
  let (rowStride, columnStride) = (
    entries.strides[shape.count - 2], entries.strides[shape.count - 1]
  )
  for (number, offset) in batch.offsets.enumerated() {
    body(
      number,
      Matrix(
        entries.base + offset, rows: n, columns: n, rowStride: rowStride,
        columnStride: columnStride))
  }
}

extension NumberArray {
  /// The largest magnitude in the inverses of the square matrices of the last two axes.
  ///
  /// - Precondition: The last two axes are equally long.
  var largestInverse: Double {
    var most = 0.0
    var entries = entries
    entries.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      forEachSquare(shape, Strided(base, View(shape))) {
        most = Elimination($1).inverse.reduce(most) { max($0, $1.magnitude) }
      }
    }
    return most
  }

  /// The sign of the determinant of each square matrix of the last two axes: −1, 0 or 1.
  ///
  /// - Precondition: The last two axes are equally long.
  package var determinantSigns: NumberArray {
    var signs: [Double] = []
    var entries = entries
    entries.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      forEachSquare(shape, Strided(base, View(shape))) { signs.append(Elimination($1).sign) }
    }
    return NumberArray([Int](shape.dropLast(2)), signs)
  }
}

extension ArrayOperation {
  /// The shape of square matrices without their last two axes.
  ///
  /// - Throws: That the last two axes are not equally long.
  func squareBatch(_ shape: [Int]) throws(ShapeFault) -> [Int] {
    guard shape.count >= 2, shape[shape.count - 1] == shape[shape.count - 2] else {
      throw ShapeFault(
        "'\(name)' takes square matrices, not \(shape.isEmpty ? "a number" : shapeText(shape))")
    }
    return [Int](shape.dropLast(2))
  }

  /// The inverse, the determinant or its logarithm of each square matrix, into zeros.
  func evaluateSquare(_ source: [Int], _ x: Strided, into z: Entries) -> LinearMap {
    let n = source[source.count - 1]
    if self == .inverse {
      forEachSquare(source, x) { number, matrix in
        (z + number * n * n).update(from: Elimination(matrix).inverse, count: n * n)
      }
      return .inverse
    }
    var weights: [Double] = []
    forEachSquare(source, x) { number, matrix in
      let parts = Elimination(matrix)
      if self == .determinant {
        z[number] = parts.determinant
        weights += parts.cofactors(of: matrix)
      } else {
        z[number] = parts.logDeterminant
        let inverse = parts.inverse
        weights += (0..<n * n).map { inverse[$0 % n * n + $0 / n] }
      }
    }
    let narrow = View([Int](source.dropLast(2)) + [1, 1])
    return .weighted(weights, to: narrow.broadcast(to: source))
  }
}

extension MapPlace {
  /// into −= Zᵀ · own · Zᵀ for the inverse Z of each matrix; without the signs of transposition for tangents.
  func addInverse(_ own: Entries, to into: Entries, isTransposed: Bool) {
    let n = shape[shape.count - 1]
    var (half, negative) = (
      [Double](repeating: 0, count: n * n), [Double](repeating: 0, count: n * n)
    )
    func matrix(_ base: Entries) -> Matrix {
      Matrix(base, rows: n, columns: n, rowStride: n, columnStride: 1)
    }
    forEachSquare(shape, value) { number, z in
      let z = isTransposed ? z.transposed : z
      half.withUnsafeMutableBufferPointer { half in
        negative.withUnsafeMutableBufferPointer { negative in
          guard let a = half.baseAddress, let b = negative.baseAddress else { return }
          a.update(repeating: 0, count: n * n)
          for i in 0..<n * n { b[i] = -own[number * n * n + i] }
          addProduct(z, matrix(b), to: matrix(a))
          addProduct(matrix(a), z, to: matrix(into + number * n * n))
        }
      }
    }
  }

  /// What the matrix (operand 0) or the right side of a solution gets of its derivative.
  func addTransposedSolution(_ own: Entries, to into: Entries) {
    let source = operands[operand].shape
    let (intoEntries, ownEntries) = (Strided(into, View(source)), Strided(own, View(shape)))
    if operand == 1 {
      return forEachProduct(right: intoEntries, result: ownEntries) { a, b, c in
        Elimination(a.transposed).addSolution(of: c, to: b)
      }
    }
    // −A⁻ᵀ · dX first, then that times Xᵀ.
    withZeros(View(shape).count) { half in
      let halfEntries = Strided(half, View(shape))
      let product = MatrixProduct(source, shape)
      product.forEach(operands[0].entries, ownEntries, halfEntries) { a, d, c in
        Elimination(a.transposed).addSolution(of: d, times: -1, to: c)
      }
      product.forEach(intoEntries, value, halfEntries) { a, x, c in
        addProduct(c, x.transposed, to: a)
      }
    }
  }

  /// into += A⁻¹ t for a tangent t of the right side, −A⁻¹ T X for one of the matrix.
  func addSolution(_ tangent: Entries, to into: Entries) {
    let source = operands[operand].shape
    let (own, intoEntries) = (Strided(tangent, View(source)), Strided(into, View(shape)))
    if operand == 1 {
      return forEachProduct(right: own, result: intoEntries) { a, b, c in
        Elimination(a).addSolution(of: b, to: c)
      }
    }
    withZeros(View(shape).count) { half in
      let halfEntries = Strided(half, View(shape))
      let product = MatrixProduct(source, shape)
      product.forEach(own, value, halfEntries) { addProduct($0, $1, to: $2) }
      product.forEach(operands[0].entries, halfEntries, intoEntries) { a, h, c in
        Elimination(a).addSolution(of: h, times: -1, to: c)
      }
    }
  }

  private func withZeros(_ count: Int, _ body: (Entries) -> Void) {
    let buffer = Entries.allocate(capacity: count)
    defer { buffer.deallocate() }
    buffer.update(repeating: 0, count: count)
    body(buffer)
  }
}
