import GradCore

/// What distributions of PyTorch draw.
extension Word {
  typealias Sample =
    @Sendable (
      inout Recorder, RandomObject, Values, _ shape: [Int], _ token: Int32
    ) throws(ProgramError) -> Recorder.Operand

  static func drawn(_ sample: @escaping Sample) -> Method {
    Method(names: ["sample_shape"]) { (machine, object, given, named, token) throws(ProgramError) in
      guard let distribution = object as? DistributionObject else { return }
      guard let random = machine.randomOfTorch else {
        throw machine.failure(
          .arrays, "random numbers without a seed are different at every run", token,
          help:
            "torch.manual_seed(0) above makes them those of PyTorch; or print what is drawn, and paste "
            + "it: action = torch.tensor(1)")
      }
      var shape: [Int] = []
      if let size = given.first ?? machine.argument("sample_shape", named) {
        shape = try machine.wholes(
          size, ArrayCall("sample", [size], [:], token, isTorch: true))
      }
      machine.operands.append(
        try sample(&machine, random, distribution.values, shape, token))
    }
  }

  /// The numbers of a parameter.
  private static func numbers(
    _ name: String, _ machine: Recorder, _ values: Values
  ) -> NumberArray {
    values[name].flatMap { machine.numbers(of: $0) } ?? NumberArray(.nan)
  }

  /// Normal numbers of mean 0 and variance 1, as many as a sample of `Normal` has.
  static func noise(
    _ machine: inout Recorder, _ random: RandomObject, _ values: Values, _ shape: [Int],
    _ token: Int32
  ) throws(ProgramError) -> Recorder.Operand {
    let sum = try machine.apply(
      Operators.Add.self,
      ["loc", "scale"].map { machine.plain(numbers($0, machine, values)) }, token)
    let shape = shape + (machine.shape(of: sum) ?? [])
    let isDouble = machine.isDoubleByDefault
    return machine.plain(
      NumberArray(
        shape,
        random.ofTorch {
          $0.normals(shape.reduce(1, *), mean: 0, deviation: 1, isDouble: isDouble)
        }))
  }

  static let sampleOfNormal: Sample = {
    (machine, random, values, shape, token) throws(ProgramError) in
    let noise = try noise(&machine, random, values, shape, token)
    guard let noise = machine.numbers(of: noise) else { return .none }
    // PyTorch computes them in the precision in which it draws.
    let isDouble = machine.isDoubleByDefault
    func rounded(_ number: Double) -> Double { isDouble ? number : Double(Float(number)) }
    func entries(_ name: String) throws(ProgramError) -> [Double] {
      let value = machine.plain(numbers(name, machine, values))
      let wide = try machine.apply(.broadcast(noise.shape), [value], token)
      return (machine.numbers(of: wide)?.entries ?? []).map(rounded)
    }
    let (means, deviations) = (try entries("loc"), try entries("scale"))
    return machine.plain(
      NumberArray(
        noise.shape,
        noise.entries.indices.map {
          rounded(rounded(noise.entries[$0] * deviations[$0]) + means[$0])
        }))
  }

  static let sampleOfShares: Sample = {
    (machine, random, values, shape, token) throws(ProgramError) in
    let shares = numbers("probs", machine, values)
    let width = shares.shape.last ?? 1
    let total = shape.reduce(1, *)
    let rows = shares.entries.count / width
    var drawn = [Double](repeating: 0, count: total * rows)
    for row in 0..<rows {
      let places = random.places(
        total, Array(shares.entries[row * width..<(row + 1) * width]), repeats: true)
      // The samples stand before the rows.
      for (number, place) in places.enumerated() { drawn[number * rows + row] = Double(place) }
    }
    return machine.plain(NumberArray(shape + shares.shape.dropLast(), drawn))
  }

  static let sampleOfChance: Sample = {
    (machine, random, values, shape, token) throws(ProgramError) in
    let chances = numbers("probs", machine, values)
    let isDouble = machine.isDoubleByDefault
    let count = shape.reduce(1, *) * chances.entries.count
    return machine.plain(
      NumberArray(
        shape + chances.shape,
        random.ofTorch { stream in
          (0..<count).map { place in
            let chance = chances.entries[place % chances.entries.count]
            let holds =
              isDouble ? stream.uniform() < chance : stream.shortUniform() < Float(chance)
            return holds ? 1 : 0
          }
        }))
  }
}
