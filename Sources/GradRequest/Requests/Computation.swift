public import GradCore
public import GradLanguage

import GradFigure
import GraphvizRenderer

/// A program with its numbers: what a text of the language computes.
///
/// ```swift
/// let lecture = try Computation(parsing: "a = 5; b = 3; c = 2; J = 3 * (a + b * c)")
/// let svg = try lecture.picture(.svg).text
/// ```
public struct Computation: Sendable {
  /// The program as it was read.
  public let program: Program
  /// The options that the program carries in the `#:` lines at its head.
  public let head: ProgramHead
  /// The numbers: one node an operation.
  public let trace: Trace
  /// What is worth a word although the program could be recorded.
  public let warnings: [Diagnostic]

  let settings: [InputValue]
  let output: String?
  /// Whether the output may be an array.
  let mayBeArray: Bool

  /// Reads and records a text.
  ///
  /// - Parameters:
  ///   - text: The program.
  ///   - name: What messages call its file.
  ///   - settings: Values for inputs, and for names that the program reads but never assigns.
  ///   - output: The name of the node to differentiate; by default that of the program's head, else
  ///     the last statement's target.
  /// - Throws: All that is wrong with the program.
  public init(
    parsing text: String, named name: String = "<expression>", settings: [InputValue] = [],
    of output: String? = nil
  ) throws(ProgramError) {
    try self.init(Program(Source(name, text: text)), settings: settings, of: output)
  }

  /// Records a program.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - settings: Values for inputs, and for names that the program reads but never assigns.
  ///   - output: The name of the node to differentiate; by default that of the program's head, else
  ///     the last statement's target.
  ///   - mayBeArray: Whether the output may be an array, as the rows of a Jacobian are.
  /// - Throws: All that is wrong with the program.
  public init(
    _ program: Program, settings: [InputValue] = [], of output: String? = nil,
    mayBeArray: Bool = false
  ) throws(ProgramError) {
    self.program = program
    self.mayBeArray = mayBeArray
    head = ProgramHead(program)
    let settings = try head.settings(below: settings)
    self.settings = settings
    self.output = output ?? head.output
    (trace, warnings) = try program.trace(
      settings: settings, of: self.output, mayBeArray: mayBeArray)
  }

  /// The same output of the program as a function of its inputs.
  ///
  /// - Throws: All that is wrong with the program.
  public func evaluator() throws(ProgramError) -> Evaluator {
    try program.evaluator(settings: settings, of: output)
  }

  /// The figure of the program as a file.
  ///
  /// - Parameters:
  ///   - format: What to write.
  ///   - options: How to draw; by default what the program's head says.
  /// - Returns: The bytes, and what is worth a word about them.
  /// - Throws: ``FigureError`` for a head that is wrong, and for a figure that cannot be drawn.
  public func picture(
    _ format: OutputFormat = .svg, _ options: PictureOptions? = nil
  ) throws(FigureError) -> Picture {
    var chosen = options ?? PictureOptions()
    if options == nil {
      try asked { () throws(ProgramError) in try head.apply(to: &chosen) }
    }
    return try drawn { [chosen] () throws(GraphvizError) in
      try Reading(trace, chosen.figure).picture(format, chosen)
    }
  }
}
