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

  /// The same numbers, without their part behind the point where the type has whole ones alone.
  private static let cast = ArrayWord { (machine, call) throws(ProgramError) in
    let x = try machine.array(call, 0)
    var type = ""
    if let given = call.argument(1, "dtype") {
      type = (machine.object(given) as? WordObject)?.name ?? machine.text(of: given)
    } else if call.name == "long" {
      type = "long"
    }
    let isWhole = type == "long" || type == "short" || type.contains("int")
    guard machine.isPlain(x), let numbers = machine.numbers(of: x) else {
      return isWhole ? try machine.apply(Operators.Truncate.self, [x], call.token) : x
    }
    if type.hasPrefix("bool") { return try machine.mask(x, .number(0), call.token) { $0 != $1 } }
    return machine.plain(
      isWhole
        ? NumberArray(numbers.shape, numbers.entries.map { $0.rounded(.towardZero) }) : numbers)
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
    guard let numbers = machine.numbers(of: places), numbers.shape.count == shape.count,
      shape.indices.contains(place)
    else {
      throw machine.failure(
        "\(quoted(call.name)) takes places of as many axes as the array, and one of them", call)
    }
    var subscripts: [ArrayOperation.Subscript] = []
    for (own, _) in shape.enumerated() {
      let step = numbers.shape[(own + 1)...].reduce(1, *)
      var indices: [Int] = []
      for (entry, number) in numbers.entries.enumerated() {
        indices.append(
          own == place
            ? try machine.whole(.number(number), call.token) : entry / step % numbers.shape[own])
      }
      subscripts.append(.indices(indices, shape: numbers.shape))
    }
    return try machine.apply(.select(subscripts), [x], call.token)
  }

  static let masks: [String: ArrayWord] = [
    "gather": gathered, "take_along_axis": gathered, "cosine_similarity": cosine,
    "invert": inverse, "logical_not": logical(1) { x, _ in !x },
    "logical_and": logical(2) { $0 && $1 },
    "logical_or": logical(2) { $0 || $1 }, "masked_fill": filled, "normalize": normalize,
    "astype": cast, "type": cast, "type_as": cast, "to": cast, "long": cast, "contiguous": cast,
    "cpu": cast, "cuda": cast,
  ]
}
