import ArgumentParser
import GradLanguage

/// The option that says how long a script may run, for verbs that limit nothing else.
struct ScriptTimeArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "With --run, how long a script may take, such as 500ms, 30s or 10m (default: 60s).",
      valueName: "time"))
  var timeout: String?

  /// Everything that is wrong with the option, where scripts are run or not.
  func mistakes(runs: Bool) -> [Diagnostic] {
    if timeout != nil, !runs {
      return [Messages.error("bad-option", "--timeout says nothing without --run", help: "--run")]
    }
    return values.mistakes
  }

  /// How long a script may run.
  var limits: Limits { values.limits }

  private var values: (limits: Limits, mistakes: [Diagnostic]) {
    var limits = Limits()
    var mistakes: [Diagnostic] = []
    limits.take(timeout: timeout, &mistakes)
    return (limits, mistakes)
  }
}
