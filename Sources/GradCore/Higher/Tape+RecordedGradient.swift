extension Tape {
  /// Records the derivatives of a variable as nodes of the tape, so that they can be differentiated again.
  ///
  /// O(nodes + edges).
  ///
  /// - Parameters:
  ///   - output: What is differentiated; of an array the sum of its entries.
  ///   - inputs: What it is differentiated by.
  /// - Returns: The derivative by each input, of its shape.
  /// - Throws: That an operation has no rule.
  package func recordGradient(
    of output: Variable, by inputs: [Variable]
  ) throws(DifferentiationFault) -> [Variable] {
    var recorder = GradientRecorder(self)
    let sweep = try recorder.sweep(of: output, by: inputs)
    return inputs.map { recorder.derivative(by: $0, in: sweep) }
  }
}
