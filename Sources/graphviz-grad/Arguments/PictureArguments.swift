import ArgumentParser
import GradFigure
import GraphvizGrad

/// The options of everything that is drawn: colours, title and size.
struct PictureArguments: ParsableArguments, OptionArguments {
  @Option(
    help: "The colours: \(words(Theme.all.map(\.name))), or a JSON file (default: light).",
    completion: .list(Theme.all.map(\.name)))
  var theme: String?

  @Option(
    help: ArgumentHelp(
      "A line above the figure (default: none; of a matrix, what it shows).", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "What the ids of an SVG begin with (default: a hash of the figure).", valueName: "word"))
  var idPrefix: String?

  @Option(
    help: ArgumentHelp("Pixels a point, for png, webp and jpg (default: 2).", valueName: "number"))
  var scale: String?

  @Option(
    help: ArgumentHelp(
      "Pixels an inch, for png, webp and jpg, instead of --scale (default: 192).",
      valueName: "number"))
  var dpi: String?

  @Option(
    help: ArgumentHelp(
      "Width in pixels, for png, webp and jpg, instead of --scale (default: by --scale).",
      valueName: "pixels"))
  var width: String?

  @Option(
    help: ArgumentHelp(
      "What is painted behind the figure: none, or a colour as #rrggbb (default: the theme's).",
      valueName: "colour"))
  var background: String?

  @Flag(
    help: "Write typ as a document of one page rather than as a part of one (default: no).")
  var standalone = false

  /// The file of the theme; `nil` for one that is known by name.
  var themeFile: String? { theme.flatMap { $0.hasSuffix(".json") ? $0 : nil } }

  var given: [(name: String, value: String)] {
    let all: [(String, String?)] = [
      ("theme", theme), ("title", title), ("id-prefix", idPrefix), ("scale", scale), ("dpi", dpi),
      ("width", width), ("background", background),
      ("standalone", standalone ? "true" : nil),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }
}
