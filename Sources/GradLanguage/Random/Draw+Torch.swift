import GradBase
import GradCore

/// The functions of PyTorch that draw random numbers.
extension Draw {
  private static func torch(_ run: @escaping Run) -> Draw { Draw(.torch, run: run) }

  /// As many numbers as a shape has, each drawn in the precision that the call names.
  private static func filled(
    isAlike: Bool = false,
    _ draw: @escaping @Sendable (inout TorchRandom, Int, Bool) -> [Double]
  ) -> Draw {
    torch { (machine, random, call) throws(ProgramError) in
      let isDouble = try machine.drawsDouble(call, isInferred: isAlike)
      let shape =
        isAlike ? try machine.arrayShape(call, 0) : try machine.shape(call, from: 0)
      try machine.checkShape(shape, call)
      let count = shape.reduce(1, *)
      return machine.plain(NumberArray(shape, random.ofTorch { draw(&$0, count, isDouble) }))
    }
  }

  private static func uniform(isAlike: Bool) -> Draw {
    filled(isAlike: isAlike) { $0.uniforms($1, from: 0, to: 1, isDouble: $2) }
  }

  private static func normal(isAlike: Bool) -> Draw {
    filled(isAlike: isAlike) { $0.normals($1, mean: 0, deviation: 1, isDouble: $2) }
  }

  /// Whole numbers from a low one to below a high one.
  private static func wholes(isAlike: Bool) -> Draw {
    torch { (machine, random, call) throws(ProgramError) in
      var given = Array(call.rest(from: 0))
      var shape: [Int]
      if isAlike {
        shape = try machine.arrayShape(call, 0)
        given.removeFirst(min(1, given.count))
      } else {
        guard let size = call.named("size") ?? given.popLast() else {
          throw machine.failure("'randint' takes a bound and a shape", call)
        }
        shape = try machine.wholes(size, call)
      }
      let high = try machine.whole(call.named("high") ?? given.popLast(), call) ?? 0
      let low = try machine.whole(call.named("low") ?? given.popLast(), call) ?? 0
      return try machine.drawn(shape, from: low, below: high, by: random, call)
    }
  }

  /// Normal numbers of a mean and a deviation, either of which may be an array.
  private static let normalOfBoth = torch { (machine, random, call) throws(ProgramError) in
    let given = [
      try machine.arrayed(call.argument(0, "mean") ?? .number(0), call.token),
      try machine.arrayed(call.argument(1, "std") ?? .number(1), call.token),
    ]
    let (mean, deviation) = (
      machine.numbers(of: given[0]) ?? NumberArray(0),
      machine.numbers(of: given[1]) ?? NumberArray(1)
    )
    let isDouble = try machine.drawsDouble(
      call, isInferred: given.contains { machine.object($0) != nil })
    if let size = call.argument(2, "size"), let mean = mean.number, let deviation = deviation.number
    {
      let shape = try machine.wholes(size, call)
      try machine.checkShape(shape, call)
      let count = shape.reduce(1, *)
      return machine.plain(
        NumberArray(
          shape,
          random.ofTorch {
            $0.normals(count, mean: mean, deviation: deviation, isDouble: isDouble)
          }))
    }
    let shape = mean.shape.isEmpty ? deviation.shape : mean.shape
    guard call.argument(2, "size") == nil,
      [mean, deviation].allSatisfy({ [[], shape].contains($0.shape) })
    else {
      throw machine.failure(
        "'normal' takes a mean, a deviation and a shape, or arrays of one shape", call)
    }
    // The deviation is part of the draw where it is a number.
    let factor = deviation.shape.isEmpty ? deviation.entries[0] : 1
    let drawn = random.ofTorch {
      $0.normals(shape.reduce(1, *), mean: 0, deviation: factor, isDouble: isDouble)
    }
    return machine.plain(
      NumberArray(
        shape,
        drawn.enumerated().map { place, number in
          let scaled =
            deviation.shape.isEmpty
            ? number : rounded(number * rounded(deviation.entries[place], isDouble), isDouble)
          let middle = rounded(mean.entries[mean.shape.isEmpty ? 0 : place], isDouble)
          return rounded(scaled + middle, isDouble)
        }))
  }

  private static func rounded(_ number: Double, _ isDouble: Bool) -> Double {
    isDouble ? number : Double(Float(number))
  }

  private static let order = torch { (machine, random, call) throws(ProgramError) in
    let count = try machine.whole(call.argument(0, "n"), call) ?? 0
    guard count > 0 else { throw machine.failure("'randperm' of nothing", call) }
    try machine.checkEntries(count, call.token)
    return machine.plain(NumberArray(random.stream.permutation(count).map(Double.init)))
  }

  /// Truths as numbers, each with the chance that an entry says.
  private static let truths = torch { (machine, random, call) throws(ProgramError) in
    let chances = try machine.entries(call, 0, "input")
    if let share = call.argument(1, "p") {
      let share = try machine.real(share, call)
      return machine.plain(
        NumberArray(chances.shape, random.truths(chances.entries.count, share)))
    }
    let isDouble = try machine.drawsDouble(call, isInferred: true)
    return machine.plain(
      NumberArray(
        chances.shape,
        random.ofTorch { stream in
          chances.entries.map { chance in
            let holds =
              isDouble ? stream.uniform() < chance : stream.shortUniform() < Float(chance)
            return holds ? 1 : 0
          }
        }))
  }

  /// Places, each as often as its weight says.
  private static let places = torch { (machine, random, call) throws(ProgramError) in
    let weights = try machine.entries(call, 0, "input")
    let total = try machine.whole(call.argument(1, "num_samples"), call) ?? 1
    let repeats = machine.holds(call.argument(2, "replacement"))
    let width = weights.shape.last ?? 0
    guard (1...2).contains(weights.shape.count), total > 0, repeats || total <= width else {
      throw machine.failure(
        "'multinomial' takes weights in a row or in rows, and at most as many places", call)
    }
    var drawn: [Int] = []
    for row in stride(from: 0, to: weights.entries.count, by: width) {
      let row = Array(weights.entries[row..<row + width])
      drawn += random.places(total, row, repeats: repeats)
    }
    return machine.plain(
      NumberArray(weights.shape.dropLast() + [total], drawn.map(Double.init)))
  }

  static let ofTorch: [String: Draw] = [
    "rand": uniform(isAlike: false), "rand_like": uniform(isAlike: true),
    "randn": normal(isAlike: false), "randn_like": normal(isAlike: true),
    "randint": wholes(isAlike: false), "randint_like": wholes(isAlike: true),
    "normal": normalOfBoth, "randperm": order, "bernoulli": truths, "multinomial": places,
  ]
}

extension RandomObject {
  /// What is made of the stream of a generator of PyTorch.
  func ofTorch<Result>(_ draw: (inout TorchRandom) -> Result) -> Result {
    guard var random = stream as? TorchRandom else {
      preconditionFailure("only generators of PyTorch are asked for its numbers")
    }
    defer { stream = random }
    return draw(&random)
  }

  /// Truths as numbers, of one chance: `bernoulli_`, and what `dropout` keeps.
  func truths(_ count: Int, _ chance: Double) -> [Double] {
    (0..<count).map { _ in stream.uniform() < chance ? 1 : 0 }
  }

  /// Numbers whose logarithm falls as a line of a rate.
  func exponentials(_ count: Int, rate: Double, isDouble: Bool) -> [Double] {
    (0..<count).map { _ in
      let number = -1 / rate * Operators.Log1p.value(-stream.uniform())
      return isDouble ? number : Double(Float(number))
    }
  }

  /// Places in a row of weights: the largest quotients of weights and exponential numbers, or, of several
  /// that may repeat, where uniform numbers lie among the sums.
  func places(_ total: Int, _ weights: [Double], repeats: Bool) -> [Int] {
    guard repeats, total > 1 else {
      let rates = exponentials(weights.count, rate: 1, isDouble: false)
      let quotients = zip(weights, rates).map { Float($0) / Float($1) }
      return Array(
        quotients.indices.sorted {
          (quotients[$1], $0) < (quotients[$0], $1)
        }.prefix(total))
    }
    var sums: [Float] = []
    for weight in weights { sums.append((sums.last ?? 0) + Float(weight)) }
    return (0..<total).map { _ in
      let number = stream.uniform()
      return sums.firstIndex { Double($0 / (sums.last ?? 1)) >= number } ?? weights.count - 1
    }
  }
}

extension Recorder {
  /// The generator that a call of PyTorch names, or the one of a program that seeds it.
  func generatorOfTorch(_ call: ArrayCall) throws(ProgramError) -> RandomObject {
    if let given = call.named("generator") {
      guard let random = object(given) as? RandomObject, random.kind == .torch else {
        throw failure("'generator' takes a generator of PyTorch", call, help: "torch.Generator()")
      }
      return random
    }
    guard let randomOfTorch else {
      throw failure(
        "random numbers without a seed are different at every run", call,
        help: "torch.manual_seed(0) above makes them those of PyTorch; or print and paste them: "
          + "torch.tensor([…])")
    }
    return randomOfTorch
  }

  /// Whether a call draws in double precision: by its type, or by what the program has said of all.
  ///
  /// It is inferred where PyTorch takes the type of another array, which nobody keeps here.
  func drawsDouble(_ call: ArrayCall, isInferred: Bool = false) throws(ProgramError) -> Bool {
    if let type = call.named("dtype") {
      switch name(ofType: type) {
      case "float64", "double": return true
      case "float32", "float": return false
      default:
        throw failure("\(quoted(call.name)) is read for float32 and float64", call)
      }
    }
    if isInferred, !isDoubleByDefault, program.mayHoldDoubles {
      throw failure(
        "it is not known here whether \(quoted(call.name)) draws in single or double precision",
        call,
        help:
          "torch.empty(2, 3, dtype=torch.float64) and torch.randn(2, 3, dtype=torch.float64) say so"
      )
    }
    return isDoubleByDefault
  }
}

extension Program {
  /// Whether the program has arrays of double precision beside those of single precision.
  fileprivate var mayHoldDoubles: Bool {
    ["float64", "double", "DoubleTensor"].contains { names.existing($0) != nil }
      || names.existing("from_numpy") != nil && names.existing("float") == nil
        && names.existing("float32") == nil
  }
}
