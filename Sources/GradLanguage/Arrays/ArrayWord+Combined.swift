import GradBase
import GradCore

/// Functions entry by entry and along an axis that are made of a few others.
extension ArrayWord {
  /// What is made of one array.
  private static func ofOne(
    _ make:
      @escaping @Sendable (inout Recorder, Recorder.Operand, ArrayCall) throws(ProgramError)
      -> Recorder.Operand
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      try make(&machine, try machine.array(call, 0, "x", "a", "input"), call)
    }
  }

  /// The larger or the smaller of two, where a NaN loses; where two tie, they share.
  private static func finiteExtremum(_ row: any Operator.Type) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "x1", "input")
      let y = try machine.array(call, 1, "x2", "other")
      for value in [x, y]
      where machine.numbers(of: value)?.entries.contains(where: \.isNaN) ?? false {
        throw machine.failure("\(quoted(call.name)) is read for numbers without NaN", call)
      }
      return try machine.apply(row, [x, y], call.token)
    }
  }

  /// What lies between two by a weight: start + weight · (end − start).
  private static let between = ArrayWord {
    (machine, call) throws(ProgramError) in
    let start = try machine.array(call, 0, "input")
    let end = try machine.array(call, 1, "end")
    let weight = try machine.array(call, 2, "weight")
    let way = try machine.apply(Operators.Subtract.self, [end, start], call.token)
    let part = try machine.apply(Operators.Multiply.self, [weight, way], call.token)
    return try machine.apply(Operators.Add.self, [start, part], call.token)
  }

  /// `addcmul` and `addcdiv`: a product or a quotient, weighed, and added.
  private static func added(_ row: any Operator.Type) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "input")
      let parts = [
        try machine.array(call, 1, "tensor1"), try machine.array(call, 2, "tensor2"),
      ]
      var term = try machine.apply(row, parts, call.token)
      if let weight = call.named("value") {
        term = try machine.apply(Operators.Multiply.self, [weight, term], call.token)
      }
      return try machine.apply(Operators.Add.self, [x, term], call.token)
    }
  }

  /// Products of the entries up to each one, along an axis.
  private static let cumulativeProduct = ArrayWord { (machine, call) throws(ProgramError) in
    var x = try machine.array(call, 0, "a", "input")
    let axes = try machine.axes(call, 1)
    if axes == nil { x = try machine.apply(.reshape([-1]), [x], call.token) }
    let shape = machine.shape(of: x) ?? []
    if shape.isEmpty { return x }
    let place = try machine.place(ofAxis: axes?.first ?? 0, in: shape, call)
    let before = [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: place)
    var products: [Recorder.Operand] = []
    for entry in 0..<shape[place] {
      let next = try machine.apply(.select(before + [.index(entry)]), [x], call.token)
      guard let last = products.last else {
        products.append(next)
        continue
      }
      products.append(try machine.apply(Operators.Multiply.self, [last, next], call.token))
    }
    if products.isEmpty { return x }
    return try machine.apply(.stack(axis: place), products, call.token)
  }

  static let combined: [String: ArrayWord] = [
    "cumprod": cumulativeProduct, "lerp": between,
    "addcmul": added(Operators.Multiply.self), "addcdiv": added(Operators.Divide.self),
    "fmax": finiteExtremum(Operators.SharedMaximum.self),
    "fmin": finiteExtremum(Operators.SharedMinimum.self),
    "reciprocal": ofOne { (machine, x, call) throws(ProgramError) in
      try machine.apply(Operators.Divide.self, [.number(1), x], call.token)
    },
    "rsqrt": ofOne { (machine, x, call) throws(ProgramError) in
      let root = try machine.apply(Operators.SquareRoot.self, [x], call.token)
      return try machine.apply(Operators.Divide.self, [.number(1), root], call.token)
    },
    // What is taken away is whole, and constant between jumps.
    "frac": ofOne { (machine, x, call) throws(ProgramError) in
      let numbers = machine.numbers(of: x) ?? NumberArray(.nan)
      let whole = NumberArray(numbers.shape, numbers.entries.map { $0.rounded(.towardZero) })
      return try machine.apply(Operators.Subtract.self, [x, machine.plain(whole)], call.token)
    },
  ]
}
