import ArgumentParser
import GradCore
import GradFigure
import GradLanguage
import GraphvizGrad

/// The options that say how a figure looks.
struct FigureArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What counts as a node: \(words(["auto"] + Detail.allCases.map(\.rawValue))) (default: auto).",
      valueName: "detail"), completion: .list(["auto"] + Detail.allCases.map(\.rawValue)))
  var detail: String?

  @Option(
    help: "The shape of nodes: \(words(Style.all.map(\.name))) (default: lecture).",
    completion: .list(Style.all.map(\.name)))
  var style: String?

  @Option(
    help: "The colours: \(words(Theme.all.map(\.name))), or a JSON file (default: light).",
    completion: .list(Theme.all.map(\.name)))
  var theme: String?

  @Option(
    help: "How derivatives are called: \(words(Notation.all.map(\.name))) (default: dvar).",
    completion: .list(Notation.all.map(\.name)))
  var notation: String?

  @Option(
    help: ArgumentHelp(
      "What stands on red edges: \(words(FigureOptions.EdgeLabels.allCases.map(\.rawValue))) "
        + "(default: partial).", valueName: "labels"),
    completion: .list(FigureOptions.EdgeLabels.allCases.map(\.rawValue)))
  var edgeLabels: String?

  @Option(
    help: ArgumentHelp(
      "Where values flow: \(words(FigureOptions.Direction.allCases.map(\.rawValue))) "
        + "(default: right)."),
    completion: .list(FigureOptions.Direction.allCases.map(\.rawValue)))
  var direction: String?

  @Option(
    help: ArgumentHelp(
      "Which pass: \(words(FigureOptions.Show.allCases.map(\.rawValue))) (default: both).",
      valueName: "pass"), completion: .list(FigureOptions.Show.allCases.map(\.rawValue)))
  var show: String?

  @Option(
    help: ArgumentHelp(
      "Which way derivatives go: \(words(FigureOptions.Mode.allCases.map(\.rawValue))) "
        + "(default: reverse)."),
    completion: .list(FigureOptions.Mode.allCases.map(\.rawValue)))
  var mode: String?

  @Option(
    help: ArgumentHelp(
      "With --mode forward, the node by which all are differentiated (default: the only input).",
      valueName: "name"))
  var wrt: String?

  @Option(
    help: ArgumentHelp(
      "A value to move, b=0.001: every value before and after (default: none).",
      valueName: "name=amount"))
  var nudge: String?

  @Option(
    help: ArgumentHelp(
      "Numbers to leave out for the reader to fill in: "
        + "\(words(Blanks.Kind.allCases.map(\.rawValue))), or names such as db,u (default: none).",
      valueName: "names"))
  var blank: String?

  @Option(
    help: ArgumentHelp(
      "Significant digits of long numbers, 1 to 15 (default: 4).", valueName: "digits"))
  var precision: String?

  @Option(
    help: ArgumentHelp(
      "Digits after the point of every number, 0 to 15 (default: as many as it needs).",
      valueName: "digits"))
  var decimals: String?

  @Option(
    help: ArgumentHelp(
      "A node whose paths to the output are lit, all else faint (default: none).",
      valueName: "name"))
  var focus: String?

  @Flag(help: "Explain the signs below the figure (default: no).")
  var legend = false

  @Option(
    help: ArgumentHelp(
      "Functions, or calls such as f#2, to draw as their bodies in a frame; with commas (default: "
        + "none, all for the details operations and calls).", valueName: "names"))
  var open: String?

  @Option(
    help: ArgumentHelp(
      "Functions, or calls, to draw as one node; with commas (default: all, none for the details "
        + "operations and calls).", valueName: "names"))
  var fold: String?

  @Option(
    help: ArgumentHelp(
      "How many calls within each other to draw open (default: by the detail).",
      valueName: "number"))
  var depth: String?

  @Option(
    help: ArgumentHelp(
      "The language of descriptions and the legend: \(words(Words.all.map(\.language))) "
        + "(default: en)."),
    completion: .list(Words.all.map(\.language)))
  var language: String?

  @Option(help: ArgumentHelp("A line above the figure (default: none).", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "What the ids of an SVG begin with (default: a hash of the figure).", valueName: "word"))
  var idPrefix: String?

  @Option(
    help: ArgumentHelp("Pixels a point, for PNG (default: 2).", valueName: "number"))
  var scale: String?

  @Option(
    help: ArgumentHelp(
      "Pixels an inch, for PNG, instead of --scale (default: 192).", valueName: "number"))
  var dpi: String?

  @Option(
    help: ArgumentHelp(
      "Width in pixels, for PNG, instead of --scale (default: by --scale).", valueName: "pixels"))
  var width: String?

  @Option(
    help: ArgumentHelp(
      "What is painted behind the figure: none, or a colour as #rrggbb (default: the theme's).",
      valueName: "colour"))
  var background: String?

  /// The values that were given, by the names of their settings.
  var given: [(name: String, value: String)] {
    let all: [(String, String?)] = [
      ("detail", detail), ("style", style), ("theme", theme), ("notation", notation),
      ("edge-labels", edgeLabels), ("direction", direction), ("show", show), ("mode", mode), ("wrt", wrt), ("nudge", nudge),
      ("blank", blank),
      ("precision", precision), ("decimals", decimals), ("focus", focus),
      ("legend", legend ? "true" : nil), ("open", open), ("fold", fold), ("depth", depth),
      ("language", language), ("title", title),
      ("id-prefix", idPrefix), ("scale", scale), ("dpi", dpi), ("width", width),
      ("background", background),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }

  /// Everything that is wrong with the values that were given.
  func mistakes() -> [Diagnostic] {
    var options = PictureOptions()
    var mistakes: [Diagnostic] = []
    for (name, value) in given {
      guard let setting = PictureSetting.named(name) else { continue }
      do {
        try setting.apply(value, &options)
      } catch {
        mistakes.append(
          Messages.error("bad-option", "--\(name): \(error.message)", help: error.help))
      }
    }
    let sizes = given.map(\.name).filter(PictureSetting.sizes.contains)
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
  /// - Throws: Everything that is wrong with the head.
  func options(over head: ProgramHead) throws(ProgramError) -> PictureOptions {
    var options = PictureOptions()
    var own = Set(given.map(\.name))
    if !own.isDisjoint(with: PictureSetting.sizes) { own.formUnion(PictureSetting.sizes) }
    try head.apply(to: &options, except: own)
    // Faults were reported before anything was read.
    for (name, value) in given { try? PictureSetting.named(name)?.apply(value, &options) }
    return options
  }
}

/// `right or down`; `a, b or c`.
func words(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
