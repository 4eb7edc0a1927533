import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// Writes evaluation traces as tables.
struct TableVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Write the evaluation trace: values, tangents and adjoints side by side.",
    discussion: """
      EXAMPLES:
        graphviz-grad table samples/baydin.grad --decimals 3
        graphviz-grad table samples/baydin.grad --mode forward --wrt x1 -T latex

      Values and adjoints by default; --wrt adds the tangents by one node. Derivatives are called \
      ḃ and b̄ here, unless --notation or the program says otherwise.
      """)

  @OptionGroup var lesson: LessonArguments

  @Option(
    help: ArgumentHelp(
      "One mode alone: \(words(FigureOptions.Mode.allCases.map(\.rawValue))) (default: reverse, and "
        + "forward too with --wrt)."),
    completion: .list(FigureOptions.Mode.allCases.map(\.rawValue)))
  var mode: String?

  @Option(
    help: ArgumentHelp(
      "The node by which tangents are taken (default: with --mode forward the only input).",
      valueName: "name"))
  var wrt: String?

  @Option(
    name: .property("format"),
    help:
      "One of \(words(EvaluationTableFormat.all.map(\.name))) (default: by PATH, else text).",
    completion: .list(EvaluationTableFormat.all.map(\.name)))
  var format: String?

  func run() throws {
    var mistakes = lesson.mistakes()
    let chosen = mode.flatMap { FigureOptions.Mode(rawValue: $0) }
    if let mode, chosen == nil {
      let mistake = PictureSetting.Mistake(
        unknown: mode, "mode", FigureOptions.Mode.allCases.map(\.rawValue))
      mistakes.append(Messages.error("bad-option", mistake.message, help: mistake.help))
    }
    if chosen == .reverse, wrt != nil {
      mistakes.append(
        Messages.error("bad-option", "--wrt says nothing in reverse mode", help: "leave one out"))
    }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let format = try lesson.format(format, among: EvaluationTableFormat.all)
    var texts: [String] = []
    var warnings: [Diagnostic] = []
    for (computation, picture) in try lesson.computations(.bar) {
      var options = picture.figure
      options.mode = chosen == .forward || wrt != nil ? .forward : .reverse
      options.wrt = wrt
      let faults = options.faults(in: computation)
      if !faults.isEmpty { throw Failure(.program, faults) }
      let table = EvaluationTable(
        computation.trace, options, wrt: options.seed(in: computation.trace),
        hasAdjoints: chosen != .forward)
      texts.append(format.write(table))
      warnings += computation.warnings
    }
    try lesson.outputs.write(texts.joined(separator: "\n"))
    Messages.write(warnings)
  }
}
