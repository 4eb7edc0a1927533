import ArgumentParser
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

  @OptionGroup var place: PathArguments

  func run() throws {
    try Sample.all.write(name, kind: "sample", heading: "what it shows", to: place.path)
  }
}
