public import GradLanguage
public import GradLesson

import GradBase
import GradCore

extension Computation {
  /// Steps of Newton's method on the output: each from where the one before it leads.
  ///
  /// - Parameters:
  ///   - count: How many steps.
  ///   - inputs: The inputs that move, nodes of the trace; numbers.
  /// - Returns: The steps.
  /// - Throws: A Hessian without an inverse, numbers that are not finite, and what is wrong with the program in
  ///   a branch that is taken on the way.
  public func newtonSteps(
    _ count: Int, by inputs: [Int]
  ) throws(ProgramError) -> [NewtonStep] {
    let evaluator = try evaluator()
    let ids = inputs.map { trace.nodes[$0].id }
    let places = inputs.map { input in evaluator.inputs.firstIndex { $0.node == input } ?? 0 }
    var values = evaluator.inputs.map(\.value)
    var steps: [NewtonStep] = []
    for number in 1...count {
      let now = try evaluator.trace(at: values)
      // Another branch may give inputs other places.
      let nodes = ids.compactMap { now.index(of: $0) }
      let hessian: DerivativeMatrix
      do {
        hessian = try now.secondDerivatives(by: nodes.map { Trace.Place(node: $0) }).hessian()
      } catch {
        throw fault(error.message, error.help)
      }
      let point = places.map { values[$0] }
      let gradient = nodes.map { now.nodes[$0].derivative }
      guard let step = NewtonStep(from: point, gradient: gradient, hessian: hessian) else {
        let at = zip(ids, point).map { "\($0) = \(shortestText($1))" }.joined(separator: ", ")
        throw fault(
          "the Hessian at \(at) has no inverse, so that step \(number) leads nowhere",
          "begin elsewhere, by --set, or ask for fewer steps")
      }
      for (place, value) in zip(places, step.next) { values[place] = value }
      steps.append(step)
    }
    return steps
  }

  private func fault(_ message: String, _ help: String?) -> ProgramError {
    ProgramError([
      Diagnostic(badOption: "--newton: \(message)", file: program.source.name, help: help)
    ])
  }
}
