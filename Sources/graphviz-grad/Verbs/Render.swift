import ArgumentParser
import GradBase
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizGrad

/// Draws programs.
struct Render: FigureVerb {
  static let configuration = CommandConfiguration(
    abstract: "Draw programs as pictures.",
    discussion: """
      EXAMPLES:
        graphviz-grad render -e 'a=5; b=3; c=2; J = 3*(a + b*c)' -o first.svg
        graphviz-grad sample lecture -o lecture.grad
        graphviz-grad render lecture.grad -o lecture.svg
        graphviz-grad render . --out-dir figures -T svg -T pdf --keep-going

      FILE may also be a folder, for every .grad file in it (with --run, every .py file too), or a pattern such as 'docs/**/*.grad'. A \
      picture that is up to date is not drawn again. Lines '#: --style lecture --decimals 2' at the head \
      of a program hold options for it; those given here come before them. render train.py --run runs the \
      script with Python, which needs PyTorch and the package graphviz_grad, and draws what it computed; the \
      exit code is 1 where the script fails or records nothing, 70 without such a Python or at --timeout.
      """)

  @OptionGroup var program: ProgramArguments

  @Option(
    name: .property("path"),
    help: ArgumentHelp(
      "Where to write; - is standard output (default: beside FILE, with the format's extension).",
      valueName: "path"), completion: .file())
  var path: String?

  @Option(
    name: .property("formats"),
    help: ArgumentHelp(
      "One of \(words(OutputFormat.all.map(\.name))); repeatable (default: by the extension of PATH, "
        + "else svg).", valueName: "format"),
    completion: .list(OutputFormat.all.map(\.name)))
  var formats: [String] = []

  @Flag(help: "Also write each picture in dark colours, as name~dark.svg (default: no).")
  var dark = false

  @Option(
    help: ArgumentHelp(
      "Also write the picture in dark colours there, such as name~dark.svg (default: none).",
      valueName: "path"), completion: .file())
  var darkOutput: String?

  @Option(
    help: ArgumentHelp(
      "Also write what the figure says in words there; - is standard output (default: none).",
      valueName: "path"), completion: .file())
  var altOutput: String?

  @OptionGroup(title: "Batch options") var batch: BatchArguments

  @OptionGroup(title: "Figure options") var writing: WritingArguments

  @OptionGroup(title: "Figure options") var trace: TraceArguments

  @OptionGroup(title: "Figure options") var picture: PictureArguments

  @OptionGroup(title: "Figure options") var figure: FigureArguments

  func run() throws {
    let start = ContinuousClock.now
    let plan = RenderPlan(self)
    let tasks = try plan.tasks()
    let work = Batch(
      tasks: tasks, asked: try RequestArguments(program, options), values: plan.values,
      keepsGoing: batch.keepGoing, isForced: batch.force, makesFolders: batch.outDir != nil,
      dependencies: batch.deps.map { Output($0) })
    let outcome: Batch.Outcome
    if batch.check {
      let (paths, found) = work.check()
      // On a terminal the messages name them already.
      if isatty(1) == 0, !paths.isEmpty {
        try Output.standard.write(paths.map { $0 + "\n" }.joined())
      }
      outcome = found
    } else {
      outcome = try work.run(Progress(isShown: tasks.count > 1))
    }
    if !outcome.messages.isEmpty { Messages.write(Messages.style.join(outcome.messages)) }
    if plan.isBatch, Messages.style.name == "text" {
      Messages.write(outcome.summary(isCheck: batch.check, start.duration(to: .now)) + "\n")
    }
    if outcome.code != 0 { throw ExitCode(outcome.code) }
  }
}

extension Batch.Outcome {
  /// `1000 figures: 3 drawn, 996 up to date, 1 failed, in 0.3 s`.
  func summary(isCheck: Bool, _ time: Duration) -> String {
    var parts: [String] = []
    if drawn > 0 { parts.append("\(drawn) drawn") }
    if upToDate > 0 { parts.append("\(upToDate) up to date") }
    if failed > 0 { parts.append("\(failed) \(isCheck ? "not up to date" : "failed")") }
    let rest = total - drawn - upToDate - failed
    if rest > 0 { parts.append("\(rest) not drawn") }
    if total == 0 { parts.append("nothing to do") }
    return
      "\(total) figure\(total == 1 ? "" : "s"): \(parts.joined(separator: ", ")), in \(time.text)"
  }
}
