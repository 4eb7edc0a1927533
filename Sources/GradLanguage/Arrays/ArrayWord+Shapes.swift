import GradBase
import GradCore

/// Functions that put entries elsewhere.
extension ArrayWord {
  private static let reshape = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0)
    let shape = try machine.shape(call, from: 1)
    return try machine.apply(.reshape(shape), [value], call.token)
  }

  private static let flatten = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0)
    let shape = machine.shape(of: value) ?? []
    // NumPy's second argument is an order of memory.
    let order = (call.argument(1, "order").flatMap { machine.object($0) } as? TextObject)?.text
    guard order.map({ ["C", "K", "A"].contains($0) }) ?? true else {
      throw machine.failure("\(quoted(call.name)) is read for rows one after the other", call)
    }
    let isOrder = order != nil
    let first = isOrder ? 0 : try machine.whole(call.argument(1, "start_dim"), call) ?? 0
    let last = isOrder ? -1 : try machine.whole(call.argument(2, "end_dim"), call) ?? -1
    let start = first < 0 ? first + shape.count : first
    let end = last < 0 ? last + shape.count : last
    guard start >= 0, start <= end, end < shape.count, start > 0 || end < shape.count - 1 else {
      return try machine.apply(.reshape([-1]), [value], call.token)
    }
    return try machine.apply(
      .reshape(Array(shape[..<start]) + [-1] + Array(shape[(end + 1)...])), [value], call.token)
  }

  private static let transpose = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0)
    var order: [Int] = []
    for part in call.rest(from: 1) where !part.isNone { order += try machine.wholes(part, call) }
    if let axes = try machine.axes(call, 9) { order = axes }
    let rank = (machine.shape(of: value) ?? []).count
    if call.isTorch, call.name == "transpose", order.count == 2 {
      return try machine.swapped(value, order[0], order[1], call)
    }
    if rank < 2, order.isEmpty { return value }
    return try machine.apply(.transpose(order.isEmpty ? nil : order), [value], call.token)
  }

  private static let swap = ArrayWord { (machine, call) throws(ProgramError) in
    try machine.swapped(
      try machine.array(call, 0), try machine.axis(call, 1, default: 0),
      try machine.whole(call.argument(2, "axis2", "dim1"), call) ?? 1, call)
  }

  private static let squeeze = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0)
    let shape = machine.shape(of: value) ?? []
    let wanted = try machine.axes(call, 1)?.map { $0 < 0 ? $0 + shape.count : $0 }
    if let axis = wanted?.first(where: {
      !shape.indices.contains($0) || shape[$0] != 1 && !call.isTorch
    }) {
      throw machine.failure(
        "axis \(axis) of the shape \(shapeText(shape)) is not one of a single entry", call)
    }
    let rest = shape.indices.filter { axis in
      shape[axis] != 1 || !(wanted?.contains(axis) ?? true)
    }
    return try machine.apply(.reshape(rest.map { shape[$0] }), [value], call.token)
  }

  private static let expand = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0)
    var shape = machine.shape(of: value) ?? []
    let axis = try machine.axis(call, 1, default: 0)
    let place = axis < 0 ? axis + shape.count + 1 : axis
    guard (0...shape.count).contains(place) else {
      throw machine.failure("axis \(axis) is out of range for shape \(shapeText(shape))", call)
    }
    shape.insert(1, at: place)
    return try machine.apply(.reshape(shape), [value], call.token)
  }

  /// Arrays one after the other along an axis, where numbers and vectors gain what they lack.
  private static func joined(
    _ prepare: @escaping @Sendable ([Int]) -> [Int]?, axis fixed: Int? = nil,
    axisOfVectors: Int? = nil
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      guard let list = call.argument(0, "arrays", "tensors", "values") else {
        throw machine.failure("\(quoted(call.name)) takes a list of arrays", call)
      }
      var parts: [Recorder.Operand] = []
      for item in try machine.allItems(of: list, call.token) {
        var part = try machine.arrayed(item, call.token)
        if let shape = machine.shape(of: part), let wanted = prepare(shape) {
          part = try machine.apply(.reshape(wanted), [part], call.token)
        }
        parts.append(part)
      }
      guard let first = parts.first else {
        throw machine.failure("\(quoted(call.name)) of an empty list has no entries", call)
      }
      let rank = (machine.shape(of: first) ?? []).count
      var axis = try machine.axis(call, 1, default: 0)
      if let fixed { axis = rank == 1 ? axisOfVectors ?? fixed : fixed }
      return try machine.apply(.concatenate(axis: axis), parts, call.token)
    }
  }

  private static let concatenate = joined({ _ in nil })
  private static let rows = joined({ $0.count < 2 ? [1, $0.first ?? 1] : nil }, axis: 0)
  private static let columns = joined({ $0.count < 2 ? [$0.first ?? 1, 1] : nil }, axis: 1)

  /// In the shape of another array.
  private static func alike(_ operation: @escaping @Sendable ([Int]) -> ArrayOperation) -> ArrayWord
  {
    ArrayWord { (machine, call) throws(ProgramError) in
      let shape = try machine.arrayShape(call, 1)
      return try machine.apply(operation(shape), [try machine.array(call, 0)], call.token)
    }
  }

  /// A number that the shape of an array tells.
  private static func number(_ count: @escaping @Sendable ([Int]) -> Double) -> ArrayWord {
    ArrayWord(makesArrays: false) { (machine, call) throws(ProgramError) in
      .number(count(try machine.arrayShape(call, 0)))
    }
  }

  static let shaping: [String: ArrayWord] = [
    "reshape": reshape, "view": reshape, "flatten": flatten, "ravel": flatten,
    "transpose": transpose, "permute": transpose, "t": transpose,
    "swapaxes": swap, "swapdims": swap,
    "squeeze": squeeze, "unsqueeze": expand, "expand_dims": expand,
    "concatenate": concatenate, "cat": concatenate, "concat": concatenate,
    "vstack": rows,
    "hstack": joined({ $0.isEmpty ? [1] : nil }, axis: 1, axisOfVectors: 0),
    "stack": ArrayWord { (machine, call) throws(ProgramError) in
      guard let list = call.argument(0, "arrays", "tensors", "values") else {
        throw machine.failure("'stack' takes a list of arrays", call)
      }
      var parts: [Recorder.Operand] = []
      for item in try machine.allItems(of: list, call.token) {
        parts.append(try machine.arrayed(item, call.token))
      }
      return try machine.apply(
        .stack(axis: try machine.axis(call, 1, default: 0)), parts, call.token)
    },
    "view_as": alike { .reshape($0) }, "reshape_as": alike { .reshape($0) },
    "expand_as": alike { .broadcast($0) },
    "numel": number { Double($0.reduce(1, *)) }, "nelement": number { Double($0.reduce(1, *)) },
    "dim": number { Double($0.count) }, "ndimension": number { Double($0.count) },
    "size": ArrayWord { (machine, call) throws(ProgramError) in
      let shape = try machine.arrayShape(call, 0)
      guard let axis = try machine.axes(call, 1)?.first else {
        return call.isTorch
          ? machine.make(ListObject(shape.map { .number(Double($0)) }, isTuple: true))
          : .number(Double(shape.reduce(1, *)))
      }
      let place = try machine.place(ofAxis: axis, in: shape, call)
      return .number(Double(shape[place]))
    },
    "column_stack": columns, "c_": columns,
    "r_": joined { $0.isEmpty ? [1] : nil }, "row_stack": rows,
    "broadcast_to": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      return try machine.apply(
        .broadcast(try machine.shape(call, from: 1)), [value], call.token)
    },
    "expand": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      let own = machine.shape(of: value) ?? []
      let wanted = try machine.shape(call, from: 1)
      let missing = wanted.count - own.count
      let shape = wanted.indices.map { axis in
        wanted[axis] == -1 && axis >= missing ? own[axis - missing] : wanted[axis]
      }
      return try machine.apply(.broadcast(shape), [value], call.token)
    },
    "diagonal": diagonal, "diag": diagonal,
    "trace": ArrayWord { (machine, call) throws(ProgramError) in
      try machine.contract("ii->", [try machine.array(call, 0)], call)
    },
    "tril": triangle { $0 >= $1 }, "triu": triangle { $0 <= $1 },
    "pad": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      let rank = (machine.shape(of: value) ?? []).count
      // In two steps: the argument may make objects, which the question then has to see.
      let constants = try machine.arrayed(
        call.argument(3, "constant_values", "value") ?? .number(0), call.token)
      let areZeros = machine.numbers(of: constants)?.entries.allSatisfy { $0 == 0 } ?? false
      guard let given = call.argument(1, "pad_width", "pad"),
        call.argument(2, "mode").map({ (machine.object($0) as? TextObject)?.text == "constant" })
          ?? true,
        areZeros
      else { throw machine.failure("'pad' is read for constant zeros", call) }
      return try machine.apply(
        .pad(try machine.widths(given, rank, call)), [value], call.token)
    },
  ]

  /// The diagonal of a matrix, and by the name `diag` a matrix with a diagonal.
  private static let diagonal = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "a", "input")
    let shape = machine.shape(of: value) ?? []
    if call.name == "diagonal", shape.count != 2 {
      throw machine.failure("'diagonal' is read of a matrix, not of \(shapeText(shape))", call)
    }
    let shift = try machine.whole(call.argument(1, "k", "diagonal", "offset"), call) ?? 0
    if shape.count == 2 {
      let diagonal = (0..<shape[0]).filter { (0..<shape[1]).contains($0 + shift) }
      guard !diagonal.isEmpty else {
        throw machine.failure("diagonal \(shift) of \(shapeText(shape)) has no entries", call)
      }
      return try machine.apply(
        .select([
          .indices(diagonal, shape: [diagonal.count]),
          .indices(diagonal.map { $0 + shift }, shape: [diagonal.count]),
        ]), [value], call.token)
    }
    guard shape.count == 1 else {
      throw machine.failure("'diag' takes a vector or a matrix", call)
    }
    let size = shape[0] + abs(shift)
    let zeros = machine.plain(
      NumberArray([size, size], [Double](repeating: 0, count: size * size)))
    let rows = (0..<shape[0]).map { $0 + max(-shift, 0) }
    return try machine.apply(
      .replace([
        .indices(rows, shape: shape), .indices(rows.map { $0 + shift }, shape: shape),
      ]), [zeros, value], call.token)
  }

  private static func triangle(_ keeps: @escaping @Sendable (Int, Int) -> Bool) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      let shift = try machine.whole(call.argument(1, "k", "diagonal"), call) ?? 0
      let shape = machine.shape(of: value) ?? []
      guard shape.count >= 2 else {
        throw machine.failure("\(quoted(call.name)) takes a matrix", call)
      }
      let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
      let entries = (0..<rows * columns).map { entry in
        keeps(entry / columns + shift, entry % columns) ? 1.0 : 0
      }
      if let numbers = machine.numbers(of: value), !numbers.entries.allSatisfy(\.isFinite) {
        // 0 times what is infinite is none of the zeros beside the triangle.
        let mask = NumberArray(
          shape, numbers.entries.indices.map { entries[$0 % (rows * columns)] })
        return try machine.apply(.choose(mask: mask), [value, .number(0)], call.token)
      }
      let kept = machine.plain(
        NumberArray([rows, columns], entries), machine.type(of: value))
      return try machine.apply(Operators.Multiply.self, [value, kept], call.token)
    }
  }
}

extension Recorder {
  fileprivate mutating func swapped(
    _ value: Operand, _ first: Int, _ second: Int, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let rank = (shape(of: value) ?? []).count
    var order = Array(0..<rank)
    let (a, b) = (first < 0 ? first + rank : first, second < 0 ? second + rank : second)
    guard order.indices.contains(a), order.indices.contains(b) else {
      throw failure("the axes \(first) and \(second) are out of range for rank \(rank)", call)
    }
    order.swapAt(a, b)
    return try apply(.transpose(order == [1, 0] ? nil : order), [value], call.token)
  }

  /// The zeros before and after each axis: `((1, 1), (2, 2))`, `1`, or PyTorch's pairs from the last axis.
  fileprivate mutating func widths(
    _ value: Operand, _ rank: Int, _ call: ArrayCall
  ) throws(ProgramError) -> [[Int]] {
    if call.isTorch {
      let numbers = try wholes(value, call)
      guard numbers.count.isMultiple(of: 2), numbers.count <= 2 * rank else {
        throw failure("'pad' takes two numbers for each axis, the last one first", call)
      }
      var widths = [[Int]](repeating: [0, 0], count: rank)
      for pair in 0..<numbers.count / 2 {
        widths[rank - 1 - pair] = [numbers[2 * pair], numbers[2 * pair + 1]]
      }
      return widths
    }
    if let all = numbers(of: value)?.number {
      let count = try whole(.number(all), call.token)
      return [[Int]](repeating: [count, count], count: rank)
    }
    var widths: [[Int]] = []
    for item in try allItems(of: value, call.token) { widths.append(try wholes(item, call)) }
    if widths.allSatisfy({ $0.count == 1 }), widths.count == 2, rank == 1 {
      return [[widths[0][0], widths[1][0]]]
    }
    if widths.count == 1 { widths = [[Int]](repeating: widths[0], count: rank) }
    // One number is for both ends.
    return widths.map { $0.count == 1 ? [$0[0], $0[0]] : $0 }
  }
}
