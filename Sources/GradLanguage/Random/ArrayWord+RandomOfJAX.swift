import GradBase
import GradCore

/// The functions of `jax.random`.
extension ArrayWord {
  private typealias Draw =
    @Sendable (inout Recorder, Threefry, ArrayCall) throws(ProgramError) -> Recorder.Operand

  private static func drawn(_ draw: @escaping Draw) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      guard let key = call.argument(0, "key").flatMap({ machine.object($0) }) as? KeyObject else {
        throw machine.failure(
          "\(quoted(machine.word(of: call))) takes a key first", call,
          help: "key = jax.random.key(0)")
      }
      if let type = call.named("dtype"), !["float32", "float"].contains(machine.name(ofType: type))
      {
        throw machine.failure(
          "\(quoted(machine.word(of: call))) is read for numbers of single precision", call)
      }
      return try draw(&machine, key.key, call)
    }
  }

  private static let seed = ArrayWord { (machine, call) throws(ProgramError) in
    let seed = try machine.whole(call.argument(0, "seed"), call) ?? 0
    return machine.make(KeyObject(Threefry(seed: UInt64(bitPattern: Int64(seed)))))
  }

  /// Numbers as many as a shape has.
  private static func filled(
    shapeAt place: Int = 1,
    _ draw:
      @escaping @Sendable (
        inout Recorder, Threefry, Int, ArrayCall
      ) throws(ProgramError) -> [Float]
  ) -> ArrayWord {
    drawn { (machine, key, call) throws(ProgramError) in
      let shape =
        try call.argument(place, "shape").map { (shape) throws(ProgramError) in
          try machine.wholes(shape, call)
        } ?? []
      try machine.checkShape(shape, call)
      let numbers = try draw(&machine, key, shape.reduce(1, *), call)
      return machine.plain(NumberArray(shape, numbers.map(Double.init)))
    }
  }

  /// Some of the numbers below a bound, or of the rows of an array.
  private static let choice = drawn { (machine, key, call) throws(ProgramError) in
    let value = try machine.array(call, 1, "a")
    let own = machine.shape(of: value) ?? []
    let count: Int
    if let first = own.first { count = first } else { count = try machine.whole(value, call.token) }
    let shape =
      try call.argument(2, "shape").map { (shape) throws(ProgramError) in
        try machine.wholes(shape, call)
      } ?? []
    try machine.checkShape(shape, call)
    let total = shape.reduce(1, *)
    let repeats = machine.holds(call.argument(3, "replace"), default: true)
    guard count > 0, repeats || total <= count else {
      throw machine.failure("'choice' takes \(total) of \(count)", call)
    }
    let places: [Int]
    if let shares = call.argument(4, "p") {
      let given = try machine.arrayed(shares, call.token)
      let weights = (machine.numbers(of: given)?.entries ?? []).map { Float($0) }
      guard repeats, weights.count == count else {
        throw machine.failure(
          "'choice' is read with a share for each of \(count), and then with repetitions", call)
      }
      var sums: [Float] = []
      for weight in weights { sums.append((sums.last ?? 0) + weight) }
      places = key.uniforms(total, from: 0, to: 1).map { number in
        let wanted = (sums.last ?? 1) * (1 - number)
        return sums.firstIndex { $0 >= wanted } ?? count - 1
      }
    } else if repeats {
      guard let most = Int32(exactly: count) else {
        throw machine.failure("'choice' needs a range of 32 bits", call)
      }
      places = key.wholes(total, from: 0, to: most).map(Int.init)
    } else {
      try machine.checkEntries(count, call.token)
      places = Array(key.permutation(count).prefix(total))
    }
    if own.isEmpty { return machine.plain(NumberArray(shape, places.map(Double.init))) }
    if shape.isEmpty { return try machine.apply(.select([.index(places[0])]), [value], call.token) }
    return try machine.apply(.select([.indices(places, shape: shape)]), [value], call.token)
  }

  /// Categories along the last axis of their logarithms, each as often as these say.
  private static let category = drawn { (machine, key, call) throws(ProgramError) in
    let logits = try machine.entries(call, 1, "logits")
    let axis = try machine.whole(call.argument(2, "axis"), call) ?? -1
    guard let width = logits.shape.last, axis == -1 || axis == logits.shape.count - 1,
      machine.holds(call.named("replace"), default: true)
    else {
      throw machine.failure("'categorical' is read along the last axis, with repetitions", call)
    }
    let batch = Array(logits.shape.dropLast())
    let shape =
      try call.argument(3, "shape").map { (shape) throws(ProgramError) in
        try machine.wholes(shape, call)
      } ?? batch
    guard shape.suffix(batch.count) == batch[...] else {
      throw machine.failure(
        "'shape' of 'categorical' ends with \(shapeText(batch)), the rows of logits", call)
    }
    try machine.checkShape(shape + [width], call)
    let numbers = key.gumbels(shape.reduce(width, *))
    let categories = stride(from: 0, to: numbers.count, by: width).map { first in
      let row = (0..<width).map { place in
        numbers[first + place] + Float(logits.entries[(first + place) % logits.entries.count])
      }
      return Double(row.indices.max { (row[$0], $1) < (row[$1], $0) } ?? 0)
    }
    return machine.plain(NumberArray(shape, categories))
  }

  static let randomOfJAX: [String: ArrayWord] = {
    let words: [String: ArrayWord] = [
      "PRNGKey": seed, "key": seed,
      "split": drawn { (machine, key, call) throws(ProgramError) in
        let count = try machine.whole(call.argument(1, "num"), call) ?? 2
        try machine.checkEntries(count, call.token)
        return machine.make(ListObject(key.split(count).map { machine.make(KeyObject($0)) }))
      },
      "fold_in": drawn { (machine, key, call) throws(ProgramError) in
        let number = try machine.whole(call.argument(1, "data"), call) ?? 0
        return machine.make(KeyObject(key.folded(UInt32(truncatingIfNeeded: number))))
      },
      "normal": filled { (_, key, count, _) throws(ProgramError) in key.normals(count) },
      "uniform": filled { (machine, key, count, call) throws(ProgramError) in
        _ = call.argument(2, "dtype")
        let low = try machine.setting(call, 3, "minval", 0)
        let high = try machine.setting(call, 4, "maxval", 1)
        return key.uniforms(count, from: Float(low), to: Float(high))
      },
      "exponential": filled { (_, key, count, _) throws(ProgramError) in key.exponentials(count) },
      "gumbel": filled { (_, key, count, _) throws(ProgramError) in key.gumbels(count) },
      "rademacher": filled { (_, key, count, _) throws(ProgramError) in
        key.uniforms(count, from: 0, to: 1).map { $0 < 0.5 ? 1 : -1 }
      },
      "truncated_normal": filled(shapeAt: 3) { (machine, key, count, call) throws(ProgramError) in
        let low = try machine.setting(call, 1, "lower", -2)
        let high = try machine.setting(call, 2, "upper", 2)
        return key.normals(count, from: Float(low), to: Float(high))
      },
      "choice": choice, "categorical": category,
      "bernoulli": filled(shapeAt: 2) { (machine, key, count, call) throws(ProgramError) in
        let chance = Float(try machine.setting(call, 1, "p", 0.5))
        return key.uniforms(count, from: 0, to: 1).map { $0 < chance ? 1 : 0 }
      },
      "randint": drawn { (machine, key, call) throws(ProgramError) in
        let size = call.argument(1, "shape") ?? .none
        let shape = try machine.wholes(size, call)
        try machine.checkShape(shape, call)
        let low = try machine.whole(call.argument(2, "minval"), call) ?? 0
        let high = try machine.whole(call.argument(3, "maxval"), call) ?? 0
        guard low < high, let first = Int32(exactly: low), let last = Int32(exactly: high) else {
          throw machine.failure("'randint' needs a range of 32 bits that is not empty", call)
        }
        let numbers = key.wholes(shape.reduce(1, *), from: first, to: last)
        return machine.plain(NumberArray(shape, numbers.map(Double.init)))
      },
      "permutation": drawn { (machine, key, call) throws(ProgramError) in
        let value = try machine.array(call, 1, "x")
        let shape = machine.shape(of: value) ?? []
        let count: Int
        if let first = shape.first {
          count = first
        } else {
          count = try machine.whole(value, call.token)
        }
        guard count > 0 else { throw machine.failure("'permutation' of nothing", call) }
        try machine.checkEntries(count, call.token)
        let order = key.permutation(count)
        if shape.isEmpty { return machine.plain(NumberArray(order.map(Double.init))) }
        return try machine.apply(.select([.indices(order, shape: [count])]), [value], call.token)
      },
    ]
    var named = Dictionary(uniqueKeysWithValues: words.map { ("jax.random." + $0, $1) })
    named["jax.random"] = ArrayWord { (machine, call) throws(ProgramError) in
      throw machine.failure(
        "\(quoted(machine.word(of: call))) of jax.random is not read", call,
        help: "print its numbers where the program runs, and paste them: jnp.array([…]); read are "
          + words.keys.sorted().joined(separator: ", "))
    }
    return named
  }()
}

extension Recorder {
  /// What the program calls a function: the last word of its name.
  fileprivate func word(of call: ArrayCall) -> String {
    let callee = program.tree.nodes[Int(program.tree.nodes[Int(callAtHand)].first)]
    return program.text(of: callee.token)
  }
}
