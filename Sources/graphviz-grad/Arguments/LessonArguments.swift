import ArgumentParser
import GradCore
import GradFigure
import GradLanguage
import GraphvizGrad

/// What verbs that write lessons have in common: programs, how they are written, and where to.
struct LessonArguments: ParsableArguments {
  @OptionGroup var program: ProgramArguments

  @Option(
    name: .property("path"),
    help: ArgumentHelp("Where to write (default: -, standard output).", valueName: "path"),
    completion: .file())
  var path = "-"

  @OptionGroup(title: "Nodes, names and numbers") var trace: TraceArguments

  /// What is read and what is written.
  var outputs: Outputs { Outputs(reading: program.inputs, to: Output(path)) }

  /// Everything that is wrong with the command line.
  func mistakes() -> [Diagnostic] {
    program.mistakes() + trace.mistakes() + outputs.mistakes()
  }

  /// The programs with the options that hold for each.
  ///
  /// - Parameters:
  ///   - notation: How derivatives are called unless something else is said.
  ///   - mode: Which way derivatives go, whatever the heads say; `nil` for what they say.
  /// - Returns: One computation a program, with what its head and the command line say.
  /// - Throws: Everything that is wrong with the programs and their heads.
  func computations(
    _ notation: Notation = .dvar, mode: FigureOptions.Mode? = nil
  ) throws(Failure) -> [(computation: Computation, options: PictureOptions)] {
    var defaults = PictureOptions()
    defaults.figure.notation = notation
    var results: [(Computation, PictureOptions)] = []
    var faults: [Diagnostic] = []
    for computation in try program.computations() {
      do {
        var options = try trace.options(
          over: computation.head, from: defaults, isTrusted: program.trustHeads)
        if let mode { options.figure.mode = mode }
        faults += options.figure.faults(in: computation)
        results.append((computation, options))
      } catch {
        faults += error.diagnostics
      }
    }
    if !faults.isEmpty { throw Failure(.program, faults) }
    return results
  }

  /// The format of `-T`, else that of the file, else the first.
  ///
  /// - Throws: Everything that is wrong with the command line, for a format that is not known.
  func format<Format: FileFormat>(_ word: String?, among all: [Format]) throws(Failure) -> Format {
    var unknown: [Diagnostic] = []
    let format = FormatChoice(all: all).format(word, for: path, &unknown)
    if !unknown.isEmpty { throw Failure(.usage, mistakes() + unknown) }
    return format
  }
}
