import ArgumentParser
import GradBase
import GradLanguage
import GraphvizGrad

/// Speaks with an editor over standard input and output.
struct LanguageServerVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve an editor: messages, values and derivatives while typing.",
    discussion: """
      EXAMPLES:
        graphviz-grad integration neovim -o graphviz-grad.lua
        graphviz-grad integration vscode -o vscode.sh

      Speaks the Language Server Protocol over standard input and output; an editor starts it. \
      Integrations for editors are listed by graphviz-grad integration.
      """)

  @Flag(help: "Nothing else is spoken over, but many editors say it (default: yes).")
  var stdio = false

  @Option(
    help: ArgumentHelp(
      "How long the numbers of a program may take, such as 500ms or 2s (default: 2s).",
      valueName: "time"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "How many nodes a program may have whose numbers are shown (default: 100000).",
      valueName: "number"))
  var maxNodes: Int = 100_000

  func run() throws {
    let patience = timeout.map { Duration.parsed($0) } ?? .seconds(2)
    guard let patience else {
      throw Failure.usage("--timeout: '\(timeout ?? "")' is no time", help: "such as 500ms or 2s")
    }
    guard maxNodes > 0 else {
      throw Failure.usage("--max-nodes: '\(maxNodes)' is no number of nodes", help: "100000")
    }
    var session = EditorSession(patience: patience, nodes: min(maxNodes, Program.nodeLimit))
    let code = try session.run()
    if code != 0 { throw ExitCode(code) }
  }
}
