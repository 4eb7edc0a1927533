import GradBase
import GradLanguage
import GraphvizGrad

/// What ArgumentParser has against a command line, in the form of all other messages.
struct CommandLineMistake {
  /// The same as a failure of this tool.
  let failure: Failure

  /// - Parameters:
  ///   - message: What is wrong, as a sentence or two: `Unknown option '--x'. Did you mean '--y'?`
  ///   - full: The same with lines behind it that begin with `Help:` and `Usage:`.
  ///   - verb: The verb that was called, if one was.
  init(_ message: String, _ full: String, verb: String?) {
    var (text, help) = (message, "")
    if let question = text.firstRange(of: ". Did you mean") {
      help = "did you mean\(text[question.upperBound...]) "
      text = String(text[..<question.lowerBound])
    }
    // Letters that changed places are nearer than ArgumentParser says.
    if let option = text.firstMatch(of: /Unknown option '--([^'=]+)'/),
      let nearest = nearestName(to: String(option.1), among: FigureOption.all.map(\.name))
    {
      help = "did you mean '--\(nearest)'? "
    }
    for line in full.split(separator: "\n") where line.hasPrefix("Help:") {
      let words = line.dropFirst(5).split(separator: " ").joined(separator: " ")
      help += (words.hasSuffix(".") ? String(words.dropLast()) : words) + "; "
    }
    let (name, lists) =
      verb.map { ("graphviz-grad \($0)", "options") } ?? ("graphviz-grad", "verbs")
    failure = .usage(Self.small(text), help: "\(help)\(name) --help lists the \(lists)")
  }

  /// A message as ours begin; a name in capitals stays as it is.
  private static func small(_ text: String) -> String {
    let isName = text.dropFirst().first?.isUppercase ?? false
    return isName ? text : text.prefix(1).lowercased() + text.dropFirst()
  }
}
