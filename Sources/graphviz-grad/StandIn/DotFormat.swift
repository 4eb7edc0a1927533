import GradLanguage
import GraphvizGrad

/// What a format of `dot` is for a program.
struct DotFormat {
  /// The format that is written.
  let format: OutputFormat
  /// Whether only the areas of an image map are written, without the map around them.
  var isAreasAlone = false

  /// Names of `dot` that this tool calls otherwise; PostScript is written as EPS, which is PostScript.
  private static let names = [
    "gv": "dot", "canon": "dot", "cmapx_np": "cmapx", "cmap": "cmapx", "ps": "eps", "ps2": "eps",
  ]

  /// The format of a word after `-T`, such as `png` or `png:cairo:gd`; the renderer is always the same.
  ///
  /// - Throws: A complaint in the words of `dot`, with what is known.
  init(_ word: String) throws(Failure) {
    let name = String(word.prefix { $0 != ":" })
    guard let format = OutputFormat.named(Self.names[name] ?? name) else {
      let known = (OutputFormat.all.map(\.name) + Self.names.keys).sorted()
      throw Failure(
        .program,
        [
          Messages.error(
            "unknown-format",
            "Format: \"\(word)\" not recognized for a program. Use one of: "
              + known.joined(separator: " "),
            help: "plain graphs can be drawn in every format of Graphviz")
        ])
    }
    self.format = format
    isAreasAlone = name == "cmap"
  }

  /// The bytes as `dot` would have them.
  func finished(_ bytes: [UInt8]) -> [UInt8] {
    if !isAreasAlone { return bytes }
    let lines = bytes.split(separator: 0x0A).dropFirst().dropLast()
    return Array(lines.map { Array($0) + [0x0A] }.joined())
  }
}

extension DotArguments {
  /// The attributes as settings of a figure.
  ///
  /// Attributes of Graphviz that mean nothing for a figure are passed over; those that bear the name of a
  /// setting are that setting.
  ///
  /// - Throws: All values that are wrong.
  func choices() throws(Failure) -> [OptionText] {
    var choices: [OptionText] = []
    var mistakes: [Diagnostic] = []
    for attribute in attributes {
      guard var choice = attribute.choice, let setting = FigureOption.named(choice.name) else {
        continue
      }
      do {
        var ignored = PictureOptions()
        ignored.files = .all
        try setting.apply(choice.value, &ignored)
        choice.files = .all
        choices.append(choice)
      } catch {
        mistakes.append(
          Messages.error(
            "bad-option", "-G\(attribute.name)=\(attribute.value): \(error.message)",
            help: error.help))
      }
    }
    if !mistakes.isEmpty { throw Failure(.program, mistakes) }
    return choices
  }
}

extension DotArguments.Attribute {
  /// The setting that the attribute is; `nil` if it is none.
  fileprivate var choice: OptionText? {
    switch name {
    case "dpi", "resolution": OptionText("dpi", value)
    case "rankdir":
      OptionText(
        "direction", ["LR": "right", "RL": "right", "TB": "down", "BT": "down"][value] ?? value)
    case "bgcolor":
      OptionText("background", value == "transparent" ? "none" : value)
    case "label": OptionText("title", value)
    default: OptionText(name, value)
    }
  }
}
