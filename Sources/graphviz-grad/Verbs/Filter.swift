import ArgumentParser
import GraphvizGrad

/// Draws the programs in a document that another program holds.
struct Filter: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the programs in a document, as a filter of another program.",
    discussion: """
      EXAMPLES:
        printf '```grad\\na = 5; J = 3*a\\n```\\n' > notes.md
        pandoc notes.md -t json | graphviz-grad filter pandoc html | pandoc -f json -o notes.html
        pandoc notes.md -t json | graphviz-grad filter pandoc latex | pandoc -f json -o notes.tex

      Blocks of code with the class grad become figures, and pandoc --filter pandoc-graphviz-grad does the \
      same where the command has that name too; all else stays as it is. The document comes on \
      standard input and goes to standard output.
      """)

  @Argument(
    help: "One of \(words(FilterKind.all.map(\.name))).",
    completion: .list(FilterKind.all.map(\.name)))
  var kind: String

  @Argument(
    help: """
      What the other program says to its filters: pandoc the format it writes; mdbook supports, and one; of a \
      block the format of its picture, then attributes.
      """
  )
  var operands: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder for pictures, which may be anywhere (default: by the document, below the current "
        + "one).", valueName: "folder"), completion: .directory)
  var folder: String?

  @Flag(help: "Let the document and its programs name files beside them, as themes (default: no).")
  var trustHeads = false

  @OptionGroup var messages: MessageArguments
  @OptionGroup var limits: LimitArguments

  func run() throws {
    let (limits, faults) = limits.values()
    let mistakes = messages.mistakes() + faults
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    guard let kind = FilterKind.all.first(where: { $0.name == kind }) else {
      let mistake = FigureOption.Mistake(unknown: kind, "filter", FilterKind.all.map(\.name))
      throw Failure.usage(mistake.message, help: mistake.help)
    }
    try kind.run(operands, .init(folder: folder, trustsHeads: trustHeads, limits: limits))
  }
}
