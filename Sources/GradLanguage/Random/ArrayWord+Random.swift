import GradBase
import GradCore

/// Random numbers, which a program has to seed.
extension ArrayWord {
  static let random: [String: ArrayWord] = {
    var words: [String: ArrayWord] = [
      "seed": ArrayWord { (machine, call) throws(ProgramError) in
        machine.random = try machine.generator(.legacy, call)
        return .none
      },
      "RandomState": ArrayWord { (machine, call) throws(ProgramError) in
        machine.make(try machine.generator(.legacy, call))
      },
      "default_rng": ArrayWord { (machine, call) throws(ProgramError) in
        machine.make(try machine.generator(.modern, call))
      },
      "manual_seed": ArrayWord { (machine, call) throws(ProgramError) in
        let random = try machine.generator(.torch, call)
        machine.randomOfTorch = random
        return machine.make(random)
      },
      "Generator": ArrayWord { (machine, call) throws(ProgramError) in
        _ = call.argument(0, "device")
        // What PyTorch begins with where no seed is given.
        return machine.make(RandomObject(.torch, seed: 67_280_421_310_721))
      },
      "set_default_dtype": ArrayWord { (machine, call) throws(ProgramError) in
        let type = call.argument(0, "d").map { machine.name(ofType: $0) }
        machine.isDoubleByDefault = type == "float64" || type == "double"
        return .none
      },
    ]
    for name in Set(Draw.names(of: .legacy) + Draw.names(of: .torch)) {
      words[name] = ArrayWord { (machine, call) throws(ProgramError) in
        let random = try machine.generator(call)
        return try machine.draw(call, random)
      }
    }
    words["tf.random"] = ArrayWord { (machine, call) throws(ProgramError) in
      throw machine.failure(
        "the random numbers of TensorFlow are not known here, with a seed or without", call,
        help: "print them where the program runs, and paste them: tf.constant([…])")
    }
    words["random.seed"] = ArrayWord { (machine, call) throws(ProgramError) in
      machine.randomOfPython =
        call.count == 0 ? nil : try machine.generator(.python, call)
      return .none
    }
    words["random.Random"] = ArrayWord { (machine, call) throws(ProgramError) in
      machine.make(try machine.generator(.python, call))
    }
    for (name, draw) in Draw.ofPython {
      words["random." + name] = ArrayWord { (machine, call) throws(ProgramError) in
        guard let random = machine.randomOfPython else {
          throw machine.failure(
            "random numbers without a seed are different at every run", call,
            help: "random.seed(0) above makes them those of Python; or print and paste them")
        }
        return try draw.run(&machine, random, call)
      }
    }
    return words
  }()
}

extension Recorder {
  /// A new generator with the seed that a call gives.
  func generator(
    _ kind: RandomObject.Kind, _ call: ArrayCall
  ) throws(ProgramError) -> RandomObject {
    guard let given = call.argument(0, "seed") else {
      throw failure(
        "random numbers without a seed are different at every run", call,
        help: "\(call.name)(0) makes them those of \(kind.library); or print and paste them")
    }
    let seed = try whole(given, call)
    if kind == .torch, let seed {
      return RandomObject(kind, seed: UInt64(bitPattern: Int64(seed)))
    }
    let most: UInt64 = kind == .legacy ? 0xFFFF_FFFF : 1 << 53
    guard let seed, let bits = UInt64(exactly: seed), bits <= most else {
      throw failure("a seed is a whole number from 0 to \(grouped(Int(most)))", call)
    }
    return RandomObject(kind, seed: bits)
  }

  /// The generator of `np.random` or of PyTorch, which a program has to seed.
  fileprivate func generator(_ call: ArrayCall) throws(ProgramError) -> RandomObject {
    if call.isTorch { return try generatorOfTorch(call) }
    guard let random else {
      throw failure(
        "random numbers without a seed are different at every run", call,
        help: "np.random.seed(0) above makes them those of NumPy; or print and paste them")
    }
    return random
  }

  /// Draws what a call names of a generator.
  fileprivate mutating func draw(
    _ call: ArrayCall, _ random: RandomObject
  ) throws(ProgramError) -> Operand {
    if let draw = Draw.named(call.name, of: random.kind) {
      return try draw.run(&self, random, call)
    }
    let known = Draw.names(of: random.kind)
    throw failure(
      .unknownAttribute, "\(quoted(call.name)) of \(random.description) is not read", call.token,
      help: nearestName(to: call.name, among: known).map { "did you mean '\($0)'?" }
        ?? "print its numbers where the program runs, and paste them; read are "
        + known.joined(separator: ", "))
  }

  /// Calls a method of a generator.
  mutating func draw(
    _ name: String, _ random: RandomObject, _ given: [Operand], _ named: [Int32: Operand],
    _ token: Int32
  ) throws(ProgramError) -> Operand {
    var byName: [String: Operand] = [:]
    for (number, value) in named { byName[program.names[number]] = value }
    let call = ArrayCall(name, given, byName, token, isTorch: false)
    if name == (random.kind == .torch ? "manual_seed" : "seed"), random.kind != .modern {
      random.stream = try generator(random.kind, call).stream
      // PyTorch's method gives the generator itself.
      return random.kind == .torch ? make(random) : .none
    }
    return try draw(call, random)
  }

  /// Refuses another type than Float64 or the usual whole number, whose bits are drawn in another way.
  func checkType(_ call: ArrayCall) throws(ProgramError) {
    let usual = ["float", "float64", "double", "int", "int64"]
    if let type = call.named("dtype"), !usual.contains(name(ofType: type)) {
      throw failure("\(quoted(call.name)) is read without 'dtype', for 64 bits", call)
    }
  }

  /// Refuses a shape of more entries than memory holds.
  func checkShape(_ shape: [Int], _ call: ArrayCall) throws(ProgramError) {
    if shape.isEmpty { return }
    do throws(ShapeFault) { try ArrayOperation.check(shape) } catch {
      throw failure(error, call.token)
    }
  }
}
