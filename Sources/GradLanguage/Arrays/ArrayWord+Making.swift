import GradBase
import GradCore

/// Functions that make arrays of plain numbers.
extension ArrayWord {
  private static func filled(with number: Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let shape = try machine.shape(call, from: 0)
      try machine.checkShape(shape, call)
      let array = machine.plain(
        NumberArray(shape, [Double](repeating: number, count: shape.reduce(1, *))), .real)
      guard let type = call.argument(1), machine.isType(type) else { return array }
      return try machine.cast(array, to: machine.name(ofType: type), call.token)
    }
  }

  private static func filledAlike(with number: Double) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let shape = try machine.arrayShape(call, 0)
      return machine.plain(
        NumberArray(shape, [Double](repeating: number, count: shape.reduce(1, *))),
        call.argument(0).map { machine.type(of: $0) } ?? .real)
    }
  }

  private static let made = ArrayWord { (machine, call) throws(ProgramError) in
    if let given = call.argument(0), let list = machine.object(given) as? ListObject,
      !list.items.isEmpty, list.items.allSatisfy({ machine.object($0) is TextObject })
    {
      // What is an array of texts in NumPy is a list of them here.
      call.ignoreRest()
      return given
    }
    var value = try machine.array(call, 0, "object", "data")
    if machine.isList(value) {
      value = try machine.apply(Operators.Identity.self, [value], call.token)
    }
    // A tensor of a node is its value, through which no derivative goes; `np.array` is its argument.
    guard ["tensor", "Tensor", "constant"].contains(call.name), case .node(let node) = value,
      !(machine.object(call.argument(0) ?? .none) is ListObject)
    else {
      guard let type = call.argument(1), machine.isType(type) else {
        return call.name == "array" ? try machine.copied(value, call.token) : value
      }
      return try machine.cast(value, to: machine.name(ofType: type), call.token)
    }
    return .node(try machine.held(node, call.token))
  }

  /// Numbers that stand evenly between two others, or what is made of them.
  private static func evenly(
    of ends: @escaping @Sendable (Double) -> Double = { $0 }, takesBase: Bool = false,
    _ made: @escaping @Sendable ([Double], Double) -> [Double]
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let start = ends(try machine.entries(call, 0, "start").number ?? .nan)
      let stop = ends(try machine.entries(call, 1, "stop").number ?? .nan)
      let count = try machine.whole(call.argument(2, "num", "steps"), call) ?? 50
      try machine.checkEntries(count, call.token)
      // PyTorch's fourth argument is the base, NumPy's the fifth.
      let isBaseFourth = takesBase && call.isTorch
      let reachesStop =
        isBaseFourth || machine.holds(call.argument(3, "endpoint"), default: true)
      let base =
        takesBase
        ? try call.argument(isBaseFourth ? 3 : 4, "base").map { (value) throws(ProgramError) in
          try machine.real(value, call)
        } : nil
      let step = count > 1 ? (stop - start) / Double(reachesStop ? count - 1 : count) : 0
      var entries = (0..<count).map { start + Double($0) * step }
      if count > 1, reachesStop { entries[count - 1] = stop }
      return machine.plain(NumberArray(made(entries, base ?? 10)), .real)
    }
  }

  private static let copy = ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
    let value = call.argument(0) ?? .none
    if call.name == "deepcopy" || call.name == "copy", machine.object(value) != nil,
      !machine.isArray(value) || machine.object(value) is WeightObject
    {
      return try machine.copiedParts(of: value, isDeep: call.name == "deepcopy", call.token)
    }
    return machine.isArray(value)
      ? try machine.copied(try machine.arrayed(value, call.token), call.token) : value
  }

  private static let eye = ArrayWord { (machine, call) throws(ProgramError) in
    let rows = try machine.whole(call.argument(0, "N", "n"), call) ?? 1
    let columns = try machine.whole(call.argument(1, "M", "m"), call) ?? rows
    let shape = try machine.shape(
      ArrayCall(
        call.name, [.number(Double(rows)), .number(Double(columns))], [:], call.token,
        isTorch: call.isTorch), from: 0)
    try machine.checkShape(shape, call)
    let shift = try machine.whole(call.argument(2, "k"), call) ?? 0
    return machine.plain(
      NumberArray(shape, (0..<rows * columns).map { $0 / columns + shift == $0 % columns ? 1 : 0 }))
  }

  static let making: [String: ArrayWord] = [
    "array": made, "asarray": made, "tensor": made, "as_tensor": made, "Tensor": made,
    "FloatTensor": made, "DoubleTensor": made, "LongTensor": made, "constant": made,
    "from_numpy": made, "matrix": made, "copy": copy, "clone": copy, "deepcopy": copy,
    "item": ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      guard let number = machine.numbers(of: value)?.number else {
        throw machine.failure("'item' is of one entry, not of \(machine.described(value))", call)
      }
      if machine.usesNumPyAlone, case .node = value {
        return machine.shape(of: value) == []
          ? value : try machine.apply(.reshape([]), [value], call.token)
      }
      return .number(number, machine.type(of: value))
    },
    "zeros": filled(with: 0), "ones": filled(with: 1),
    "zeros_like": filledAlike(with: 0), "ones_like": filledAlike(with: 1),
    // What NumPy leaves as it is found; a program fills it.
    "empty": filled(with: 0), "empty_like": filledAlike(with: 0),
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
      var areWhole = true
      for value in call.rest(from: 0)
        + ["start", "stop", "end", "step"].compactMap({ call.named($0) })
      where machine.type(of: value) == .real { areWhole = false }
      for value in call.rest(from: 0) where !machine.isType(value) {
        numbers.append(try machine.real(value, call))
      }
      if let stop = call.named("stop", "end") {
        let start = try call.named("start").map { (value) throws(ProgramError) in
          try machine.real(value, call)
        }
        numbers = [start ?? numbers.first ?? 0, try machine.real(stop, call)]
      }
      if let step = call.named("step") {
        numbers = (numbers.count == 1 ? [0] : []) + numbers + [try machine.real(step, call)]
      }
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
      let type: NumberType = areWhole ? .whole : .real
      return machine.plain(NumberArray((0..<Int(length)).map { start + Double($0) * step }), type)
    },
    "linspace": evenly { entries, _ in entries },
    "logspace": evenly(takesBase: true) { entries, base in
      entries.map { Operators.Power.value(base, $0) }
    },
    "geomspace": evenly(of: Operators.Log10.value) { entries, _ in
      entries.map { Operators.Power.value(10, $0) }
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
}
