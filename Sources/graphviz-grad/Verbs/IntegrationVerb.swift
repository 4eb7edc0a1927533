import ArgumentParser
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

  @OptionGroup var place: PathArguments

  func run() throws {
    try Integration.all.write(name, kind: "integration", heading: "what it writes", to: place.path)
  }
}
