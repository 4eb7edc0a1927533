import ArgumentParser
import GradFigure
import GraphvizGrad

/// The options that say how names and numbers are written, the same for figures, lessons and matrices.
struct WritingArguments: ParsableArguments, OptionArguments {
  @Option(
    help: "How derivatives are called: \(words(Notation.all.map(\.name))) (default: dvar).",
    completion: .list(Notation.all.map(\.name)))
  var notation: String?

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
      "The language of titles, descriptions and the legend: \(words(Language.all.map(\.tag))) "
        + "(default: en)."),
    completion: .list(Language.all.map(\.tag)))
  var language: String?

  var given: [(name: String, value: String)] {
    let all: [(String, String?)] = [
      ("notation", notation), ("precision", precision), ("decimals", decimals),
      ("language", language),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }
}
