import GradBase
import GradLanguage
import GraphvizGrad

/// Why a run ends without its result: messages and an exit code.
struct Failure: Error {
  var code: Code
  var diagnostics: [Diagnostic]

  /// Exit codes; those above 1 are those of `sysexits.h`.
  enum Code: Int32 {
    /// Wrong in the light of the program or its data, or a check failed.
    case program = 1
    /// Wrong on the command line alone.
    case usage = 64
    /// Graphviz or this tool failed.
    case software = 70
    /// A file could not be read or written.
    case file = 74
  }

  init(_ code: Code, _ diagnostics: [Diagnostic]) {
    self.code = code
    self.diagnostics = diagnostics
  }

  /// Mistakes on the command line; a file that it names and that cannot be read is one too, but has
  /// another code.
  init(mistakes: [Diagnostic]) {
    let isFile = mistakes.allSatisfy { $0.code == "file" }
    self.init(isFile ? .file : .usage, mistakes)
  }

  /// A mistake on the command line.
  static func usage(_ message: String, help: String? = nil) -> Failure {
    Failure(.usage, [Messages.error("usage", message, help: help)])
  }

  /// Prints the messages and ends the process.
  func end() -> Never {
    Messages.write(diagnostics)
    exit(code.rawValue)
  }
}

extension Failure {
  init(_ error: ProgramError) { self.init(.program, error.diagnostics) }

  init(_ error: FigureError) {
    switch error {
    case .request(let diagnostics): self.init(.program, diagnostics)
    case .graphviz(let error): self.init(error)
    }
  }

  init(_ error: GraphvizError) {
    let isLimit = error.stage == .limit
    self.init(
      isLimit ? .program : .software,
      [
        Messages.error(
          isLimit ? "too-large" : error.stage == .tool ? "film" : "graphviz", error.description)
      ])
  }

  /// A file that could not be read or written.
  static func file(_ message: String, _ number: Int32, help: String? = nil) -> Failure {
    let reason = String(cString: strerror(number))
    return Failure(.file, [Messages.error("file", "\(message): \(reason)", help: help)])
  }
}
