import GradCore
import GradLanguage
import GraphvizGrad

extension GradientCheck {
  /// Second derivatives of a program by its inputs, beside differences of its gradient.
  ///
  /// Runs the program at neighbours of each input, where it takes the derivatives by all others: about 30 to 90
  /// runs an input. Of each pair of inputs the gradient by the earlier one is compared as the later one moves.
  init(
    second computation: Computation, wrt: String?, tolerance: Double
  ) throws(ProgramError) {
    let trace = try computation.trace(wrt: wrt)
    let evaluator = try computation.evaluator()
    let chosen = evaluator.inputs.indices.filter { !trace.nodes[evaluator.inputs[$0].node].isData }
    let inputs = chosen.map { evaluator.inputs[$0] }
    let hessian: DerivativeMatrix
    let kinks: [String]
    do throws(MatrixFault) {
      let second = try trace.secondDerivatives(
        by: inputs.map { Trace.Place(node: $0.node, entry: $0.entry) })
      (hessian, kinks) = (try second.hessian(), second.kinks)
    } catch {
      throw ProgramError([
        Diagnostic(
          badOption: error.subject == .inputs ? "--wrt: \(error.message)" : error.message,
          file: computation.program.source.name, help: error.help)
      ])
    }
    let isStopped = trace.leadsThroughStop
    let isFinite = trace.nodes[trace.output].value.isFinite
    let values = evaluator.inputs.map(\.value)
    var entries: [Entry] = []
    for (column, moved) in inputs.enumerated() {
      // The same neighbours serve for all derivatives.
      var known: [UInt64: [Double]] = [:]
      func gradient(at value: Double) -> [Double] {
        if let gradient = known[value.bitPattern] { return gradient }
        var values = values
        values[chosen[column]] = value
        let other = try? evaluator.trace(at: values)
        let gradient = inputs.map { other?.derivative(by: $0, of: trace) ?? .nan }
        known[value.bitPattern] = gradient
        return gradient
      }
      for row in 0...column {
        let numerical = numericalGradient(at: [moved.value]) { gradient(at: $0[0])[row] }[0]
        let derivative = hessian[row, column]
        let (finding, kink) = Self.finding(
          numerical, derivative, tolerance, isFinite: isFinite,
          isStopped: isStopped[moved.node] || isStopped[inputs[row].node]
        ) {
          trace.underflows(from: moved.node, derivative)
        } kink: {
          kinks.first ?? trace.kink(from: moved.node)
        }
        entries.append(
          Entry(
            name: inputs[row].name, other: moved.name, value: moved.value, derivative: derivative,
            numerical: numerical, isOutputFinite: isFinite, kinkInside: kink, finding: finding))
      }
    }
    output = trace.nodes[trace.output].id
    self.tolerance = tolerance
    order = 2
    self.entries = entries
  }
}

extension Trace {
  /// The derivative by an input of another run of the same program, whose nodes may have other places where
  /// another branch was taken.
  fileprivate func derivative(by input: Evaluator.Input, of trace: Trace) -> Double? {
    let id = trace.nodes[input.node].id
    let isThere = input.node < nodes.count && nodes[input.node].id == id
    guard let index = isThere ? input.node : self.index(of: id) else { return nil }
    guard let entry = input.entry else { return nodes[index].derivative }
    return nodes[index].arrayDerivative?.entries[entry] ?? 0
  }
}
