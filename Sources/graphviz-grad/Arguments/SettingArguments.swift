import GradBase
import GradLanguage
import GraphvizGrad

/// Options of the command line that are settings of a picture.
protocol SettingArguments {
  /// The values that were given, by the names of their settings.
  var given: [(name: String, value: String)] { get }
}

extension SettingArguments {
  /// The same as a figure is asked for.
  var choices: [OptionText] { given.map { .init($0.name, $0.value, files: .all) } }

  /// Everything that is wrong with the values that were given.
  func mistakes() -> [Diagnostic] {
    var options = PictureOptions()
    options.files = .all
    var mistakes: [Diagnostic] = []
    for (name, value) in given {
      guard let setting = FigureOption.named(name) else { continue }
      do {
        try setting.apply(value, &options)
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

  /// The options of a program's head, overridden by those given here.
  ///
  /// - Parameters:
  ///   - head: The program's head.
  ///   - options: What holds where neither says anything.
  ///   - isTrusted: Whether the program may name files beside it.
  /// - Returns: The options.
  /// - Throws: Everything that is wrong with the head.
  func options(
    over head: ProgramHead, from options: PictureOptions = PictureOptions(), isTrusted: Bool
  ) throws(ProgramError) -> PictureOptions {
    try PictureOptions(head, overriddenBy: choices, from: options, trustsHead: isTrusted)
  }
}
