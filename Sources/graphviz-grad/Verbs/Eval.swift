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

  @Option(help: .order)
  var order: String?

  func run() throws {
    var mistakes = program.mistakes() + scriptTime.mistakes(runs: program.scripts.run)
    let chosen = FormatChoice(all: TraceFormat.all).format(format, for: path, &mistakes)
    let details = ["auto"] + Detail.allCases.map(\.rawValue)
    if let detail, !details.contains(detail) {
      let mistake = FigureOption.Mistake(unknown: detail, "detail", details)
      mistakes.append(Messages.error("bad-option", mistake.message, help: mistake.help))
    }
    if let order, !(Int(order).map { (1...3).contains($0) } ?? false) {
      mistakes.append(
        Messages.error(
          "bad-option", "--order: '\(order)' is no order of derivatives that is computed",
          help: "1, 2 or 3"))
    }
    let outputs = Outputs(reading: program.inputs, to: Output(path))
    mistakes += outputs.mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let computations = try program.computations(within: scriptTime.limits)
    let result = ResultInPieces(to: outputs)
    for (position, computation) in computations.enumerated() {
      let trace = try parameters(of: computation)
      let wanted =
        detail.map { Detail(rawValue: $0) ?? trace.suggestedDetail }
        ?? (chosen.showsOperations ? .operations : trace.suggestedDetail)
      if position > 0 { result.add(Array(chosen.separator.utf8)) }
      chosen.write(trace.detailed(wanted), try higher(of: trace, computation), result.add)
    }
    try result.finish()
    Messages.write(computations.flatMap(\.warnings))
  }

  /// The derivatives above order 1 that are asked for, with a word on those at kinks.
  private func higher(
    of trace: Trace, _ computation: Computation
  ) throws(Failure) -> HigherNumbers? {
    guard let order = order.flatMap(Int.init), order > 1 else { return nil }
    do {
      let numbers = try HigherNumbers(trace, order: order)
      if !numbers.kinks.isEmpty {
        Messages.write([
          Diagnostic(
            .warning, code: "kink",
            "\(numbers.kinks.prefix(4).map { "'\($0)'" }.joined(separator: ", ")) "
              + (numbers.kinks.count == 1 ? "is" : "are")
              + " at a kink, where the second derivative counts as 0",
            file: computation.program.source.name, help: nil)
        ])
      }
      return numbers
    } catch {
      throw Failure(
        mistakes: [
          Messages.error("bad-option", "--order \(order): \(error.message)", help: error.help)
        ])
    }
  }

  private func parameters(of computation: Computation) throws(Failure) -> Trace {
    do {
      return try computation.trace(wrt: wrt)
    } catch {
      throw Failure(error)
    }
  }
}
