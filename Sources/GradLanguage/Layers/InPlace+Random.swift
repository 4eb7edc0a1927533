import GradBase
import GradCore

/// Methods that give an array random numbers in its place.
extension InPlace {
  static let random: [String: InPlace] = [
    "normal_": drawn { (machine, random, count, call) throws(ProgramError) in
      let mean = try machine.setting(call, 0, "mean", 0)
      let deviation = try machine.setting(call, 1, "std", 1)
      let isDouble = try machine.drawsDouble(call, isInferred: true)
      return random.ofTorch {
        $0.normals(count, mean: mean, deviation: deviation, isDouble: isDouble)
      }
    },
    "uniform_": drawn { (machine, random, count, call) throws(ProgramError) in
      let low = try machine.setting(call, 0, "from", 0)
      let high = try machine.setting(call, 1, "to", 1)
      let isDouble = try machine.drawsDouble(call, isInferred: true)
      return random.ofTorch { $0.uniforms(count, from: low, to: high, isDouble: isDouble) }
    },
    "exponential_": drawn { (machine, random, count, call) throws(ProgramError) in
      random.exponentials(
        count, rate: try machine.setting(call, 0, "lambd", 1),
        isDouble: try machine.drawsDouble(call, isInferred: true))
    },
    "bernoulli_": drawn { (machine, random, count, call) throws(ProgramError) in
      random.truths(count, try machine.setting(call, 0, "p", 0.5))
    },
    "random_": drawn { (machine, random, count, call) throws(ProgramError) in
      var low = try machine.whole(call.argument(0, "from"), call) ?? 0
      var high = try machine.whole(call.argument(1, "to"), call) ?? 0
      if call.argument(1, "to") == nil { (low, high) = (0, low) }
      guard low < high else {
        throw machine.failure("'random_' is read for a range that is not empty", call)
      }
      return (0..<count).map { _ in
        Double(low + Int(random.stream.whole(upTo: UInt64(high - 1 - low))))
      }
    },
  ]

  private static func drawn(
    _ draw:
      @escaping @Sendable (
        inout Recorder, RandomObject, Int, ArrayCall
      ) throws(ProgramError) -> [Double]
  ) -> InPlace {
    InPlace(
      change: { (machine, old, call) throws(ProgramError) in
        if machine.randomOfTorch == nil, call.named("generator") == nil,
          machine.object(old) is WeightObject
        {
          // A weight waits for other numbers.
          call.ignoreRest()
          return .none
        }
        let random = try machine.generatorOfTorch(call)
        let shape = machine.shape(of: old) ?? []
        return machine.plain(
          NumberArray(
            shape, try draw(&machine, random, shape.reduce(1, *), call)))
      }, readsOld: false)
  }
}

extension Recorder {
  /// A number that a call is given, by its place or its name; `fallback` where it is left out.
  func setting(
    _ call: ArrayCall, _ place: Int, _ name: String, _ fallback: Double
  ) throws(ProgramError) -> Double {
    guard let value = call.argument(place, name) else { return fallback }
    return try real(value, call)
  }
}
