/// An operation on arrays that is not elementwise.
///
/// Elementwise operations are the rows of the operator table, with NumPy's broadcasting. The families
/// here have numbers of their own, such as axes; a number counts as an array of the shape `[]`.
public enum ArrayOperation: Sendable, Equatable {
  /// The matrix product of the last two axes; batches are broadcast. A vector is a row on the left and a
  /// column on the right.
  case matrixProduct
  /// What each line along some axes becomes; all axes where `axes` is `nil`.
  case reduce(Reduction, axes: [Int]?, keepsAxes: Bool)
  /// The inverse of each square matrix of the last two axes.
  case inverse
  /// X for which M · X is the second operand: a vector, or matrices whose batches are broadcast.
  case solve
  /// The determinant of each square matrix of the last two axes.
  case determinant
  /// The logarithm of the determinant's magnitude.
  case logDeterminant
  /// exp x / Σ exp x along an axis; keeps its digits for large x.
  case softmax(axis: Int)
  /// log softmax along an axis.
  case logSoftmax(axis: Int)
  /// The sums of the first entries along an axis; of all entries in order where it is `nil`.
  case cumulativeSum(axis: Int?)
  /// The same entries in another shape; one axis may be -1, which is worked out.
  case reshape([Int])
  /// The axes in another order; reversed where it is `nil`.
  case transpose([Int]?)
  /// Repeated along axes of one entry.
  case broadcast([Int])
  /// The entries that subscripts choose.
  case select([Subscript])
  /// The first operand with the second in the places that subscripts choose.
  case replace([Subscript])
  /// The entries of the first operand where a mask is not 0, of the second where it is.
  case choose(mask: NumberArray)
  /// Arrays one after the other along an axis.
  case concatenate(axis: Int)
  /// Arrays side by side along a new axis.
  case stack(axis: Int)
  /// Entries by their numbers in row-major order, under the name of what chooses them: `repeat`, `tile`,
  /// `flip`, `diag`.
  case rearrange(name: String, sources: [Int], shape: [Int], arguments: String)
  /// Zeros before and after each axis.
  case pad([[Int]])
  /// Entries by their numbers in row-major order, times a weight, added to entries of zeros of a shape:
  /// what the derivatives of selections are made of.
  case scatter(sources: [Int], targets: [Int], weight: Double, shape: [Int])
  /// Products summed over letters.
  case contract(Contraction)
  /// A kernel, the second operand, moved over images.
  case convolve(Convolution)
  /// The largest or the mean entry of each window of images.
  case pool(Pooling)

  /// A window that is moved over images of the shape (examples, channels, size…).
  public struct Pooling: Sendable, Equatable {
    /// Whether it takes the largest entry, of several the first, rather than the mean of all.
    public var takesLargest: Bool
    /// How many entries it has along each axis.
    public var window: [Int]
    /// How it moves.
    public var movement: Convolution

    /// A window from its parts.
    public init(takesLargest: Bool, window: [Int], movement: Convolution) {
      self.takesLargest = takesLargest
      self.window = window
      self.movement = movement
    }
  }

  /// The name in traces and programs.
  public var name: String {
    switch self {
    case .matrixProduct: "matmul"
    case .reduce(let reduction, _, _): reduction.name
    case .inverse: "inv"
    case .solve: "solve"
    case .determinant: "det"
    case .logDeterminant: "logabsdet"
    case .softmax: "softmax"
    case .logSoftmax: "log_softmax"
    case .cumulativeSum: "cumsum"
    case .reshape: "reshape"
    case .transpose: "transpose"
    case .broadcast: "broadcast_to"
    case .select: "getitem"
    case .replace: "setitem"
    case .choose: "where"
    case .concatenate: "concatenate"
    case .stack: "stack"
    case .rearrange(let name, _, _, _): name
    case .pad: "pad"
    case .scatter: "scatter"
    case .contract: "einsum"
    case .convolve: "conv"
    case .pool(let pooling): pooling.takesLargest ? "max_pool" : "avg_pool"
    }
  }
}

extension ArrayOperation {
  /// Whether the entries of the result are entries of the operands, at most besides zeros.
  package var movesEntries: Bool {
    switch self {
    case .reshape, .transpose, .broadcast, .select, .replace, .choose, .concatenate, .stack,
      .rearrange, .pad:
      true
    case .matrixProduct, .inverse, .solve, .determinant, .logDeterminant, .reduce, .softmax,
      .logSoftmax, .cumulativeSum, .contract, .convolve, .pool, .scatter:
      false
    }
  }

  /// The shape of the result.
  ///
  /// - Parameter shapes: Those of the operands.
  /// - Returns: The shape; `[]` for a number.
  /// - Throws: What does not fit.
  public func shape(of shapes: [[Int]]) throws(ShapeFault) -> [Int] {
    guard let first = shapes.first else { throw ShapeFault("'\(name)' needs an operand") }
    switch self {
    case .matrixProduct:
      try expect(2, shapes)
      return try MatrixProduct.shape(first, shapes[1])
    case .inverse:
      _ = try squareBatch(first)
      return first
    case .determinant, .logDeterminant: return try squareBatch(first)
    case .solve:
      try expect(2, shapes)
      let batch = try squareBatch(first)
      guard batch.isEmpty || shapes[1].count > 1 else {
        throw ShapeFault(
          "'solve' of several matrices takes matrices on the right", help: "b[:, None] is a column")
      }
      return try MatrixProduct.shape(first, shapes[1])
    case .reduce(_, let given, let keepsAxes):
      let gone = Set(try axes(given, of: first))
      return first.indices.compactMap { gone.contains($0) ? keepsAxes ? 1 : nil : first[$0] }
    case .softmax(let number), .logSoftmax(let number):
      _ = try axis(number, of: first)
      return first
    case .cumulativeSum(let number):
      guard let number else { return [first.reduce(1, *)] }
      _ = try axis(number, of: first)
      return first
    case .reshape(let wanted): return try Self.reshaped(first, to: wanted)
    case .transpose(let order):
      return try Self.order(order, of: first).map { first[$0] }
    case .broadcast(let wanted):
      try Self.check(wanted)
      guard try broadcastShape([first, wanted]) == wanted else {
        throw ShapeFault("\(shapeText(first)) cannot be broadcast to \(shapeText(wanted))")
      }
      return wanted
    case .select(let subscripts): return try subscripts.choice(of: View(first)).shape
    case .replace(let subscripts):
      try expect(2, shapes)
      let place = try subscripts.choice(of: View(first)).shape
      guard try broadcastShape([place, shapes[1]]) == place else {
        throw ShapeFault(
          "a value of \(shapeText(shapes[1])) does not fit a place of \(shapeText(place))")
      }
      return first
    case .choose(let mask):
      try expect(2, shapes)
      return try broadcastShape([mask.shape] + shapes)
    case .concatenate(let number):
      guard !first.isEmpty else {
        throw ShapeFault("numbers are not concatenated", help: "'stack' makes an array of numbers")
      }
      let place = try axis(number, of: first)
      var result = first
      result[place] = 0
      for shape in shapes {
        guard shape.count == first.count,
          zip(shape, first).enumerated().allSatisfy({
            $0.offset == place || $0.element.0 == $0.element.1
          })
        else {
          throw ShapeFault(
            "arrays of \(shapeText(first)) and \(shapeText(shape)) do not stand "
              + "one after the other along axis \(number)"
          )
        }
        result[place] += shape[place]
      }
      return result
    case .stack(let number):
      guard let other = shapes.first(where: { $0 != first }) else {
        var result = first
        result.insert(shapes.count, at: try axis(number, of: first + [1]))
        return result
      }
      throw ShapeFault(
        "arrays of \(shapeText(first)) and \(shapeText(other)) are not stacked: shapes differ")
    case .rearrange(_, _, let shape, _), .scatter(_, _, _, let shape): return shape
    case .pad(let widths):
      guard widths.count == first.count,
        widths.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0 >= 0 && $0 < 1 << 30 } })
      else {
        throw ShapeFault(
          "padding needs two numbers of at least 0 for each axis of \(shapeText(first))")
      }
      return zip(first, widths).map { $0 + $1[0] + $1[1] }
    case .contract(let rule):
      let counts = try rule.counts(shapes)
      return rule.result.map { counts[$0] ?? 1 }
    case .convolve(let movement):
      try expect(2, shapes)
      let kernel = shapes[1]
      guard first.count == kernel.count, first.count == movement.stride.count + 2 else {
        throw ShapeFault(
          "a convolution takes images of (examples, channels, size…) and a kernel of "
            + "(outputs, channels, size…), not \(shapeText(first)) and \(shapeText(kernel))"
        )
      }
      guard first[1] == kernel[1] else {
        throw ShapeFault("images of \(first[1]) channels meet a kernel of \(kernel[1])")
      }
      return [first[0], kernel[0]]
        + (try movement.places(of: Array(kernel.dropFirst(2)), in: Array(first.dropFirst(2))))
    case .pool(let pooling):
      guard first.count == pooling.window.count + 2 else {
        throw ShapeFault(
          "pooling takes images of (examples, channels, size…), not \(shapeText(first))")
      }
      for (window, padding) in zip(pooling.window, pooling.movement.padding)
      where 2 * padding > window {
        throw ShapeFault("padding is at most half of the window")
      }
      return Array(first.prefix(2))
        + (try pooling.movement.places(of: pooling.window, in: Array(first.dropFirst(2))))
    }
  }

  private func expect(_ count: Int, _ shapes: [[Int]]) throws(ShapeFault) {
    guard shapes.count == count else {
      throw ShapeFault("'\(name)' takes \(count) operands, not \(shapes.count)")
    }
  }

  /// Refuses shapes without entries, and those of more than memory holds.
  public static func check(_ shape: [Int]) throws(ShapeFault) {
    var size = 1
    for count in shape {
      guard count > 0 else {
        throw ShapeFault(
          count == 0
            ? "an array of the shape \(shapeText(shape)) has no entries"
            : "an axis cannot have \(count) entries")
      }
      let (product, overflow) = size.multipliedReportingOverflow(by: count)
      guard !overflow, product <= 1 << 28 else {
        throw ShapeFault(
          "an array of the shape \(shapeText(shape)) is larger than 268,435,456 entries")
      }
      size = product
    }
  }

  private static func reshaped(_ shape: [Int], to wanted: [Int]) throws(ShapeFault) -> [Int] {
    let count = shape.reduce(1, *)
    let known = wanted.filter { $0 != -1 }
    try check(known)
    let product = known.reduce(1, *)
    switch wanted.count - known.count {
    case 0 where product == count: return wanted
    case 1 where count % product == 0: return wanted.map { $0 == -1 ? count / product : $0 }
    case 2...: throw ShapeFault("only one axis of a shape can be -1")
    default:
      throw ShapeFault(
        "\(count) entries of the shape \(shapeText(shape)) do not make one of \(shapeText(wanted))")
    }
  }

  static func order(_ order: [Int]?, of shape: [Int]) throws(ShapeFault) -> [Int] {
    guard let order else { return shape.indices.reversed() }
    var result: [Int] = []
    for number in order { result.append(try axis(number, of: shape)) }
    guard result.sorted() == Array(shape.indices) else {
      throw ShapeFault("\(order) is no order of the \(shape.count) axes of \(shapeText(shape))")
    }
    return result
  }
}

// The parts of an operation by their short names, within this module.
typealias Reduction = ArrayOperation.Reduction
typealias Convolution = ArrayOperation.Convolution
typealias Contraction = ArrayOperation.Contraction
typealias Subscript = ArrayOperation.Subscript
