import GradBase
import GradCore

/// The functions of `nn.init`, which give a weight its first value.
extension ArrayWord {
  /// What gives an array of a shape the numbers that a function says; `nil` where they are not known.
  private static func initial(
    _ value:
      @escaping @Sendable (inout Recorder, [Int], ArrayCall) throws(ProgramError) ->
      NumberArray?
  ) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      guard let target = call.argument(0, "tensor"), let shape = machine.shape(of: target) else {
        throw machine.failure("\(quoted(call.name)) takes an array", call)
      }
      let numbers = try value(&machine, shape, call)
      if let weight = machine.object(target) as? WeightObject {
        if let numbers { weight.give(numbers) } else { weight.forget() }
        return target
      }
      guard let numbers, machine.overwrite(target, with: machine.plain(numbers)) else {
        throw machine.failure(
          "\(quoted(call.name)) is read for the weights of layers, and for parameters that nothing "
            + "computes with yet", call, help: "give the array its numbers where it is made")
      }
      return target
    }
  }

  private static func filled(_ number: Double) -> ArrayWord {
    initial { (_, shape, _) throws(ProgramError) in
      NumberArray(shape, [Double](repeating: number, count: shape.reduce(1, *)))
    }
  }

  /// Random numbers, which are not known where the program has no seed.
  private static func drawn(
    _ draw:
      @escaping @Sendable (
        inout Recorder, [Int], ArrayCall
      ) throws(ProgramError) -> (inout TorchRandom, Int, Bool) -> [Double]?
  ) -> ArrayWord {
    initial { (machine, shape, call) throws(ProgramError) in
      let run = try draw(&machine, shape, call)
      if machine.randomOfTorch == nil, call.named("generator") == nil { return nil }
      let random = try machine.generatorOfTorch(call)
      let isDouble = try machine.drawsDouble(call, isInferred: true)
      let numbers = random.ofTorch { run(&$0, shape.reduce(1, *), isDouble) }
      return numbers.map { NumberArray(shape, $0) }
    }
  }

  /// Uniform or normal numbers, as far as what a weight connects says.
  private static func spread(
    isNormal: Bool,
    _ widths:
      @escaping @Sendable (
        inout Recorder, Fans, ArrayCall
      ) throws(ProgramError) -> (bound: Double, deviation: Double)
  ) -> ArrayWord {
    drawn { (machine, shape, call) throws(ProgramError) in
      guard shape.count > 1 else {
        throw machine.failure(
          "\(quoted(call.name)) takes an array of two axes or more, not of \(shapeText(shape))",
          call)
      }
      let (bound, deviation) = try widths(&machine, Fans(shape), call)
      return {
        isNormal
          ? $0.normals($1, mean: 0, deviation: deviation, isDouble: $2)
          : $0.uniforms($1, from: -bound, to: bound, isDouble: $2)
      }
    }
  }

  private static func xavier(isNormal: Bool) -> ArrayWord {
    spread(isNormal: isNormal) { (machine, fans, call) throws(ProgramError) in
      fans.xavier(gain: try machine.setting(call, 1, "gain", 1))
    }
  }

  private static func kaiming(isNormal: Bool) -> ArrayWord {
    spread(isNormal: isNormal) { (machine, fans, call) throws(ProgramError) in
      let slope = try machine.setting(call, 1, "a", 0)
      let mode = call.argument(2, "mode").map { machine.text(of: $0) } ?? "fan_in"
      let activation =
        call.argument(3, "nonlinearity").map { machine.text(of: $0) } ?? "leaky_relu"
      guard let gain = Fans.gain(activation, slope: slope), ["fan_in", "fan_out"].contains(mode)
      else {
        throw machine.failure(
          "\(quoted(call.name)) does not know \(quoted(activation)) with \(quoted(mode))", call)
      }
      return Fans.kaiming(mode == "fan_in" ? fans.inputs : fans.outputs, gain: gain)
    }
  }

  static let starts: [String: ArrayWord] = [
    "zeros_": filled(0), "ones_": filled(1),
    "constant_": initial { (machine, shape, call) throws(ProgramError) in
      let value = try machine.array(call, 1, "val")
      let number = try machine.real(value, call)
      return NumberArray(shape, [Double](repeating: number, count: shape.reduce(1, *)))
    },
    "eye_": initial { (machine, shape, call) throws(ProgramError) in
      guard shape.count == 2 else { throw machine.failure("'eye_' is of a matrix", call) }
      return NumberArray(
        shape, (0..<shape[0] * shape[1]).map { $0 / shape[1] == $0 % shape[1] ? 1 : 0 })
    },
    "xavier_uniform_": xavier(isNormal: false), "xavier_normal_": xavier(isNormal: true),
    "kaiming_uniform_": kaiming(isNormal: false), "kaiming_normal_": kaiming(isNormal: true),
    "uniform_": drawn { (machine, _, call) throws(ProgramError) in
      let low = try machine.setting(call, 1, "a", 0)
      let high = try machine.setting(call, 2, "b", 1)
      return { $0.uniforms($1, from: low, to: high, isDouble: $2) }
    },
    "normal_": drawn { (machine, _, call) throws(ProgramError) in
      let mean = try machine.setting(call, 1, "mean", 0)
      let deviation = try machine.setting(call, 2, "std", 1)
      return { $0.normals($1, mean: mean, deviation: deviation, isDouble: $2) }
    },
    "calculate_gain": ArrayWord { (machine, call) throws(ProgramError) in
      let activation = call.argument(0, "nonlinearity").map { machine.text(of: $0) } ?? ""
      let slope = try machine.setting(call, 1, "param", 0.01)
      guard let gain = Fans.gain(activation, slope: slope) else {
        throw machine.failure("'calculate_gain' does not know \(quoted(activation))", call)
      }
      return .number(gain)
    },
    "trunc_normal_": drawn { (machine, _, call) throws(ProgramError) in
      let mean = try machine.setting(call, 1, "mean", 0)
      let deviation = try machine.setting(call, 2, "std", 1)
      let bounds = (try machine.setting(call, 3, "a", -2), try machine.setting(call, 4, "b", 2))
      func share(below bound: Double) -> Double {
        (1 + Operators.Erf.value((bound - mean) / deviation / 2.0.squareRoot())) / 2
      }
      guard share(below: bounds.1) - share(below: bounds.0) > 0.3 else {
        throw machine.failure(
          "'trunc_normal_' is read where its bounds hold a third of the numbers", call,
          help: "print them where the program runs, and paste them: w.data = torch.tensor([…])")
      }
      return { random, count, isDouble in
        random.normals(
          count, mean: mean, deviation: deviation, isDouble: isDouble, from: bounds.0, to: bounds.1)
      }
    },
    "orthogonal_": unknown, "sparse_": unknown, "dirac_": unknown,
  ]

  /// What is left waiting for numbers, as those of PyTorch are not known.
  private static let unknown = initial { (machine, _, call) throws(ProgramError) in
    guard machine.randomOfTorch == nil else {
      throw machine.failure(
        "the numbers of \(quoted(call.name)) are not known here", call,
        help: "print them where the program runs, and paste them: w.data = torch.tensor([…])")
    }
    call.ignoreRest()
    return nil
  }
}
