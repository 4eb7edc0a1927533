import GradBase
import GradLanguage
import GraphvizGrad

/// Options of the command line that are options of a figure.
protocol OptionArguments {
  /// The values that were given, by the names of their options.
  var given: [(name: String, value: String)] { get }
}

extension OptionArguments {
  /// The same as a figure is asked for.
  var options: [OptionText] { given.map { .init($0.name, $0.value, files: .all) } }

  /// Everything that is wrong with the values that were given.
  func optionMistakes() -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    for (name, value) in given {
      guard let option = FigureOption.named(name) else { continue }
      do {
        try option.check(value, .system)
      } catch {
        let reason = error.file.map { ": \(String(cString: strerror($0)))" } ?? ""
        mistakes.append(
          Messages.error(
            error.file == nil ? "bad-option" : "file", "--\(name): \(error.message)\(reason)",
            help: error.help))
      }
    }
    let sizes = given.map(\.name).filter(FigureOption.sizes.contains)
    if sizes.count > 1 {
      mistakes.append(
        Messages.error(
          "bad-option", "\(sizes.map { "--\($0)" }.joined(separator: " and ")) say the same thing",
          help: "give one of them"))
    }
    return mistakes
  }
}
