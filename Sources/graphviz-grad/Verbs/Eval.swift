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
        graphviz-grad eval samples/lecture.grad --set b=3.001
        graphviz-grad eval -e 'x = 3; y = x*x' --format json

      Several programs are printed one after another.
      """)

  @OptionGroup var program: ProgramArguments

  @Option(
    name: .property("path"),
    help: ArgumentHelp("Where to write (default: -, standard output).", valueName: "path"),
    completion: .file())
  var path = "-"

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

  func run() throws {
    var mistakes = program.mistakes()
    let chosen = FormatChoice(all: TraceFormat.all).format(format, for: path, &mistakes)
    let details = ["auto"] + Detail.allCases.map(\.rawValue)
    if let detail, !details.contains(detail) {
      let mistake = FigureOption.Mistake(unknown: detail, "detail", details)
      mistakes.append(Messages.error("bad-option", mistake.message, help: mistake.help))
    }
    let outputs = Outputs(reading: program.inputs, to: Output(path))
    mistakes += outputs.mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let computations = try program.computations()
    let result = ResultInPieces(to: outputs)
    for (position, computation) in computations.enumerated() {
      let trace = try parameters(of: computation)
      let wanted =
        detail.map { Detail(rawValue: $0) ?? trace.suggestedDetail }
        ?? (chosen.showsOperations ? .operations : trace.suggestedDetail)
      if position > 0 { result.add(Array(chosen.separator.utf8)) }
      chosen.write(trace.detailed(wanted), result.add)
    }
    try result.finish()
    Messages.write(computations.flatMap(\.warnings))
  }

  private func parameters(of computation: Computation) throws(Failure) -> Trace {
    do {
      return try computation.trace(wrt: wrt)
    } catch {
      throw Failure(error)
    }
  }
}
