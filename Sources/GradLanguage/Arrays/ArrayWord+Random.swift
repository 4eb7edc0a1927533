import GradBase
import GradCore

/// Random numbers, which a program has to seed.
extension ArrayWord {
  private static func drawn(
    at place: Int, _ draw: @escaping @Sendable (inout LegacyRandom, [Double]) -> Double,
    _ parameters: [(String, String, Double)]
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      var numbers: [Double] = []
      for (place, parameter) in parameters.enumerated() {
        let value = call.argument(place, parameter.0, parameter.1)
        numbers.append(
          try value.map { (value) throws(ProgramError) in try machine.real(value, call) }
            ?? parameter.2)
      }
      let size = call.argument(place, "size")
      let shape: [Int]
      if place == 0, size == nil || call.count > 0 {
        shape = try machine.shape(call, from: 0)
      } else {
        shape = try size.map { (size) throws(ProgramError) in try machine.wholes(size, call) } ?? []
      }
      try machine.checkEntries(
        shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).overflow ? 1 << 40 : $0 * $1 }),
        call.token)
      var random = try machine.generator(call)
      let entries = (0..<shape.reduce(1, *)).map { _ in draw(&random, numbers) }
      machine.random = random
      return machine.plain(NumberArray(shape, entries))
    }
  }

  static let random: [String: ArrayWord] = [
    "seed": ArrayWord { (machine, call) throws(ProgramError) in
      guard let seed = try machine.whole(call.argument(0), call),
        let bits = UInt32(exactly: seed)
      else {
        throw machine.failure("a seed is a whole number from 0 to 4,294,967,295", call)
      }
      machine.random = LegacyRandom(seed: bits)
      return .none
    },
    "rand": drawn(at: 0, { random, _ in random.uniform() }, []),
    "random_sample": drawn(at: 0, { random, _ in random.uniform() }, []),
    "random": drawn(at: 0, { random, _ in random.uniform() }, []),
    "randn": drawn(at: 0, { random, _ in random.normal() }, []),
    "standard_normal": drawn(at: 0, { random, _ in random.normal() }, []),
    "uniform": drawn(
      at: 2, { $1[0] + ($1[1] - $1[0]) * $0.uniform() }, [("low", "low", 0), ("high", "high", 1)]),
    "normal": drawn(
      at: 2, { $1[0] + $1[1] * $0.normal() }, [("loc", "mean", 0), ("scale", "std", 1)]),
    "randint": ArrayWord { (machine, call) throws(ProgramError) in
      var low = try machine.whole(call.argument(0, "low"), call) ?? 0
      var high = try machine.whole(call.argument(1, "high"), call) ?? 0
      if call.argument(1, "high") == nil { (low, high) = (0, low) }
      guard low < high else {
        throw machine.failure("'randint' needs a range that is not empty", call)
      }
      let shape =
        try call.argument(2, "size").map { (size) throws(ProgramError) in
          try machine.wholes(size, call)
        } ?? []
      var random = try machine.generator(call)
      let most = UInt64(high - 1 - low)
      let entries = (0..<shape.reduce(1, *)).map { _ in Double(low + Int(random.whole(upTo: most)))
      }
      machine.random = random
      return machine.plain(NumberArray(shape, entries))
    },
    "permutation": ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      var random = try machine.generator(call)
      let shape = machine.shape(of: value) ?? []
      let whole = shape.isEmpty ? try machine.whole(value, call.token) : 0
      let count = shape.first ?? whole
      guard count > 0 else { throw machine.failure("'permutation' of nothing", call) }
      try machine.checkEntries(count, call.token)
      let order = random.permutation(count)
      machine.random = random
      if shape.isEmpty { return machine.plain(NumberArray(order.map(Double.init))) }
      return try machine.apply(.select([.indices(order, shape: [count])]), [value], call.token)
    },
  ]
}

extension Recorder {
  /// The generator of random numbers, which a program has to seed.
  func generator(_ call: ArrayCall) throws(ProgramError) -> LegacyRandom {
    if call.isOfPython {
      throw failure(
        "the numbers of Python's own 'random' are not known here", call,
        help: "print them where the program runs, and paste them; np.random with a seed is known")
    }
    if call.isTorch {
      throw failure(
        "the random numbers of PyTorch are not known here", call,
        help: "print them where the program runs, and paste them: torch.tensor([…])")
    }
    guard let random else {
      throw failure(
        "random numbers without a seed are different at every run", call,
        help: "np.random.seed(0) above makes them those of NumPy; or print and paste them")
    }
    return random
  }
}
