import ArgumentParser
import GradFigure
import GradLanguage
import GradLesson
import GraphvizGrad

/// Writes the derivation of every derivative.
struct Explain: LessonVerb {
  static let configuration = CommandConfiguration(
    abstract: "Write out every value and every derivative, step by step.",
    discussion: """
      EXAMPLES:
        graphviz-grad explain -e 'a=5; b=3; c=2; J = 3*(a + b*c)'
        graphviz-grad sample colah -o colah.grad
        graphviz-grad explain colah.grad --wrt b --language zh-Hant -o colah.tex

      Derivatives are called dJ/db here, unless --notation or the program says otherwise.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var place: PathArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup(title: "Nodes, names and numbers") var writing: WritingArguments

  @OptionGroup(title: "Nodes, names and numbers") var trace: TraceArguments

  @Option(
    name: .property("format"),
    help: "One of \(words(SheetFormat.all.map(\.name))) (default: by PATH, else text).",
    completion: .list(SheetFormat.all.map(\.name)))
  var format: String?

  @Option(help: .order)
  var order: String?

  func run() throws {
    let mistakes = mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let format = try outputFormat(format, among: SheetFormat.all)
    var texts: [String] = []
    var warnings: [Diagnostic] = []
    for figure in try figures(
      .leibniz,
      { request in
        request.reads = \.ofLesson
        if let order { request.options.append(OptionText("order", order)) }
      }
    ) {
      texts.append(format.write(.lesson(figure.reading)))
      warnings += figure.computation.warnings
    }
    try outputs.write(texts.joined(separator: "\n"))
    Messages.write(warnings)
  }
}
