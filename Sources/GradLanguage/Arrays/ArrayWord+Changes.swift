import GradBase
import GradCore

/// Functions that add to entries of an array, as often as their places are given: `np.add.at`, `scatter_add`.
extension ArrayWord {
  private static func accumulated(_ row: any Operator.Type) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let target = try machine.array(call, 0, "a")
      guard let index = call.argument(1, "indices"), let given = call.argument(2, "b") else {
        throw machine.failure("\(quoted(call.name)) takes an array, places and values", call)
      }
      let indices =
        (machine.object(index) as? ListObject).flatMap { $0.isTuple ? $0.items : nil } ?? [index]
      let added = try machine.placed(given, at: indices, in: target, call)
      let result = try machine.apply(row, [target, added], call.token)
      try machine.checkUnchanged(target, call.token)
      try machine.store(result, instead: target, atArgument: 0, call.token)
      return .none
    }
  }

  static let changes: [String: ArrayWord] = [
    "add.at": accumulated(Operators.Add.self), "subtract.at": accumulated(Operators.Subtract.self),
    "scatter": ArrayWord { (machine, call) throws(ProgramError) in
      try machine.scattered(try machine.array(call, 0), call, from: 1, adds: false)
    },
    "scatter_add": ArrayWord { (machine, call) throws(ProgramError) in
      try machine.scattered(try machine.array(call, 0), call, from: 1, adds: true)
    },
    "index_add": ArrayWord { (machine, call) throws(ProgramError) in
      try machine.indexAdded(try machine.array(call, 0), call, from: 1)
    },
  ]
}

extension Recorder {
  /// Zeros like an array, with values added at the places that indices choose.
  fileprivate mutating func placed(
    _ given: Operand, at indices: [Operand], in target: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let shape = shape(of: target) ?? []
    let numbers = (0..<shape.reduce(1, *)).map(Double.init)
    let chosen = try arrayElement(indices, of: plain(NumberArray(shape, numbers)), call.token)
    guard let places = self.numbers(of: chosen) else { return plain(zeros(shape)) }
    let values = try apply(
      .broadcast(places.shape), [try arrayed(given, call.token)], call.token)
    return try added(values, at: places.entries.map { Int($0) }, in: shape, call)
  }

  private func zeros(_ shape: [Int]) -> NumberArray {
    NumberArray(shape, [Double](repeating: 0, count: shape.reduce(1, *)))
  }

  private mutating func added(
    _ values: Operand, at places: [Int], in shape: [Int], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    try apply(
      .scatter(sources: Array(places.indices), targets: places, weight: 1, shape: shape), [values],
      call.token)
  }

  /// PyTorch's `scatter` and `scatter_add`: the arguments from a place on are an axis, places and values.
  mutating func scattered(
    _ old: Operand, _ call: ArrayCall, from first: Int, adds: Bool
  ) throws(ProgramError) -> Operand {
    let shape = shape(of: old) ?? []
    let axis = try place(ofAxis: try whole(call.argument(first, "dim"), call) ?? 0, in: shape, call)
    guard let index = call.argument(first + 1, "index"),
      let given = call.argument(first + 2, "src", "value"),
      let numbers = numbers(of: try arrayed(index, call.token)),
      numbers.shape.count == shape.count,
      zip(numbers.shape, shape).enumerated().allSatisfy({ $0 == axis || $1.0 <= $1.1 })
    else {
      throw failure(
        "\(quoted(call.name)) takes an axis, places of as many axes as the array, and values", call)
    }
    var places: [Int] = []
    for (entry, number) in numbers.entries.enumerated() {
      let own = try whole(.number(number), call.token)
      guard (0..<shape[axis]).contains(own) else {
        throw failure(
          .indexOutOfRange, "place \(own) is out of range for an axis of \(shape[axis]) entries",
          call.token)
      }
      var (rest, place, step) = (entry, 0, 1)
      for number in shape.indices.reversed() {
        place += (number == axis ? own : rest % numbers.shape[number]) * step
        rest /= numbers.shape[number]
        step *= shape[number]
      }
      places.append(place)
    }
    let source = try arrayed(given, call.token)
    let values: Operand
    if self.shape(of: source)?.count == shape.count {
      let parts = numbers.shape.map { ArrayOperation.Subscript.slice(0, $0, nil) }
      values = try apply(.select(parts), [source], call.token)
    } else {
      values = try apply(.broadcast(numbers.shape), [source], call.token)
    }
    if adds {
      let sum = try added(values, at: places, in: shape, call)
      return try apply(Operators.Add.self, [old, sum], call.token)
    }
    // Of several values for one place the last one stays.
    var last: [Int: Int] = [:]
    for (source, place) in places.enumerated() { last[place] = source }
    let targets = last.keys.sorted()
    var mask = zeros(shape).entries
    for place in targets { mask[place] = 1 }
    let placed = try apply(
      .scatter(
        sources: targets.map { last[$0] ?? 0 }, targets: targets, weight: 1, shape: shape),
      [values], call.token)
    return try apply(.choose(mask: NumberArray(shape, mask)), [placed, old], call.token)
  }

  /// PyTorch's `index_add`: parts of an axis are added to those with given numbers.
  mutating func indexAdded(
    _ old: Operand, _ call: ArrayCall, from first: Int
  ) throws(ProgramError) -> Operand {
    let axis = try place(
      ofAxis: try whole(call.argument(first, "dim"), call) ?? 0, in: shape(of: old) ?? [], call)
    guard let index = call.argument(first + 1, "index"),
      var given = call.argument(first + 2, "source")
    else { throw failure("\(quoted(call.name)) takes an axis, places and values", call) }
    if let factor = call.named("alpha") {
      given = try apply(Operators.Multiply.self, [factor, given], call.token)
    }
    let before = [Operand](repeating: make(SliceObject([nil, nil, nil])), count: axis)
    let added = try placed(given, at: before + [index], in: old, call)
    return try apply(Operators.Add.self, [old, added], call.token)
  }
}
