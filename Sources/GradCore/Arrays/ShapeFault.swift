public import GradBase

/// Shapes that do not meet, an axis that is not there, an array without entries.
public struct ShapeFault: ReadableError, Equatable, Sendable {
  /// What is wrong, with the shapes: `"(2, 3) @ (2, 3): 3 columns meet 2 rows"`.
  public var message: String
  /// A way out; `nil` if none is known.
  public var help: String?
  /// Whether an index is out of range, rather than that shapes do not fit.
  public var isOfIndex = false

  /// A fault from its words.
  public init(_ message: String, help: String? = nil, isOfIndex: Bool = false) {
    self.message = message
    self.help = help
    self.isOfIndex = isOfIndex
  }

  /// What is wrong, and what to do about it.
  public var description: String { Self.text(message, help: help) }
}

/// A shape as messages and programs write it: `(2, 3)`, `(4,)`, `()`.
package func shapeText(_ shape: [Int]) -> String {
  shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
}

/// The shape that arrays of `shapes` have together: axes are matched from the last one on, and one of
/// a single entry is repeated, as NumPy's broadcasting has it.
///
/// - Parameter shapes: The shapes; `[]` is that of a number.
/// - Returns: The shape of an elementwise operation on them.
/// - Throws: The first axis at which they disagree.
package func broadcastShape(_ shapes: [[Int]]) throws(ShapeFault) -> [Int] {
  let rank = shapes.map(\.count).max() ?? 0
  var result = [Int](repeating: 1, count: rank)
  for shape in shapes {
    for (axis, count) in zip((rank - shape.count)..<rank, shape) where count != 1 {
      guard result[axis] == 1 || result[axis] == count else {
        let texts = shapes.map(shapeText).joined(separator: " and ")
        let place = rank == 1 ? "" : " in axis \(axis - rank)"
        throw ShapeFault(
          "shapes \(texts) do not fit: \(result[axis]) meets \(count)\(place)",
          help: transposeHelp(shapes))
      }
      result[axis] = count
    }
  }
  return result
}

/// The advice to transpose, where that would make two matrices fit.
private func transposeHelp(_ shapes: [[Int]]) -> String? {
  guard shapes.count == 2, shapes.allSatisfy({ $0.count == 2 }),
    zip(shapes[0], shapes[1].reversed()).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 })
  else { return "axes are matched from the last one; X[:, None] adds one" }
  return "one of them transposed would fit: .T"
}

/// An axis counted from the front, where programs may count from the back.
///
/// - Throws: That there is no such axis.
func axis(_ axis: Int, of shape: [Int]) throws(ShapeFault) -> Int {
  let result = axis < 0 ? axis + shape.count : axis
  guard shape.indices.contains(result) else {
    let range =
      shape.isEmpty ? "a number has no axes" : "axes are \(-shape.count) to \(shape.count - 1)"
    throw ShapeFault("axis \(axis) is out of range for shape \(shapeText(shape))", help: range)
  }
  return result
}

/// Axes counted from the front, in order, each once; all of them where none is given.
func axes(_ given: [Int]?, of shape: [Int]) throws(ShapeFault) -> [Int] {
  guard let given else { return Array(shape.indices) }
  var result: Set<Int> = []
  for number in given {
    guard result.insert(try axis(number, of: shape)).inserted else {
      throw ShapeFault("axis \(number) is named twice")
    }
  }
  return result.sorted()
}
