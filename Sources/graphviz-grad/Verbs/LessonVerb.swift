import ArgumentParser
import GradCore
import GradFigure
import GradLanguage
import GraphvizGrad

/// A verb that writes lessons: programs, how they are written, and where to.
protocol LessonVerb: ParsableCommand, OptionArguments {
  var program: ProgramArguments { get }
  var place: PathArguments { get }
  var scriptTime: ScriptTimeArguments { get }
  var writing: WritingArguments { get }
  var trace: TraceArguments { get }
}

extension LessonVerb {
  var given: [(name: String, value: String)] { writing.given + trace.given }

  /// What is read and what is written.
  var outputs: Outputs { Outputs(reading: program, to: Output(place.path)) }

  /// Everything that is wrong with the command line.
  func mistakes() -> [Diagnostic] {
    program.mistakes() + scriptTime.mistakes(runs: program.run) + optionMistakes()
      + outputs.mistakes()
  }

  /// The figures of the programs, with the options that hold for each.
  ///
  /// - Parameters:
  ///   - notation: How derivatives are called unless something else is said.
  ///   - change: What else is asked of each.
  /// - Returns: One figure a program.
  /// - Throws: Everything that is wrong with the programs and their heads.
  func figures(
    _ notation: Notation = .dvar, _ change: (inout FigureRequest) -> Void = { _ in }
  ) throws(Failure) -> [RequestedFigure] {
    var arguments = try RequestArguments(program, options)
    arguments.defaults.figure.notation = notation
    arguments.limits = scriptTime.limits
    return try arguments.results { request throws(FigureError) in
      var request = request
      change(&request)
      return try request.figure()
    }
  }

  /// The format of `-T`, else that of the file, else the first.
  ///
  /// - Throws: Everything that is wrong with the command line, for a format that is not known.
  func outputFormat<Format: FileFormat>(_ word: String?, among all: [Format]) throws(Failure)
    -> Format
  {
    var unknown: [Diagnostic] = []
    let format = FormatChoice(all: all).format(word, for: place.path, &unknown)
    if !unknown.isEmpty { throw Failure(.usage, mistakes() + unknown) }
    return format
  }
}
