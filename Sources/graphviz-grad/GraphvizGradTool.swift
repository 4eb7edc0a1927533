import ArgumentParser
import GradLanguage
import GraphvizGrad

/// The command line: one verb a file.
@main struct GraphvizGradTool: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "graphviz-grad",
      abstract: "Draws a computation with every value and every derivative.",
      usage: "graphviz-grad VERB [FILE ...] [OPTIONS]",
      discussion: """
        EXAMPLES:
          graphviz-grad render -e 'a=5; b=3; c=2; J = 3*(a + b*c)' -o lecture.svg
          graphviz-grad sample lecture | graphviz-grad eval -

        FILE holds a program, one assignment a line, or a trace as JSON; - is standard input.
        Exit codes: 0 done; 1 wrong in the program or its data; 64 wrong on the command line; \
        70 Graphviz or this tool failed; 74 a file could not be read or written.
        """,
      subcommands: Verb.all.map(\.type))
  }

  @Flag(help: "Print the versions of this tool, Graphviz and Swift.") var version = false

  func run() throws {
    guard version else {
      throw ValidationError(
        "name a verb: \(words(Verb.shown))"
      )
    }
    let graphviz = (try? Installation.inspect().version) ?? "not found"
    try Output.standard.write(
      "graphviz-grad \(Version.project)\nGraphviz \(graphviz)\nSwift \(Version.swift)\n")
  }

  static func main() {
    Signals.ignoreBrokenPipesAndFileLimits()
    Origin.current.prepareEnvironment()
    var arguments = Array(CommandLine.arguments.dropFirst())
    switch ProgramName.meaning(of: CommandLine.arguments.first ?? "") {
    case .verb(let words): arguments = words + arguments
    // What writes manuals asks every name of the program what its verbs and options are.
    case .dot where arguments.first == "--experimental-dump-help": break
    case .dot: DotStandIn.run(arguments)
    }
    // All that follows is for the server, also --help.
    if arguments.first == "serve" { Serve.become(Array(arguments.dropFirst())).end() }
    // The process that a worker works for tells how it ended.
    if arguments.first != "worker" { Signals.sayCrashes() }
    do {
      var command: any ParsableCommand
      if let plain = plainVerb(arguments) {
        command = plain
      } else {
        arguments = try FirstWord.withVerb(arguments)
        command = try verbAlone(arguments) ?? parseAsRoot(arguments)
      }
      try command.run()
    } catch let failure as Failure {
      failure.end()
    } catch {
      end(error, arguments)
    }
  }

  /// The verb that is named first, with its arguments, if they are plain.
  private static func plainVerb(_ arguments: [String]) -> (any ParsableCommand)? {
    guard let verb = Verb.all.first(where: { $0.name == arguments.first }), verb.isPlain else {
      return nil
    }
    return PlainCommandLine.verb(verb.type, Array(arguments.dropFirst()))
  }

  /// The verb that is named first, with its arguments, if they are right.
  ///
  /// To know all verbs takes longer than to draw a figure; they are needed for help and mistakes only.
  private static func verbAlone(_ arguments: [String]) -> (any ParsableCommand)? {
    let verb = Verb.all.first { $0.name == arguments.first }
    return try? verb?.type.parse(Array(arguments.dropFirst()))
  }
}
