import GradBase
import GradCore

/// A function or a method of arrays, one row of the table.
struct ArrayWord: Sendable {
  typealias Run = @Sendable (inout Recorder, ArrayCall) throws(ProgramError) -> Recorder.Operand

  /// Makes the result of a call.
  let run: Run
  /// Whether it makes something of plain numbers alone, so that a program with it is more than formulas.
  let makesArrays: Bool

  init(makesArrays: Bool = true, _ run: @escaping Run) {
    (self.makesArrays, self.run) = (makesArrays, run)
  }

  /// The function of a name; `nil` if there is none.
  static func named(_ name: String) -> ArrayWord? { table[name] }

  /// Whether a call of a name means the function whatever it is given, as Python has none of the name.
  static func isCalled(_ name: String) -> Bool { table[name] != nil && Word.named(name) == nil }

  /// The names of all of them.
  static var names: [String] { table.keys.sorted() }

  private static let table: [String: ArrayWord] = [
    making, random, products, reductions, shaping, networks,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

  // MARK: Making arrays

  private static func filled(with number: Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let shape = try machine.shape(call, from: 0)
      return machine.plain(
        NumberArray(shape, [Double](repeating: number, count: shape.reduce(1, *))))
    }
  }

  private static func filledAlike(with number: Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let shape = try machine.arrayShape(call, 0)
      return machine.plain(
        NumberArray(shape, [Double](repeating: number, count: shape.reduce(1, *))))
    }
  }

  private static let made = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "object", "data")
    // A tensor of a node is its value, through which no derivative goes; `np.array` is its argument.
    guard ["tensor", "Tensor", "constant"].contains(call.name), case .node(let node) = value,
      !(machine.object(call.argument(0) ?? .none) is ListObject)
    else { return value }
    return .node(try machine.held(node, call.token))
  }

  private static let eye = ArrayWord { (machine, call) throws(ProgramError) in
    let rows = try machine.whole(call.argument(0, "N", "n"), call) ?? 1
    let columns = try machine.whole(call.argument(1, "M", "m"), call) ?? rows
    let shape = try machine.shape(
      ArrayCall(
        call.name, [.number(Double(rows)), .number(Double(columns))], [:], call.token,
        isTorch: call.isTorch), from: 0)
    return machine.plain(
      NumberArray(shape, (0..<rows * columns).map { $0 / columns == $0 % columns ? 1 : 0 }))
  }

  private static let making: [String: ArrayWord] = [
    "array": made, "asarray": made, "tensor": made, "as_tensor": made, "Tensor": made,
    "FloatTensor": made, "DoubleTensor": made, "LongTensor": made, "constant": made,
    "from_numpy": made, "matrix": made,
    "item": ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      guard let number = machine.numbers(of: value)?.number else {
        throw machine.failure("'item' is of one entry, not of \(machine.described(value))", call)
      }
      return .number(number)
    },
    "zeros": filled(with: 0), "ones": filled(with: 1),
    "zeros_like": filledAlike(with: 0), "ones_like": filledAlike(with: 1),
    "full": ArrayWord { (machine, call) throws(ProgramError) in
      guard let size = call.argument(0, "shape", "size") else {
        throw machine.failure("'full' takes a shape and a number", call)
      }
      let shape = try machine.wholes(size, call)
      return try machine.apply(
        .broadcast(shape), [try machine.array(call, 1, "fill_value")], call.token)
    },
    "full_like": ArrayWord { (machine, call) throws(ProgramError) in
      let shape = try machine.arrayShape(call, 0)
      return try machine.apply(
        .broadcast(shape), [try machine.array(call, 1, "fill_value")], call.token)
    },
    "eye": eye, "identity": eye,
    "arange": ArrayWord { (machine, call) throws(ProgramError) in
      var numbers: [Double] = []
      for value in call.rest(from: 0) { numbers.append(try machine.real(value, call)) }
      guard (1...3).contains(numbers.count) else {
        throw machine.failure("'arange' takes a start, a stop and a step", call)
      }
      let start = numbers.count == 1 ? 0 : numbers[0]
      let stop = numbers.count == 1 ? numbers[0] : numbers[1]
      let step = numbers.count == 3 ? numbers[2] : 1
      let length = ((stop - start) / step).rounded(.up)
      guard step != 0, length.isFinite, length > 0 else {
        throw machine.failure(
          "'arange' from \(shortestText(start)) to \(shortestText(stop)) has no entries", call)
      }
      try machine.checkEntries(Int(min(length, 1e15)), call.token)
      return machine.plain(NumberArray((0..<Int(length)).map { start + Double($0) * step }))
    },
    "linspace": ArrayWord { (machine, call) throws(ProgramError) in
      let start = try machine.entries(call, 0, "start").number ?? .nan
      let stop = try machine.entries(call, 1, "stop").number ?? .nan
      let count = try machine.whole(call.argument(2, "num", "steps"), call) ?? 50
      try machine.checkEntries(count, call.token)
      let step = count > 1 ? (stop - start) / Double(count - 1) : 0
      var entries = (0..<count).map { start + Double($0) * step }
      if count > 1 { entries[count - 1] = stop }
      return machine.plain(NumberArray(entries))
    },
    "one_hot": ArrayWord { (machine, call) throws(ProgramError) in
      let labels = try machine.array(call, 0)
      let numbers = machine.numbers(of: labels) ?? NumberArray(0)
      let most = Int(numbers.entries.max() ?? 0) + 1
      let count = try machine.whole(call.argument(1, "num_classes", "depth"), call) ?? most
      try machine.checkEntries(numbers.count * max(count, 1), call.token)
      var entries: [Double] = []
      for number in numbers.entries {
        guard let label = Int(exactly: number), (0..<count).contains(label) else {
          throw machine.failure(
            "the label \(shortestText(number)) is not from 0 to \(count - 1)", call)
        }
        entries += (0..<count).map { $0 == label ? 1 : 0 }
      }
      return machine.plain(NumberArray(numbers.shape + [count], entries))
    },
  ]

  // MARK: Random numbers

  private static func drawn(
    at place: Int, _ draw: @escaping @Sendable (inout LegacyRandom, [Double]) -> Double,
    _ parameters: [(String, String, Double)]
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      var numbers: [Double] = []
      for (place, parameter) in parameters.enumerated() {
        let value = call.argument(place, parameter.0, parameter.1)
        numbers.append(
          try value.map { (value) throws(ProgramError) in try machine.real(value, call) }
            ?? parameter.2)
      }
      let size = call.argument(place, "size")
      let shape: [Int]
      if place == 0, size == nil || call.count > 0 {
        shape = try machine.shape(call, from: 0)
      } else {
        shape = try size.map { (size) throws(ProgramError) in try machine.wholes(size, call) } ?? []
      }
      try machine.checkEntries(
        shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).overflow ? 1 << 40 : $0 * $1 }),
        call.token)
      var random = try machine.generator(call)
      let entries = (0..<shape.reduce(1, *)).map { _ in draw(&random, numbers) }
      machine.random = random
      return machine.plain(NumberArray(shape, entries))
    }
  }

  private static let random: [String: ArrayWord] = [
    "seed": ArrayWord { (machine, call) throws(ProgramError) in
      guard let seed = try machine.whole(call.argument(0), call),
        let bits = UInt32(exactly: seed)
      else {
        throw machine.failure("a seed is a whole number from 0 to 4,294,967,295", call)
      }
      machine.random = LegacyRandom(seed: bits)
      return .none
    },
    "rand": drawn(at: 0, { random, _ in random.uniform() }, []),
    "random_sample": drawn(at: 0, { random, _ in random.uniform() }, []),
    "random": drawn(at: 0, { random, _ in random.uniform() }, []),
    "randn": drawn(at: 0, { random, _ in random.normal() }, []),
    "standard_normal": drawn(at: 0, { random, _ in random.normal() }, []),
    "uniform": drawn(
      at: 2, { $1[0] + ($1[1] - $1[0]) * $0.uniform() }, [("low", "low", 0), ("high", "high", 1)]),
    "normal": drawn(
      at: 2, { $1[0] + $1[1] * $0.normal() }, [("loc", "mean", 0), ("scale", "std", 1)]),
    "randint": ArrayWord { (machine, call) throws(ProgramError) in
      var low = try machine.whole(call.argument(0, "low"), call) ?? 0
      var high = try machine.whole(call.argument(1, "high"), call) ?? 0
      if call.argument(1, "high") == nil { (low, high) = (0, low) }
      guard low < high else {
        throw machine.failure("'randint' needs a range that is not empty", call)
      }
      let shape =
        try call.argument(2, "size").map { (size) throws(ProgramError) in
          try machine.wholes(size, call)
        } ?? []
      var random = try machine.generator(call)
      let most = UInt64(high - 1 - low)
      let entries = (0..<shape.reduce(1, *)).map { _ in Double(low + Int(random.whole(upTo: most)))
      }
      machine.random = random
      return machine.plain(NumberArray(shape, entries))
    },
    "permutation": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      var random = try machine.generator(call)
      let shape = machine.shape(of: value) ?? []
      let whole = shape.isEmpty ? try machine.whole(value, call.token) : 0
      let count = shape.first ?? whole
      guard count > 0 else { throw machine.failure("'permutation' of nothing", call) }
      try machine.checkEntries(count, call.token)
      let order = random.permutation(count)
      machine.random = random
      if shape.isEmpty { return machine.plain(NumberArray(order.map(Double.init))) }
      return try machine.apply(.select([.indices(order, shape: [count])]), [value], call.token)
    },
  ]

  // MARK: Products

  private static let matmul = ArrayWord { (machine, call) throws(ProgramError) in
    try machine.apply(
      .matrixProduct, [try machine.array(call, 0), try machine.array(call, 1, "other")], call.token)
  }

  private static func contraction(_ rule: String) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      try machine.contract(rule, [try machine.array(call, 0), try machine.array(call, 1)], call)
    }
  }

  private static let products: [String: ArrayWord] = [
    "matmul": matmul, "mm": matmul, "bmm": matmul, "mv": matmul,
    "dot": ArrayWord { (machine, call) throws(ProgramError) in
      let (x, y) = (try machine.array(call, 0), try machine.array(call, 1, "b"))
      if machine.shape(of: x) == [] || machine.shape(of: y) == [] {
        return try machine.apply(Operators.Multiply.self, [x, y], call.token)
      }
      guard (machine.shape(of: x) ?? []).count <= 2, (machine.shape(of: y) ?? []).count <= 2 else {
        throw machine.failure(
          "'dot' is read for vectors and matrices", call, help: "'@' is for batches")
      }
      return try machine.apply(.matrixProduct, [x, y], call.token)
    },
    "inner": ArrayWord { (machine, call) throws(ProgramError) in
      let (x, y) = (try machine.array(call, 0), try machine.array(call, 1))
      let rank = (machine.shape(of: y) ?? []).count
      let turned = rank < 2 ? y : try machine.apply(.transpose(nil), [y], call.token)
      return try machine.apply(.matrixProduct, [x, turned], call.token)
    },
    "vdot": contraction("i,i->"), "outer": contraction("i,j->ij"),
    "einsum": ArrayWord { (machine, call) throws(ProgramError) in
      guard let text = call.argument(0).flatMap({ machine.object($0) as? TextObject }) else {
        throw machine.failure("'einsum' takes a rule first: \"ij,jk->ik\"", call)
      }
      var operands: [Recorder.Operand] = []
      for value in call.rest(from: 1) { operands.append(try machine.arrayed(value, call.token)) }
      return try machine.contract(text.text, operands, call)
    },
  ]

  // MARK: Reductions

  static func reduction(_ reduction: ArrayOperation.Reduction) -> ArrayWord {
    ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
      let axes = try machine.axes(call, 1)
      return try machine.apply(
        .reduce(reduction, axes: axes, keepsAxes: machine.keepsAxes(call)),
        [try machine.array(call, 0, "a", "input")], call.token)
    }
  }

  /// The largest or the smallest; along an axis PyTorch gives its place too.
  private static func extremum(_ reduction: ArrayOperation.Reduction, places: String) -> ArrayWord {
    ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0, "a", "input")
      if let other = call.argument(1, "other"), machine.isArray(other), call.isTorch {
        let row: any Operator.Type =
          reduction == .max ? Operators.SharedMaximum.self : Operators.SharedMinimum.self
        return try machine.apply(row, [value, other], call.token)
      }
      let axes = try machine.axes(call, 1)
      let result = try machine.apply(
        .reduce(reduction, axes: axes, keepsAxes: machine.keepsAxes(call)), [value], call.token)
      guard call.isTorch, axes != nil, let word = named(places) else { return result }
      let places = try word.run(&machine, call)
      return machine.make(ListObject([result, places], isTuple: true))
    }
  }

  private static func spread(
    _ make: @escaping @Sendable (Double) -> ArrayOperation.Reduction
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let axes = try machine.axes(call, 1)
      var correction = call.isTorch ? 1.0 : 0
      if let given = call.named("ddof", "correction") { correction = try machine.real(given, call) }
      if let given = call.named("unbiased") { correction = machine.number(given) != 0 ? 1 : 0 }
      return try machine.apply(
        .reduce(make(correction), axes: axes, keepsAxes: machine.keepsAxes(call)),
        [try machine.array(call, 0, "a", "input")], call.token)
    }
  }

  private static func place(_ isBetter: @escaping @Sendable (Double, Double) -> Bool) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let numbers = try machine.entries(call, 0)
      let axis = try machine.axes(call, 1)?.first
      return machine.plain(
        try machine.places(numbers, axis, keepsAxes: machine.keepsAxes(call), call, isBetter))
    }
  }

  private static func softmax(
    _ make: @escaping @Sendable (Int) -> ArrayOperation
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0, "input", "x")
      return try machine.apply(make(try machine.axis(call, 1, default: -1)), [value], call.token)
    }
  }

  private static let reductions: [String: ArrayWord] = [
    "sum": reduction(.sum), "mean": reduction(.mean), "average": reduction(.mean),
    "prod": reduction(.product), "amax": reduction(.max), "amin": reduction(.min),
    "reduce_sum": reduction(.sum), "reduce_mean": reduction(.mean),
    "logsumexp": reduction(.logSumExp),
    "max": extremum(.max, places: "argmax"), "min": extremum(.min, places: "argmin"),
    "var": spread { .variance(correction: $0) },
    "std": spread { .standardDeviation(correction: $0) },
    "argmax": place { $0 > $1 }, "argmin": place { $0 < $1 },
    "norm": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      var order = 2.0
      if let given = call.argument(1, "ord", "p"), machine.object(given) as? TextObject == nil {
        order = try machine.real(given, call)
      }
      let axes = try machine.axes(call, 2)
      guard [1, 2, .infinity].contains(order) else {
        throw machine.failure("'norm' is read for the orders 1, 2 and inf", call)
      }
      if axes == nil, (machine.shape(of: value) ?? []).count > 1, order != 2 {
        throw machine.failure(
          "'norm' of a matrix is read for order 2, the root of the sum of squares", call,
          help: "axis= names the axis of each vector")
      }
      return try machine.apply(
        .reduce(.norm(order: order), axes: axes, keepsAxes: machine.keepsAxes(call)), [value],
        call.token)
    },
    "softmax": softmax { .softmax(axis: $0) }, "log_softmax": softmax { .logSoftmax(axis: $0) },
    "cumsum": ArrayWord { (machine, call) throws(ProgramError) in
      let axes = try machine.axes(call, 1)
      return try machine.apply(
        .cumulativeSum(axis: axes?.first), [try machine.array(call, 0)], call.token)
    },
  ]
}

extension Recorder {
  /// A number that is on no tape.
  func real(_ value: Operand, _ call: ArrayCall) throws(ProgramError) -> Double {
    if let number = numbers(of: value)?.number { return number }
    throw failure("\(quoted(call.name)) takes a number here, not \(described(value))", call)
  }

  /// The generator of random numbers, which a program has to seed.
  func generator(_ call: ArrayCall) throws(ProgramError) -> LegacyRandom {
    if call.isOfPython {
      throw failure(
        "the numbers of Python's own 'random' are not known here", call,
        help: "print them where the program runs, and paste them; np.random with a seed is known")
    }
    if call.isTorch {
      throw failure(
        "the random numbers of PyTorch are not known here", call,
        help: "print them where the program runs, and paste them: torch.tensor([…])")
    }
    guard let random else {
      throw failure(
        "random numbers without a seed are different at every run", call,
        help: "np.random.seed(0) above makes them those of NumPy; or print and paste them")
    }
    return random
  }

  mutating func contract(
    _ rule: String, _ operands: [Operand], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let contraction: ArrayOperation.Contraction
    do throws(ShapeFault) { contraction = try ArrayOperation.Contraction(rule) } catch {
      throw failure(error.message, call, help: error.help)
    }
    return try apply(.contract(contraction), operands, call.token)
  }

  /// The places of the best entries, the first of several, along an axis or of all.
  func places(
    _ array: NumberArray, _ axis: Int?, keepsAxes: Bool, _ call: ArrayCall,
    _ isBetter: (Double, Double) -> Bool
  ) throws(ProgramError) -> NumberArray {
    let shape = array.shape
    guard let axis else {
      let best = array.entries.indices.reduce(0) {
        isBetter(array.entries[$1], array.entries[$0]) ? $1 : $0
      }
      return NumberArray(Double(best))
    }
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place) else {
      throw failure("axis \(axis) is out of range for shape \(shapeText(shape))", call)
    }
    let step = shape[(place + 1)...].reduce(1, *)
    var result: [Double] = []
    for outer in 0..<shape[..<place].reduce(1, *) {
      for inner in 0..<step {
        let first = outer * shape[place] * step + inner
        let best = (0..<shape[place]).reduce(0) {
          isBetter(array.entries[first + $1 * step], array.entries[first + $0 * step]) ? $1 : $0
        }
        result.append(Double(best))
      }
    }
    let kept = shape.indices.compactMap { $0 == place ? keepsAxes ? 1 : nil : shape[$0] }
    return NumberArray(kept, result)
  }
}
