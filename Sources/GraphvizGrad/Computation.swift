public import GradCore
public import GradLanguage

/// A program with its numbers: what a text of the language computes.
///
/// ```swift
/// let lecture = try Computation(parsing: "a = 5; b = 3; c = 2; J = 3 * (a + b * c)")
/// let picture = try lecture.trace.picture(.svg)
/// ```
public struct Computation: Sendable {
  /// The program as it was read.
  public let program: Program
  /// The numbers: one node an operation.
  public let trace: Trace
  /// What is worth a word although the program could be recorded.
  public let warnings: [Diagnostic]

  /// Reads and records a text.
  ///
  /// - Parameters:
  ///   - text: The program.
  ///   - name: What messages call its file.
  ///   - settings: Values for inputs, and for names that the program reads but never assigns.
  ///   - output: The name of the node to differentiate; by default the last statement's target.
  /// - Throws: All that is wrong with the program.
  public init(
    parsing text: String, named name: String = "<expression>", settings: [Setting] = [],
    of output: String? = nil
  ) throws(ProgramError) {
    try self.init(Program(Source(name, text: text)), settings: settings, of: output)
  }

  /// Records a program.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - settings: Values for inputs, and for names that the program reads but never assigns.
  ///   - output: The name of the node to differentiate; by default the last statement's target.
  /// - Throws: All that is wrong with the program.
  public init(
    _ program: Program, settings: [Setting] = [], of output: String? = nil
  ) throws(ProgramError) {
    self.program = program
    (trace, warnings) = try program.trace(settings: settings, of: output)
  }
}
