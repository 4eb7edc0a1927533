import ArgumentParser
import GradBase
import GraphvizGrad
import GraphvizRenderer

/// Becomes the server, which is a program of its own: nothing else links it or starts slower.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show programs as pages that follow them, and draw for whoever asks.",
    discussion: """
      EXAMPLES:
        graphviz-grad serve . --open
        graphviz-grad serve --listen 0.0.0.0 --port 8080

      Shows the programs of a folder at http://127.0.0.1:8000, each drawn again when its file is saved; \
      without a folder, a playground. Draws what is sent to /svg, /png, /pdf, /json and /trace. graphviz-grad \
      serve --help lists the options of graphviz-grad-serve, the program that is found beside this one or on \
      the PATH.
      """)

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("A FOLDER and the options of the server.", valueName: "argument"))
  var words: [String] = []

  func run() throws { throw Self.become(words) }

  /// The program that serves.
  static let program = "graphviz-grad-serve"

  /// Replaces this process by the server.
  ///
  /// - Returns: Why it does not: what succeeds does not return.
  static func become(_ arguments: [String]) -> Failure {
    var beside: String?
    if let own = realpath(runningProgram, nil) {
      defer { free(own) }
      let path = String(cString: own)
      beside = path.lastIndex(of: "/").map { path[...$0] + program }
    }
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    if let beside { execv(beside, words) }
    execvp(program, words)
    return .file("cannot start '\(program)'", errno, help: Origin.current.wayToTheServer)
  }
}
