import GradBase
import GradCore

/// Functions that take entries of an axis in another order, or several times.
extension ArrayWord {
  /// Each entry several times, one after the other: of an axis or of all, all as often or each by a count of its
  /// own.
  private static let repeated = ArrayWord { (machine, call) throws(ProgramError) in
    var value = try machine.array(call, 0)
    var axis = try machine.axes(call, 2)?.first
    if axis == nil {
      value = try machine.apply(.reshape([-1]), [value], call.token)
      axis = 0
    }
    let shape = machine.shape(of: value) ?? []
    let size = shape[try machine.place(ofAxis: axis ?? 0, in: shape, call)]
    guard let given = call.argument(1, "repeats") else {
      throw machine.failure("\(quoted(call.name)) takes how often each entry stands", call)
    }
    var counts = try machine.wholes(given, call)
    if counts.count == 1 { counts = [Int](repeating: counts[0], count: size) }
    guard counts.count == size else {
      throw machine.failure("\(quoted(call.name)) takes as many counts as there are entries", call)
    }
    let total = counts.reduce(0.0) { $0 + Double($1) }
    guard total > 0, counts.allSatisfy({ $0 >= 0 }) else {
      throw machine.failure("\(quoted(call.name)) takes how often each entry stands", call)
    }
    try machine.checkEntries(Int(min(total, 1e15)), call.token)
    return try machine.taken(
      value, axis ?? 0,
      { _ in counts.indices.flatMap { [Int](repeating: $0, count: counts[$0]) } }, call)
  }

  static let orders: [String: ArrayWord] = [
    "repeat": ArrayWord { (machine, call) throws(ProgramError) in
      call.isTorch ? try machine.tiled(call) : try repeated.run(&machine, call)
    },
    "repeat_interleave": repeated,
    "tile": ArrayWord { (machine, call) throws(ProgramError) in try machine.tiled(call) },
    "flip": ArrayWord { (machine, call) throws(ProgramError) in
      var value = try machine.array(call, 0)
      let rank = (machine.shape(of: value) ?? []).count
      for axis in try machine.axes(call, 1) ?? Array(0..<rank) {
        value = try machine.taken(value, axis, { (0..<$0).reversed() }, call)
      }
      return value
    },
    "roll": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      let shift = try machine.whole(call.argument(1, "shift", "shifts"), call) ?? 0
      func order(_ count: Int) -> [Int] {
        (0..<count).map { (($0 - shift) % count + count) % count }
      }
      guard let axis = try machine.axes(call, 2)?.first else {
        let flat = try machine.apply(.reshape([-1]), [value], call.token)
        let rolled = try machine.taken(flat, 0, order, call)
        return try machine.apply(.reshape(machine.shape(of: value) ?? []), [rolled], call.token)
      }
      return try machine.taken(value, axis, order, call)
    },
    "take": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      let numbers = try machine.entries(call, 1)
      var indices: [Int] = []
      for number in numbers.entries {
        indices.append(try machine.whole(.number(number), call.token))
      }
      let axis = try machine.axes(call, 2)?.first
      let whole: ArrayOperation.Subscript = .slice(nil, nil, nil)
      if let axis {
        let place = axis < 0 ? axis + (machine.shape(of: value) ?? []).count : axis
        return try machine.apply(
          .select(
            [ArrayOperation.Subscript](repeating: whole, count: max(place, 0))
              + [.indices(indices, shape: numbers.shape)]), [value], call.token)
      }
      let flat = try machine.apply(.reshape([-1]), [value], call.token)
      return try machine.apply(
        .select([.indices(indices, shape: numbers.shape)]), [flat], call.token)
    },
  ]
}

extension Recorder {
  /// Entries of one axis in another order, or several times.
  fileprivate mutating func taken(
    _ value: Operand, _ axis: Int, _ order: (Int) -> [Int], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let shape = shape(of: value) ?? []
    let place = try self.place(ofAxis: axis, in: shape, call)
    let indices = order(shape[place])
    try checkEntries(indices.count, call.token)
    return try apply(
      .select(
        [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: place)
          + [.indices(indices, shape: [indices.count])]), [value], call.token)
  }

  fileprivate mutating func tiled(_ call: ArrayCall) throws(ProgramError) -> Operand {
    var value = try array(call, 0)
    var counts: [Int] = []
    for part in call.rest(from: 1) { counts += try wholes(part, call) }
    if let given = call.named("reps", "repeats", "dims") { counts = try wholes(given, call) }
    guard !counts.isEmpty, counts.allSatisfy({ $0 > 0 }) else {
      throw failure("\(quoted(call.name)) takes how often each axis stands", call)
    }
    var shape = shape(of: value) ?? []
    if shape.count < counts.count {
      shape = [Int](repeating: 1, count: counts.count - shape.count) + shape
      value = try apply(.reshape(shape), [value], call.token)
    }
    let missing = shape.count - counts.count
    for (axis, count) in counts.enumerated() where count > 1 {
      value = try taken(
        value, missing + axis,
        { size in Array([[Int]](repeating: Array(0..<size), count: count).joined()) }, call)
    }
    return value
  }
}
