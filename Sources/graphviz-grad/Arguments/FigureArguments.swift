import ArgumentParser
import GradCore
import GradFigure
import GradLanguage
import GraphvizGrad

/// The options that only figures have.
struct FigureArguments: ParsableArguments, OptionArguments {
  @Option(
    help: "The shape of nodes: \(words(Style.all.map(\.name))) (default: lecture).",
    completion: .list(Style.all.map(\.name)))
  var style: String?

  @Option(
    help: ArgumentHelp(
      "What stands on red edges: \(words(FigureOptions.EdgeLabels.allCases.map(\.rawValue))) "
        + "(default: partial).", valueName: "labels"),
    completion: .list(FigureOptions.EdgeLabels.allCases.map(\.rawValue)))
  var edgeLabels: String?

  @Option(
    help: ArgumentHelp(
      "Inputs of one node: \(words(FigureOptions.Inputs.allCases.map(\.rawValue))); auto makes a "
        + "table of four or more, circuits have wires only (default: auto).", valueName: "shape"),
    completion: .list(FigureOptions.Inputs.allCases.map(\.rawValue)))
  var inputs: String?

  @Option(
    help: ArgumentHelp(
      "Arrays: \(words(FigureOptions.Arrays.allCases.map(\.rawValue))); auto writes out small ones "
        + "and draws heat maps of larger ones (default: auto).", valueName: "look"),
    completion: .list(FigureOptions.Arrays.allCases.map(\.rawValue)))
  var arrays: String?

  @Option(
    help: ArgumentHelp(
      "How many entries an array has at most that is written out (default: 24).",
      valueName: "number"))
  var entries: String?

  @Flag(
    help: "Draw inputs again, lightly, where they are used far from their first use (default: no).")
  var repeatInputs = false

  @Option(
    help: ArgumentHelp(
      "Characters in a line of a box's title; longer ones have up to three lines, then leave out "
        + "their middle terms (default: 34).", valueName: "number"))
  var titleWidth: String?

  @Option(
    help: ArgumentHelp(
      "Where values flow: \(words(FigureOptions.Direction.allCases.map(\.rawValue))) "
        + "(default: right)."),
    completion: .list(FigureOptions.Direction.allCases.map(\.rawValue)))
  var direction: String?

  @Option(
    help: ArgumentHelp(
      "Into how many rows a long flow is broken: a number, or auto for what is largest on a slide "
        + "(default: auto if it is too long for a slide).", valueName: "number"))
  var rows: String?

  @Option(
    help: ArgumentHelp(
      "The page on which text is to be as large as can be: 16:9, 4:3, a4, WIDTHxHEIGHT or none "
        + "(default: 16:9 for frames, else none).", valueName: "page"))
  var fit: String?

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
      "A number to move, b=0.001 or W[0,1]=0.001: every value before and after (default: none).",
      valueName: "name=amount"))
  var nudge: String?

  @Option(
    help: ArgumentHelp(
      "Numbers to leave out for the reader to fill in: "
        + "\(words(Blanks.Kind.allCases.map(\.rawValue))), or names such as db,u,dW[0,1] (default: none).",
      valueName: "names"))
  var blank: String?

  @Option(help: .order)
  var order: String?

  @Option(
    help: ArgumentHelp(
      "The backward pass: \(words(FigureOptions.Backward.allCases.map(\.rawValue))); graph draws it as "
        + "a computation of its own (default: edges).", valueName: "look"),
    completion: .list(FigureOptions.Backward.allCases.map(\.rawValue)))
  var backward: String?

  @Option(
    help: ArgumentHelp(
      "A node whose paths to the output are lit, all else faint (default: none).",
      valueName: "name"))
  var focus: String?

  @Option(
    help: ArgumentHelp(
      "How many nodes are drawn before repeats, calls and inputs are folded into boxes; none draws "
        + "all (default: 150).", valueName: "number"))
  var maxNodes: String?

  @Flag(help: "Explain the signs below the figure (default: no).")
  var legend = false

  var given: [(name: String, value: String)] {
    let own: [(String, String?)] = [
      ("style", style), ("edge-labels", edgeLabels), ("arrays", arrays), ("entries", entries),
      ("inputs", inputs), ("repeat-inputs", repeatInputs ? "true" : nil),
      ("title-width", titleWidth), ("direction", direction), ("rows", rows), ("fit", fit),
      ("show", show), ("mode", mode), ("order", order), ("backward", backward), ("nudge", nudge),
      ("blank", blank), ("focus", focus), ("max-nodes", maxNodes),
      ("legend", legend ? "true" : nil),
    ]
    return own.compactMap { name, value in value.map { (name, $0) } }
  }
}

/// `right or down`; `a, b or c`.
func words(_ words: [String]) -> String {
  var text = ""
  for (index, word) in words.enumerated() {
    if index > 0 { text += index == words.count - 1 ? " or " : ", " }
    text += word
  }
  return text
}
