public import GradCore

/// A program that is run again and again with other values of its inputs, as checks of derivatives
/// and plots do.
///
/// Conditions are decided anew each time, so another branch may be taken.
public struct Evaluator {
  /// The inputs of the program itself, in the order of its statements; the entries of an array one by one.
  public let inputs: [Input]

  /// How many passes the loops have in which the program trains, the outermost first; `nil` where there
  /// is none, where one of them does not say, and where they come one after the other.
  public let passCounts: [Int]?

  /// The node and the value of each input of the program.
  private let given: [(node: Int, value: NumberArray)]
  private let program: Program
  private let settings: [InputValue]
  private let output: String?
  private let nodeLimit: Int
  private let tape = Tape()
  /// The derivatives that the program reads, which stay what they are, as for any backward pass.
  private let derivatives: [Double]

  /// An input of a program.
  public struct Input: Sendable, Equatable {
    /// Its name; of an entry of an array with its place, `W[0, 1]`.
    public var name: String
    /// Which entry of the node's array it is, in row-major order; `nil` for a number.
    public var entry: Int?
    /// Its node in the trace, an index in ``GradCore/Trace/nodes``.
    public var node: Int
    /// The value that the program or a setting gives it.
    public var value: Double
  }

  init(
    _ program: Program, _ settings: [InputValue], _ output: String?, _ nodeLimit: Int
  ) throws(ProgramError) {
    if program.isTrace { throw program.needed(for: "another run") }
    _ = try program.checked(settings)
    var recorder = Recorder(program, tape, settings, nodeLimit)
    try recorder.run()
    _ = try recorder.output(output)
    let (names, tape) = (recorder.names, tape)
    derivatives = recorder.autograd.read
    let counts = recorder.training.counts
    let isKnown = !recorder.training.areSeveral && !counts.isEmpty && !counts.contains(nil)
    passCounts = isKnown ? counts.compactMap(\.self) : nil
    given = recorder.inputs.map { (Int($0), tape.node(Int($0)).array) }
    inputs = recorder.inputs.flatMap { node in
      let (array, name) = (tape.node(Int(node)).array, names[node] ?? "")
      return array.entries.indices.map { entry in
        Input(
          name: array.shape.isEmpty ? name : name + array.place(of: entry),
          entry: array.shape.isEmpty ? nil : entry, node: Int(node),
          value: array.entries[entry])
      }
    }
    self.program = program
    self.settings = settings
    self.output = output
    self.nodeLimit = nodeLimit
  }

  /// The value of the output where the inputs have `values`.
  ///
  /// - Parameter values: One value for each of ``inputs``.
  /// - Returns: The output's value.
  /// - Throws: What is wrong in a branch that is taken for these values alone.
  public func value(at values: [Double]) throws(ProgramError) -> Double {
    try record(values).value
  }

  /// The trace of the program where the inputs have `values`.
  ///
  /// - Parameter values: One value for each of ``inputs``.
  /// - Returns: The trace of the output.
  /// - Throws: What is wrong in a branch that is taken for these values alone.
  public func trace(at values: [Double]) throws(ProgramError) -> Trace {
    tape.trace(of: try record(values))
  }

  /// The trace of the program where one node has another value, whatever it is computed from.
  ///
  /// - Parameters:
  ///   - node: The node, an index in ``GradCore/Trace/nodes``; any but a constant.
  ///   - value: Its value, of the shape that it has.
  /// - Returns: The trace of the output.
  /// - Throws: What is wrong in a branch that is taken for this value alone.
  public func trace(moving node: Int, to value: NumberArray) throws(ProgramError) -> Trace {
    let values = inputs.map { $0.node == node ? value.entries[$0.entry ?? 0] : $0.value }
    return tape.trace(of: try record(values, holding: (node, value)))
  }

  /// The trace of another run of the program, in which whole inputs have other values.
  ///
  /// Derivatives that the program reads are those of this run.
  ///
  /// - Parameters:
  ///   - values: The inputs that have other values, by their nodes; each keeps its shape.
  ///   - pass: The pass of the loops that train which is run, and the name that is watched in it.
  /// - Returns: The trace of the output.
  /// - Throws: What is wrong in a branch that is taken for these values alone.
  public func trace(
    giving values: [Int: NumberArray], _ pass: Pass = Pass()
  ) throws(ProgramError) -> Trace {
    var pass = pass
    return try trace(giving: values, &pass)
  }

  /// The same, with what the watched name is at the end.
  public func trace(
    giving values: [Int: NumberArray], _ pass: inout Pass
  ) throws(ProgramError) -> Trace {
    tape.reset()
    var recorder = Recorder(program, tape, settings, nodeLimit)
    recorder.inputValues = given.map { values[$0.node] ?? $0.value }
    if let passCounts {
      (recorder.training.number, recorder.training.shape) = (pass.number, passCounts)
    }
    recorder.training.name = pass.name.flatMap { program.names.existing($0) }
    recorder.training.start = pass.start
    recorder.training.kept = Set(pass.kept.compactMap { program.names.existing($0) })
    try recorder.run()
    pass.end = recorder.training.end
    return tape.trace(of: tape.node(Int(try recorder.output(output))))
  }

  /// A pass of the loops that train.
  public struct Pass: Sendable {
    /// Which one, counted from 0 over all loops within each other.
    public var number = 0
    /// A name whose value is asked for.
    public var name: String?
    /// Names that keep their values when parameters change.
    public var kept: [String] = []
    /// What the name is at the beginning; `nil` for what the program gives it.
    public var start: Double?
    /// What the name is at the end; `nil` where it is no number.
    public internal(set) var end: Double?

    /// The first pass.
    public init() {}
  }

  private func record(
    _ values: [Double], holding held: (node: Int, value: NumberArray)? = nil
  ) throws(ProgramError) -> Variable {
    precondition(values.count == inputs.count, "one value an input is needed")
    tape.reset()
    var recorder = Recorder(program, tape, settings, nodeLimit)
    var rest = values[...]
    recorder.inputValues = given.map { _, value in
      defer { rest = rest.dropFirst(value.count) }
      return NumberArray(value.shape, Array(rest.prefix(value.count)))
    }
    recorder.held = held
    recorder.autograd.replayed = derivatives
    try recorder.run()
    return tape.node(Int(try recorder.output(output)))
  }
}

extension Program {
  /// The program as a function of its inputs.
  ///
  /// - Parameters:
  ///   - settings: Values for inputs, and for names that the program reads but never assigns.
  ///   - output: The name of the node to compute; by default the target of the last statement.
  ///   - nodeLimit: The most nodes and calls that the program may expand to.
  /// - Returns: The function, which keeps a tape of its own.
  /// - Throws: All that is wrong with the program.
  public func evaluator(
    settings: [InputValue] = [], of output: String? = nil, nodeLimit: Int = Program.nodeLimit
  ) throws(ProgramError) -> Evaluator {
    try Evaluator(self, settings, output, nodeLimit)
  }
}
