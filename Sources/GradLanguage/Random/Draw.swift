import GradBase
import GradCore

/// A function or a method that draws random numbers, one row of the table.
struct Draw: Sendable {
  typealias Run =
    @Sendable (
      inout Recorder, RandomObject, ArrayCall
    ) throws(ProgramError) -> Recorder.Operand

  /// The generators that have it.
  let kinds: Set<RandomObject.Kind>
  let run: Run

  init(_ kinds: RandomObject.Kind..., run: @escaping Run) {
    (self.kinds, self.run) = (Set(kinds), run)
  }

  /// What generators of a kind have under a name; `nil` if there is nothing.
  static func named(_ name: String, of kind: RandomObject.Kind) -> Draw? {
    if kind == .python { return ofPython[name] }
    if kind == .torch { return ofTorch[name] }
    return table[name].flatMap { $0.kinds.contains(kind) ? $0 : nil }
  }

  /// The names that generators of a kind have.
  static func names(of kind: RandomObject.Kind) -> [String] {
    switch kind {
    case .python: ofPython.keys.sorted()
    case .torch: ofTorch.keys.sorted()
    case .legacy, .modern:
      table.keys.filter { table[$0]?.kinds.contains(kind) ?? false }.sorted()
    }
  }

  // MARK: Numbers

  /// Numbers one by one, as many as a shape has; parameters by place or name, then the shape.
  private static func numbers(
    _ kinds: RandomObject.Kind..., parameters: [(String, String, Double)] = [],
    takesSizes: Bool = false,
    _ draw: @escaping @Sendable (inout any RandomStream, [Double]) -> Double
  ) -> Draw {
    let place = parameters.count
    var row = Draw { (machine, random, call) throws(ProgramError) in
      try machine.checkType(call)
      var numbers: [Double] = []
      for (place, parameter) in parameters.enumerated() {
        let value = call.argument(place, parameter.0, parameter.1)
        numbers.append(
          try value.map { (value) throws(ProgramError) in try machine.real(value, call) }
            ?? parameter.2)
      }
      let size = call.argument(place, "size")
      let shape =
        takesSizes
        ? try machine.shape(call, from: 0)
        : try size.map { (size) throws(ProgramError) in try machine.wholes(size, call) } ?? []
      try machine.checkShape(shape, call)
      return machine.plain(
        NumberArray(shape, (0..<shape.reduce(1, *)).map { _ in draw(&random.stream, numbers) }))
    }
    row = Draw(Set(kinds), row.run)
    return row
  }

  private init(_ kinds: Set<RandomObject.Kind>, _ run: @escaping Run) {
    (self.kinds, self.run) = (kinds, run)
  }

  /// Whole numbers from a low one to below a high one, or up to it.
  private static func wholes(_ kind: RandomObject.Kind) -> Draw {
    Draw(kind) { (machine, random, call) throws(ProgramError) in
      var low = try machine.whole(call.argument(0, "low"), call) ?? 0
      var high = try machine.whole(call.argument(1, "high"), call) ?? 0
      if call.argument(1, "high") == nil { (low, high) = (0, low) }
      if let endpoint = call.named("endpoint"), machine.number(endpoint) != 0 { high += 1 }
      let shape =
        try call.argument(2, "size").map { (size) throws(ProgramError) in
          try machine.wholes(size, call)
        } ?? []
      return try machine.drawn(shape, from: low, below: high, by: random, call)
    }
  }

  // MARK: Orders

  private static let permutation = Draw(.legacy, .modern) {
    (machine, random, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "x")
    let shape = machine.shape(of: value) ?? []
    let whole = shape.isEmpty ? try machine.whole(value, call.token) : 0
    let count = shape.first ?? whole
    guard count > 0 else { throw machine.failure("'permutation' of nothing", call) }
    try machine.checkEntries(count, call.token)
    let order = random.stream.permutation(count)
    if shape.isEmpty { return machine.plain(NumberArray(order.map(Double.init))) }
    return try machine.apply(.select([.indices(order, shape: [count])]), [value], call.token)
  }

  /// Puts a list or an array in a random order in its place.
  static let shuffle = Draw(.legacy, .modern) {
    (machine, random, call) throws(ProgramError) in
    let value = call.argument(0, "x") ?? .none
    if let list = machine.object(value) as? ListObject, !list.isTuple {
      let items = list.items
      list.items = random.stream.permutation(items.count).map { items[$0] }
      list.path = nil
      return .none
    }
    guard let count = machine.shape(of: value)?.first else {
      throw machine.failure("'shuffle' takes a list or an array", call)
    }
    let order = random.stream.permutation(count)
    let result = try machine.apply(
      .select([.indices(order, shape: [count])]), [value], call.token)
    try machine.store(result, instead: value, atArgument: 0, call.token)
    return .none
  }

  /// Some of the numbers below a bound, or of the rows of an array.
  private static let choice = Draw(.legacy, .modern) {
    (machine, random, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "a")
    let own = machine.shape(of: value) ?? []
    let count: Int
    if let first = own.first { count = first } else { count = try machine.whole(value, call.token) }
    let shape =
      try call.argument(1, "size").map { (size) throws(ProgramError) in
        try machine.wholes(size, call)
      } ?? []
    try machine.checkShape(shape, call)
    let total = shape.reduce(1, *)
    let repeats = machine.holds(call.argument(2, "replace"), default: true)
    guard count > 0, repeats || total <= count else {
      throw machine.failure("'choice' takes \(total) of \(count)", call)
    }
    let places: [Int]
    if let shares = call.argument(3, "p") {
      guard repeats else {
        throw machine.failure("'choice' is read for 'p' or for replace=False, not for both", call)
      }
      let given = try machine.arrayed(shares, call.token)
      var sums = machine.numbers(of: given)?.entries ?? []
      for place in sums.indices.dropFirst() { sums[place] += sums[place - 1] }
      let sum = sums.last ?? 1
      places = (0..<total).map { _ in
        let number = random.stream.uniform()
        return sums.firstIndex { $0 / sum > number } ?? count - 1
      }
    } else if repeats {
      places = (0..<total).map { _ in Int(random.stream.whole(upTo: UInt64(count - 1))) }
    } else if random.kind == .legacy {
      places = Array(random.stream.permutation(count).prefix(total))
    } else {
      places = chosen(total, of: count, &random.stream)
    }
    if own.isEmpty {
      return machine.plain(NumberArray(shape, places.map(Double.init)))
    }
    if shape.isEmpty { return try machine.apply(.select([.index(places[0])]), [value], call.token) }
    return try machine.apply(.select([.indices(places, shape: shape)]), [value], call.token)
  }

  /// As many different numbers below `count`: of few all are put in order from the end, of many some are
  /// drawn (Floyd; Bentley, *Programming Pearls*, Communications of the ACM 30, 1987).
  private static func chosen(
    _ total: Int, of count: Int, _ stream: inout any RandomStream
  ) -> [Int] {
    if count > 10_000, total > count / 50 {
      return Array(stream.order(count, keeping: max(count - total, 1)).suffix(total))
    }
    var taken: Set<Int> = []
    var places: [Int] = []
    for bound in count - total..<count {
      let drawn = Int(stream.whole(upTo: UInt64(bound)))
      let place = taken.insert(drawn).inserted ? drawn : bound
      taken.insert(place)
      places.append(place)
    }
    return stream.order(total).map { places[$0] }
  }

  private static let table: [String: Draw] = [
    "rand": numbers(.legacy, takesSizes: true) { stream, _ in stream.uniform() },
    "randn": numbers(.legacy, takesSizes: true) { stream, _ in stream.normal() },
    "random_sample": numbers(.legacy) { stream, _ in stream.uniform() },
    "random": numbers(.legacy, .modern) { stream, _ in stream.uniform() },
    "standard_normal": numbers(.legacy, .modern) { stream, _ in stream.normal() },
    "uniform": numbers(
      .legacy, .modern, parameters: [("low", "low", 0), ("high", "high", 1)]
    ) { $1[0] + ($1[1] - $1[0]) * $0.uniform() },
    "normal": numbers(
      .legacy, .modern, parameters: [("loc", "mean", 0), ("scale", "std", 1)]
    ) { $1[0] + $1[1] * $0.normal() },
    "randint": wholes(.legacy), "integers": wholes(.modern),
    "permutation": permutation, "shuffle": shuffle, "choice": choice,
  ]
}

extension Recorder {
  /// An array of whole numbers from `low` to below `high`.
  mutating func drawn(
    _ shape: [Int], from low: Int, below high: Int, by random: RandomObject, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    guard low < high else {
      throw failure("\(quoted(call.name)) needs a range that is not empty", call)
    }
    try checkShape(shape, call)
    let most = UInt64(high - 1 - low)
    return plain(
      NumberArray(
        shape,
        (0..<shape.reduce(1, *)).map { _ in Double(low + Int(random.stream.whole(upTo: most))) }))
  }
}
