import GradBase
import GradCore

/// Functions that find entries: where a mask holds, and in which order entries follow each other.
extension ArrayWord {
  /// The places at which a mask holds: one array of indices for each axis.
  private static let places = ArrayWord { (machine, call) throws(ProgramError) in
    let found = try machine.indices(try machine.array(call, 0, "condition", "input", "a"), call)
    if call.name == "flatnonzero" { return found.count == 1 ? found[0] : .none }
    if let list = found.first.flatMap({ machine.object($0) }) as? ListObject,
      !machine.isTuple(call),
      call.name == "argwhere" || call.isTorch && call.name == "nonzero"
    {
      return machine.make(list)
    }
    if call.name == "argwhere" || call.isTorch && call.name == "nonzero" && !machine.isTuple(call) {
      return try machine.apply(.stack(axis: 1), found, call.token)
    }
    return machine.make(ListObject(found, isTuple: true))
  }

  /// The order of entries along an axis, the first of equal ones first.
  private static let order = ArrayWord { (machine, call) throws(ProgramError) in
    try machine.order(try machine.array(call, 0, "input", "a"), call).places
  }

  /// The entries in order; PyTorch gives their places too.
  private static let sorted = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "input", "a")
    let (places, axis) = try machine.order(value, call)
    let result = try machine.taken(value, along: axis, places, call)
    return call.isTorch
      ? machine.make(ListObject([result, places], isTuple: true)) : result
  }

  /// The largest entries along an axis, and their places.
  private static let largest = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "input")
    guard let count = try machine.whole(call.argument(1, "k"), call) else {
      throw machine.failure("'topk' takes how many", call)
    }
    let isDescending = machine.holds(call.argument(3, "largest"), default: true)
    _ = call.argument(4, "sorted")
    let axis = try machine.axis(call, 2, default: -1)
    let (places, place) = try machine.order(value, axis, isDescending: isDescending, call)
    let most = (machine.shape(of: value) ?? [])[place]
    guard (1...most).contains(count) else {
      throw machine.failure("there are no \(count) largest of \(most) entries", call)
    }
    let first = try machine.apply(
      .select(
        [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: place)
          + [.slice(0, count, nil)]), [places], call.token)
    let result = try machine.taken(value, along: place, first, call)
    return machine.make(ListObject([result, first], isTuple: true))
  }

  private static let count = ArrayWord { (machine, call) throws(ProgramError) in
    let mask = try machine.mask(try machine.array(call, 0, "a", "input"), .number(0), call.token) {
      $0 != $1
    }
    return try machine.apply(
      .reduce(.sum, axes: try machine.axes(call, 1), keepsAxes: machine.keepsAxes(call)), [mask],
      call.token)
  }

  /// The values there are, each once and in order.
  private static let distinct = ArrayWord { (machine, call) throws(ProgramError) in
    let entries = try machine.entries(call, 0, "ar").entries
    let values = Set(entries).sorted()
    let type = machine.type(of: call.argument(0) ?? .none)
    var results = [machine.plain(NumberArray(values), type)]
    func add(_ numbers: [Double]) { results.append(machine.plain(NumberArray(numbers), .whole)) }
    let places = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
    var firsts = [Double](repeating: 0, count: values.count)
    var counts = firsts
    for (index, entry) in entries.enumerated().reversed() {
      guard let place = places[entry] else { continue }
      firsts[place] = Double(index)
      counts[place] += 1
    }
    if machine.holds(call.named("return_index")) { add(firsts) }
    if machine.holds(call.named("return_inverse")) { add(entries.map { Double(places[$0] ?? 0) }) }
    if machine.holds(call.named("return_counts")) { add(counts) }
    return results.count == 1 ? results[0] : machine.make(ListObject(results, isTuple: true))
  }

  /// The index along each axis of entries that are counted row by row.
  private static let unraveled = ArrayWord { (machine, call) throws(ProgramError) in
    let counted = try machine.entries(call, 0, "indices")
    let shape = try machine.wholes(call.argument(1, "shape") ?? .none, call)
    let size = shape.reduce(1, *)
    for entry in counted.entries where !(0..<Double(size)).contains(entry) {
      throw machine.failure(
        "there is no entry \(shortestText(entry)) in an array of \(shapeText(shape))", call)
    }
    var found: [Recorder.Operand] = []
    for axis in shape.indices {
      let step = shape[(axis + 1)...].reduce(1, *)
      let places = counted.entries.map { Double(Int($0) / step % shape[axis]) }
      found.append(machine.plain(NumberArray(counted.shape, places)))
    }
    return machine.make(ListObject(found, isTuple: true))
  }

  /// What a call of `where` with one argument is called here.
  static let whereAlone = "where(mask)"

  static let finding: [String: ArrayWord] = [
    "nonzero": places, "argwhere": places, "flatnonzero": places, "argsort": order, "sort": sorted,
    "topk": largest, "count_nonzero": count, "unique": distinct, "unravel_index": unraveled,
    // `np.where` with a mask alone.
    whereAlone: places,
  ]
}

extension Recorder {
  fileprivate func isTuple(_ call: ArrayCall) -> Bool {
    holds(call.named("as_tuple"))
  }

  /// Of each axis the indices at which a mask holds.
  mutating func indices(
    _ mask: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> [Operand] {
    guard let array = numbers(of: mask), !array.shape.isEmpty else {
      throw failure("a mask is wanted, such as x > 0", call)
    }
    var found: [Operand] = []
    for indices in places(of: array) {
      found.append(
        indices.isEmpty
          ? make(ListObject([], kind: .nothing)) : plain(NumberArray(indices.map(Double.init))))
    }
    return found
  }

  /// The places of entries in order, along the axis that a call names, the last by default.
  fileprivate mutating func order(
    _ value: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> (places: Operand, axis: Int) {
    // The third argument of NumPy is a way of sorting.
    let third = call.argument(2, call.isTorch ? "descending" : "kind")
    _ = call.named("stable")
    let isDescending = call.isTorch && holds(third)
    if call.givesNone("axis") {
      throw failure(
        "\(quoted(call.name)) is read along an axis", call, help: "x.reshape(-1) has one")
    }
    return try order(value, try axis(call, 1, default: -1), isDescending: isDescending, call)
  }

  fileprivate mutating func order(
    _ value: Operand, _ axis: Int, isDescending: Bool, _ call: ArrayCall
  ) throws(ProgramError) -> (places: Operand, axis: Int) {
    guard let array = numbers(of: value) else { return (value, 0) }
    let shape = array.shape
    let place = try self.place(ofAxis: axis, in: shape, call)
    let step = shape[(place + 1)...].reduce(1, *)
    var result = array.entries
    for outer in 0..<shape[..<place].reduce(1, *) {
      for inner in 0..<step {
        let first = outer * shape[place] * step + inner
        let line = (0..<shape[place]).map { array.entries[first + $0 * step] }
        let order = line.indices.sorted {
          line[$0] == line[$1] ? $0 < $1 : isDescending ? line[$0] > line[$1] : line[$0] < line[$1]
        }
        for (rank, index) in order.enumerated() { result[first + rank * step] = Double(index) }
      }
    }
    return (plain(NumberArray(shape, result)), place)
  }

  /// Along one axis the entries at places, an array of as many axes.
  mutating func taken(
    _ value: Operand, along axis: Int, _ places: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    guard let numbers = numbers(of: places) else { return value }
    var subscripts: [ArrayOperation.Subscript] = []
    for own in numbers.shape.indices {
      let step = numbers.shape[(own + 1)...].reduce(1, *)
      var indices: [Int] = []
      for (entry, number) in numbers.entries.enumerated() {
        indices.append(
          own == axis ? try whole(.number(number), call.token) : entry / step % numbers.shape[own])
      }
      subscripts.append(.indices(indices, shape: numbers.shape))
    }
    return try apply(.select(subscripts), [value], call.token)
  }
}
