import ArgumentParser
import GradBase
import GradLanguage
import GraphvizGrad

/// The options that say how many figures are drawn at once, and which of them.
struct BatchArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder to write to; programs found in folders keep their tree (default: beside each FILE).",
      valueName: "folder"), completion: .directory)
  var outDir: String?

  @Option(
    name: .property("jobs"),
    help: ArgumentHelp(
      "How many processes draw (default: one for each processor).", valueName: "number"))
  var jobs: String?

  @OptionGroup var limits: LimitArguments

  @Flag(help: "Draw what can be drawn although something is wrong elsewhere (default: no).")
  var keepGoing = false

  @Option(
    help: ArgumentHelp(
      "Which part of the figures to draw, such as 1/4 to 4/4 (default: all).",
      valueName: "index/total"))
  var shard: String?

  @Flag(help: "Draw also what is up to date (default: no).") var force = false

  @Flag(help: "Draw nothing: list what is missing or out of date, and exit with 1 (default: no).")
  var check = false

  @Option(
    help: ArgumentHelp(
      "Also write there which files each picture comes from; - is standard output (default: none).",
      valueName: "path"), completion: .file())
  var deps: String?

  @Option(
    help:
      "How --deps is written: \(words(DependencyFormat.all.map(\.name))) (default: make).",
    completion: .list(DependencyFormat.all.map(\.name)))
  var depsFormat: String?

  /// The options as they are meant.
  struct Values {
    var jobs = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var limits = Limits()
    /// Whether drawing is to be done by processes even for one figure.
    var wantsProcesses = false
    /// From 0.
    var shard: (index: Int, total: Int)?
    var dependencyFormat = DependencyFormat.make
  }

  /// The options, and everything that is wrong with them.
  func values() -> (values: Values, mistakes: [Diagnostic]) {
    var values = Values()
    var mistakes: [Diagnostic] = []
    func mistake(_ message: String, _ help: String?) {
      mistakes.append(Messages.error("bad-option", message, help: help))
    }
    if let jobs {
      values.wantsProcesses = true
      if let number = Int(jobs), (1...1_024).contains(number) {
        values.jobs = number
      } else {
        mistake("--jobs: '\(jobs)' is no number of processes", "1 to 1024")
      }
    }
    let limits = limits.values()
    values.limits = limits.limits
    mistakes += limits.mistakes
    if let shard {
      let parts = shard.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      if parts.count == 2, let index = parts[0], let total = parts[1], total > 0,
        (1...total).contains(index)
      {
        values.shard = (index - 1, total)
      } else {
        mistake(
          "--shard: '\(shard)' is no part of a whole", "1/4 is the first of four, 4/4 the last")
      }
    }
    if let depsFormat {
      if let format = DependencyFormat.named(depsFormat) {
        values.dependencyFormat = format
      } else {
        let unknown = FigureOption.Mistake(
          unknown: depsFormat, "format of dependencies", DependencyFormat.all.map(\.name))
        mistake("--deps-format: \(unknown.message)", unknown.help)
      }
      if deps == nil { mistake("--deps-format says nothing without --deps", "--deps figures.d") }
    }
    if check, deps != nil {
      mistake("--check writes nothing, so it has no --deps", "give one of them")
    }
    if check, force { mistake("--check draws nothing, so it has no --force", "give one of them") }
    return (values, mistakes)
  }
}
