import ArgumentParser
import GradBase
import GradLanguage
import GraphvizGrad

/// Draws programs again whenever they change.
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw programs again whenever they change.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample lecture -o lecture.grad
        graphviz-grad watch lecture.grad -o lecture.svg
        graphviz-grad watch . --out-dir figures --theme auto

      Takes what render takes, draws what is out of date, and waits for more until it is stopped with \
      Control-C. New programs in a folder are drawn as well; a mistake is told and does no harm.
      """)

  @OptionGroup var render: Render

  @Option(
    help: ArgumentHelp(
      "How often to look, such as 100ms (default: 200ms).", valueName: "time"))
  var interval: String?

  func run() throws {
    var mistakes: [Diagnostic] = []
    let pause = interval.map { Duration.parsed($0) } ?? .milliseconds(200)
    if pause == nil {
      mistakes.append(
        Messages.error("bad-option", "--interval: '\(interval ?? "")' is no time", help: "100ms"))
    }
    if render.batch.check {
      mistakes.append(Messages.error("usage", "--check draws nothing", help: "render --check"))
    }
    if render.program.run {
      mistakes.append(
        Messages.error(
          "usage", "watch reads programs, and runs no scripts", help: "render --run draws them once"
        ))
    } else if !render.program.inputs.allSatisfy({ if case .file = $0 { true } else { false } }) {
      mistakes.append(
        Messages.error("usage", "only files can be watched", help: "name a FILE or a folder"))
    }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    // Mistakes of the command line end it; what files bring later does not.
    _ = try RenderPlan(render).tasks()
    let asked = try RequestArguments(render.program, render.options)
    var known: [String: [FileState?]] = [:]
    Messages.write("watching; Control-C ends it\n")
    while true {
      look(&known, asked)
      let time = (pause ?? .milliseconds(200)).components
      usleep(UInt32(clamping: time.seconds * 1_000_000 + time.attoseconds / 1_000_000_000_000))
    }
  }

  /// Draws what has changed since the last look.
  private func look(_ known: inout [String: [FileState?]], _ asked: RequestArguments) {
    // A folder that is gone for a moment comes back.
    guard let tasks = try? RenderPlan(render).tasks() else { return }
    for task in tasks {
      // An editor may give a file another name for an instant while it writes a new one.
      guard let state = FileState(task.input.name), state.size > 0 || known[task.input.name] != nil
      else { continue }
      let sources = (try? task.input.source()).map { asked.request($0).sources } ?? []
      let states = [state] + sources.map { FileState($0) }
      if known.updateValue(states, forKey: task.input.name) == states { continue }
      draw(task, asked)
    }
  }

  private func draw(_ task: FigureTask, _ asked: RequestArguments) {
    let start = ContinuousClock.now
    var values = render.batch.values().values
    // A figure that never comes to an end is not to be the end of watching.
    values.wantsProcesses = true
    let batch = Batch(
      tasks: [task], asked: asked, values: values, keepsGoing: true, isForced: render.batch.force,
      makesFolders: render.batch.outDir != nil)
    do {
      let outcome = try batch.run()
      if !outcome.messages.isEmpty { Messages.write(Messages.style.join(outcome.messages)) }
      if outcome.code == 0 {
        let done = outcome.drawn > 0 ? "drawn in \(start.duration(to: .now).text)" : "up to date"
        Messages.write("\(printable(task.input.name)): \(done)\n")
      }
    } catch {
      Messages.write(error.diagnostics)
    }
  }
}
