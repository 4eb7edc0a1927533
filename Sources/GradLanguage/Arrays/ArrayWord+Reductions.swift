import GradBase
import GradCore

/// Products of arrays, and what arrays become along their axes.
extension ArrayWord {
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

  static let products: [String: ArrayWord] = [
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
      return try machine.einsum(text.text, operands, call)
    },
  ]

  // MARK: Reductions

  /// What reductions make of an array without entries.
  static let ofNothing: [String: Double] = ["sum": 0, "prod": 1, "mean": .nan]

  static func reduction(_ reduction: ArrayOperation.Reduction) -> ArrayWord {
    ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
      if let list = call.argument(0, "a", "input").flatMap({ machine.object($0) }) as? ListObject,
        list.kind == .nothing, let value = ofNothing[call.name]
      {
        return .number(value)
      }
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
      // What PyTorch takes for an axis is a whole number; a tensor of one number is compared with.
      if call.isTorch, let other = call.argument(1, "other"),
        machine.isArray(other) || machine.object(other) == nil && machine.type(of: other) == .real
          || machine.givesTensor
      {
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
      let axis = try machine.axis(call, 1, default: -1)
      return try machine.alongAxis(axis, value, call) { make($0 ?? -1) }
    }
  }

  /// The mean, of entries with weights Σ w x / Σ w.
  private static let average = ArrayWord(makesArrays: false) {
    (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "a")
    let axes = try machine.axes(call, 1)
    guard let given = call.argument(2, "weights") else {
      return try machine.apply(
        .reduce(.mean, axes: axes, keepsAxes: machine.keepsAxes(call)), [value], call.token)
    }
    var weights = try machine.arrayed(given, call.token)
    let shape = machine.shape(of: value) ?? []
    if let axis = axes?.first, machine.shape(of: weights)?.count == 1, shape.count > 1 {
      var wide = [Int](repeating: 1, count: shape.count)
      wide[axis < 0 ? axis + shape.count : axis] = -1
      weights = try machine.apply(.reshape(wide), [weights], call.token)
      weights = try machine.apply(.broadcast(shape), [weights], call.token)
    }
    let product = try machine.apply(Operators.Multiply.self, [value, weights], call.token)
    func sum(_ x: Recorder.Operand) throws(ProgramError) -> Recorder.Operand {
      try machine.apply(
        .reduce(.sum, axes: axes, keepsAxes: machine.keepsAxes(call)), [x], call.token)
    }
    return try machine.apply(
      Operators.Divide.self, [try sum(product), try sum(weights)], call.token)
  }

  private static let norm = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0)
    var order = 2.0
    var isSpectral = false
    if let given = call.argument(1, "ord", "p") {
      if let text = machine.object(given) as? TextObject {
        guard text.text == "fro" else {
          throw machine.failure("'norm' is not read for the order '\(text.text)'", call)
        }
      } else {
        (order, isSpectral) = (try machine.real(given, call), true)
      }
    }
    let axes = try machine.axes(call, 2)
    if axes == nil, isSpectral, order == 2, !call.isTorch,
      (machine.shape(of: value) ?? []).count > 1
    {
      throw machine.failure(
        "'norm' of a matrix with order 2 is its largest singular value, which is not read", call,
        help: "without an order it is the root of the sum of squares")
    }
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
  }

  static let reductions: [String: ArrayWord] = [
    "sum": reduction(.sum), "mean": reduction(.mean), "average": average,
    "prod": reduction(.product), "amax": reduction(.max), "amin": reduction(.min),
    "reduce_sum": reduction(.sum), "reduce_mean": reduction(.mean),
    "logsumexp": reduction(.logSumExp),
    "max": extremum(.max, places: "argmax"), "min": extremum(.min, places: "argmin"),
    "var": spread { .variance(correction: $0) },
    "std": spread { .standardDeviation(correction: $0) },
    "argmax": place { $0 > $1 }, "argmin": place { $0 < $1 },
    "vector_norm": norm, "norm": norm,
    "reduce_max": reduction(.max), "reduce_min": reduction(.min),
    "softmax": softmax { .softmax(axis: $0) }, "log_softmax": softmax { .logSoftmax(axis: $0) },
    "cumsum": ArrayWord { (machine, call) throws(ProgramError) in
      let axes = try machine.axes(call, 1)
      let value = try machine.array(call, 0)
      return try machine.alongAxis(axes?.first, value, call) { .cumulativeSum(axis: $0) }
    },
  ]
}

extension Recorder {
  /// Whether the call at hand is given a tensor of one number, which is no axis: `torch.max(x, torch.tensor(0))`.
  fileprivate var givesTensor: Bool {
    guard callAtHand >= 0 else { return false }
    let call = program.tree.nodes[Int(callAtHand)]
    guard call.kind == .call else { return false }
    return program.tree.arguments[Int(call.second)..<Int(call.third)].contains { argument in
      let node = program.tree.nodes[Int(argument.value)]
      guard node.kind == .call, argument.keyword < 0 || program.names[argument.keyword] == "other"
      else { return false }
      let callee = program.tree.nodes[Int(node.first)]
      return callee.kind == .attribute && program.names[callee.second] == "tensor"
    }
  }

  /// An operation along an axis; PyTorch lets a number have one of one entry.
  fileprivate mutating func alongAxis(
    _ axis: Int?, _ value: Operand, _ call: ArrayCall, _ operation: (Int?) -> ArrayOperation
  ) throws(ProgramError) -> Operand {
    guard call.isTorch, shape(of: value) == [], axis.map({ $0 == 0 || $0 == -1 }) ?? false else {
      return try apply(operation(axis), [value], call.token)
    }
    let row = try apply(.reshape([1]), [value], call.token)
    return try apply(.reshape([]), [try apply(operation(axis), [row], call.token)], call.token)
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
    let place = try self.place(ofAxis: axis, in: shape, call)
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
