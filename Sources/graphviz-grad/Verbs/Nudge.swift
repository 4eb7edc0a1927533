import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// Moves a value a little and says what follows.
struct NudgeVerb: LessonVerb {
  static let configuration = CommandConfiguration(
    commandName: "nudge",
    abstract: "Move a value a little, and compare what follows with the derivative.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample lecture -o lecture.grad
        graphviz-grad nudge lecture.grad --by b=0.001
        graphviz-grad nudge lecture.grad --by u=0.001 --by v=0.001 -T markdown
        graphviz-grad sample norm-squared | graphviz-grad nudge - --by 'W[0, 1]=0.001'

      A computed value can be moved too: what it is computed from stays, what follows is computed anew.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var place: PathArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup(title: "Nodes, names and numbers") var writing: WritingArguments

  @OptionGroup(title: "Nodes, names and numbers") var trace: TraceArguments

  @Option(
    name: .customLong("by"),
    help: ArgumentHelp(
      "A number and how much it moves, b=0.001 or W[0,1]=0.001; repeatable.",
      valueName: "name=amount"))
  var nudges: [String]

  @Option(
    name: .property("format"),
    help: "One of \(words(NudgeFormat.all.map(\.name))) (default: by PATH, else table).",
    completion: .list(NudgeFormat.all.map(\.name)))
  var format: String?

  func run() throws {
    var mistakes = mistakes()
    var parsed: [Nudge] = []
    for text in nudges {
      do {
        parsed.append(try Nudge(parsing: text))
      } catch {
        mistakes.append(Messages.error("bad-option", "--by: \(error.message)", help: error.help))
      }
    }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let format = try outputFormat(format, among: NudgeFormat.all)
    var texts: [String] = []
    var warnings: [Diagnostic] = []
    for figure in try figures() {
      let computation = figure.computation
      if computation.program.isTrace { throw Failure(computation.program.needed(for: "nudge")) }
      warnings += computation.warnings
      for nudge in parsed {
        let file = computation.program.source.name
        let fault = nudge.fault(in: computation.trace, option: "--by", file: file)
        guard fault == nil,
          let effect = NudgeEffect(computation.trace, nudge, figure.options.figure)
        else { throw Failure(.program, [fault].compactMap(\.self)) }
        warnings += computation.warnings(after: nudge)
        texts.append(format.write(effect))
      }
    }
    try outputs.write(texts.joined(separator: format.separator))
    Messages.write(warnings)
  }
}
