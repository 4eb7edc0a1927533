import GradBase
import GradCore

/// Methods of the distributions that SciPy has: `scipy.stats.norm`.
extension Word {
  /// What a distribution says of a value, which is already (x − loc) / scale.
  private static func standard(
    _ run:
      @escaping @Sendable (
        inout Recorder, _ z: Recorder.Operand, _ scale: Recorder.Operand, Int32
      ) throws(ProgramError) -> Recorder.Operand
  ) -> Method {
    Method(names: ["loc", "scale"]) { (machine, _, given, named, token) throws(ProgramError) in
      guard (1...3).contains(given.count) else {
        throw machine.failure(
          .wrongArguments, "it takes a value, 'loc' and 'scale', not \(given.count) values", token)
      }
      var z = given[0]
      let loc = given.count > 1 ? given[1] : machine.argument("loc", named)
      let scale = given.count > 2 ? given[2] : machine.argument("scale", named)
      if let loc { z = try machine.apply(Operators.Subtract.self, [z, loc], token) }
      if let scale { z = try machine.apply(Operators.Divide.self, [z, scale], token) }
      machine.operands.append(machine.plain(try run(&machine, z, scale ?? .number(1), token)))
    }
  }

  /// −z²/2 − ln(scale √(2π)).
  static func logDensity(
    _ machine: inout Recorder, _ z: Recorder.Operand, _ scale: Recorder.Operand, _ token: Int32
  ) throws(ProgramError) -> Recorder.Operand {
    let square = try machine.apply(Operators.Square.self, [z], token)
    let exponent = try machine.apply(Operators.Multiply.self, [.number(-0.5), square], token)
    let width = try machine.apply(
      Operators.Multiply.self, [scale, .number((2 * Double.pi).squareRoot())], token)
    let logarithm = try machine.apply(Operators.Log.self, [width], token)
    return try machine.apply(Operators.Subtract.self, [exponent, logarithm], token)
  }

  /// ½ erfc(factor · z).
  private static func tail(_ factor: Double) -> Method {
    standard { (machine, z, _, token) throws(ProgramError) in
      let turned = try machine.apply(Operators.Multiply.self, [.number(factor), z], token)
      let value = try machine.apply(Operators.Erfc.self, [turned], token)
      return try machine.apply(Operators.Multiply.self, [.number(0.5), value], token)
    }
  }

  static let methodsOfNormal: [String: Method] = [
    "cdf": tail(-0.5.squareRoot()), "sf": tail(0.5.squareRoot()),
    "logpdf": standard(logDensity),
    "pdf": standard { (machine, z, scale, token) throws(ProgramError) in
      let density = try logDensity(&machine, z, scale, token)
      return try machine.apply(Operators.Exp.self, [density], token)
    },
  ]
}
