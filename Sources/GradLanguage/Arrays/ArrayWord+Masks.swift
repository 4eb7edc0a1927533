import GradBase
import GradCore

/// Functions of masks, which have no derivatives, and of types, which are all Float64 here.
extension ArrayWord {
  private static func logical(
    _ count: Int, _ holds: @escaping @Sendable (Bool, Bool) -> Bool
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0)
      let y = count > 1 ? try machine.array(call, 1) : x
      return try machine.mask(x, y, call.token) { holds($0 != 0, $1 != 0) }
    }
  }

  /// `~mask`; of whole numbers Python turns the bits around.
  private static let inverse = ArrayWord { (machine, call) throws(ProgramError) in
    let x = call.argument(0) ?? .none
    if machine.program.source.isPython, machine.shape(of: x) == [], !machine.isMask(x),
      machine.type(of: x) == .whole
    {
      return .number(-machine.number(x) - 1, .whole)
    }
    guard machine.isMask(x) else {
      throw machine.failure(
        .unsupportedOperator, "'~' is not supported", call.token,
        help: "it turns a mask around, such as x > 0")
    }
    return try machine.mask(x, .number(0), call.token) { a, _ in a == 0 }
  }

  /// A number in the places where a mask holds.
  private static let filled = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let mask = try machine.array(call, 1, "mask")
    let value = try machine.array(call, 2, "value")
    let shape = machine.shape(of: x) ?? []
    let wide = try machine.apply(
      .broadcast(shape), [machine.plain(machine.numbers(of: mask) ?? NumberArray(0))], call.token)
    return try machine.chosen(wide, value, x, call)
  }

  /// The same numbers in another type: `x.astype(int)`, `x.to(torch.float)`.
  private static let cast = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0)
    guard let type = call.argument(1, "dtype", "other"), !machine.isArray(type) else { return x }
    let result = try machine.cast(x, to: machine.name(ofType: type), call.token)
    // `astype` makes a copy even of what has the type already.
    guard call.name == "astype", case .node(let old) = x, case .node(old) = result else {
      return result
    }
    return try machine.copied(x, call.token)
  }

  /// Methods of arrays alone that are named as types, since as functions they are of numbers: `m.float()`.
  static let methodsOfTypes: [String: ArrayWord] = [
    "float", "double", "half", "bfloat16", "int", "long", "short", "bool",
  ].reduce(into: [:]) { words, type in
    words[type] = ArrayWord { (machine, call) throws(ProgramError) in
      try machine.cast(try machine.array(call, 0), to: type, call.token)
    }
  }

  /// Entries side by side, compared: `np.greater(x, 0)`, `x.gt(0)`.
  private static func comparison(
    _ holds: @escaping @Sendable (Double, Double) -> Bool
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let mask = try machine.mask(
        try machine.array(call, 0, "input", "x1"), try machine.array(call, 1, "other", "x2"),
        call.token, holds)
      // `torch.equal` asks one question of two arrays.
      guard call.isTorch, call.name == "equal" else { return mask }
      return .truth(machine.numbers(of: mask)?.entries.allSatisfy { $0 != 0 } ?? false)
    }
  }

  /// A question to each entry: `np.isnan(x)`.
  private static func question(_ holds: @escaping @Sendable (Double) -> Bool) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      try machine.mask(try machine.array(call, 0, "input", "x"), .number(0), call.token) { x, _ in
        holds(x)
      }
    }
  }

  private static let isContained = ArrayWord { (machine, call) throws(ProgramError) in
    let values = Set(try machine.entries(call, 1, "test_elements").entries)
    let isInverted = machine.holds(call.named("invert"))
    return try machine.mask(
      try machine.array(call, 0, "elements"), .number(0), call.token
    ) { x, _ in values.contains(x) != isInverted }
  }

  /// Whether a mask holds anywhere, or everywhere, along axes or in all.
  private static func quantified(_ reduction: ArrayOperation.Reduction) -> ArrayWord {
    ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
      let mask = try machine.mask(try machine.array(call, 0, "a", "input"), .number(0), call.token)
      {
        $0 != $1
      }
      let axes = try machine.axes(call, 1)
      let held = try machine.apply(
        .reduce(reduction, axes: axes, keepsAxes: machine.keepsAxes(call)), [mask], call.token)
      return try machine.mask(held, .number(0), call.token) { $0 != $1 }
    }
  }

  /// x / max(‖x‖, eps).
  private static let normalize = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input")
    let order = try call.argument(1, "p").map { (value) throws(ProgramError) in
      try machine.real(value, call)
    }
    let axis = try machine.axis(call, 2, default: 1)
    let eps = try call.argument(3, "eps").map { (value) throws(ProgramError) in
      try machine.real(value, call)
    }
    let norm = try machine.apply(
      .reduce(.norm(order: order ?? 2), axes: [axis], keepsAxes: true), [x], call.token)
    let bounded = try machine.apply(
      Operators.Maximum.self, [norm, .number(eps ?? 1e-12)], call.token)
    return try machine.apply(Operators.Divide.self, [x, bounded], call.token)
  }

  /// x · y / (max(‖x‖, eps) max(‖y‖, eps)).
  private static let cosine = ArrayWord { (machine, call) throws(ProgramError) in
    let axis = try machine.axis(call, 2, default: 1)
    let eps = try call.argument(3, "eps").map { (value) throws(ProgramError) in
      try machine.real(value, call)
    }
    var unit: [Recorder.Operand] = []
    for (place, word) in ["x1", "x2"].enumerated() {
      let x = try machine.array(call, place, word)
      let norm = try machine.apply(
        .reduce(.norm(order: 2), axes: [axis], keepsAxes: true), [x], call.token)
      let bounded = try machine.apply(
        Operators.Maximum.self, [norm, .number(eps ?? 1e-8)], call.token)
      unit.append(try machine.apply(Operators.Divide.self, [x, bounded], call.token))
    }
    let product = try machine.apply(Operators.Multiply.self, unit, call.token)
    return try machine.apply(.reduce(.sum, axes: [axis], keepsAxes: false), [product], call.token)
  }

  /// Along one axis the entries that an array of places names.
  private static let gathered = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0, "input", "arr")
    let isNumPy = call.name == "take_along_axis"
    let places = try machine.array(call, isNumPy ? 1 : 2, "index", "indices")
    let axis = try machine.axis(call, isNumPy ? 2 : 1, default: 0)
    let shape = machine.shape(of: x) ?? []
    let place = axis < 0 ? axis + shape.count : axis
    guard machine.shape(of: places)?.count == shape.count, shape.indices.contains(place) else {
      throw machine.failure(
        "\(quoted(call.name)) takes places of as many axes as the array, and one of them", call)
    }
    return try machine.taken(x, along: place, places, call)
  }

  static let masks: [String: ArrayWord] = [
    "gather": gathered, "take_along_axis": gathered, "cosine_similarity": cosine,
    "invert": inverse, "logical_not": logical(1) { x, _ in !x },
    "logical_and": logical(2) { $0 && $1 },
    "logical_or": logical(2) { $0 || $1 }, "logical_xor": logical(2) { $0 != $1 },
    "less": comparison { $0 < $1 }, "lt": comparison { $0 < $1 },
    "less_equal": comparison { $0 <= $1 }, "le": comparison { $0 <= $1 },
    "greater": comparison { $0 > $1 }, "gt": comparison { $0 > $1 },
    "greater_equal": comparison { $0 >= $1 }, "ge": comparison { $0 >= $1 },
    "equal": comparison { $0 == $1 }, "eq": comparison { $0 == $1 },
    "not_equal": comparison { $0 != $1 }, "ne": comparison { $0 != $1 },
    "isnan": question(\.isNaN), "isfinite": question(\.isFinite), "isinf": question(\.isInfinite),
    "generate_square_subsequent_mask": ArrayWord { (machine, call) throws(ProgramError) in
      let size = try machine.whole(call.argument(0, "sz"), call) ?? 1
      try machine.checkEntries(size * size, call.token)
      return machine.plain(
        NumberArray(
          [size, size], (0..<size * size).map { $0 / size < $0 % size ? -.infinity : 0 }))
    },
    "is_integer": ArrayWord { (machine, call) throws(ProgramError) in
      let number = try machine.real(call.argument(0) ?? .none, call)
      return .truth(number.isFinite && number == number.rounded())
    },
    "isin": isContained, "any": quantified(.max), "all": quantified(.min),
    "masked_fill": filled, "normalize": normalize,
    "astype": cast, "type": cast, "type_as": cast, "to": cast, "contiguous": cast,
    "cpu": cast, "cuda": cast,
  ].merging(functionsOfTypes) { first, _ in first }

  /// Types of NumPy as functions: `np.int64(x > 0)`.
  private static let functionsOfTypes: [String: ArrayWord] = [
    "int8", "int16", "int32", "int64", "uint8", "float16", "float32", "bool_",
  ].reduce(into: [:]) { words, type in
    words[type] = ArrayWord { (machine, call) throws(ProgramError) in
      try machine.cast(try machine.array(call, 0, "x"), to: type, call.token)
    }
  }
}

extension Recorder {
  /// Whether a value names a type: `float`, `'int32'`.
  func isType(_ value: Operand) -> Bool {
    object(value) is WordObject || object(value) is TextObject
  }

  /// The name of a type that a program names: `np.float64`, `bool`, `'int32'`.
  func name(ofType type: Operand) -> String {
    (object(type) as? WordObject)?.name ?? text(of: type)
  }

  /// A value in another type: of truths a mask, of whole numbers without what is behind the point.
  ///
  /// All other types are Float64 here.
  mutating func cast(
    _ value: Operand, to type: String, _ token: Int32
  ) throws(ProgramError) -> Operand {
    if type.contains("bool") { return try mask(value, .number(0), token) { $0 != $1 } }
    let isWhole = type.hasSuffix("long") || type.hasSuffix("short") || type.contains("int")
    guard isPlain(value) || isMask(value), let numbers = numbers(of: value) else {
      if !isWhole, self.type(of: value) == .whole {
        let copy = try apply(Operators.Identity.self, [value], token)
        return asReal(copy)
      }
      return isWhole ? try apply(Operators.Truncate.self, [value], token) : value
    }
    return plain(
      isWhole
        ? NumberArray(numbers.shape, numbers.entries.map { $0.rounded(.towardZero) }) : numbers,
      isWhole ? .whole : .real)
  }
}
