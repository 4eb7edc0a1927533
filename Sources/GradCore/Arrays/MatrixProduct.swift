/// Which matrices of two arrays are multiplied: those of the last two axes, for every place of the others.
///
/// A vector is a row on the left and a column on the right, and its axis is gone from the result.
struct MatrixProduct {
  private let (left, right): ([Int], [Int])
  /// The axes before the last two, together.
  private let batch: [Int]

  /// The product of two shapes that ``shape(_:_:)`` accepts.
  init(_ left: [Int], _ right: [Int]) {
    (self.left, self.right) = (left, right)
    batch = (try? broadcastShape([left.dropLast(2), right.dropLast(2)].map(Array.init))) ?? []
  }

  /// The shape of the product.
  ///
  /// - Throws: That the inner axes differ, or that an operand is a number.
  static func shape(_ left: [Int], _ right: [Int]) throws(ShapeFault) -> [Int] {
    let both = "\(shapeText(left)) @ \(shapeText(right))"
    guard !left.isEmpty, !right.isEmpty else {
      throw ShapeFault("\(both): a number is no matrix", help: "'*' multiplies by a number")
    }
    let (columns, rows) = (
      left[left.count - 1], right.count == 1 ? right[0] : right[right.count - 2]
    )
    guard columns == rows else {
      let isMendedLeft = left.count == 2 && left[0] == rows
      let isMendedRight = right.count == 2 && right[1] == columns
      throw ShapeFault(
        "\(both): \(columns == 1 ? "1 column meets" : "\(columns) columns meet") "
          + (rows == 1 ? "1 row" : "\(rows) rows"),
        help: isMendedLeft
          ? "the left one transposed would fit: .T"
          : isMendedRight ? "the right one transposed would fit: .T" : nil)
    }
    let batch: [Int]
    do throws(ShapeFault) {
      batch = try broadcastShape([Array(left.dropLast(2)), Array(right.dropLast(2))])
    } catch { throw ShapeFault("\(both): \(error.message)") }
    return batch + (left.count == 1 ? [] : [left[left.count - 2]])
      + (right.count == 1 ? [] : [right[right.count - 1]])
  }

  /// Calls `body` with the two factors and the result of each product.
  func forEach(
    _ a: Strided, _ b: Strided, _ c: Strided, _ body: (Matrix, Matrix, Matrix) -> Void
  ) {
    func steps(_ shape: [Int], _ entries: Strided) -> [Int] {
      var view = View([Int](shape.dropLast(2)))
      view.strides = [Int](entries.strides.dropLast(2))
      return view.broadcast(to: batch).strides
    }
    let (rows, inner) = (left.count == 1 ? 1 : left[left.count - 2], left[left.count - 1])
    let columns = right.count == 1 ? 1 : right[right.count - 1]
    let aStrides =
      left.count == 1 ? (0, a.strides[0]) : (a.strides[left.count - 2], a.strides[left.count - 1])
    let bStrides =
      right.count == 1
      ? (b.strides[0], 0) : (b.strides[right.count - 2], b.strides[right.count - 1])
    // The result's last axes are those that the factors have.
    var last = c.strides[batch.count...]
    let rowStride = left.count == 1 ? 0 : last.removeFirst()
    let columnStride = right.count == 1 ? 0 : last.removeFirst()
    let walk = Walk(batch, [steps(left, a), steps(right, b), [Int](c.strides[..<batch.count])])
    let step = walk.inner.strides
    walk.forEachRow { at in
      for i in 0..<walk.inner.count {
        body(
          Matrix(
            a.base + (at[0] + i * step[0]), rows: rows, columns: inner, rowStride: aStrides.0,
            columnStride: aStrides.1),
          Matrix(
            b.base + (at[1] + i * step[1]), rows: inner, columns: columns, rowStride: bStrides.0,
            columnStride: bStrides.1),
          Matrix(
            c.base + (at[2] + i * step[2]), rows: rows, columns: columns, rowStride: rowStride,
            columnStride: columnStride))
      }
    }
  }
}
