import GradBase
import GradCore

/// Functions of NumPy for samples, tables and series of numbers.
extension ArrayWord {
  /// A rest or a quotient, of numbers that are no nodes.
  private static func division(
    _ combine: @escaping @Sendable (Double, Double) -> Double
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let (x, y) = (try machine.array(call, 0, "input"), try machine.array(call, 1, "other"))
      guard machine.isConstant(x), machine.isConstant(y), let a = machine.numbers(of: x),
        let b = machine.numbers(of: y), b.number != nil || b.shape == a.shape
      else {
        throw machine.failure(
          "\(quoted(call.name)) is read for plain numbers, with a number or as many on the right",
          call, help: "it has no derivative where it jumps")
      }
      return machine.plain(
        NumberArray(
          a.shape,
          a.entries.enumerated().map { place, entry in
            combine(entry, b.number ?? b.entries[place])
          }))
    }
  }

  /// Values below which a share of the entries lies, between two of them in proportion.
  private static func quantile(_ whole: Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "a", "input")
      let shares = try machine.entries(call, 1, "q")
      guard call.argument(2, "axis", "dim") == nil, let numbers = machine.numbers(of: x) else {
        throw machine.failure("\(quoted(call.name)) is read over all entries", call)
      }
      let order = numbers.entries.indices.sorted { numbers.entries[$0] < numbers.entries[$1] }
      let flat = try machine.apply(.reshape([-1]), [x], call.token)
      var parts: [Recorder.Operand] = []
      for share in shares.entries {
        let place = share / whole * Double(order.count - 1)
        guard place >= 0, place <= Double(order.count - 1) else {
          throw machine.failure("a share is from 0 to \(shortestText(whole))", call)
        }
        let (low, rest) = (Int(place), place - place.rounded(.down))
        let below = try machine.apply(.select([.index(order[low])]), [flat], call.token)
        guard rest > 0 else {
          parts.append(below)
          continue
        }
        let above = try machine.apply(.select([.index(order[low + 1])]), [flat], call.token)
        let gap = try machine.apply(Operators.Subtract.self, [above, below], call.token)
        let step = try machine.apply(Operators.Multiply.self, [.number(rest), gap], call.token)
        parts.append(try machine.apply(Operators.Add.self, [below, step], call.token))
      }
      return shares.shape.isEmpty
        ? parts[0] : try machine.apply(.stack(axis: 0), parts, call.token)
    }
  }

  /// Where numbers belong among sorted ones.
  private static let places = ArrayWord { (machine, call) throws(ProgramError) in
    let isDigitize = call.name == "digitize"
    let sorted = try machine.entries(call, isDigitize ? 1 : 0, isDigitize ? "bins" : "a").entries
    let numbers = try machine.entries(call, isDigitize ? 0 : 1, isDigitize ? "x" : "v")
    var isRight = machine.holds(call.named("right"))
    if let side = call.named("side") { isRight = machine.text(of: side) == "right" }
    // `digitize` counts the bins that end at a number or before it.
    if isDigitize { isRight.toggle() }
    return machine.plain(
      NumberArray(
        numbers.shape,
        numbers.entries.map { number in
          Double(sorted.count { isRight ? $0 <= number : $0 < number })
        }))
  }

  /// How often whole numbers from 0 on are there.
  private static let counts = ArrayWord { (machine, call) throws(ProgramError) in
    var numbers: [Int] = []
    for entry in try machine.entries(call, 0, "x").entries {
      numbers.append(try machine.whole(.number(entry), call.token))
    }
    let least = try machine.whole(call.named("minlength"), call) ?? 0
    guard call.argument(1, "weights") == nil, numbers.allSatisfy({ (0..<1_000_000).contains($0) })
    else { throw machine.failure("'bincount' is read for whole numbers from 0 on", call) }
    var counts = [Double](repeating: 0, count: max(least, (numbers.max() ?? 0) + 1))
    for number in numbers { counts[number] += 1 }
    return machine.plain(NumberArray([counts.count], counts))
  }

  /// The area below points, by trapezia of width 1 or `dx`, or between places `x`.
  private static let area = ArrayWord { (machine, call) throws(ProgramError) in
    let y = try machine.array(call, 0, "y")
    guard machine.shape(of: y)?.count == 1 else {
      throw machine.failure("\(quoted(call.name)) is read for one series of numbers", call)
    }
    func neighbours(_ x: Recorder.Operand) throws(ProgramError) -> [Recorder.Operand] {
      [
        try machine.apply(.select([.slice(1, nil, nil)]), [x], call.token),
        try machine.apply(.select([.slice(nil, -1, nil)]), [x], call.token),
      ]
    }
    let sums = try machine.apply(Operators.Add.self, try neighbours(y), call.token)
    var width = call.named("dx") ?? .number(1)
    if let x = call.argument(1, "x") {
      width = try machine.apply(
        Operators.Subtract.self, try neighbours(try machine.arrayed(x, call.token)), call.token)
    }
    let parts = try machine.apply(Operators.Multiply.self, [width, sums], call.token)
    let sum = try machine.apply(.reduce(.sum, axes: nil, keepsAxes: false), [parts], call.token)
    return try machine.apply(Operators.Divide.self, [sum, .number(2)], call.token)
  }

  /// The vector that is at right angles to two of three entries.
  private static let cross = ArrayWord { (machine, call) throws(ProgramError) in
    let (x, y) = (
      try machine.array(call, 0, "a", "input"), try machine.array(call, 1, "b", "other")
    )
    guard machine.shape(of: x) == [3], machine.shape(of: y) == [3] else {
      throw machine.failure("'cross' is read for two vectors of 3 entries", call)
    }
    func turned(_ x: Recorder.Operand, _ places: [Int]) throws(ProgramError) -> Recorder.Operand {
      try machine.apply(.select([.indices(places, shape: [3])]), [x], call.token)
    }
    let first = try machine.apply(
      Operators.Multiply.self, [try turned(x, [1, 2, 0]), try turned(y, [2, 0, 1])], call.token)
    let second = try machine.apply(
      Operators.Multiply.self, [try turned(x, [2, 0, 1]), try turned(y, [1, 2, 0])], call.token)
    return try machine.apply(Operators.Subtract.self, [first, second], call.token)
  }

  /// All products of two series, summed where their places sum to the same.
  private static let convolution = ArrayWord { (machine, call) throws(ProgramError) in
    let (x, y) = (try machine.array(call, 0, "a"), try machine.array(call, 1, "v"))
    guard let n = machine.shape(of: x), let m = machine.shape(of: y), n.count == 1, m.count == 1
    else { throw machine.failure("'convolve' is read for two series of numbers", call) }
    let mode = call.argument(2, "mode").map { machine.text(of: $0) } ?? "full"
    let count = n[0] + m[0] - 1
    let products = try machine.contract("i,j->ij", [x, y], call)
    let flat = try machine.apply(.reshape([-1]), [products], call.token)
    let sources = Array(0..<n[0] * m[0])
    let full = try machine.apply(
      .scatter(
        sources: sources, targets: sources.map { $0 / m[0] + $0 % m[0] }, weight: 1,
        shape: [count]), [flat], call.token)
    let (least, most) = (min(n[0], m[0]), max(n[0], m[0]))
    switch mode {
    case "full": return full
    case "valid":
      return try machine.apply(.select([.slice(least - 1, most, nil)]), [full], call.token)
    case "same":
      let start = (least - 1) / 2
      return try machine.apply(.select([.slice(start, start + most, nil)]), [full], call.token)
    default: throw machine.failure("the modes of 'convolve' are 'full', 'valid' and 'same'", call)
    }
  }

  /// Whether numbers are as good as equal.
  private static let closeness = ArrayWord { (machine, call) throws(ProgramError) in
    let (x, y) = (
      try machine.array(call, 0, "input", "a"), try machine.array(call, 1, "other", "b")
    )
    let isMath = call.name == "math.isclose"
    let relative = try call.argument(2, "rtol", "rel_tol").map { (value) throws(ProgramError) in
      try machine.real(value, call)
    }
    let absolute = try call.argument(3, "atol", "abs_tol").map { (value) throws(ProgramError) in
      try machine.real(value, call)
    }
    let mask = try machine.mask(x, y, call.token) { a, b in
      if a == b { return true }
      let size = isMath ? max(a.magnitude, b.magnitude) : b.magnitude
      let bound = (relative ?? (isMath ? 1e-9 : 1e-5)) * size
      let distance = (a - b).magnitude
      return isMath
        ? distance <= max(bound, absolute ?? 0) : distance <= (absolute ?? 1e-8) + bound
    }
    guard call.name.hasSuffix("allclose") else { return mask }
    return .truth(machine.numbers(of: mask)?.entries.allSatisfy { $0 != 0 } ?? false)
  }

  /// All windows of a shape: its axes come behind those of the places where a window stands.
  private static let windows = ArrayWord { (machine, call) throws(ProgramError) in
    var x = try machine.array(call, 0, "x")
    let shape = machine.shape(of: x) ?? []
    let sizes = try machine.wholes(call.argument(1, "window_shape") ?? .none, call)
    guard sizes.count == shape.count, call.argument(2, "axis") == nil,
      zip(sizes, shape).allSatisfy({ $0 >= 1 && $0 <= $1 })
    else {
      throw machine.failure(
        "'sliding_window_view' is read for a window of as many axes as the array", call)
    }
    for (axis, size) in sizes.enumerated() {
      let count = shape[axis] - size + 1
      let places = (0..<count * size).map { $0 / size + $0 % size }
      let before = [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: 2 * axis)
      x = try machine.apply(
        .select(before + [.indices(places, shape: [count, size])]), [x], call.token)
    }
    let order = sizes.indices.map { 2 * $0 } + sizes.indices.map { 2 * $0 + 1 }
    return sizes.count == 1 ? x : try machine.apply(.transpose(order), [x], call.token)
  }

  static let series: [String: ArrayWord] = [
    "sliding_window_view": windows,
    "mod": division { PythonDivision($0, by: $1).rest },
    "remainder": division { PythonDivision($0, by: $1).rest },
    "floor_divide": division { PythonDivision($0, by: $1).quotient },
    "fmod": division { $0.truncatingRemainder(dividingBy: $1) },
    "copysign": division { $0.magnitude * ($1.sign == .minus ? -1 : 1) },
    "percentile": quantile(100), "quantile": quantile(1), "searchsorted": places,
    "digitize": places, "bincount": counts, "trapezoid": area, "trapz": area, "cross": cross,
    "convolve": convolution, "isclose": closeness, "allclose": closeness,
    "math.isclose": closeness,
  ]
}
