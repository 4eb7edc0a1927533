import GradBase
import GradCore

/// A function or a method of arrays, one row of the table.
struct ArrayWord: Sendable {
  typealias Run = @Sendable (inout Recorder, ArrayCall) throws(ProgramError) -> Recorder.Operand

  /// Makes the result of a call.
  let run: Run
  /// Whether it makes something of plain numbers alone, so that a program with it is more than formulas.
  let makesArrays: Bool
  /// Whether a call of it is a call of the trace.
  let isCall: Bool

  init(makesArrays: Bool = true, isCall: Bool = false, _ run: @escaping Run) {
    (self.makesArrays, self.isCall, self.run) = (makesArrays, isCall, run)
  }

  /// The function of a name; `nil` if there is none.
  static func named(_ name: String) -> ArrayWord? { table[name] }

  /// The names of all of them.
  static let names = table.keys.sorted()

  /// Whether a call of a name means the function whatever it is given, as Python has none of the name.
  static func isCalled(_ name: String) -> Bool { table[name] != nil && Word.named(name) == nil }

  private static let table: [String: ArrayWord] = [
    distanceLosses, series, fits, combined, making, random, randomOfJAX, products, matrices,
    compositions,
    reductions, shaping, orders, finding,
    parting,
    networks, losses, lossesOfTensorFlow, changes,
    rounding,
    masks, recurrent,
    transformers, layers,
    starts, files, modes,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}

extension Recorder {
  /// A number that is on no tape.
  func real(_ value: Operand, _ call: ArrayCall) throws(ProgramError) -> Double {
    if let number = numbers(of: value)?.number { return number }
    throw failure("\(quoted(call.name)) takes a number here, not \(described(value))", call)
  }

  mutating func contract(
    _ rule: String, _ operands: [Operand], _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let contraction: ArrayOperation.Contraction
    do throws(ShapeFault) { contraction = try ArrayOperation.Contraction(rule) } catch {
      throw failure(error.message, call, help: error.help)
    }
    return try apply(.contract(contraction), operands, call.token)
  }
}
