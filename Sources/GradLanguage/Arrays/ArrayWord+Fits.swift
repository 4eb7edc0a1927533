import GradBase
import GradCore

/// Lines through data: interpolation, least squares, histograms.
extension ArrayWord {
  /// What stands between points on the straight line between its neighbours, outside of all at the last.
  private static let interpolated = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "x")
    let (xp, fp) = (try machine.array(call, 1, "xp"), try machine.array(call, 2, "fp"))
    let points = machine.numbers(of: xp)?.entries ?? []
    guard machine.shape(of: xp) == [points.count], machine.shape(of: fp) == [points.count],
      points.count >= 2, zip(points, points.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw machine.failure(
        "'interp' takes points that grow, and as many values, two at least", call)
    }
    let shape = machine.shape(of: x) ?? []
    let wanted = machine.numbers(of: x) ?? NumberArray(.nan)
    let ends = NumberArray(shape, wanted.entries.map { min(max($0, points[0]), points.last ?? $0) })
    let isInside = NumberArray(
      shape, zip(wanted.entries, ends.entries).map { $0 == $1 ? 1 : 0 })
    let inside = try machine.apply(
      .choose(mask: isInside), [x, machine.plain(ends, .real)], call.token)
    let places = ends.entries.map { entry in
      min((points.lastIndex { $0 <= entry } ?? 0), points.count - 2)
    }
    func chosen(
      _ values: Recorder.Operand, _ shift: Int, _ machine: inout Recorder
    ) throws(ProgramError) -> Recorder.Operand {
      let subscripts: ArrayOperation.Subscript =
        shape.isEmpty
        ? .index(places[0] + shift) : .indices(places.map { $0 + shift }, shape: shape)
      return try machine.apply(.select([subscripts]), [values], call.token)
    }
    let (left, right) = (try chosen(xp, 0, &machine), try chosen(xp, 1, &machine))
    let (low, high) = (try chosen(fp, 0, &machine), try chosen(fp, 1, &machine))
    let way = try machine.apply(Operators.Subtract.self, [inside, left], call.token)
    let width = try machine.apply(Operators.Subtract.self, [right, left], call.token)
    let rise = try machine.apply(Operators.Subtract.self, [high, low], call.token)
    let slope = try machine.apply(Operators.Divide.self, [rise, width], call.token)
    let change = try machine.apply(Operators.Multiply.self, [slope, way], call.token)
    return try machine.apply(Operators.Add.self, [low, change], call.token)
  }

  /// How many numbers stand in each bin, and the edges of the bins; neither has a derivative.
  private static let histogram = ArrayWord { (machine, call) throws(ProgramError) in
    let values = try machine.entries(call, 0, "a").entries.sorted()
    let bins = call.argument(1, "bins") ?? .number(10)
    guard let first = values.first, let last = values.last, !call.isTorch else {
      throw machine.failure("'histogram' is read as NumPy has it", call)
    }
    var edges: [Double]
    if machine.shape(of: bins) == [] {
      let count = try machine.whole(bins, call.token)
      var (low, high) = (first, last)
      if let range = call.argument(2, "range") {
        let ends = try machine.allItems(of: range, call.token).map { machine.number($0) }
        if ends.count == 2 { (low, high) = (ends[0], ends[1]) }
      }
      if low == high { (low, high) = (low - 0.5, high + 0.5) }
      guard count > 0, low < high else {
        throw machine.failure("'histogram' takes a number of bins and a range that grows", call)
      }
      try machine.checkEntries(count, call.token)
      let step = (high - low) / Double(count)
      edges = (0...count).map { Double($0) * step + low }
      edges[count] = high
    } else {
      edges = try machine.entries(call, 1, "bins").entries
    }
    guard edges.count >= 2, zip(edges, edges.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw machine.failure("the edges of bins grow", call)
    }
    var counts = [Double](repeating: 0, count: edges.count - 1)
    for value in values where value >= edges[0] && value <= edges[edges.count - 1] {
      let place = edges.lastIndex { $0 <= value } ?? 0
      counts[min(place, counts.count - 1)] += 1
    }
    let isDensity = machine.holds(call.named("density"))
    if isDensity {
      let total = counts.reduce(0, +)
      for place in counts.indices { counts[place] /= total * (edges[place + 1] - edges[place]) }
    }
    let heights = machine.plain(NumberArray(counts), isDensity ? .real : .whole)
    return machine.make(
      ListObject([heights, machine.plain(NumberArray(edges), .real)], isTuple: true))
  }

  /// The coefficients of the polynomial that is nearest to points, the highest power first.
  private static let polynomialFit = ArrayWord { (machine, call) throws(ProgramError) in
    let (x, y) = (try machine.array(call, 0, "x"), try machine.array(call, 1, "y"))
    let degree = try machine.whole(call.argument(2, "deg"), call) ?? 1
    guard let count = machine.shape(of: x)?.first, machine.shape(of: x)?.count == 1,
      (0..<count).contains(degree)
    else { throw machine.failure("'polyfit' takes more points than the degree", call) }
    var powers = [machine.plain(NumberArray([Double](repeating: 1, count: count)), .real)]
    for _ in 0..<degree {
      powers.append(
        try machine.apply(Operators.Multiply.self, [powers[powers.count - 1], x], call.token))
    }
    let sizes = powers.map { power in
      (machine.numbers(of: power)?.entries.reduce(0) { $0 + $1 * $1 } ?? 1).squareRoot()
    }
    let scale = machine.plain(NumberArray(sizes.reversed()), .real)
    let matrix = try machine.apply(.stack(axis: 1), powers.reversed(), call.token)
    let scaled = try machine.apply(Operators.Divide.self, [matrix, scale], call.token)
    let solution = try machine.leastSquares(scaled, y, call)
    return try machine.apply(Operators.Divide.self, [solution, scale], call.token)
  }

  /// The least squares solution, the squares that are left, and the rank; no singular values.
  private static let leastSquares = ArrayWord { (machine, call) throws(ProgramError) in
    let (matrix, y) = (try machine.array(call, 0, "a"), try machine.array(call, 1, "b"))
    _ = call.argument(2, "rcond")
    let shape = machine.shape(of: matrix) ?? []
    guard shape.count == 2, shape[0] >= shape[1], !call.isTorch else {
      throw machine.failure(
        "'lstsq' is read as NumPy has it, for at least as many rows as columns", call)
    }
    let solution = try machine.leastSquares(matrix, y, call)
    let fitted = try machine.apply(.matrixProduct, [matrix, solution], call.token)
    let rest = try machine.apply(Operators.Subtract.self, [y, fitted], call.token)
    let squares = try machine.apply(Operators.Square.self, [rest], call.token)
    let left = try machine.apply(
      .reduce(.sum, axes: [0], keepsAxes: machine.shape(of: y)?.count == 1), [squares], call.token)
    return machine.make(
      ListObject([solution, left, .number(Double(shape[1]), .whole), .none], isTuple: true))
  }

  /// How rows vary together, or columns with `rowvar=False`; of `corrcoef` as a part of how each varies.
  private static let covariance = ArrayWord { (machine, call) throws(ProgramError) in
    var value = try machine.array(call, 0, "m", "x")
    let isOfColumns = !machine.holds(call.named("rowvar"), default: true)
    let isBiased = machine.holds(call.named("bias"))
    let ddof = try machine.whole(call.named("ddof", "correction"), call) ?? (isBiased ? 0 : 1)
    if let other = call.isTorch ? nil : call.argument(1, "y") {
      value = try machine.apply(
        .stack(axis: 0), [value, try machine.arrayed(other, call.token)], call.token)
    }
    var shape = machine.shape(of: value) ?? []
    guard (1...2).contains(shape.count) else {
      throw machine.failure("\(quoted(call.name)) is of the rows of one matrix", call)
    }
    if shape.count == 1 { value = try machine.apply(.reshape([1, -1]), [value], call.token) }
    if shape.count == 2, isOfColumns {
      value = try machine.apply(.transpose(nil), [value], call.token)
      shape.reverse()
    }
    let count = Double((shape.last ?? 1) - ddof)
    let mean = try machine.apply(
      .reduce(.mean, axes: [1], keepsAxes: true), [value], call.token)
    let centred = try machine.apply(Operators.Subtract.self, [value, mean], call.token)
    let turned = try machine.apply(.transpose(nil), [centred], call.token)
    let product = try machine.apply(.matrixProduct, [centred, turned], call.token)
    var result = try machine.apply(
      Operators.Divide.self, [product, .number(count)], call.token)
    if call.name == "corrcoef" {
      let size = machine.shape(of: result)?[0] ?? 1
      let places = Array(0..<size)
      let variances = try machine.apply(
        .select([.indices(places, shape: [size]), .indices(places, shape: [size])]), [result],
        call.token)
      let deviations = try machine.apply(Operators.SquareRoot.self, [variances], call.token)
      let rows = try machine.apply(.reshape([size, 1]), [deviations], call.token)
      result = try machine.apply(Operators.Divide.self, [result, rows], call.token)
      result = try machine.apply(Operators.Divide.self, [result, deviations], call.token)
    }
    return shape.count == 1 ? try machine.apply(.reshape([]), [result], call.token) : result
  }

  static let fits: [String: ArrayWord] = [
    "cov": covariance, "corrcoef": covariance,
    "interp": interpolated, "histogram": histogram, "polyfit": polynomialFit,
    "lstsq": leastSquares,
  ]
}

extension Recorder {
  /// (AᵀA)⁻¹Aᵀy, once more for what it leaves, which gives it the digits of a decomposition.
  fileprivate mutating func leastSquares(
    _ matrix: Operand, _ y: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let turned = try apply(.transpose(nil), [matrix], call.token)
    let square = try apply(.matrixProduct, [turned, matrix], call.token)
    let right = try apply(.matrixProduct, [turned, y], call.token)
    let first = try invert(.solve, [square, right], call)
    let fitted = try apply(.matrixProduct, [matrix, first], call.token)
    let rest = try apply(Operators.Subtract.self, [y, fitted], call.token)
    let correction = try invert(
      .solve, [square, try apply(.matrixProduct, [turned, rest], call.token)], call)
    return try apply(Operators.Add.self, [first, correction], call.token)
  }
}
