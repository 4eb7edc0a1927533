import GradLanguage
import GraphvizGrad

/// What the formats of `dot` are for a program.
enum DotFormat {
  /// Names of `dot` that this tool calls otherwise; PostScript is written as EPS, which is PostScript.
  private static let names = [
    "gv": "dot", "canon": "dot", "cmapx_np": "cmapx", "ps": "eps", "ps2": "eps",
  ]

  /// The format of a word after `-T`, such as `png` or `png:cairo:gd`; the renderer is always the same.
  ///
  /// - Throws: A complaint in the words of `dot`, with what is known.
  static func named(_ word: String) throws(Failure) -> OutputFormat {
    let name = String(word.prefix { $0 != ":" })
    if name == OutputFormat.cmap.name { return .cmap }
    if name == OutputFormat.svg.name { return .svgOfDot }
    if let format = OutputFormat.named(names[name] ?? name) { return format }
    let known = OutputFormat.all.map(\.name) + Array(names.keys) + [OutputFormat.cmap.name]
    throw Failure(
      .program,
      [
        Messages.error(
          "unknown-format",
          "Format: \"\(word)\" not recognized for a program. Use one of: "
            + known.sorted().joined(separator: " "),
          help: "plain graphs can be drawn in every format of Graphviz")
      ])
  }
}

extension DotArguments {
  /// The attributes as options of a figure.
  ///
  /// Attributes of Graphviz that mean nothing for a figure are passed over; those that bear the name of an
  /// option are that option.
  ///
  /// - Throws: All values that are wrong.
  func options() throws(Failure) -> [OptionText] {
    var options: [OptionText] = []
    var mistakes: [Diagnostic] = []
    for attribute in attributes {
      guard var text = attribute.option, let option = FigureOption.named(text.name) else {
        continue
      }
      do {
        try option.check(text.value, .system)
        text.files = .all
        options.append(text)
      } catch {
        mistakes.append(
          Messages.error(
            "bad-option", "-G\(attribute.name)=\(attribute.value): \(error.message)",
            help: error.help))
      }
    }
    if !mistakes.isEmpty { throw Failure(.program, mistakes) }
    return options
  }
}

extension DotArguments.Attribute {
  /// The option that the attribute is; `nil` if it is none.
  fileprivate var option: OptionText? {
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
