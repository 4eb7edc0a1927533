import ArgumentParser
import GraphvizGrad

/// How messages are printed, which ``Messages`` reads for itself.
struct MessageArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How messages are printed: text or json (default: text).", valueName: "style"),
    completion: .list(["text", "json"]))
  var diagnostics: String?

  /// What is wrong with the options.
  func mistakes() -> [Diagnostic] {
    guard let diagnostics, !DiagnosticPrinter.all.contains(where: { $0.name == diagnostics }) else {
      return []
    }
    let mistake = FigureOption.Mistake(
      unknown: diagnostics, "style of messages", DiagnosticPrinter.all.map(\.name))
    return [Messages.error("bad-option", mistake.message, help: mistake.help)]
  }
}
