import ArgumentParser
import GradCore
import GradLanguage
import GraphvizGrad

/// Prints the numbers of programs.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every value and derivative of programs.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample lecture | graphviz-grad eval - --set b=3.001
        graphviz-grad eval -e 'x = 3; y = x*x' --format json

      Several programs are printed one after another.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup var place: PathArguments

  @Option(
    name: .property("format"),
    help: "One of \(words(TraceFormat.all.map(\.name))) (default: by PATH, else table).",
    completion: .list(TraceFormat.all.map(\.name)))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "What counts as a node: \(words(["auto"] + Detail.allCases.map(\.rawValue))) "
        + "(default: operations for json, else auto).", valueName: "detail"),
    completion: .list(["auto"] + Detail.allCases.map(\.rawValue)))
  var detail: String?

  @Option(help: .wrt)
  var wrt: String?

  @Option(help: .order)
  var order: String?

  func run() throws {
    var mistakes = program.mistakes() + scriptTime.mistakes(runs: program.run)
    let chosen = FormatChoice(all: TraceFormat.all).format(format, for: place.path, &mistakes)
    for option in options {
      do {
        try FigureOption.named(option.name)?.check(option.value, .none)
      } catch {
        mistakes.append(
          Messages.error("bad-option", "--\(option.name): \(error.message)", help: error.help))
      }
    }
    let outputs = Outputs(reading: program, to: Output(place.path))
    mistakes += outputs.mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let computations = try program.computations(within: scriptTime.limits)
    let result = ResultInPieces(to: outputs)
    var warnings: [Diagnostic] = []
    for (position, computation) in computations.enumerated() {
      let numbers = try numbers(of: computation)
      let detail =
        numbers.detail
        ?? (chosen.showsOperations ? .operations : numbers.trace.suggestedDetail)
      if position > 0 { result.add(Array(chosen.separator.utf8)) }
      chosen.write(numbers.trace.detailed(detail), numbers.higher, result.add)
      warnings += numbers.warnings
    }
    try result.finish()
    Messages.write(warnings)
  }

  /// The options that say which numbers are wanted.
  private var options: [OptionText] {
    [("detail", detail), ("wrt", wrt), ("order", order)].compactMap { name, value in
      value.map { OptionText(name, $0) }
    }
  }

  private func numbers(of computation: Computation) throws(Failure) -> ProgramNumbers {
    do {
      return try computation.numbers(options)
    } catch {
      throw Failure(error)
    }
  }
}
