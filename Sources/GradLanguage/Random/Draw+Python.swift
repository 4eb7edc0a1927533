import GradCore

/// The functions of Python's own module `random`.
extension Draw {
  private static func number(
    _ parameters: [(String, Double?)],
    _ draw: @escaping @Sendable (inout any RandomStream, [Double]) -> Double
  ) -> Draw {
    Draw(.python) { (machine, random, call) throws(ProgramError) in
      var numbers: [Double] = []
      for (place, (name, fallback)) in parameters.enumerated() {
        if let value = call.argument(place, name) {
          numbers.append(try machine.real(value, call))
        } else if let fallback {
          numbers.append(fallback)
        } else {
          throw machine.failure(
            "\(quoted(call.name)) takes \(counted(parameters.count, "argument"))", call)
        }
      }
      return .number(draw(&random.stream, numbers))
    }
  }

  /// A whole number from a low one on: to below a high one by steps, or up to it.
  private static func whole(reachesEnd: Bool) -> Draw {
    Draw(.python) { (machine, random, call) throws(ProgramError) in
      var low = try machine.whole(call.argument(0, "a", "start"), call) ?? 0
      var high = try machine.whole(call.argument(1, "b", "stop"), call) ?? 0
      if call.argument(1, "b", "stop") == nil { (low, high) = (0, low) }
      let step = reachesEnd ? 1 : try machine.whole(call.argument(2, "step"), call) ?? 1
      if reachesEnd { high += 1 }
      let count = step > 0 ? (high - low + step - 1) / step : 0
      guard count > 0 else {
        throw machine.failure("\(quoted(call.name)) needs a range that is not empty", call)
      }
      return .number(Double(low + step * Int(random.stream.whole(upTo: UInt64(count - 1)))))
    }
  }

  /// Some items of a list, at the places that are drawn.
  private static func items(
    _ places:
      @escaping @Sendable (inout Recorder, RandomObject, ArrayCall, Int) throws(ProgramError) ->
      [Int],
    isOne: Bool = false
  ) -> Draw {
    Draw(.python) { (machine, random, call) throws(ProgramError) in
      let given = call.argument(0, "seq", "population") ?? .none
      let items = try machine.allItems(of: given, call.token)
      guard !items.isEmpty else {
        throw machine.failure("\(quoted(call.name)) of an empty list", call)
      }
      let chosen = try places(&machine, random, call, items.count).map { items[$0] }
      return isOne ? chosen[0] : machine.make(ListObject(chosen))
    }
  }

  private static let choice = items(
    { (_, random, _, count) throws(ProgramError) in
      [Int(random.stream.whole(upTo: UInt64(count - 1)))]
    }, isOne: true)

  private static let sample = items { (machine, random, call, count) throws(ProgramError) in
    let total = try machine.whole(call.argument(1, "k"), call) ?? 0
    guard (0...count).contains(total), var stream = random.stream as? PythonRandom else {
      throw machine.failure("'sample' takes \(total) of \(count)", call)
    }
    let places = stream.sample(total, of: count)
    random.stream = stream
    return places
  }

  private static let choices = items { (machine, random, call, count) throws(ProgramError) in
    let weights = call.argument(1, "weights")
    let total = try machine.whole(call.named("k"), call) ?? 1
    try machine.checkEntries(max(total, 1), call.token)
    guard let weights else {
      return (0..<total).map { _ in Int(random.stream.uniform() * Double(count)) }
    }
    let shares = try machine.arrayed(weights, call.token)
    var sums = machine.numbers(of: shares)?.entries ?? []
    guard sums.count == count else {
      throw machine.failure("'choices' takes as many weights as items, \(count)", call)
    }
    for place in sums.indices.dropFirst() { sums[place] += sums[place - 1] }
    return (0..<total).map { _ in
      let drawn = random.stream.uniform() * sums[count - 1]
      return sums.firstIndex { $0 > drawn } ?? count - 1
    }
  }

  /// A normal number, by the ratio of two uniform ones (Kinderman and Monahan, *Computer Generation of Random
  /// Variables Using the Ratio of Uniform Deviates*, ACM Transactions on Mathematical Software 3, 1977).
  private static let normal = number([("mu", 0), ("sigma", 1)]) { stream, numbers in
    let width = 4 * Operators.Exp.value(-0.5) / 2.0.squareRoot()
    while true {
      let first = stream.uniform()
      let second = 1 - stream.uniform()
      let ratio = width * (first - 0.5) / second
      if ratio * ratio / 4 <= -Operators.Log.value(second) {
        return numbers[0] + ratio * numbers[1]
      }
    }
  }

  /// Whether a function of the tables gives items of what it is given.
  static func givesItems(_ word: String) -> Bool {
    ["random.choice", "random.sample", "random.choices"].contains(word)
  }

  /// Whether a function of the tables draws numbers of its own, rather than items or their order.
  static func isNumber(_ word: String) -> Bool {
    let name = word.split(separator: ".").last.map(String.init) ?? word
    return [
      "rand", "randn", "random", "random_sample", "standard_normal", "uniform", "normal",
      "gauss", "normalvariate", "rand_like", "randn_like",
    ].contains(name)
  }

  static let ofPython: [String: Draw] = [
    "random": number([]) { stream, _ in stream.uniform() },
    "uniform": number([("a", nil), ("b", nil)]) { $1[0] + ($1[1] - $1[0]) * $0.uniform() },
    "gauss": number([("mu", 0), ("sigma", 1)]) { $1[0] + $0.normal() * $1[1] },
    "normalvariate": normal,
    "expovariate": number([("lambd", 1)]) { -Operators.Log.value(1 - $0.uniform()) / $1[0] },
    "randint": whole(reachesEnd: true), "randrange": whole(reachesEnd: false),
    "choice": choice, "sample": sample, "choices": choices, "shuffle": shuffle,
  ]
}
