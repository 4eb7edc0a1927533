import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// Writes evaluation traces as tables.
struct TableVerb: LessonVerb {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Write the evaluation trace: values, tangents and adjoints side by side.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample baydin -o baydin.grad
        graphviz-grad table baydin.grad --decimals 3
        graphviz-grad table baydin.grad --mode forward --wrt x1 -T latex
        graphviz-grad table -e 'x = 2; y = x**4 - 2*x**2' --order 2

      Values and adjoints by default; --mode forward --wrt x1 writes values and the tangents by one \
      node, --mode both all three. --order 2 adds the second derivatives of the output by its inputs \
      and, with tangents, those of every node by the one that is named. Derivatives are called \
      ḃ and b̄ here, unless --notation or the program says otherwise.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var place: PathArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup(title: "Nodes, names and numbers") var writing: WritingArguments

  @OptionGroup(title: "Nodes, names and numbers") var trace: TraceArguments

  @Option(
    help: ArgumentHelp(
      "Which derivatives: \(words(modes)) (default: reverse)."),
    completion: .list(modes))
  var mode: String?

  @Option(help: .order)
  var order: String?

  @Option(
    name: .property("format"),
    help:
      "One of \(words(EvaluationTableFormat.all.map(\.name))) (default: by PATH, else text).",
    completion: .list(EvaluationTableFormat.all.map(\.name)))
  var format: String?

  /// Adjoints, tangents or both.
  private static let modes = FigureOptions.Mode.allCases.map(\.rawValue) + ["both"]

  func run() throws {
    var mistakes = mistakes()
    let hasBoth = mode == "both"
    let chosen = hasBoth ? .forward : mode.flatMap { FigureOptions.Mode(rawValue: $0) }
    if let mode, chosen == nil {
      let mistake = FigureOption.Mistake(unknown: mode, "mode", Self.modes)
      mistakes.append(Messages.error("bad-option", mistake.message, help: mistake.help))
    }
    let asked = order.flatMap(Int.init)
    if let order {
      do { try FigureOption.named("order")?.check(order, .none) } catch {
        mistakes.append(
          Messages.error("bad-option", "--order: \(error.message)", help: error.help))
      }
    }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let format = try outputFormat(format, among: EvaluationTableFormat.all)
    var texts: [String] = []
    var warnings: [Diagnostic] = []
    let figures = try figures(.bar) { request in
      request.demands = { options in
        if let chosen { options.mode = chosen }
        // Of tangents the table takes the orders by itself.
        options.order = options.mode == .forward ? 1 : asked ?? options.order
      }
    }
    for figure in figures {
      let trace = figure.computation.trace
      var options = figure.options.figure
      let seed = options.seed(in: trace)
      options.order = asked ?? options.order
      do {
        let table = try EvaluationTable(
          trace, options, wrt: seed, hasAdjoints: seed == nil || hasBoth)
        texts.append(format.write(table))
      } catch {
        throw Failure(
          mistakes: [
            Diagnostic(
              badOption: "--order \(options.order): \(error.message)",
              file: figure.computation.program.source.name, help: error.help)
          ])
      }
      warnings += figure.computation.warnings
    }
    try outputs.write(texts.joined(separator: "\n"))
    Messages.write(warnings)
  }
}
