/// The gradient of a trace as a computation: the backward sweep, recorded on the tape of its operations.
///
/// Whoever needs second derivatives begins here:
///
///     let gradient = try trace.recordedGradient(by: [x, y])
///     gradient.values                       // the gradient, one array an input
///     gradient.hessian(times: [1, 0])       // one pass forward over the recorded sweep
///     gradient.row(of: 0)                   // one pass backward over it: the same row
///
/// Recording costs a small multiple of the trace's own nodes, once. Each row, or product of the Hessian with
/// a direction, is one pass over the nodes after that: O(nodes + edges), without recording anything.
package final class RecordedGradient {
  /// What was differentiated.
  package let trace: Trace
  /// The trace's nodes, at their indices, then those of the gradient.
  package let tape: Tape
  /// The inputs, indices in the trace's nodes.
  package let inputs: [Int]
  /// The derivative by each input, of the input's shape.
  package let gradient: [Variable]
  /// The nodes of the trace at which a derivative jumps; second derivatives count as 0 there.
  package var kinks: [Int] { recorder.kinks.filter { $0 < trace.nodes.count }.sorted() }
  private(set) var recorder: GradientRecorder
  /// The sweep of the trace's output.
  let sweep: GradientRecorder.Sweep

  init(
    _ trace: Trace, by inputs: [Int], keepsFactors: Bool = false
  ) throws(DifferentiationFault) {
    self.trace = trace
    self.inputs = inputs
    let tape = Tape(capacity: 4 * trace.nodes.count)
    self.tape = tape
    try trace.record(on: tape)
    guard trace.nodes[trace.output].shape.isEmpty else {
      throw DifferentiationFault(
        "'\(trace.nodes[trace.output].id)' has the shape \(shapeText(trace.nodes[trace.output].shape))",
        help: "what is differentiated is one number", node: trace.output)
    }
    var recorder = GradientRecorder(tape, keepsFactors: keepsFactors)
    let variables = inputs.map { tape.node($0) }
    let sweep = try trace.naming { () throws(DifferentiationFault) in
      try recorder.sweep(of: tape.node(trace.output), by: variables)
    }
    gradient = variables.map { recorder.derivative(by: $0, in: sweep) }
    (self.sweep, self.recorder) = (sweep, recorder)
  }

  /// The derivative by each input.
  package var values: [NumberArray] { gradient.map(\.array) }

  /// Records ∂output/∂input for a node of the tape, such as one of ``gradient``: one order more.
  ///
  /// - Parameters:
  ///   - output: A number of the tape.
  ///   - inputs: Indices in the trace's nodes.
  /// - Returns: The derivative by each input, of its shape.
  /// - Throws: That an operation has no rule.
  package func differentiate(
    _ output: Variable, by inputs: [Int]
  ) throws(DifferentiationFault) -> [Variable] {
    let (_, derivatives) = try sweep(of: output, by: inputs)
    return derivatives
  }

  func sweep(
    of output: Variable, by inputs: [Int]
  ) throws(DifferentiationFault) -> (GradientRecorder.Sweep, [Variable]) {
    let variables = inputs.map { tape.node($0) }
    let sweep = try trace.naming { () throws(DifferentiationFault) in
      try recorder.sweep(of: output, by: variables)
    }
    return (sweep, variables.map { self.recorder.derivative(by: $0, in: sweep) })
  }

  /// Records the second derivative by each entry of an array input, by that entry alone: a sweep for each entry
  /// of the derivative.
  ///
  /// - Parameter number: Which of the inputs.
  /// - Returns: The sweeps, and the derivatives, of the input's shape.
  /// - Throws: That an operation has no rule.
  func diagonalSweeps(
    of number: Int
  ) throws(DifferentiationFault) -> (sweeps: [GradientRecorder.Sweep], diagonal: Variable) {
    let (input, shape) = (inputs[number], tape.node(inputs[number]).shape)
    var sweeps: [GradientRecorder.Sweep] = []
    var diagonal: Variable?
    for entry in 0..<View(shape).count {
      var mask = [Double](repeating: 0, count: View(shape).count)
      mask[entry] = 1
      let one = tape.constant(NumberArray(shape, mask))
      let own = recorder.selected(gradient[number], one, shape)
      recorder.noteOrigins(input)
      let (sweep, all) = try self.sweep(of: own, by: [input])
      sweeps.append(sweep)
      let place = recorder.product(one, all[0])
      diagonal = diagonal.map { recorder.arithmetic.add($0, place) } ?? place
      recorder.noteOrigins(input)
    }
    let all = recorder.full(diagonal ?? recorder.arithmetic.constant(0), shape)
    recorder.noteOrigins(input)
    return (sweeps, all)
  }

  /// The Hessian times a direction, by one pass forward over the recorded gradient.
  ///
  /// - Parameter direction: One array of its shape for each input.
  /// - Returns: The change of the derivative by each input along the direction.
  package func hessian(times direction: [NumberArray]) -> [NumberArray] {
    tape.tangents(
      of: gradient, from: zip(inputs, direction).map { (tape.node($0), $1) })
  }

  /// The same for inputs that are numbers.
  package func hessian(times direction: [Double]) -> [Double] {
    hessian(times: direction.map { NumberArray($0) }).map { $0.entries[0] }
  }

  /// A row of the Hessian: the derivatives of one entry of the gradient by all inputs, by one pass backward
  /// over the recorded gradient.
  ///
  /// - Parameters:
  ///   - number: Which of the inputs' derivatives.
  ///   - entry: Which entry of it; 0 for a number.
  /// - Returns: One array of its shape for each input.
  package func row(of number: Int, entry: Int = 0) -> [NumberArray] {
    let output = gradient[number]
    let shape = output.shape
    var seed = [Double](repeating: 0, count: View(shape).count)
    seed[entry] = 1
    let isConstant = tape.opcode(Int(output.index)) == .constant
    let gradients = isConstant ? nil : tape.gradients(of: output, seed: NumberArray(shape, seed))
    return inputs.map { input in
      let shape = tape.node(input).shape
      return gradients?[tape.node(input)]
        ?? NumberArray(shape, [Double](repeating: 0, count: View(shape).count))
    }
  }
}

extension GradientRecorder {
  /// The entry of an array that a mask of one 1 chooses, as a number.
  func selected(_ array: Variable, _ mask: Variable, _ shape: [Int]) -> Variable {
    summed(product(mask, array), from: shape, to: [])
  }

  /// The derivative by an input that a sweep recorded, of the input's shape.
  mutating func derivative(by input: Variable, in sweep: Sweep) -> Variable {
    let node = sweep.derivative(Int(input.index)).map { tape.node($0) } ?? arithmetic.constant(0)
    defer { noteOrigins(Int(input.index)) }
    return full(node, input.shape)
  }

  /// How many nodes some outputs are computed from, themselves included.
  func size(of outputs: [Variable]) -> Int {
    var isUsed = [Bool](repeating: false, count: tape.nodeCount)
    for output in outputs { isUsed[Int(output.index)] = true }
    for node in isUsed.indices.reversed() where isUsed[node] {
      for edge in tape.edges(into: node) { isUsed[tape.edge(edge).source] = true }
    }
    return isUsed.count { $0 }
  }
}

extension Trace {
  /// Records the gradient of the trace's output as a computation of its own, for Hessians and Newton steps.
  ///
  /// - Parameter inputs: The inputs, indices in ``nodes``; all that are no data if `nil`.
  /// - Returns: The computation, which gives rows of the Hessian and products with it cheaply.
  /// - Throws: That an operation is not in the table, or has no rule.
  package func recordedGradient(
    by inputs: [Int]? = nil
  ) throws(DifferentiationFault) -> RecordedGradient {
    try RecordedGradient(self, by: inputs ?? parameters)
  }

  /// Runs a recording; what it throws names the node by its id.
  func naming<Result>(
    _ body: () throws(DifferentiationFault) -> Result
  ) throws(DifferentiationFault) -> Result {
    do throws(DifferentiationFault) { return try body() } catch {
      guard let node = error.node, node < nodes.count else { throw error }
      throw DifferentiationFault(
        "\(error.message), in '\(nodes[node].id)'", help: error.help, node: node)
    }
  }
}
