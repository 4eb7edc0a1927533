import ArgumentParser
import GradLesson
import GraphvizGrad

/// Writes a program to try things with.
struct SampleVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Write one of the programs that come along, to try things with.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample
        graphviz-grad sample lecture -o lecture.grad
        graphviz-grad sample softmax | graphviz-grad render - -o softmax.svg

      Without a NAME the samples are listed. Most are from courses and papers, which their first lines name.
      """)

  @Argument(
    help: "One of those that are listed (default: list them).",
    completion: .list(Sample.all.map(\.name)))
  var name: String?

  @Option(
    name: .property("path"),
    help: ArgumentHelp("Where to write (default: -, standard output).", valueName: "path"),
    completion: .file())
  var path = "-"

  func run() throws {
    guard let name else {
      let table = Table(
        columns: ["name", "what it shows"], isNumber: [false, false],
        rows: Sample.all.map { [$0.name, $0.summary] })
      return try Outputs(to: Output(path)).write(table.text())
    }
    guard let sample = Sample.all.first(where: { $0.name == name }) else {
      let mistake = FigureOption.Mistake(unknown: name, "sample", Sample.all.map(\.name))
      throw Failure.usage(mistake.message, help: mistake.help)
    }
    try Outputs(to: Output(path)).write(sample.text)
  }
}
