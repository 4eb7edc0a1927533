import ArgumentParser
import GradCore
import GradFigure
import GraphvizGrad

/// The options that say which nodes there are, and how they and their numbers are written; the same
/// for figures and for lessons.
struct TraceArguments: ParsableArguments, OptionArguments {
  @Option(
    help: ArgumentHelp(
      "What counts as a node: \(words(["auto"] + Detail.allCases.map(\.rawValue))) (default: auto).",
      valueName: "detail"), completion: .list(["auto"] + Detail.allCases.map(\.rawValue)))
  var detail: String?

  @Option(help: .wrt)
  var wrt: String?

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

  var given: [(name: String, value: String)] {
    let all: [(String, String?)] = [
      ("detail", detail), ("wrt", wrt), ("open", open), ("fold", fold), ("depth", depth),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }
}

extension ArgumentHelp {
  /// What `--order` means, the same for every verb.
  static let order = ArgumentHelp(
    "The highest order of derivatives by inputs: 1, 2 or 3 (default: 1).", valueName: "order")

  /// What `--wrt` means, the same for every verb.
  static let wrt = ArgumentHelp(
    "The inputs by which the output is differentiated, the others are data, w,b; with --mode forward "
      + "the one node by which all are (default: what the program marks, else all).",
    valueName: "names")
}
