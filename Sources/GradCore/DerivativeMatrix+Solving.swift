extension DerivativeMatrix {
  /// The vector that a square matrix takes to another: what a step of Newton's method needs.
  ///
  /// Gaussian elimination, in which the largest number of each column is divided by; O(rows³).
  ///
  /// - Parameter right: What the matrix times the vector is, a number for each row.
  /// - Returns: The vector; `nil` where the matrix has no inverse, or one that is not finite.
  /// - Precondition: There are as many rows as columns.
  public func solution(of right: [Double]) -> [Double]? {
    let count = rows.count
    precondition(columns.count == count && right.count == count, "a square matrix, a number a row")
    var lines = zip(numbers, right).map { $0 + [$1] }
    for column in 0..<count {
      let pivot =
        (column..<count).max {
          lines[$0][column].magnitude < lines[$1][column].magnitude
        } ?? column
      let size = numbers[pivot].reduce(0) { max($0, $1.magnitude) }
      // What is left by rounding alone is no number to divide by.
      guard lines[pivot][column].magnitude > 1e-14 * size else { return nil }
      lines.swapAt(column, pivot)
      for row in column + 1..<max(count, column + 1) {
        let factor = lines[row][column] / lines[column][column]
        if factor == 0 { continue }
        for place in column...count { lines[row][place] -= factor * lines[column][place] }
      }
    }
    var result = [Double](repeating: 0, count: count)
    for row in stride(from: count - 1, through: 0, by: -1) {
      var sum = lines[row][count]
      for column in row + 1..<max(count, row + 1) { sum -= lines[row][column] * result[column] }
      result[row] = sum / lines[row][row]
    }
    return result.allSatisfy(\.isFinite) ? result : nil
  }
}
