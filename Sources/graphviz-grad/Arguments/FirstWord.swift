import ArgumentParser
import GradBase
import GradLanguage
import GraphvizGrad

/// The first word of a command line, which is a verb, or what somebody takes for one.
enum FirstWord {
  /// The command line with its verb: a program alone is drawn.
  ///
  /// - Throws: ``Failure`` for a word that is neither a verb nor a program.
  static func withVerb(_ arguments: [String]) throws(Failure) -> [String] {
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help",
      !Verb.all.contains(where: { $0.name == word })
    else { return arguments }
    if Input.stem(of: word) != word { return ["render"] + arguments }
    let help: String
    if let nearest = nearestName(to: word, among: Verb.shown) {
      help = "did you mean '\(nearest)'? known: \(Verb.shown.joined(separator: ", "))"
    } else if word.contains("=") {
      help = "a program on the command line comes after a verb and -e: render -e '\(word)'"
    } else {
      help = "known: \(Verb.shown.joined(separator: ", ")); or name a file that ends in .grad"
    }
    throw Failure(
      .usage, [Messages.error("unknown-verb", "unknown verb '\(word)'", help: help)])
  }
}

extension GraphvizGradTool {
  /// Ends the process: with what somebody asked for, as the text of `--help`, or with what is wrong.
  ///
  /// ArgumentParser quotes words as they are; what would steer the terminal is read again as a picture of
  /// itself. What it says is printed as all other messages are.
  static func end(_ error: any Error, _ arguments: [String]) -> Never {
    var error = error
    let shown = arguments.map { printable($0) }
    if shown != arguments, exitCode(for: error) == .validationFailure {
      do {
        _ = try parseAsRoot(shown)
      } catch let other {
        error = other
      }
    }
    // Who ends with a code alone has said why.
    if error is ExitCode { exit(withError: error) }
    switch exitCode(for: error) {
    case .success: exit(withError: error)
    case .validationFailure:
      let verb = Verb.all.first { $0.name == arguments.first }
      CommandLineMistake(message(for: error), fullMessage(for: error), verb: verb?.name).failure
        .end()
    default: Failure(.software, [Messages.error("failed", message(for: error))]).end()
    }
  }
}
