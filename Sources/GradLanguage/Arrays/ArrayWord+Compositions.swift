import GradBase
import GradCore

/// Functions that are formulas of others.
extension ArrayWord {
  private static let whole = ArrayOperation.Subscript.slice(nil, nil, nil)

  /// `clamp_min` and `clamp_max`.
  private static func clamped(isBelow: Bool) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "input")
      let bound = try machine.array(call, 1, "min", "max")
      let other = Recorder.Operand.number(isBelow ? .infinity : -.infinity)
      return try machine.apply(
        Operators.Clip.self, isBelow ? [x, bound, other] : [x, other, bound], call.token)
    }
  }

  /// An angle in radians or in degrees.
  private static func inDegrees(_ factor: Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      try machine.apply(
        Operators.Multiply.self, [try machine.array(call, 0, "x", "input"), .number(factor)],
        call.token)
    }
  }

  /// An array with 0 in the place of entries that are no numbers, and the largest numbers for infinities.
  private static func finite(
    _ machine: inout Recorder, _ call: ArrayCall
  ) throws(ProgramError) -> Recorder.Operand {
    let x = try machine.array(call, 0, "x", "a", "input")
    let numbers = machine.numbers(of: x) ?? NumberArray(.nan)
    let nan = try call.named("nan").map { (given) throws(ProgramError) in
      try machine.real(given, call)
    }
    if numbers.entries.allSatisfy(\.isFinite) { return x }
    let mask = NumberArray(numbers.shape, numbers.entries.map { $0.isFinite ? 1 : 0 })
    let others = NumberArray(
      numbers.shape,
      numbers.entries.map { entry in
        entry.isNaN
          ? nan ?? 0
          : entry.isFinite
            ? 0 : entry > 0 ? Double.greatestFiniteMagnitude : -Double.greatestFiniteMagnitude
      })
    return try machine.apply(.choose(mask: mask), [x, machine.plain(others)], call.token)
  }

  /// The differences of neighbours along an axis, taken once or several times.
  private static let differences = ArrayWord { (machine, call) throws(ProgramError) in
    var x = try machine.array(call, 0, "a", "input")
    let shape = machine.shape(of: x) ?? []
    if shape.isEmpty {
      throw machine.failure(
        "a number has no differences of neighbours", call,
        help: "derivatives are computed; write the formula alone")
    }
    let count = try call.argument(1, "n").map { (given) throws(ProgramError) in
      try machine.whole(given, call.token)
    }
    let axis = try call.argument(2, "axis", "dim").map { (given) throws(ProgramError) in
      try machine.whole(given, call.token)
    }
    let place = try machine.place(ofAxis: axis ?? -1, in: shape, call)
    let before = [ArrayOperation.Subscript](repeating: whole, count: place)
    let times = count ?? 1
    guard (0..<shape[place]).contains(times) else {
      throw machine.failure(
        "\(shape[place]) entries have no differences of order \(times)", call)
    }
    for _ in 0..<times {
      let later = try machine.apply(.select(before + [.slice(1, nil, nil)]), [x], call.token)
      let earlier = try machine.apply(.select(before + [.slice(nil, -1, nil)]), [x], call.token)
      x = try machine.apply(Operators.Subtract.self, [later, earlier], call.token)
    }
    return x
  }

  /// Products summed over the last axes of the first array and the first of the second, or over those named.
  private static let tensorProduct = ArrayWord { (machine, call) throws(ProgramError) in
    let (x, y) = (try machine.array(call, 0, "a"), try machine.array(call, 1, "b"))
    let ranks = [x, y].map { (machine.shape(of: $0) ?? []).count }
    var axes = [Array(max(0, ranks[0] - 2)..<ranks[0]), Array(0..<min(2, ranks[1]))]
    if let given = call.argument(2, "axes", "dims") {
      if machine.object(given) == nil, !machine.isArray(given) {
        let count = try machine.whole(given, call.token)
        guard count >= 0, count <= ranks[0], count <= ranks[1] else {
          throw machine.failure("'tensordot' over \(count) axes is not possible here", call)
        }
        axes = [Array(ranks[0] - count..<ranks[0]), Array(0..<count)]
      } else {
        let parts = try machine.allItems(of: given, call.token)
        guard parts.count == 2 else {
          throw machine.failure("'tensordot' takes the axes of both arrays", call)
        }
        axes = [try machine.wholes(parts[0], call), try machine.wholes(parts[1], call)]
      }
    }
    let letters = "abcdefghijklmnopqrstuvwxyz".map { $0 }
    guard ranks[0] + ranks[1] <= letters.count, axes[0].count == axes[1].count else {
      throw machine.failure("'tensordot' takes as many axes of both arrays", call)
    }
    var names = [Array(letters[..<ranks[0]]), Array(letters[ranks[0]..<ranks[0] + ranks[1]])]
    for (a, b) in zip(axes[0], axes[1]) {
      let places = [a < 0 ? a + ranks[0] : a, b < 0 ? b + ranks[1] : b]
      guard names[0].indices.contains(places[0]), names[1].indices.contains(places[1]) else {
        throw machine.failure("an axis of 'tensordot' is out of range", call)
      }
      names[1][places[1]] = names[0][places[0]]
    }
    let kept =
      names[0].filter { !names[1].contains($0) } + names[1].filter { !names[0].contains($0) }
    return try machine.contract(
      "\(String(names[0])),\(String(names[1]))->\(String(kept))", [x, y], call)
  }

  /// Every entry of the first matrix times the second one.
  private static let kronecker = ArrayWord { (machine, call) throws(ProgramError) in
    let (x, y) = (
      try machine.array(call, 0, "a", "input"), try machine.array(call, 1, "b", "other")
    )
    let (a, b) = (machine.shape(of: x) ?? [], machine.shape(of: y) ?? [])
    guard a.count == b.count, (1...2).contains(a.count) else {
      throw machine.failure("'kron' is read for two vectors or two matrices", call)
    }
    let product = try machine.contract(a.count == 1 ? "i,k->ik" : "ij,kl->ikjl", [x, y], call)
    return try machine.apply(.reshape(zip(a, b).map { $0 * $1 }), [product], call.token)
  }

  /// The coordinates of a grid: `np.meshgrid(x, y)`; PyTorch's order is that of `indexing="ij"`.
  private static let grid = ArrayWord { (machine, call) throws(ProgramError) in
    var axes: [Recorder.Operand] = []
    for value in call.rest(from: 0) { axes.append(try machine.arrayed(value, call.token)) }
    let order = call.named("indexing").map { machine.text(of: $0) } ?? (call.isTorch ? "ij" : "xy")
    let counts = axes.map { machine.shape(of: $0)?.first ?? 1 }
    var places = Array(axes.indices)
    if order == "xy", axes.count > 1 { places.swapAt(0, 1) }
    let shape = places.map { counts[$0] }
    var results: [Recorder.Operand] = []
    for (number, axis) in axes.enumerated() {
      var narrow = [Int](repeating: 1, count: axes.count)
      narrow[places.firstIndex(of: number) ?? number] = counts[number]
      let column = try machine.apply(.reshape(narrow), [axis], call.token)
      results.append(try machine.apply(.broadcast(shape), [column], call.token))
    }
    return machine.make(ListObject(results, isTuple: call.isTorch))
  }

  /// log(exp x + exp y), which keeps its digits.
  private static let logOfSum = ArrayWord { (machine, call) throws(ProgramError) in
    let (x, y) = (try machine.array(call, 0, "input"), try machine.array(call, 1, "other"))
    let zero = try machine.apply(Operators.Subtract.self, [y, x], call.token)
    let softplus = try machine.apply(Operators.Softplus.self, [zero], call.token)
    return try machine.apply(Operators.Add.self, [x, softplus], call.token)
  }

  /// `addmm(b, x, w)`: a matrix product with something added.
  private static let sumWithProduct = ArrayWord { (machine, call) throws(ProgramError) in
    let product = try machine.apply(
      .matrixProduct,
      [try machine.array(call, 1, "mat1", "batch1"), try machine.array(call, 2, "mat2", "batch2")],
      call.token)
    return try machine.apply(
      Operators.Add.self, [try machine.array(call, 0, "input"), product], call.token)
  }

  /// Entries of an axis by their numbers: `index_select`, `narrow`.
  private static let chosenAlongAxis = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let axis = try machine.axis(call, 1, default: 0)
    let place = try machine.place(ofAxis: axis, in: machine.shape(of: x) ?? [], call)
    let before = [ArrayOperation.Subscript](repeating: whole, count: place)
    let chosen: ArrayOperation.Subscript
    if call.name == "narrow" {
      let start = try machine.whole(call.argument(2, "start"), call) ?? 0
      let length = try machine.whole(call.argument(3, "length"), call) ?? 1
      chosen = .slice(start, start + length, nil)
    } else {
      let places = try machine.wholes(call.argument(2, "index") ?? .none, call)
      chosen = .indices(places, shape: [places.count])
    }
    return try machine.apply(.select(before + [chosen]), [x], call.token)
  }

  /// A polynomial by Horner's rule, the highest power first.
  private static let polynomial = ArrayWord { (machine, call) throws(ProgramError) in
    let coefficients = try machine.allItems(of: call.argument(0, "p") ?? .none, call.token)
    let x = try machine.array(call, 1, "x")
    var result = coefficients.first ?? .number(0)
    for coefficient in coefficients.dropFirst() {
      let product = try machine.apply(Operators.Multiply.self, [result, x], call.token)
      result = try machine.apply(Operators.Add.self, [product, coefficient], call.token)
    }
    return result
  }

  static let compositions: [String: ArrayWord] = [
    "clamp_min": clamped(isBelow: true), "clamp_max": clamped(isBelow: false),
    "radians": inDegrees(.pi / 180), "deg2rad": inDegrees(.pi / 180),
    "degrees": inDegrees(180 / .pi), "rad2deg": inDegrees(180 / .pi),
    "clip_by_value": ArrayWord { (machine, call) throws(ProgramError) in
      try machine.apply(
        Operators.Clip.self,
        [
          try machine.array(call, 0, "t"), try machine.array(call, 1, "clip_value_min"),
          try machine.array(call, 2, "clip_value_max"),
        ], call.token)
    },
    "nan_to_num": ArrayWord { (machine, call) throws(ProgramError) in
      try finite(&machine, call)
    },
    "nansum": ArrayWord { (machine, call) throws(ProgramError) in
      let axes = try machine.axes(call, 1)
      return try machine.apply(
        .reduce(.sum, axes: axes, keepsAxes: machine.keepsAxes(call)),
        [try finite(&machine, call)], call.token)
    },
    "diff": differences, "tensordot": tensorProduct, "kron": kronecker, "meshgrid": grid,
    "logaddexp": logOfSum, "addmm": sumWithProduct, "baddbmm": sumWithProduct,
    "index_select": chosenAlongAxis, "narrow": chosenAlongAxis, "polyval": polynomial,
  ]
}
