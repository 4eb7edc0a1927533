import ArgumentParser
import GradLesson
import GraphvizGrad

/// Writes what other tools need to draw programs.
struct IntegrationVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "integration",
    abstract: "Write what another tool needs to draw programs.",
    discussion: """
      EXAMPLES:
        graphviz-grad integration sphinx -o graphviz_grad.py
        graphviz-grad integration make > figures.mk

      Without a NAME the integrations are listed. Each says in its first lines where it belongs.
      """)

  @Argument(
    help: "One of \(words(Integration.all.map(\.name))).",
    completion: .list(Integration.all.map(\.name)))
  var name: String?

  @Option(
    name: .property("path"),
    help: ArgumentHelp("Where to write (default: -, standard output).", valueName: "path"),
    completion: .file())
  var path = "-"

  func run() throws {
    guard let name else {
      let table = Table(
        columns: ["name", "what it writes"], isNumber: [false, false],
        rows: Integration.all.map { [$0.name, $0.summary] })
      return try Outputs(to: Output(path)).write(table.text())
    }
    guard let integration = Integration.all.first(where: { $0.name == name }) else {
      let mistake = FigureOption.Mistake(
        unknown: name, "integration", Integration.all.map(\.name))
      throw Failure.usage(mistake.message, help: mistake.help)
    }
    try Outputs(to: Output(path)).write(integration.text)
  }
}
