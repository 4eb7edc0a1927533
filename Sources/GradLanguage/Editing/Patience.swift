/// How long whoever asks waits for the numbers of a program.
///
/// An editor asks at every key, and would rather have no numbers than wait for those of a long loop.
package struct Patience: Sendable {
  /// The most nodes and calls that the program may expand to.
  package var nodes: Int
  /// Whether the recording may go on; asked now and then.
  package var mayGoOn: @Sendable () -> Bool

  /// Patience from its parts.
  package init(nodes: Int, mayGoOn: @escaping @Sendable () -> Bool) {
    self.nodes = nodes
    self.mayGoOn = mayGoOn
  }

  /// After how many steps of the machine somebody asks whether it may go on.
  static let stride = 512
}

extension Program {
  /// The same program, recorded for no longer than `patience` lasts.
  package func recorded(with patience: Patience) -> Program {
    var program = self
    program.patience = patience
    return program
  }
}

extension Recorder {
  /// Ends the recording where nobody waits for it any more.
  mutating func checkPatience() throws(ProgramError) {
    stepsToPatience -= 1
    if stepsToPatience > 0 { return }
    stepsToPatience = Patience.stride
    guard let patience = program.patience, !patience.mayGoOn() else { return }
    var report = Report(program.source)
    report.error(.interrupted, "the program takes too long to be recorded here", at: nil)
    throw ProgramError(report.diagnostics)
  }
}
